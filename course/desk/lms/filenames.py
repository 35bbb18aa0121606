"""What names of downloaded files and folders say: whose, which file, which time it was handed in.

Canvas: `lastnamefirstname_LATE_12345_67890_votes-1.ipynb`, with the user's number and the file's.
Moodle: `First Last_12345_assignsubmission_file_/votes.ipynb`, with the participant's number; or,
without folders, `First Last_12345_assignsubmission_file_votes.ipynb`.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

CANVAS = re.compile(
    r"(?P<name>\w+?)(?P<late>_LATE)?_(?P<number>\d+)_(?P<file>\d+)_(?P<rest>.+)", re.S
)
ANONYMOUS = re.compile(r"anon_\w+?_\d+_(?P<rest>.+)", re.S)
MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<type>[a-z]+)(?:_(?P<rest>.*))?", re.S
)
# A second file of the same name: "-1" (Canvas), "(1)" (browsers), "-Copy1" (JupyterLab).
SUFFIX = re.compile(r"(?:[ _]?\((\d+)\)|-Copy(\d+)|[-_](\d+)|[ _-]copy)$", re.I)


# What looks like an LMS's own marks a second time: a name or a file may be called so on purpose.
AGAIN = re.compile(r"(?:^|.*?_)_*\d{3,}_\d{3,}_.+", re.S)
MARKER = re.compile(r"_\d+_assignsubmission_[a-z]+(?:_|$)")


@dataclass(frozen=True)
class Handle:
    """The part of a path that says whose a file is."""

    # "canvas", "moodle", "anonymous", "online text", "unclear" for one that can be read in two
    # ways, or "plain" for other names
    kind: str
    name: str  # the person's name or id, as the file name has it
    rest: PurePosixPath  # the student's own file name or path below it
    number: str = ""  # the person's number in the LMS, "" when there is none
    file: int | None = None  # Canvas's number of the file; a later upload has a higher one
    late: bool = False  # Canvas says that it was late
    beside: str = ""  # what stands behind a plain name in the same part of the path
    part: str = ""  # the part of the path that an LMS named; by it the LMS takes a file back


def read_handle(path: PurePosixPath) -> list[Handle]:
    """Return what a path says of its owner: the outermost part that names one counts.

    What lies inside a student's ZIP file is named by the student and says nothing. The handles are
    to be tried one after another.

    Args:
        path: from the folder of what was unpacked; a folder named `….zip` was a ZIP file.
    """
    parts = path.parts
    for place, part in enumerate(parts):
        below = PurePosixPath(*parts[place + 1 :])
        handle = _of_lms(part, below)
        if handle is not None:
            return [*_read_plain_names(parts[:place], PurePosixPath(*parts[place:])), handle]
        if place and part.lower().endswith(".zip"):
            return _read_plain_names(parts[: place + 1], below)
    return _read_plain_names(parts, PurePosixPath())


def find_owner_key(path: PurePosixPath) -> str:
    """Return a text that is the same for all files that one student handed in to an LMS."""
    for place, part in enumerate(path.parts):
        handle = _of_lms(part, PurePosixPath())
        if handle is not None:
            return f"{handle.name}_{handle.number}"
        if place and part.lower().endswith(".zip"):
            break
    return "/".join(path.parts[:2])


def _of_lms(part: str, below: PurePosixPath) -> Handle | None:
    """Return what one part of a path says in Canvas's or Moodle's way."""
    if len(MARKER.findall(part)) > 1:
        return Handle("unclear", part, PurePosixPath(part) / below)
    if match := MOODLE.fullmatch(part):
        kind = "moodle" if match["type"] == "file" else "online text"
        rest = PurePosixPath(match["rest"] or "") / below
        return Handle(kind, match["name"], rest, match["number"], part=part)
    if match := ANONYMOUS.fullmatch(part):
        return Handle("anonymous", part, PurePosixPath(match["rest"]) / below)
    if match := CANVAS.fullmatch(part):
        rest = PurePosixPath(match["rest"]) / below
        if AGAIN.fullmatch(match["rest"]):
            return Handle("unclear", part, rest)
        number, file = match["number"], int(match["file"][:18])
        late = bool(match["late"])
        return Handle("canvas", match["name"], rest, number, file, late, part=part)
    return None


def _read_plain_names(parts: tuple[str, ...], below: PurePosixPath) -> list[Handle]:
    """Return what ordinary names may say: `ana-quispe/votes.ipynb`, `ana-quispe_votes.ipynb`."""
    handles = []
    for place, part in enumerate(parts):
        rest = PurePosixPath(*parts[place + 1 :]) / below
        whole = re.sub(r"\.(zip|ipynb)$", "", part, flags=re.I)
        handles.append(Handle("plain", whole, rest if rest.parts else PurePosixPath(part)))
        for mark in ("_", " - "):
            marks = re.finditer(f"(?={mark})", part)
            for cut in reversed([found.start() for found in marks if found.start()]):
                behind = part[cut + len(mark) :]
                own = PurePosixPath(behind) / rest
                handles.append(Handle("plain", part[:cut], own, beside=behind))
    return handles


def without_suffix(name: str) -> tuple[str, int]:
    """Return a file name without what was added to tell copies apart, and the copy's number.

    "votes-1.ipynb" gives ("votes.ipynb", 1), "votes (2).ipynb" gives ("votes.ipynb", 2).
    """
    path = PurePosixPath(name)
    stem, number = path.stem, 0
    while match := SUFFIX.search(stem):
        if not match.start():
            break
        number = max(number, *(int(found[:9]) for found in match.groups("0")), 1)
        stem = stem[: match.start()]
    return stem + path.suffix, number
