"""Reads the corpus: one folder a case in tests/hostile/."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.notebooks import ROOT

__all__ = ["CORPUS", "GROUPS", "ExtraCell", "Holds", "HostileCase", "load_corpus"]

CORPUS = ROOT / "tests" / "hostile"
GROUPS = ("forging", "reading", "harming", "network", "malformed")
STARTS = ("release", "solution")


@dataclass(frozen=True)
class Holds:
    """What must hold after the class was graded.

    Attributes:
        points: the computer's points in all, or by question, or None when any will do.
        least: the points that the submission must get at least, where `points` is not fixed.
        most: the points that it may get at most, where `points` is not fixed.
        fault: a pattern that the reason must match when the submission cannot be graded.
        may_fault: True when a named fault will do in place of the points.
        remark: a pattern that one of the remarks on the submission must match.
        absent: texts that neither the outputs in autograded/ nor the feedback page may hold.
        present: texts that the outputs must hold, because the cell has to have run that far.
        only_seconds: how long the submission may keep its place, in seconds.
        most_mb: how large its folders in autograded/ and feedback/ may become, in megabytes.
    """

    points: float | Mapping[str, float] | None = None
    least: float | None = None
    most: float | None = None
    fault: str | None = None
    may_fault: bool = False
    remark: str | None = None
    absent: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    only_seconds: float = 60.0
    most_mb: float = 20.0


@dataclass(frozen=True)
class ExtraCell:
    """A cell that the student adds.

    Attributes:
        place: "first", "last", "before GRADE_ID" or "after GRADE_ID".
        source: its text.
        type: "code", "markdown" or "raw".
        metadata: its metadata.
    """

    place: str
    source: str
    type: str = "code"
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HostileCase:
    """One hostile or damaged submission.

    Attributes:
        name: the folder's name.
        index: its number in the corpus, for names that have to be short.
        folder: where its case.toml, and prepare.py where there is one, stand.
        story: one sentence that says what must hold.
        group: one of GROUPS.
        holds: the same as data.
        start: "release" (nothing answered) or "solution" (everything right).
        student: the student's id; by default the folder's name.
        cells: the text of answer cells by question.
        extra: cells that the student adds.
        tags: tags put on cells, by grade_id.
    """

    name: str
    index: int
    folder: Path
    story: str
    group: str
    holds: Holds
    start: str = "release"
    student: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[ExtraCell, ...] = ()
    tags: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """A name for processes of this case: short, and no part of another case's name."""
        return f"hx-{self.index:03d}x"


def load_corpus(folder: Path = CORPUS) -> list[HostileCase]:
    """Return all cases, sorted by name.

    Raises:
        ValueError: if a case.toml cannot be read; it names the file.
    """
    files = sorted(folder.glob("*/case.toml"))
    return [_load(path, index) for index, path in enumerate(files)]


def _load(path: Path, index: int) -> HostileCase:
    """Read one case.toml."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        holds = content.pop("holds")
        for name in ("absent", "present"):
            holds[name] = tuple(holds.get(name, ()))
        extra = tuple(ExtraCell(**cell) for cell in content.pop("extra", ()))
        content.setdefault("student", path.parent.name)
        case = HostileCase(
            name=path.parent.name,
            index=index,
            folder=path.parent,
            holds=Holds(**holds),
            extra=extra,
            **content,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: expected story, group, [holds] …; found {error}") from error
    if case.group not in GROUPS or case.start not in STARTS:
        raise ValueError(f"{path}: group is one of {GROUPS}, start one of {STARTS}")
    return case
