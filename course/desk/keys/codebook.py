"""The codebook of readings: what a reader can say of a paragraph, and which questions ask for it.

It is the file ``codebook.toml`` beside the readings, so that any text can have a key of readings.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError
from course.text.codebook import RELATIONS

CODEBOOK = "codebook.toml"
NEEDED = ("role", "claim_type")  # the fields that a key is made of, beside the links
FURTHER = ("evidence_type", "loaded", "checkable")
PARTS = ("roles", "claims", "map")


@dataclass(frozen=True)
class Codebook:
    """What readers are asked."""

    paragraphs: tuple[str, ...]  # P01, P02, ...
    labels: Mapping[str, tuple[str, ...]]  # by field; a field that has none is not asked for
    questions: Mapping[str, str]  # the questions of the panels, by part of the key

    @property
    def fields(self) -> tuple[str, ...]:
        """All that readers can agree on: fields with labels, and relations."""
        return (*self.labels, *RELATIONS)


def load_codebook(folder: Path) -> Codebook:
    """Return the codebook of a folder of readings.

    Raises:
        CourseError: there is none, it cannot be read, or something is missing in it.
    """
    path = folder / CODEBOOK
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        labels = {
            name: tuple(map(str, content["labels"][name]))
            for name in (*NEEDED, *FURTHER)
            if name in NEEDED or name in content["labels"]
        }
        return Codebook(
            tuple(f"P{number:02}" for number in range(1, int(content["paragraphs"]) + 1)),
            labels,
            {part: str(content["questions"][part]) for part in PARTS},
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CourseError(
            where=str(path),
            expected="a codebook: paragraphs, [labels] with role and claim_type, [questions] with "
            "roles, claims and map",
            found=f"no {error}" if isinstance(error, KeyError) else _say(error),
            todo="copy source/argument/readings/codebook.toml and change it for your text",
        ) from error


def _say(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
