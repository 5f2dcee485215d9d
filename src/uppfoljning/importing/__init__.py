"""Reading in: a table in any of the formats people have → a grid of cells, and from there to what the tool keeps."""
