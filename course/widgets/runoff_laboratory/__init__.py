"""The runoff laboratory."""
