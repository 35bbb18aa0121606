"""The codebook of readings: what a reader can say of a paragraph, which questions ask for it, and
what each reader said.

The codebook is the file ``codebook.toml`` beside the readings, so that any text can have a key of
readings.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from course.errors import CourseError
from course.text.codebook import RELATIONS

CODEBOOK = "codebook.toml"
NEEDED = ("role", "claim_type")  # the labels that a key is made of, where they are asked for
# A file whose name begins so holds the readings of programs, not of people.
AUTOMATED = "automated"
FURTHER = ("evidence_type", "loaded", "checkable")
# By part of a key, the fields of a reading that it is made of.
PARTS: Mapping[str, tuple[str, ...]] = {
    "roles": ("role",),
    "claims": ("claim_type",),
    "map": RELATIONS,
}


@dataclass(frozen=True)
class Codebook:
    """What readers are asked."""

    paragraphs: tuple[str, ...]  # P01, P02, ...
    labels: Mapping[str, tuple[str, ...]]  # by field; a field that has none is not asked for
    # the questions of the panels, by part of the key; a part without one is not asked for
    questions: Mapping[str, str]

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that the key is made of."""
        return tuple(name for part in self.questions for name in PARTS[part])

    @property
    def fields(self) -> tuple[str, ...]:
        """All that readers can agree on: fields with labels, and relations."""
        return (*self.labels, *(RELATIONS if "map" in self.questions else ()))


def load_codebook(folder: Path) -> Codebook:
    """Return the codebook of a folder of readings.

    Raises:
        CourseError: there is none, it cannot be read, or something is missing in it.
    """
    path = folder / CODEBOOK
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        questions = {part: str(name) for part, name in content["questions"].items()}
        if strange := questions.keys() - PARTS.keys():
            raise ValueError(f"{', '.join(sorted(strange))} in [questions]")
        paragraphs = range(1, int(content["paragraphs"]) + 1)
        book = Codebook(tuple(f"P{number:02}" for number in paragraphs), {}, questions)
        given = content.get("labels", {})
        labels = {
            name: tuple(map(str, given[name]))
            for name in (*NEEDED, *FURTHER)
            if name in book.asked or name in given
        }
        return replace(book, labels=labels)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CourseError(
            where=str(path),
            expected="a codebook: paragraphs, [questions] with roles, claims or map, [labels] with "
            "role for roles and claim_type for claims",
            found=f"no {error}" if isinstance(error, KeyError) else _say(error),
            todo="copy source/argument/readings/codebook.toml and change it for your text",
        ) from error


def _say(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


@dataclass(frozen=True)
class Mark:
    """What a reader said of one paragraph; None where the reader was not asked."""

    role: str | None = None  # the paragraph's role, one of the codebook's
    alternate: str | None = None  # a second role that the reader found as defensible, or None
    supports: tuple[str, ...] | None = None  # the paragraphs that this one supports
    challenges: tuple[str, ...] | None = None  # the paragraphs that this one weakens or qualifies
    claim_type: str | None = None  # the kind of its main statement
    evidence_type: str | None = None  # the kind of report that it gives
    loaded: str | None = None  # whether it uses evaluative wording, "yes" or "no"
    # whether public records could bear it out, "yes", "partly" or "no"
    checkable: str | None = None


@dataclass(frozen=True)
class Reading:
    """One reader's marks on the paragraphs."""

    reader: str  # the reader's name
    # a Mark for each paragraph that the reader marked, by paragraph
    marks: Mapping[str, Mark] = field(hash=False)
    book: Codebook = field(hash=False, repr=False)  # what the reader was asked
    file: str = ""  # the name of the file it comes from

    @property
    def automated(self) -> bool:
        """Whether a program made this reading."""
        return self.file.startswith(AUTOMATED)

    @property
    def has_map(self) -> bool:
        """Whether the reader drew links at all."""
        return any(mark.supports is not None for mark in self.marks.values())

    def labels(self, name: str) -> dict[str, str]:
        """Return one field of the marks, such as "role", by paragraph, where it was given."""
        found = {p: getattr(mark, name) for p, mark in self.marks.items()}
        return {p: value for p, value in found.items() if value is not None}

    def links(self, relation: str) -> set[tuple[str, str]]:
        """Return the links (from, to) of a relation: "supports" or "challenges"."""
        return {
            (paragraph, target)
            for paragraph, mark in self.marks.items()
            for target in getattr(mark, relation) or ()
        }
