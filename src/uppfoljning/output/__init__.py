"""File formats out. Takes a view, and knows no fact."""
