"""Replaces files whole: under a name stands the old file or the new one, never half of one."""

import errno
import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: str | bytes, mode: int | None = None) -> None:
    """Replace a file; a text is written in UTF-8 with its line ends as they are.

    What is half written lies beside it under a hidden name that ends in ".tmp", which is never
    handed in and never handed out; it is taken away again where writing fails.

    Args:
        path: the file.
        content: all that it is to hold.
        mode: its permissions, where they must not depend on who writes it.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    half = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(half, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            half.chmod(mode)
        os.replace(half, path)
    except OSError:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def find_free_path(path: Path) -> Path:
    """Return a path that is not taken: this one, or the same with a number."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def sync_files(folder: Path) -> None:
    """Make what a folder holds outlast a power cut, before a name says that it is whole."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sync_folder(path)


def sync_folder(folder: Path) -> None:
    """Make a rename last; where folders cannot be synced the rename itself must do."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
