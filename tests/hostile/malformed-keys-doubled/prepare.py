"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Give the cells twice."""
    path = folder / "trial.ipynb"
    text = path.read_text(encoding="utf-8").rstrip()
    path.write_text(text[:-1] + ', "nbformat": 4, "metadata": {}, "cells": []}', encoding="utf-8")
