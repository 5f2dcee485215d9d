"""A small number of people told in free text: the words that it is told with, and where it stands."""
