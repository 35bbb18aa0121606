"""Hands in what the cells of a notebook cannot hold: what a case's `prepare` does."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.hostile_tools.cases import HostileCase

__all__ = ["prepare"]


def prepare(case: HostileCase, folder: Path, names: Mapping[str, str]) -> None:
    """Change a submission as its case says: by a prepare.py beside it, by statements, or not.

    Args:
        case: the case.
        folder: the submission.
        names: what the texts of the case can name, see `World`.
    """
    program = case.folder / "prepare.py"
    if program.is_file():
        _load_module(program, case.token).prepare(folder, names)
    if case.prepare:
        _run_statements(case, folder, dict(names))


def _run_statements(case: HostileCase, folder: Path, names: dict[str, str]) -> None:
    """Run the statements of a case, and write the notebook where they changed it."""
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    before = json.dumps(notebook)
    marks = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    marked = list(zip(notebook["cells"], marks, strict=True))
    given: dict[str, Any] = {
        "Any": Any,
        "json": json,
        "os": os,
        "shutil": shutil,
        "folder": folder,
        "path": path,
        "names": names,
        "notebook": notebook,
        "cells": {mark["grade_id"]: cell for cell, mark in marked if mark},
        "tests": [c for c, mark in marked if mark.get("grade") and c["cell_type"] == "code"],
    }
    exec(compile(case.prepare, f"<prepare of {case.name}>", "exec"), given)
    if (after := json.dumps(given["notebook"])) != before:
        path.write_text(after, encoding="utf-8")


def _load_module(path: Path, name: str) -> Any:
    """Import a prepare.py by its path."""
    spec = importlib.util.spec_from_file_location(f"prepare_{name[:6].replace('-', '_')}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
