"""Deadlines, extensions, and what lateness costs."""
