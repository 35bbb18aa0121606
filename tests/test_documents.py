"""The excerpts of documents: word for word as they were taken from their sources."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from course.errors import CourseError
from course.text.documents import GAP, Document, documents
from tests.tables import FOLDER

TEXTS = FOLDER / "documents"
# Written when the texts were taken over, from the copies named in each file.
KEPT = {
    line.split("  ")[1]: line.split("  ")[0]
    for line in (TEXTS / "texts.sha256").read_text(encoding="utf-8").splitlines()
}
READ = documents()
EACH = [pytest.param(one, id=label) for label, one in READ.items()]


def test_no_excerpt_differs_from_its_source_by_a_character() -> None:
    """What is read of each file is the text whose fingerprint was kept, and no file is without."""
    files = sorted(path.name for path in TEXTS.glob("*.md"))
    assert files == sorted(KEPT)
    assert len(files) == 18
    read = [sha256(one.text.encode()).hexdigest() for one in READ.values()]
    assert read == [KEPT[name] for name in files]


@pytest.mark.parametrize("one", EACH)
def test_the_sentences_are_the_whole_text_in_order(one: Document) -> None:
    """Put together again, with the marks of what was left out, they are the text."""
    pieces = [f"{GAP} {s}" if n in one.after_gap else s for n, s in one.sentences.items()]
    assert " ".join(pieces) == one.text
    assert len(one.after_gap) == one.text.count(GAP)
    assert all(len(sentence.split()) >= 8 for sentence in one.sentences.values())


@pytest.mark.parametrize("one", EACH)
def test_an_excerpt_says_where_it_is_from_and_glosses_its_own_words(one: Document) -> None:
    """Date, source, address and the differences between copies are there; glosses are of it."""
    assert all([one.title, one.author, one.date, one.document, one.source, one.copies, one.status])
    assert one.address.startswith("https://")
    assert one.glosses
    words = f"{one.text} {one.author}".lower()
    assert all(word.lower() in words for word in one.glosses)


def test_a_sentence_that_no_copy_has_is_not_quoted() -> None:
    """Clark's sentence on the Corollary was found in none, so no file has it."""
    for path in TEXTS.glob("*.md"):
        assert "justified by the" not in path.read_text(encoding="utf-8"), path.name


def test_a_file_without_one_of_its_lines_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever damages a file is told which one, and what it lacks."""
    shutil.copytree(TEXTS, tmp_path / "documents")
    file = tmp_path / "documents" / "17_kerry_2013.md"
    file.write_text(file.read_text(encoding="utf-8").replace("- date:", "- day:"), encoding="utf-8")
    monkeypatch.setenv("BACKYARD_DATA", str(tmp_path))
    with pytest.raises(CourseError, match="17_kerry_2013"):
        documents()
