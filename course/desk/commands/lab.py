"""The command `course lab`."""

from argparse import Namespace

from course.desk.commands.context import open_course


def lab(options: Namespace) -> int:
    """Open JupyterLab for one of the two seats."""
    from course.desk.seats.jupyterlab import open_lab

    return open_lab(open_course(), options.role, options.student, options.jupyter)
