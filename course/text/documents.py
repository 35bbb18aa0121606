"""Excerpts of public-domain documents on the doctrine, word for word, to be read and quoted.

Each is a file in ``data/documents/``: a heading, lines such as ``- date: …``, the text after ``>``
and what hard words mean. ``[...]`` marks where something was left out between two passages.
``texts.sha256`` beside them keeps what each text has to be, character by character.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.data import data_folder
from course.errors import CourseError

__all__ = ["Document", "documents", "list_sentences"]

GAP = "[...]"
# A sentence ends at a full stop and the like before a capital; not after "Mr." or a numeral.
END = re.compile(r"(?:(?<=[.?!])|(?<=[.?!]\"))(?<!\bMr\.)(?<!\bIII\.) (?=[A-Z])")
LINE = re.compile(r"^- (\w+): (.+)$", re.MULTILINE)
GLOSS = re.compile(r"^- \*\*(.+)\*\*: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """An excerpt; `text` is exact, all else is said about it."""

    label: str  # the name that questions use, as in D02
    title: str
    author: str
    date: str
    document: str  # which document, and where in it
    source: str  # the copy that the words are from
    address: str
    copies: str  # how other copies differ
    status: str  # why it may be printed
    text: str
    glosses: dict[str, str]  # hard words and what they mean here

    @property
    def sentences(self) -> dict[str, str]:
        """The sentences in order, by their names, as in D02.1; without the marks of gaps."""
        pieces = [p for passage in self.text.split(f" {GAP} ") for p in END.split(passage)]
        return {f"{self.label}.{number}": piece for number, piece in enumerate(pieces, start=1)}

    @property
    def after_gap(self) -> list[str]:
        """The names of the sentences before which something was left out."""
        return [n for n, s in self.sentences.items() if f"{GAP} {s}" in self.text]


def documents() -> dict[str, Document]:
    """Return the excerpts by their names, D01 to D18; the number says nothing of the order in time.

    Raises:
        CourseError: a file lacks one of its parts.
    """
    files = sorted((data_folder() / "documents").glob("*.md"))
    return {one.label: one for one in map(_read_document, files)}


def list_sentences(labels: Iterable[str]) -> dict[str, str]:
    """Return the sentences of some excerpts by their names, in order."""
    known = documents()
    return {name: text for label in labels for name, text in known[label].sentences.items()}


def _read_document(file: Path) -> Document:
    """Take a file apart."""
    head, _, rest = file.read_text(encoding="utf-8").partition("\n## Text\n\n> ")
    text, _, glosses = rest.partition("\n\n## Glosses\n")
    try:
        title = head.partition("\n")[0].removeprefix("# ")
        return Document(
            f"D{file.name[:2]}",
            title,
            text=text,
            glosses=dict(GLOSS.findall(glosses)),
            **dict(LINE.findall(head)),
        )
    except TypeError as error:
        raise CourseError(
            str(file), "a heading, its lines, the text and the glosses", str(error), "Mend the file"
        ) from error
