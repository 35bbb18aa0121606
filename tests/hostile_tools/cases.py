"""Reads the corpus in tests/hostile/: a folder a case, and tables of cases that differ in a line.

A folder holds `case.toml`, and `prepare.py` where what is handed in takes a program. A table,
`tests/hostile/NAME.toml`, holds what all its cases share and, under `[case.NAME]`, what each adds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.notebooks import ROOT

__all__ = ["CORPUS", "GROUPS", "ExtraCell", "Holds", "HostileCase", "load_corpus"]

CORPUS = ROOT / "tests" / "hostile"
GROUPS = ("forging", "reading", "harming", "network", "malformed")
STARTS = ("release", "solution")
# What a case of a table adds to what all of them have; all else takes its place.
MERGED = ("holds", "cells")


@dataclass(frozen=True)
class Holds:
    """What must hold after the class was graded.

    Attributes:
        points: the computer's points in all, or by question, or None when any will do.
        least: the points that the submission must get at least, where `points` is not fixed.
        most: the points that it may get at most, where `points` is not fixed.
        fault: a pattern that the reason must match when the submission cannot be graded.
        may_fault: True when a named fault will do in place of the points.
        tampering: True when it must be named as tampered with: it has no points of the computer,
            and every question waits for a person.
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
    tampering: bool = False
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
        name: the name of its folder or, in a table, of its rows.
        index: its number in the corpus, for names that have to be short.
        folder: where it stands, and prepare.py where there is one.
        story: one sentence that says what must hold.
        group: one of GROUPS.
        holds: the same as data.
        start: "release" (nothing answered) or "solution" (everything right).
        student: the student's id; by default the case's name.
        uses: the pieces of tests/hostile_tools/pieces/ that its cells use, run before all others.
        cells: the text of answer cells by question.
        extra: cells that the student adds.
        tags: tags put on cells, by grade_id.
        prepare: statements that change what is handed in: `notebook` (its JSON), `cells` (those
            with a grade_id, by it), `tests` (those with points), `folder`, `path` and `names`.
        rung: on which machine it is tried: "" for this one, "landlock" or "limits" for one whose
            sandbox has no more than that.
        account: who grades: "" for whoever runs the tests, "user" for an ordinary user.
    """

    name: str
    index: int
    folder: Path
    story: str
    group: str
    holds: Holds
    start: str = "release"
    student: str = ""
    uses: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[ExtraCell, ...] = ()
    tags: Mapping[str, list[str]] = field(default_factory=dict)
    prepare: str = ""
    rung: str = ""
    account: str = ""

    @property
    def token(self) -> str:
        """A name for processes of this case: short, and no part of another case's name."""
        return f"hx-{self.index:03d}x"


def load_corpus(folder: Path = CORPUS) -> list[HostileCase]:
    """Return all cases, sorted by name.

    Raises:
        ValueError: if a file cannot be read; it names the file and the case.
    """
    found = sorted(_found(folder), key=lambda one: one[1])
    return [_load(path, name, content, index) for index, (path, name, content) in enumerate(found)]


def _found(folder: Path) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Yield the file, name and content of each case."""
    for path in folder.glob("*/case.toml"):
        yield path, path.parent.name, _read(path)
    for path in folder.glob("*.toml"):
        shared = _read(path)
        for name, content in shared.pop("case", {}).items():
            both = {key: {**shared.get(key, {}), **content.get(key, {})} for key in MERGED}
            yield path, name, {**shared, **content, **both}


def _read(path: Path) -> dict[str, Any]:
    """Read one file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error


def _load(path: Path, name: str, content: dict[str, Any], index: int) -> HostileCase:
    """Make one case of what was read."""
    try:
        holds = dict(content.pop("holds"))
        for key in ("absent", "present"):
            holds[key] = tuple(holds.get(key, ()))
        extra = tuple(ExtraCell(**cell) for cell in content.pop("extra", ()))
        content["uses"] = tuple(content.get("uses", ()))
        content.setdefault("student", name)
        case = HostileCase(
            name=name,
            index=index,
            folder=path.parent,
            holds=Holds(**holds),
            extra=extra,
            **content,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path}: expected of {name} story, group, [holds] …; {error}") from error
    if case.group not in GROUPS or case.start not in STARTS:
        raise ValueError(f"{path}: {name}: group is one of {GROUPS}, start one of {STARTS}")
    return case
