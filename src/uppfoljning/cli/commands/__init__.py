"""What each command does with its arguments: one file a command."""
