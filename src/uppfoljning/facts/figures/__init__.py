"""Series: which extract holds, and what a figure is beside earlier ones."""
