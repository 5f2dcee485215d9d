"""YAML text → plain values and the place of each."""
