"""An IPython shell without a front end: it runs cells and hands on what they put out.

Used by the student's process and by the judge. It keeps what a notebook's author expects of
IPython (display, inline figures, magics, top-level await, interrupt); instead of messages to a
front end it calls one function with each output, in the form in which a notebook stores it.
"""

import asyncio
import base64
import contextlib
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from course.figures import describe_figures
from course.grader.run.streams import WARNINGS, CellStream, Event


class _Publisher(DisplayPublisher):
    """Turns `display(...)` into an output of the notebook."""

    shell: Any

    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **kwargs: Any,
    ) -> None:
        """Hand on one display."""
        event: Event = {
            "output_type": "display_data",
            "data": _make_storable(data),
            "metadata": metadata or {},
        }
        display_id = (transient or {}).get("display_id")
        if display_id is not None:
            event["display_id"] = str(display_id)
            event["update"] = bool(update)
        self.shell.put_out(event)

    def clear_output(self, wait: bool = False) -> None:
        """Say that the cell's outputs are to be cleared."""
        self.shell.put_out({"output_type": "clear", "wait": bool(wait)})


class _Hook(DisplayHook):
    """Turns a cell's last expression into its result."""

    shell: Any

    def quiet(self) -> bool:
        """Tell whether the cell ends with a semicolon, which asks for no result.

        IPython takes the whole cell apart to find out; most cells have none in their last line.
        """
        cells = self.shell.history_manager.input_hist_parsed
        lines = [line for line in cells[-1].splitlines() if line.strip()] if cells else []
        while lines and lines[-1].lstrip().startswith("#"):
            lines.pop()
        thorough: Any = super().quiet
        return bool(lines and ";" in lines[-1] and thorough())

    def write_output_prompt(self) -> None:
        """Write no prompt: the notebook has its own."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        """Hand on the result."""
        self.shell.put_out(
            {
                "output_type": "execute_result",
                "data": _make_storable(format_dict),
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self) -> None:
        """End without the empty line of a terminal."""
        self._is_active = False


def _make_storable(data: dict[str, Any]) -> dict[str, Any]:
    """Return a bundle of formats as JSON can hold it; images in bytes become base64."""
    return {
        str(kind): base64.b64encode(content).decode("ascii")
        if isinstance(content, bytes)
        else content
        for kind, content in data.items()
    }


class CellShell(InteractiveShell):
    """Runs cells; `receiver` is called with each output."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    receiver: Callable[[Event], None] = staticmethod(lambda event: None)

    def init_io(self) -> None:
        """Make the streams that stand for standard output and error while a cell runs."""
        self._out = CellStream("stdout", lambda event: self.receiver(event))
        self._err = CellStream("stderr", lambda event: self.receiver(event))

    def init_builtins(self) -> None:
        """Have no one there who could be asked."""
        given: Any = super().init_builtins
        given()
        # With `input` of the terminal a cell would wait for a key until its time is up.
        self.builtin_trap.auto_builtins["input"] = _ask_no_one

    prepared: tuple[str, str] = ("", "")
    """A cell and what `transform_cell` makes of it, where that is known already."""

    def transform_cell(self, raw_cell: str) -> str:
        """Return a cell as plain Python."""
        # A student's own transformers count as in a notebook, so what is prepared does not hold
        # then.
        if raw_cell == self.prepared[0] and not self.input_transformers_post:
            return self.prepared[1]
        transform: Any = super().transform_cell
        return str(transform(raw_cell))

    def put_out(self, event: Event) -> None:
        """Hand on an output, after what was printed before it."""
        self.hand_on_streams()
        self.receiver(event)

    def hand_on_streams(self) -> None:
        """Hand on what was printed so far."""
        self._out.hand_on()
        self._err.hand_on()

    loop: asyncio.AbstractEventLoop | None = None

    def run_source(self, source: str) -> None:
        """Run one cell as a kernel does: in an event loop, which goes on from cell to cell."""
        loop = self.loop or self._begin()
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self._out, self._err
        running = loop.create_task(self._run_in_loop(source))
        try:
            loop.run_until_complete(running)
        except KeyboardInterrupt:  # while the cell waited: it goes no further
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                loop.run_until_complete(running)
        finally:
            sys.stdout, sys.stderr = before
            self.hand_on_streams()

    def _begin(self) -> asyncio.AbstractEventLoop:
        """Begin as a kernel does that was started in the present folder; return its loop."""
        # Made after the fork: a loop that was shared would wake up in two processes.
        self.loop = asyncio.new_event_loop()
        self.user_ns["_dh"][:] = [Path.cwd()]
        # Not to standard error: a warning in a check would cost points in nbgrader.
        warnings.showwarning = self._show_warning
        return self.loop

    def end(self) -> None:
        """Close what a process that is forked off must not share."""
        if self.loop is not None:
            self.loop.close()
            self.loop = None

    def _show_warning(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: Any = None,
        line: str | None = None,
    ) -> None:
        """Show a warning; where it is an output of the cell, as a stream of its own."""
        text = warnings.formatwarning(message, category, filename, lineno, line)
        stream = file or sys.stderr
        if stream is self._err:
            self.put_out({"output_type": "stream", "name": WARNINGS, "text": text})
        elif stream is not None:
            stream.write(text)

    async def _run_in_loop(self, source: str) -> None:
        """Run one cell; what it awaits is awaited in the loop that runs already."""
        run: Any = self.run_cell
        if not self._awaits(source):
            run(source, store_history=True)
            await asyncio.sleep(0)  # tasks that it started begin
            return
        result = None
        try:
            result = await self.run_cell_async(
                source, store_history=True, transformed_cell=self.transform_cell(source)
            )
        finally:  # what `run_cell` does
            self.events.trigger("post_execute")
            self.events.trigger("post_run_cell", result)

    def _awaits(self, source: str) -> bool:
        """Tell whether a cell awaits something outside of functions; most hold no such word."""
        if "await" not in source and "async" not in source:
            return False
        with contextlib.suppress(Exception):  # it cannot be transformed, which `run_cell` tells
            asks: Any = self.should_run_async
            return bool(asks(source, transformed_cell=self.transform_cell(source)))
        return False

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        """Hand on an error."""
        name = getattr(etype, "__name__", None) or str(etype)
        try:
            # An error's own __str__ is the student's code, and may raise as well.
            text = str(evalue)
        except Exception:
            text = "(the error's text cannot be read)"
        lines = [str(line) for line in stb]
        self.put_out(
            {"output_type": "error", "ename": str(name), "evalue": text, "traceback": lines}
        )

    def _format_exception_for_storage(self, exception: Any, *args: Any, **kwargs: Any) -> Any:
        """Format no error for IPython's history: the cell shows it, and twice takes long."""
        return []

    def system(self, cmd: str) -> None:
        """Run a line that begins with `!`; what it puts out is printed."""
        expand: Any = self.var_expand
        # Not IPython's way, which talks to a terminal that is not there.
        done = subprocess.run(
            expand(cmd, depth=1),
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        print(done.stdout.decode("utf-8", "replace"), end="")
        self.user_ns["_exit_code"] = done.returncode

    system_piped = system
    system_raw = system

    def enable_gui(self, gui: str | None = None) -> None:
        """Enable no window system: there is no screen."""

    def ask_exit(self) -> None:
        """Go on: a notebook's kernel is not ended by `exit` while it is graded."""


# By this name libraries tell a notebook from a terminal, e.g. those that show progress.
CellShell.__name__ = "ZMQInteractiveShell"


def _ask_no_one(prompt: object = "") -> NoReturn:
    """Stand for `input`."""
    raise StdinNotImplementedError("nobody can be asked while a notebook is graded")


def make_shell() -> CellShell:
    """Return the process's one shell, with inline figures and no history on disk."""
    settings = Config()
    # It writes to a database in the home folder, from a thread.
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "neutral"
    settings.IPKernelApp.name = "python3"  # what progress bars look for, to be widgets
    folder = tempfile.mkdtemp(prefix="backyard-ipython-")
    shell = CellShell.instance(config=settings, ipython_dir=folder)
    inline_figures(shell)
    return shell


def inline_figures(shell: Any) -> None:
    """Let a shell show figures below the cell that draws them."""
    import matplotlib.pyplot as plt
    from matplotlib_inline import backend_inline

    backend = "module://matplotlib_inline.backend_inline"
    configure: Any = backend_inline.configure_inline_support
    configure.current_backend = "unset"
    plt.switch_backend(backend)
    configure(shell, backend)
    describe_figures(shell)
    # Figures are shown and closed first; else pyplot draws each of them once more, for no one.
    hooks = shell.events.callbacks["post_execute"]
    hooks.sort(key=lambda hook: hook is not backend_inline.flush_figures)
