"""The column is shown in the module's own words, and beside its text where that is at hand."""

import hashlib
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course import column, data
from course.text.column import ColumnError
from tests.notebooks import ROOT

COLUMN_FILE = ROOT / "data" / "column.txt"
TOO_LONG = 9
# A hash a line, of each run of nine words of the column, made by: python -m tests.test_column
RUNS = ROOT / "tests" / "column_runs.txt"
VOID = {"br", "hr", "img"}


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation."""
    return re.findall(r"\w+", text.lower().replace("'", "").replace("’", ""))


def hash_runs(text: str) -> list[str]:
    """Return a hash of every run of nine words of a text: it can be compared, and not read."""
    found = words(text)
    runs = (" ".join(found[at : at + TOO_LONG]) for at in range(len(found) - TOO_LONG + 1))
    return [hashlib.blake2s(run.encode(), digest_size=8).hexdigest() for run in runs]


class Page(HTMLParser):
    """Collects the elements of a page and its text, and proves that every element is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[str] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Keep the element as open, unless it is one that has no end."""
        self.elements.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The element that ends is the one opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text += data


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of tables that an instructor may put a text in; the repository's own is hidden."""
    monkeypatch.setattr(column, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(column, "__file__", str(tmp_path / "course" / "text" / "column.py"))
    return tmp_path


def invented(count: int, label: bool = False) -> str:
    """Return an invented text of so many paragraphs, with labels if wanted."""
    blocks = (f"Invented block {number},\nof two lines." for number in range(1, count + 1))
    if label:
        blocks = (f"P{number:02}  {block}" for number, block in enumerate(blocks, start=1))
    return "\n\n".join(blocks) + "\n"


def test_there_are_17_paragraphs_with_labels(folder: Path) -> None:
    """The paragraphs are numbered 1 to 17 and labelled P01 to P17; none is without a paraphrase."""
    found = column.paragraphs()
    assert [paragraph.number for paragraph in found] == list(range(1, 18))
    assert [paragraph.label for paragraph in found][::16] == ["P01", "P17"]
    assert all(len(words(paragraph.paraphrase)) >= 5 for paragraph in found)


def test_without_the_text_there_is_no_original(folder: Path) -> None:
    """Where no text is at hand, every paragraph stands in the module's words alone."""
    assert {paragraph.original for paragraph in column.paragraphs()} == {None}


def test_a_quote_has_at_most_eight_words(folder: Path) -> None:
    """No quotation is longer than eight words, and the phrase of the title is among them."""
    quotes = [paragraph.quote for paragraph in column.paragraphs() if paragraph.quote]
    assert max(len(quote.split()) for quote in quotes) < TOO_LONG
    assert "its own backyard" in quotes


def test_the_paraphrase_does_not_repeat_its_quote(folder: Path) -> None:
    """A quoted phrase stands as a quotation only, never unmarked in the paraphrase."""
    for paragraph in column.paragraphs():
        if paragraph.quote:
            assert paragraph.quote.lower() not in paragraph.paraphrase.lower(), paragraph.label


def test_figures_of_the_column_are_kept(folder: Path) -> None:
    """The figures that later questions check stand in the paraphrase as the column has them."""
    by_label = {paragraph.label: paragraph.paraphrase for paragraph in column.paragraphs()}
    for label, figure in {
        "P05": "under 5 percent",
        "P08": "close to 200 years",
        "P09": "the 1820s",
        "P13": "fewer than 20 percent",
    }.items():
        assert figure in by_label[label], label
    assert "6 percent" in by_label["P13"]


@pytest.mark.parametrize("labelled", [False, True], ids=["plain", "labelled"])
def test_a_text_of_17_paragraphs_is_shown_beside(folder: Path, labelled: bool) -> None:
    """With the text at hand each paragraph has its original, on one line and without its label."""
    (folder / "column.txt").write_text(invented(17, labelled), encoding="utf-8")
    found = column.paragraphs()
    assert found[4].original == "Invented block 5, of two lines."
    assert "Invented block 5, of two lines." in Page(column.show(5).data).text


def test_the_repository_text_is_found_when_the_tables_are_elsewhere(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text in the repository's data folder serves although BACKYARD_DATA names another folder."""
    (folder / "data").mkdir()
    (folder / "data" / "column.txt").write_text(invented(17), encoding="utf-8")
    monkeypatch.setattr(column, "data_folder", lambda: tmp_path_factory.mktemp("elsewhere"))
    assert column.paragraphs()[0].original == "Invented block 1, of two lines."


@pytest.mark.parametrize("count", [0, 1, 16, 18])
def test_another_number_of_paragraphs_is_an_error(folder: Path, count: int) -> None:
    """A text without 17 paragraphs is refused: file, number expected, number found, next step."""
    (folder / "column.txt").write_text(invented(count), encoding="utf-8")
    with pytest.raises(ColumnError) as error:
        column.paragraphs()
    text = str(error.value)
    assert str(folder / "column.txt") in text
    assert re.search(r"expected:\s+17 paragraphs", text)
    assert re.search(rf"found:\s+{count} paragraphs", text)
    assert "one paragraph in each block, with a blank line between" in text


def test_a_label_out_of_order_is_an_error(folder: Path) -> None:
    """Labelled paragraphs that are swapped are refused, naming the paragraph."""
    text = invented(17, label=True).replace("P04", "P05", 1)
    (folder / "column.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ColumnError, match="paragraph 4") as error:
        column.paragraphs()
    assert (error.value.expected, error.value.found) == (
        "the label P04, or none",
        "the label P05",
    )


def test_a_text_in_another_encoding_is_an_error(folder: Path) -> None:
    """A text that is not UTF-8 is refused with the file's name."""
    (folder / "column.txt").write_bytes("Perú\n\n".encode("latin-1") * 17)
    with pytest.raises(ColumnError, match="UTF-8"):
        column.paragraphs()


def test_another_text_is_shown_from_its_own_file(folder: Path) -> None:
    """A text file beside a notebook gives paragraphs, phrases and labels; remarks are left out."""
    (folder / "column.txt").write_text(invented(17), encoding="utf-8")
    file = folder / "paragraphs.txt"
    file.write_text("# A remark.\n\nP01\nA wish,\non two lines.\n> the words\n\n# No.\nA fact.\n")
    first, second = column.paragraphs(file)
    assert (first.label, first.paraphrase, first.quote) == (
        "P01",
        "A wish, on two lines.",
        "the words",
    )
    assert (second.label, second.paraphrase, second.quote) == ("P02", "A fact.", None)
    assert first.original is None
    assert Page(column.show(2, file).data).text == "P02A fact."


@pytest.mark.parametrize(
    ("text", "where"),
    [("P01 One.\n\nP03 Two.\n", "paragraph 2"), ("One.\n\n> a phrase\n", "paragraph 2")],
)
def test_a_slip_in_a_file_of_paragraphs_is_named(tmp_path: Path, text: str, where: str) -> None:
    """A label out of order and a phrase without a paragraph are named with their place."""
    (tmp_path / "paragraphs.txt").write_text(text)
    with pytest.raises(ColumnError, match=where):
        column.paragraphs(tmp_path / "paragraphs.txt")


def test_show_gives_all_paragraphs_or_those_asked_for(folder: Path) -> None:
    """Every paragraph has its heading; numbers choose paragraphs in the order given."""
    assert Page(column.show().data).elements.count("h3") == 17
    chosen = Page(column.show([13, 5]).data)
    assert re.findall(r"P\d\d", chosen.text) == ["P13", "P05"]


@pytest.mark.parametrize("wrong", [0, 18, [3, 99]])
def test_show_names_a_number_that_is_no_paragraph(folder: Path, wrong: int | list[int]) -> None:
    """A number outside 1 to 17 is named, with the numbers that there are."""
    with pytest.raises(ValueError, match=r"from 1 to 17, found (0|18|99)"):
        column.show(wrong)


def test_shown_text_is_escaped_and_well_formed(folder: Path) -> None:
    """A text with markup in it is shown as text: no element of its own, every element closed."""
    hostile = invented(17).replace("block 5", "<script>alert(1)</script> & <b>")
    (folder / "column.txt").write_text(hostile, encoding="utf-8")
    page = Page(column.show().data)
    assert page.open == []
    assert set(page.elements) == {"h3", "p", "q", "div", "blockquote"}
    assert "<script>alert(1)</script> & <b>" in page.text


def test_shown_markup_sets_no_colour(folder: Path) -> None:
    """No colour is set, so that the text is readable in a dark theme and in a light one."""
    (folder / "column.txt").write_text(invented(17), encoding="utf-8")
    styles = " ".join(re.findall(r'style="([^"]*)"', column.show().data))
    assert "flex" in styles
    assert not re.search("color|background|#", styles)


def test_a_run_is_found_across_case_punctuation_and_line_ends() -> None:
    """Nine words in a row are found wherever they stand, eight or others in between are not."""
    run = "one two three four five six seven eight nine"
    (wanted,) = hash_runs(run)
    assert wanted in hash_runs('He said: "One two,\nthree-four five; SIX seven (eight) nine" again')
    assert wanted not in hash_runs(run.replace("five", "five or so"))
    assert hash_runs("one two three four five six seven eight") == []


def test_no_run_of_nine_words_of_the_column_stands_in_the_project() -> None:
    """In no file that is kept, whatever it is for; the column is under copyright."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert len(files) > 500
    copied = frozenset(RUNS.read_text("ascii").split())
    assert len(copied) > 500
    for path in files:
        text = path.read_text("utf-8", errors="replace").replace("\\n", " ")
        assert not copied.intersection(hash_runs(text)), path


@pytest.mark.skipif(not COLUMN_FILE.is_file(), reason="the column's text is not at hand")
def test_quotes_are_verbatim_and_the_runs_are_those_of_the_text() -> None:
    """Where the text is at hand, what stands in for it is compared with it."""
    assert RUNS.read_text("ascii").split() == hash_runs(COLUMN_FILE.read_text("utf-8"))
    for paragraph in column.paragraphs():
        assert (paragraph.quote or "") in str(paragraph.original), paragraph.label


def test_the_tables_folder_is_where_the_text_is_looked_for() -> None:
    """The column asks the same folder as the tables."""
    assert vars(column)["data_folder"] is data.data_folder


if __name__ == "__main__":
    RUNS.write_text("\n".join(hash_runs(COLUMN_FILE.read_text("utf-8"))) + "\n", "ascii")
