"""Who is meant: finds a student of the gradebook by id, number, login, e-mail or full name."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from course.grader.coursedir import Course


@dataclass(frozen=True)
class Person:
    """A student as the gradebook knows them."""

    id: str  # the student's id in the course
    # first, last: names; "" when not known
    first: str = ""
    last: str = ""
    email: str = ""  # "" when not known
    number: str = ""  # the person's number in the learning management system, "" when not known

    @property
    def name(self) -> str:
        """The full name, or the id where there is none."""
        return " ".join(part for part in (self.first, self.last) if part) or self.id

    def names(self) -> set[str]:
        """Return the ways in which a file name may give the full name, folded."""
        if not (self.first and self.last):
            return {fold_name(self.name)}
        return {fold_name(self.last + self.first), fold_name(self.first + self.last)}


def fold_name(text: str) -> str:
    """Return a name without accents, case, spaces and marks, as file names change them."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if letter.isalnum()).casefold()


class Roster:
    """The students of a course, found by what a file or a list says of them."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {person.id: person for person in people}

    def by_id(self, text: str) -> set[str]:
        """Return the student with this id."""
        return {text} & self.people.keys()

    def by_number(self, text: str) -> set[str]:
        """Return the students with this number in the learning management system."""
        return {p.id for p in self.people.values() if p.number and p.number == text.strip()}

    def by_login(self, text: str) -> set[str]:
        """Return the students whose id, e-mail address or its part before the @ this is."""
        wanted = text.strip().casefold()
        return {
            p.id
            for p in self.people.values()
            for account in (p.id, p.email, p.email.partition("@")[0])
            if wanted and account.casefold() == wanted
        }

    def by_name(self, text: str) -> set[str]:
        """Return the students whose full name this is, in either order."""
        return set(self._named.get(fold_name(text), ()))

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """The students by their folded names; a class is asked for each of its files."""
        found: dict[str, set[str]] = {}
        for person in self.people.values():
            for name in person.names() - {""}:
                found.setdefault(name, set()).add(person.id)
        return found

    def find_similar(self, text: str) -> list[str]:
        """Return up to three students whose name comes near, for a person to choose from."""
        import difflib

        names = {name: p.id for p in self.people.values() for name in {*p.names(), fold_name(p.id)}}
        near = difflib.get_close_matches(fold_name(text), names, n=5, cutoff=0.6)
        return list(dict.fromkeys(names[name] for name in near))[:3]


def read_roster(gradebook: Any) -> Roster:
    """Return the students of nbgrader's gradebook."""
    return Roster(
        Person(
            student.id,
            student.first_name or "",
            student.last_name or "",
            student.email or "",
            student.lms_user_id or "",
        )
        for student in gradebook.students
    )


def read_names(course: Course) -> dict[str, str]:
    """Return the names of the students in the gradebook, by id; "" where there is none."""
    with course.gradebook() as gradebook:
        people = read_roster(gradebook).people
    return {id: " ".join(filter(None, (p.first, p.last))) for id, p in people.items()}
