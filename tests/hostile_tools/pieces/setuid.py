"""Tries to make files that run with the rights of their owner or group."""

import contextlib
import os
import stat
from collections.abc import Callable

from tests.hostile_tools.pieces.others import changed, raw

_HERE = -100 % 2**64


def set_ids() -> None:
    """Try every call that sets a mode, and tell which file has it then."""
    os.umask(0)
    for mode in (0o4755, 0o2755, 0o6755, 0o7777):
        for call in _calls(b"", 0, mode):
            file = os.open(b"set", os.O_CREAT | os.O_WRONLY, 0o755)
            with contextlib.suppress(OSError):
                _calls(b"set", file, mode)[call]()
            os.close(file)
            for path in os.listdir(b"."):
                if path.startswith(b"set"):
                    if os.lstat(path).st_mode & 0o6000:
                        changed(f"{call} {mode:o}", list)
                    (os.rmdir if os.path.isdir(path) else os.remove)(path)


def _calls(name: bytes, file: int, mode: int) -> dict[str, Callable[[], object]]:
    """Return the calls; the numbers are those of x86-64, elsewhere they are other calls."""
    new = name + b"-new"
    return {
        "chmod": lambda: os.chmod(name, mode),
        "fchmod": lambda: os.fchmod(file, mode),
        "fchmodat": lambda: raw(268, _HERE, name, mode),
        "fchmodat2": lambda: raw(452, _HERE, name, mode, 0),
        "open": lambda: os.close(os.open(new, os.O_CREAT | os.O_WRONLY, mode)),
        "creat": lambda: os.close(raw(85, new, mode)),
        "open_tmpfile": lambda: _linked(os.open(b".", os.O_TMPFILE | os.O_RDWR, mode), new),
        "mkdir": lambda: os.mkdir(new, mode),
        "mknod": lambda: os.mknod(new, mode | stat.S_IFREG),
        "mkfifo": lambda: os.mkfifo(new, mode),
    }


def _linked(file: int, name: bytes) -> None:
    os.link(f"/proc/self/fd/{file}".encode(), name, follow_symlinks=True)
    os.close(file)
