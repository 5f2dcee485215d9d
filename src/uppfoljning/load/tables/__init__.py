"""The project's own files of figures: head rows, columns and rows → tables, and back."""
