"""How bytes become a tree or a grid, with the place of every value.

Knows no word of the agreement, and opens no file.
"""
