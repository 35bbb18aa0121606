"""Which column of a class list means what: nbgrader's own names, and those of common exports."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RosterField:
    """What is known of a student."""

    name: str  # nbgrader's name of it, where the gradebook has it
    title: str  # in the table of `course roster`
    # Headings in a class list, compared without capitals, spaces, dots and underscores. Where a
    # file has several columns for the field, the heading that stands first here counts.
    headings: tuple[str, ...]
    beside: bool = False  # kept in roster.csv: nbgrader's Student has no such field


ROSTER = (
    RosterField(
        "id",
        "id",
        (
            "id",
            "studentid",
            "username",
            "loginid",
            "login",
            "sisloginid",
            "sisuserid",
            "idnumber",
        ),
    ),
    RosterField("last_name", "last name", ("lastname", "surname", "familyname", "last")),
    RosterField("first_name", "first name", ("firstname", "givenname", "forename", "first")),
    RosterField("email", "e-mail", ("email", "emailaddress", "mail", "e-mail")),
    RosterField("lms_user_id", "LMS id", ("lmsuserid", "lmsid", "canvasuserid", "moodleid")),
    RosterField("group", "group", ("group", "groups", "section"), beside=True),
)
FIELDS = tuple(field.name for field in ROSTER)
BESIDE = tuple(field.name for field in ROSTER if field.beside)
FULL_NAME = "full_name"


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Return the number of the column of each field that a file has, counted from 0.

    "full_name" is the column of the whole name: "Last, First" in a gradebook exported from Canvas,
    where "ID" is Canvas's own number.
    """
    plain = ["".join(c for c in h.lower() if c.isalnum() or c == "-") for h in headings]
    names = {field.name: field.headings for field in ROSTER}
    found: dict[str, int] = {}
    if {"student", "section"} <= set(plain):
        names["id"] = ("sisloginid", "sisuserid")
        names["lms_user_id"] = ("id",)
        found[FULL_NAME] = plain.index("student")
    for field, known in names.items():
        for name in known:
            if name in plain:
                found[field] = plain.index(name)
                break
    if "fullname" in plain and not found.keys() & {"first_name", "last_name"}:
        found[FULL_NAME] = plain.index("fullname")
    return found
