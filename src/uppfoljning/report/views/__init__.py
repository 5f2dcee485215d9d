"""The shapes that templates and the JSON are given: frozen, in Swedish, ready to print."""
