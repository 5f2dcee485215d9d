"""The project folder: which files there are, what they hold, and every problem with reading them. Judges nothing."""
