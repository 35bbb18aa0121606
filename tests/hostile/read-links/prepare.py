"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Put links to the instructor's files into the folder."""
    targets = {
        "key.ipynb": names["course"] + "/source/trial/trial.ipynb",
        "notes.txt": names["home"] + "/notes.txt",
        "passwd": "/etc/passwd",
        "folder": names["course"] + "/source",
        "environment": "/proc/self/environ",
        "relative": "../../../source",
        "itself": "itself",
        "gone": "/nowhere",
    }
    for name, target in targets.items():
        os.symlink(target, folder / name)
