"""What a student did in a panel: on disk, and carried in the notebook."""
