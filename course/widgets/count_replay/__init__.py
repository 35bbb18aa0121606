"""The count replay."""
