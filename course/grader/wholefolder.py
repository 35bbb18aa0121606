"""Replaces folders whole: under a name stands the old one or the new one, never half of one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


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
    if place.is_dir():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def is_cut(source: Path, copy: Path) -> bool:
    """Tell whether a copy of a folder lacks one of its notebooks, or the end of one.

    A program that copies file by file, and is killed, leaves such a folder.
    """
    notebooks = sorted(source.glob("*.ipynb"))
    return copy.is_dir() and any(_is_cut_file(path, copy / path.name) for path in notebooks)


def _is_cut_file(source: Path, copy: Path) -> bool:
    """Tell whether a file is missing or is only the beginning of another one."""
    if copy.is_symlink() or not copy.is_file():
        return not copy.is_symlink()
    with source.open("rb") as one, copy.open("rb") as other:
        data = other.read()
        whole = one.read(len(data) + 1)
    return len(data) < len(whole) and whole.startswith(data)
