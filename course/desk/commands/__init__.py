"""The command `course`: a file a command."""
