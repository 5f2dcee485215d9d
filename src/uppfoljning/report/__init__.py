"""What stands where: the views, the sections that reports share, and a folder a report."""
