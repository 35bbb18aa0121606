"""Which column of a class list means what: nbgrader's own names, and those of common exports."""

from collections.abc import Sequence

FIELDS = ("id", "first_name", "last_name", "email", "lms_user_id")

# Compared without capitals, spaces, dots and underscores. Where a file has several columns for the
# same field, the name that stands first here counts.
_NAMES: dict[str, tuple[str, ...]] = {
    "id": (
        "id",
        "studentid",
        "username",
        "loginid",
        "login",
        "sisloginid",
        "sisuserid",
        "idnumber",
    ),
    "first_name": ("firstname", "givenname", "forename", "first"),
    "last_name": ("lastname", "surname", "familyname", "last"),
    "email": ("email", "emailaddress", "mail", "e-mail"),
    "lms_user_id": ("lmsuserid", "lmsid", "canvasuserid", "moodleid"),
}
FULL_NAME = "full_name"


def _plain_heading(heading: str) -> str:
    return "".join(c for c in heading.strip().lower() if c.isalnum() or c == "-")


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Return the number of the column of each field that a file has, counted from 0.

    "full_name" is the column of the whole name: "Last, First" in a gradebook exported from Canvas,
    where "ID" is Canvas's own number.
    """
    plain = [_plain_heading(heading) for heading in headings]
    names = dict(_NAMES)
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
