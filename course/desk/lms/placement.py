"""Decides what of a download goes where, and says of the rest why it does not and what to do."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from course.answers.store import FILE_NAME
from course.desk.lms.archive import list_members
from course.desk.lms.filenames import Handle, read_handle, without_suffix
from course.desk.lms.whose import Finder
from course.grader.intake.bounds import IntakeBounds
from course.grader.intake.submission import NOT_HANDED_IN, name_fault

KEPT_OUT = "kept out"
LMS_TIMES = NOT_HANDED_IN - {FILE_NAME}  # a student's own word on when it was handed in


@dataclass(frozen=True)
class Problem:
    """A file that stays where it is: which, why, what to do."""

    path: str
    why: str
    todo: str


@dataclass
class Placement:
    """What one student handed in."""

    student: str  # the student's id
    # what goes where: paths below submitted/STUDENT/ASSIGNMENT, and their sources
    files: dict[str, Path] = field(default_factory=dict)
    time: datetime | None = None  # when it was handed in (UTC), or None when that is not known
    word: str = ""  # what is done with it: "new", "newer" than what is there, "same" or `KEPT_OUT`
    late: bool = False  # the LMS says that it was late
    canvas: int = 0  # Canvas's number of the newest of these files
    # by notebook, the name that the LMS gave the file or its folder
    parts: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)  # what the instructor should know


@dataclass
class Plan:
    """What is to be done with a download."""

    placements: dict[str, Placement] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    """One file with its owner."""

    source: Path
    path: str
    handle: Handle


def make_plan(folder: Path, finder: Finder, notebooks: list[str], questions: set[str]) -> Plan:
    """Sort out what was unpacked.

    Args:
        folder: the folder with the unpacked files.
        finder: says who is meant.
        notebooks: the file names the assignment consists of, e.g. ["votes.ipynb"].
        questions: its cells' ids, by which a renamed notebook is known.
    """
    plan = Plan()
    owned: dict[str, list[_Found]] = {}
    for source in list_members(folder):
        path = PurePosixPath(source.relative_to(folder).as_posix())
        student, handle, why, todo = finder.find_owner(read_handle(path))
        if student is None:
            plan.problems.append(Problem(str(path), why, todo))
        else:
            owned.setdefault(student, []).append(_Found(source, str(path), handle))
    for student, found in sorted(owned.items()):
        numbers = {f.handle.number for f in found if f.handle.number}
        if len(numbers) > 1:  # of which all but one belong to somebody who goes by this name
            why = (
                f"several people, with the numbers {', '.join(sorted(numbers))}, would be {student}"
            )
            for one in found:
                todo = (
                    f'find out whose number it is, and say so: --as "{one.handle.number}=STUDENT"'
                )
                plan.problems.append(Problem(one.path, why, todo))
            continue
        _Desk(plan, Placement(student), found, notebooks, questions).sort_files(finder)
    return plan


@dataclass
class _Desk:
    """The files of one student."""

    plan: Plan
    placement: Placement
    found: list[_Found]
    notebooks: list[str]
    questions: set[str]
    folders: set[str] = field(default_factory=set)  # of what is placed

    def sort_files(self, finder: Finder) -> None:
        """Choose among the files, and place them if there is a notebook among them."""
        chosen, beside, rest = self._split_known()
        if not any(name in chosen for name in self.notebooks):
            names = ", ".join(sorted(f.handle.rest.name for f in self.found))[:200]
            wanted = " or ".join(self.notebooks)
            for found in self.found:
                self._note_problem(
                    found,
                    f"there is no {wanted} of {self.placement.student} (found: {names})",
                    "ask for the notebook itself; or rename the right file and collect again",
                )
            return
        for name, found in chosen.items():
            self.placement.files[name] = found.source
            if (own := found.handle.rest.name) != name:
                self.placement.remarks.append(f"{own} becomes {name}")
        base = next(chosen[name].handle.rest.parent for name in self.notebooks if name in chosen)
        for found in beside:
            self.placement.remarks.append(f"{found.handle.rest.name} lies beside it")
        for found in (*beside, *rest):
            self._place_other(found, base, known=found in beside)
        self.placement.late = any(f.handle.late for f in self.found)
        self.placement.canvas = max((f.handle.file or 0 for f in chosen.values()), default=0)
        self.placement.parts = {
            name: found.handle.part
            for name, found in chosen.items()
            if name in self.notebooks and found.handle.part
        }
        self.placement.time = finder.find_time(self.found[0].handle)
        self.plan.placements[self.placement.student] = self.placement

    def _split_known(self) -> tuple[dict[str, _Found], list[_Found], list[_Found]]:
        """Return the notebooks and answers, the same handed in beside them, and other files."""
        candidates: dict[str, list[_Found]] = {}
        rest = []
        for found in self.found:
            name = self._standard_name(found)
            if name is None:
                rest.append(found)
            else:
                candidates.setdefault(name, []).append(found)
        chosen, beside = {}, list[_Found]()
        for name, files in candidates.items():
            chosen[name], more = self._choose_file(name, files)
            beside += more
        return chosen, beside, rest

    def _standard_name(self, found: _Found) -> str | None:
        """Return which of the assignment's files a file is, or None."""
        plain, _ = without_suffix(found.handle.rest.name)
        for name in (*self.notebooks, FILE_NAME):
            if name.casefold() in (plain.casefold(), found.handle.rest.name.casefold()):
                return name
        alone = found.source.suffix == ".ipynb" and len(self.notebooks) == 1
        return self.notebooks[0] if alone and _read_claims(found.source) & self.questions else None

    def _choose_file(self, name: str, files: list[_Found]) -> tuple[_Found, list[_Found]]:
        """Return which of several files counts, and notebooks that came at the same time.

        Grading tells which of these holds more answers. Other files are problems.
        """

        def sort_order(found: _Found) -> tuple[int, bool, int]:
            own = found.handle.rest.name
            return found.handle.file or 0, own == name, without_suffix(own)[1]

        *others, best = sorted(files, key=sort_order)
        data, beside = best.source.read_bytes() if others else b"", []
        for other in others:
            if other.source.read_bytes() == data:
                continue
            if name in self.notebooks and other.handle.file == best.handle.file:
                beside.append(other)
            else:
                self._note_problem(
                    other,
                    f"{self.placement.student} has several files for {name}; "
                    f"{best.handle.rest.name} was taken",
                    f"if this one is right, put it into submitted/{self.placement.student}/ "
                    "yourself",
                )
        return best, beside

    def _place_other(self, found: _Found, base: PurePosixPath, *, known: bool) -> None:
        """Place a file beside notebook and answers; `known`: it is a notebook of the assignment."""
        rest = found.handle.rest
        name = str(rest.relative_to(base)) if rest.is_relative_to(base) else rest.name
        parts = PurePosixPath(name).parts
        above = {str(folder) for folder in PurePosixPath(name).parents}
        faults = [name_fault(part, IntakeBounds()) for part in parts]
        if any(part.casefold() in LMS_TIMES for part in parts):
            self._note_problem(found, "when it was handed in is not taken from students", "nothing")
        elif any(faults):
            self._note_problem(found, f"{next(filter(None, faults))}", "rename it, if it is needed")
        elif name.endswith(".ipynb") and not known:
            self._note_problem(found, "it is not a notebook of this assignment", "nothing")
        elif {name, *above} & self.placement.files.keys() or name in self.folders:
            self._note_problem(found, "a file of this name was taken already", "look at both")
        else:
            self.placement.files[name] = found.source
            self.folders |= above

    def _note_problem(self, found: _Found, why: str, todo: str) -> None:
        self.plan.problems.append(Problem(found.path, why, todo))


def _read_claims(source: Path) -> set[str]:
    """Return the cells that a notebook claims to have; none where it cannot be read."""
    bounds = IntakeBounds()
    try:
        if source.stat().st_size > bounds.notebook_bytes:
            return set()
        data = source.read_bytes()
        if data.count(b"{") + data.count(b"[") > bounds.parts:
            return set()
        cells = json.loads(data)["cells"]
        tags = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in cells]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return set()
    return {tag for tag in tags if isinstance(tag, str)}
