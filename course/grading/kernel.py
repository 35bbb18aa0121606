"""A Jupyter kernel in the sandbox, for a submission that a person opens and runs by hand."""

from __future__ import annotations

import os
import signal
from typing import Any

from course.grading import sandbox
from course.grading.runner import confine
from course.grading.shell import CellShell, inline_figures
from course.grading.wire import Channel, Frame

__all__ = ["run_kernel"]


def run_kernel(channel: Channel, options: dict[str, Any], means: sandbox.Means) -> int:
    """Be an IPython kernel until it is shut down; return the exit code.

    Args:
        channel: to the process that asked for it; says "s" once the walls stand, and its end is
            that of the kernel.
        options: as for a runner, and "connection": the path of the connection file.
        means: what of the sandbox this machine has.
    """
    confine(channel, options, means)
    _clear_shell()
    os.environ.pop("NBGRADER_EXECUTION", None)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    channel.send(Frame.READY)
    from ipykernel.kernelapp import IPKernelApp

    app: Any = IPKernelApp.instance()
    app.parent_handle = 0
    app.initialize(["-f", options["connection"], "--HistoryManager.enabled=False"])
    inline_figures(app.shell)
    app.start()
    return 0


def _clear_shell() -> None:
    """Let the kernel make a shell of its own in place of the warm process's."""
    from IPython.core.interactiveshell import InteractiveShell

    CellShell.clear_instance()
    InteractiveShell.clear_instance()
