"""A view as text for the terminal."""
