"""A simulated class: students as folders, and what can happen to their files."""
