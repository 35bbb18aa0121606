"""The event sorter."""
