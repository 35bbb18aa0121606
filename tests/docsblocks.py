"""Console blocks in the documentation that tests run and compare: what a page shows is what comes.

A page shows commands and what they print in a block like this one:

    ```console
    $ course due votes
    votes: no deadline
    ```

`check_blocks(page, folder)` runs all `console` blocks of a page in their order in a course folder,
and compares; with `under` those below one of its headings. `course ...` runs in this process
(`course.desk.cli.main`), everything else in a shell; the lines before the first `$` say what was
typed at prompts of the command (see below). In what is expected

    ...            alone on a line stands for any lines (or none),
    a ... b        within a line stands for any characters,
    \\              at the end of a command goes on with the next line.

Spaces at the end of lines do not count. A command that ends with another exit code than 0 has to
say so in its last line of output: `[exit code 1]`.

What the user types at a prompt stands in a comment right before the block; it is printed behind the
prompt, as on a terminal:

    <!-- typed: y -->

A block that must not run (it is for another machine, say) has the comment `<!-- not run: why -->`.

With `BACKYARD_DOCS=write` in the environment a block that differs is written anew in the page, and
the test still fails: look at the change, give back the `...`, and run it again.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Block", "Command", "check_blocks", "find_section", "read_blocks", "run_command"]

WIDTH = 100  # characters of the terminal that the pages show
_FENCE = re.compile(r"^```console\n(?P<body>.*?)^```$", re.M | re.S)
_COMMENT = re.compile(r"<!-- (typed|not run): ([^\n]*) -->\s*\Z")


@dataclass(frozen=True)
class Command:
    """One command of a block and what it is expected to print."""

    words: str
    expected: str


@dataclass(frozen=True)
class Block:
    """One console block: where it stands in the page, its commands, and what is typed meanwhile."""

    line: int
    body: tuple[int, int]
    commands: tuple[Command, ...]
    typed: tuple[str, ...] = ()


def read_blocks(text: str) -> list[Block]:
    """Return the blocks of a page that are to be run."""
    blocks = []
    for match in _FENCE.finditer(text):
        comment = _COMMENT.search(text[: match.start()])
        if comment and comment[1] == "not run":
            continue
        typed = tuple(comment[2].split()) if comment else ()
        line = text.count("\n", 0, match.start()) + 1
        blocks.append(Block(line, match.span("body"), _commands(match["body"]), typed))
    return blocks


def _commands(body: str) -> tuple[Command, ...]:
    """Split a block at its prompts."""
    found = []
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        lines = part.splitlines()
        words = lines.pop(0)
        while words.endswith("\\"):
            words = words[:-1].rstrip() + " " + lines.pop(0).strip()
        found.append(Command(words, "\n".join(lines)))
    return tuple(found)


def find_section(text: str, heading: str) -> tuple[int, int]:
    """Return where the part of a page below a heading begins and ends."""
    # A comment in a block of code is no heading.
    text = re.sub(r"^```.*?^```$", lambda block: " " * len(block[0]), text, flags=re.M | re.S)
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.M)
    assert found, f"no heading: {heading}"
    following = re.search(rf"^#{{1,{len(found[1])}}} ", text[found.end() :], re.M)
    return found.start(), found.end() + following.start() if following else len(text)


def check_blocks(page: Path, folder: Path, under: str = "") -> int:
    """Run the blocks of a page in a course folder, and compare; return how many commands ran.

    Args:
        page: a Markdown file.
        folder: the course folder; changed by what the commands do.
        under: only the blocks below this heading; "" for all.

    Raises:
        AssertionError: something else was printed than the page shows; says where, and how.
    """
    text = page.read_text("utf-8")
    faults: list[str] = []
    ran, rewritten, done = 0, "", 0
    first, last = find_section(text, under) if under else (0, len(text))
    for block in read_blocks(text):
        if not first <= block.body[0] < last:
            continue
        typed, shown, before = list(block.typed), "", len(faults)
        for command in block.commands:
            printed = run_command(command.words, folder, typed)
            ran += 1
            shown += f"$ {command.words}\n{printed}"
            if not _fits(command.expected, printed):
                faults.append(_fault(page, block, command, printed))
        start, end = block.body
        rewritten += text[done:start] + (text[start:end] if len(faults) == before else shown)
        done = end
    if faults and os.environ.get("BACKYARD_DOCS") == "write":
        page.write_text(rewritten + text[done:], "utf-8")
    assert not faults, "\n\n".join(faults)
    return ran


def run_command(words: str, folder: Path, typed: list[str] | None = None) -> str:
    """Run one command in a folder and return what it prints, both streams.

    Args:
        words: as typed, e.g. "course due votes".
        folder: the working directory.
        typed: lines for its prompts; those that it reads are taken away.
    """
    if not words.startswith("course "):
        command = ["bash", "-c", words]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        printed, code = done.stdout + done.stderr, done.returncode
    else:
        printed, code = _run_course(shlex.split(words, comments=True)[1:], folder, typed or [])
    if code:
        printed += f"[exit code {code}]\n"
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def _run_course(arguments: list[str], folder: Path, typed: list[str]) -> tuple[str, int]:
    """Run the command `course` in this process."""
    from course.desk import cli
    from course.desk.commands import context as commands

    screen = io.StringIO()
    with (
        _in_folder(folder),
        _typing(typed, screen),
        _wide(commands.console),
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
    ):
        try:
            code = cli.main(arguments)
        except SystemExit as end:  # argparse: wrong usage, or --help
            code = int(end.code or 0)
    return screen.getvalue(), code


class _Keyboard(io.StringIO):
    """What is typed, shown on the screen as it is read."""

    def __init__(self, typed: list[str], screen: io.StringIO) -> None:
        super().__init__()
        self._typed, self._screen = typed, screen

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """Return the next line, or '' when no more is typed."""
        if not self._typed:
            return ""
        line = self._typed.pop(0) + "\n"
        self._screen.write(line)
        return line


@contextlib.contextmanager
def _typing(typed: list[str], screen: io.StringIO) -> Iterator[None]:
    kept, sys.stdin = sys.stdin, _Keyboard(typed, screen)
    try:
        yield
    finally:
        sys.stdin = kept


@contextlib.contextmanager
def _wide(console: object) -> Iterator[None]:
    """Give the console of the command the width that pages show."""
    kept = getattr(console, "_width", None)
    console.width = WIDTH  # type: ignore[attr-defined]
    try:
        yield
    finally:
        console._width = kept  # type: ignore[attr-defined]


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    """Work in a folder, with none of the settings that the environment may hold."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name in SETTINGS}
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        os.environ.update(kept)


SETTINGS = ("BACKYARD_EXCHANGE", "BACKYARD_DB", "BACKYARD_COURSE_ID", "BACKYARD_TIMEZONE")


def _fits(expected: str, printed: str) -> bool:
    """Tell whether what was printed is what a page shows."""
    pattern = ""
    for line in expected.splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            parts = [re.escape(part) for part in line.rstrip().split("...")]
            pattern += ".*?".join(parts) + r"\n"
    return re.fullmatch(pattern, printed) is not None


def _fault(page: Path, block: Block, command: Command, printed: str) -> str:
    """Say what differs."""
    lines = difflib.unified_diff(
        command.expected.splitlines(), printed.splitlines(), "the page", "printed", lineterm=""
    )
    return f"{page.name}:{block.line} $ {command.words}\n" + "\n".join(lines)
