"""Hands in what a notebook cell cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Write script into every text of the metadata."""
    path = folder / "trial.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    live = "</title></script><script>hx_alert()</script>"
    notebook["metadata"].update(title=live, authors=[{"name": live}])
    notebook["metadata"]["kernelspec"].update(display_name=live)
    notebook["metadata"]["language_info"].update(name=live, pygments_lexer=live, mimetype=live)
    notebook["metadata"]["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {live: {"state": {"x": live}}}}
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")
