"""Hands in outputs that no panel made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MIME = "application/vnd.backyard.answer+json"


def carried(question: Any, value: Any, saved: Any = "9999-12-31T23:59:59Z") -> dict[str, Any]:
    """Return an output that carries something."""
    content = {"format": 1, "question": question, "value": value, "saved": saved}
    return {"output_type": "display_data", "metadata": {}, "data": {MIME: content}}


def prepare(folder: Path, names: Mapping[str, str]) -> None:
    """Carry odd answers, the last one of them well-formed and wrong."""
    path = next(folder.glob("*.ipynb"))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    deep: Any = []
    for _ in range(20):
        deep = [deep]
    odd = [
        *(carried(f"other-{number}", [number]) for number in range(50)),
        *(carried("trial-08", value) for value in (None, 3, "red", deep, ["x" * 300_000])),
        carried("trial-08", {"report": 47}, saved=["9999"]),
        carried("trial-08", {"report": 47}, saved="9999-99-99T99:99:99Z"),
        carried(["trial-08"], {"report": 47}),
        carried("../trial-08", {"report": 47}),
        carried("trial-01", {"report": 47}),
        carried("trial-08", {"report": float("nan")}),
        carried("trial-08", [{"report": {"__class__": 10**400}}]),
    ]
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for cell in code:
        cell["outputs"] = []
    code[0]["outputs"] = odd
    notebook["metadata"]["backyard_answers"] = {"trial-08": odd[-1]}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "answers.json").unlink(missing_ok=True)
