"""Replaces folders whole: under a name stands the old one or the new one, never half of one."""

import shutil
from collections.abc import Callable
from pathlib import Path

from course.wholefile import sync_files, sync_folder


def replace_folder(place: Path, fill: Callable[[Path], object]) -> None:
    """Put a new folder in another one's place.

    Args:
        place: the folder; it need not be there.
        fill: makes the new folder at the path that it is given, which lies beside.
    """
    new, old = (place.with_name(f".{place.name}.{word}") for word in ("new", "old"))
    for path in (new, old):
        shutil.rmtree(path, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    fill(new)
    sync_files(new)
    if place.is_dir():
        place.rename(old)
    new.rename(place)
    sync_folder(place.parent)
    shutil.rmtree(old, ignore_errors=True)


def is_cut(source: Path, copy: Path) -> bool:
    """Tell whether a copy of a folder lacks a notebook or answers, or the end of one.

    A program that copies file by file, and is killed, leaves such a folder; a power cut leaves
    files that are empty or hold zeros.
    """
    files = [*source.glob("*.ipynb"), *source.glob("*.json")]
    return copy.is_dir() and any(_is_cut_file(path, copy / path.name) for path in files)


def _is_cut_file(source: Path, copy: Path) -> bool:
    """Tell whether a file is missing, is only the beginning of another one, or holds zeros."""
    if copy.is_symlink() or not copy.is_file() or not source.is_file():
        return source.is_file() and not copy.is_symlink()
    data = copy.read_bytes()
    with source.open("rb") as file:  # no more than tells: it may have become of any size
        begin = file.read(len(data) + 1)
    begun = len(data) < len(begin) and begin.startswith(data)
    return begun or (data != begin and not data.strip(b"\0"))
