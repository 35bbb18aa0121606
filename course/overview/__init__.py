"""The table at the end of a notebook: what is filled in, what is saved, what is left to do."""
