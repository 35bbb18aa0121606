"""The timeline explorer."""
