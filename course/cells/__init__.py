"""A notebook's cells as its kernel and its file have them: how they ran, what they hold now."""
