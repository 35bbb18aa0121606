"""The records of a reading: what one reader said of each paragraph."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from course.desk.keys.codebook import Codebook

# A file whose name begins so holds the readings of programs, not of people.
AUTOMATED = "automated"


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
