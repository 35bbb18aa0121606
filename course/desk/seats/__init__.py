"""The two seats: JupyterLab as a student sees it, and as the instructor does."""
