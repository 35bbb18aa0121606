"""Keeps one warm process for each grading process, and makes a new one when packages change."""

import atexit
import sys
import sysconfig
import threading
from pathlib import Path

from course.grader.run.zygote import Zygote

_lock = threading.Lock()
_warm: Zygote | None = None
_stamp: tuple[object, ...] = ()
_shared: str | None = None


def warm_process() -> Zygote:
    """Return this process's warm process; start one where there is none or it is out of date.

    A server that grades for weeks would otherwise go on with packages and course files of before.

    Raises:
        ZygoteError: it cannot be started.
    """
    global _warm, _stamp
    with _lock:
        if _shared is not None and _warm is not None:
            return _warm  # whoever shares it looks after it
        stamp = stamp_packages()
        if _warm is not None and (stamp != _stamp or not _warm.is_alive()):
            _warm.close()
            _warm = None
        if _warm is None:
            _warm = Zygote(_shared)
            _stamp = stamp
            atexit.unregister(close_warm)
            atexit.register(close_warm)
        return _warm


def share_warm(address: str) -> None:
    """Let this process use the warm process of another one, e.g. the workers of a pool."""
    global _shared
    _shared = address


def close_warm() -> None:
    """End the connection, and the warm process if it is this process's own."""
    global _warm
    with _lock:
        if _warm is not None:
            _warm.close()
            _warm = None


def stamp_packages() -> tuple[object, ...]:
    """Return the times of the last change of the course package and of the installed packages."""
    package = Path(__file__).resolve().parents[2]
    files = [path.stat().st_mtime for path in package.rglob("*.py")]
    places = [Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")]
    installed = [place.stat().st_mtime for place in places if place.is_dir()]
    return (max(files, default=0.0), float(len(files)), *installed, sys.executable)
