"""Finds whose a downloaded file is, by all that its name and the LMS's list say."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from course.desk.classlist.lmslists import LmsList, LmsPerson
from course.desk.classlist.people import Roster, fold_name
from course.desk.deadlines.clock import to_gradebook
from course.desk.lms.filenames import Handle

Found = tuple[str | None, str, str]  # student, why not, what to do
Answer = tuple[str | None, Handle, str, str]  # the same, with the handle


class Finder:
    """Says which student of the roster is meant.

    Args:
        roster: the students of the gradebook.
        people: the list exported from the LMS, when there is one.
        same: students by a name that the user explained (`--as NAME=STUDENT`).
    """

    def __init__(
        self, roster: Roster, people: LmsList | None = None, same: Mapping[str, str] | None = None
    ) -> None:
        self._roster, self._people = roster, people
        self._same = {fold_name(name): student for name, student in (same or {}).items()}

    def find_owner(self, handles: list[Handle]) -> Answer:
        """Return the student whom the first handle that fits means; else why there is none."""
        answers = [(handle, *self._find_student(handle)) for handle in handles]
        known = [answer for answer in answers if answer[1] is not None]
        said = [answer for answer in answers if answer[2]]
        for handle, student, why, todo in (*known, *said):
            return student, handle, why, todo
        return (
            None,
            handles[0],
            "its name does not name a student",
            "put the student's id before its name (STUDENT_votes.ipynb) and collect its folder",
        )

    def find_time(self, handle: Handle) -> datetime | None:
        """Return when the work was handed in (UTC, as nbgrader keeps it), if the list says so."""
        line = self._find_line(handle)
        return to_gradebook(line.submitted) if line else None

    def _find_student(self, handle: Handle) -> Found:
        """Return the student of one handle."""
        if handle.kind == "anonymous":
            return None, "the download is anonymous", "download it with names"
        if handle.kind == "online text":
            todo = "if no file of theirs was placed, ask for the notebook"
            return None, "text typed into Moodle, no file", todo
        if handle.kind == "unclear":
            explained = self._same.get(fold_name(handle.name))
            why = "its name can be read in two ways, so it is not certain whose it is"
            todo = f'open it and say who it is: --as "{handle.name}=STUDENT"'
            return (explained, "", "") if explained else (None, why, todo)
        explained = self._same.get(handle.number) or self._same.get(fold_name(handle.name))
        if explained:
            return explained, "", ""
        if handle.kind == "plain":
            found = self._roster.by_id(handle.name) or self._find_named(handle.name)
            found |= self._find_joined(handle) if found else set()
            return self._require_one(handle, found) if found else (None, "", "")
        numbered, named = self._find_numbered(handle), self._find_named(handle.name)
        if numbered and named and not numbered & named:
            return (
                None,
                f"its number says {_list_students(numbered)}, its name {_list_students(named)}",
                "correct the number or the name in the roster (or the list)",
            )
        others = {s: n for s in named if (n := self._known_number(s, handle))}
        if len(named) == len(others) == 1 and not numbered:
            student, number = others.popitem()
            return (
                None,
                f"its number is {handle.number}, but {student} has the number {number}",
                "students can change their names in the LMS: find out whose number it is, and say "
                f'so: --as "{handle.number}=STUDENT"',
            )
        if 0 < len(others) < len(named):
            named -= others.keys()
        # The LMS's list should hold its number, and does not.
        listed = self._people is not None and self._people.kind == handle.kind
        lacks = listed and handle.number and self._find_line(handle) is None
        if named and not numbered and lacks:
            return (
                None,
                f"the list has nobody with its number {handle.number}",
                "export the list again; students can change their names, so otherwise say who "
                f'it is: --as "{handle.number}=STUDENT"',
            )
        found = numbered & named or numbered or named
        if found:
            return self._require_one(handle, found)
        name = handle.name.replace("_", " ")
        return (
            None,
            f"nobody in the roster is called {name}",
            _give_advice(self._roster, name, handle.number),
        )

    def _require_one(self, handle: Handle, found: set[str]) -> Found:
        """Return the only student, or that there are several."""
        if len(found) == 1:
            return next(iter(found)), "", ""
        return (
            None,
            f"several students are called so: {_list_students(found)}",
            "give the list of the LMS (--people FILE), or say who it is: "
            f'--as "{handle.number or handle.name}=STUDENT"',
        )

    def _find_named(self, name: str) -> set[str]:
        """Return the students with this name, else with this login."""
        return self._roster.by_name(name) or self._roster.by_login(name)

    def _find_numbered(self, handle: Handle) -> set[str]:
        """Return the students with the LMS's number: by its list, else by the roster."""
        line = self._find_line(handle)
        if line is not None:
            return line.find_students(self._roster)
        return self._roster.by_number(handle.number) if handle.kind == "canvas" else set()

    def _find_joined(self, handle: Handle) -> set[str]:
        """Return the students whose ids stand in a plain name beside the one that was found."""
        words = re.split(r"[_+&,;]| - ", handle.beside)
        return {student for word in words for student in self._roster.by_id(word.strip())}

    @cached_property
    def _lines(self) -> dict[str, LmsPerson]:
        """The list's lines by student, worked out once for all files."""
        return self._people.by_student(self._roster) if self._people else {}

    def _known_number(self, student: str, handle: Handle) -> str:
        """Return another number that a student is known to have in this LMS, or ""."""
        known = self._roster.people[student].number if handle.kind == "canvas" else ""
        if self._people is not None and self._people.kind == handle.kind:
            line = self._lines.get(student)
            known = line.number if line is not None else known
        return known if known != handle.number else ""

    def _find_line(self, handle: Handle) -> LmsPerson | None:
        if self._people is None or self._people.kind != handle.kind:
            return None
        return self._people.by_number(handle.number)


def _list_students(students: set[str]) -> str:
    return " or ".join(sorted(students))


def _give_advice(roster: Roster, name: str, number: str) -> str:
    """Say what to do about a name that fits nobody; `number`: the LMS's, "" where there is none."""
    similar = roster.find_similar(name)
    hint = f" (near: {', '.join(similar)})" if similar else ""
    # A number is a person's whose name is not known: one that is near is most often another's.
    student = similar[0] if similar and not number else "STUDENT"
    return (
        f'say who it is{hint}: --as "{number or name}={student}"; or, if the student joined later, '
        "import the new class list: course roster import FILE"
    )
