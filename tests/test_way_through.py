"""The page on the way through: what it says of the notebooks, the sources and the column holds."""

import re
import tomllib

import pytest

from course.text.column import paragraphs
from docs import generate
from tests.notebooks import ROOT
from tests.tables import cells

PAGE = (ROOT / "docs" / "way-through.md").read_text("utf-8")
NOTEBOOKS = sorted((ROOT / "source").glob("*/*.ipynb"))
QUESTION = re.compile(r"\b(?:start|argument|votes|timeline|verdict)-\d\d\b")


def read_rows() -> list[list[str]]:
    """Return the rows of the table of claims, cell by cell."""
    _, _, table = PAGE.partition("## The column, claim by claim")
    lines = [line for line in table.splitlines() if re.match(r"\| P\d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_paragraph_stands_in_the_table_with_questions_that_exist() -> None:
    """All 17 in order; each names where it is tested, or why it cannot be, and mostly both."""
    asked = set(QUESTION.findall("".join(path.read_text("utf-8") for path in NOTEBOOKS)))
    rows = read_rows()
    assert [row[0] for row in rows] == [paragraph.label for paragraph in paragraphs()]
    for number, claim, where, why in rows:
        assert all((claim, where, why)), number
        ids = set(where.split(", "))
        assert ids <= asked | set(re.findall(r"\bC\d\d\b", where)), number
    assert set(QUESTION.findall(PAGE)) <= asked


def test_the_notebooks_are_listed_as_they_are() -> None:
    """The table has each notebook once, in the order of the way, with its points and its time."""
    table = generate.write_notebooks()
    names = re.findall(r"(?m)^\| \*\*(\w+)\*\*", table)
    assert names == [name for name in generate.WAY if name in {p.stem for p in NOTEBOOKS}]
    assert set(names) == {path.stem for path in NOTEBOOKS}
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert ["| **start**", "the tools, once", "5", "2", "20 minutes |"] in rows
    for name, title, points, parts, time in rows:
        assert all((title, time.strip("| "))), name
        assert (int(points), int(parts)) >= (5, 2), name


def test_every_part_of_a_notebook_has_a_prompt() -> None:
    """What to discuss goes through the parts of the notebooks, one by one."""
    _, _, page = PAGE.partition("## To discuss")
    for path in NOTEBOOKS:
        (line,) = re.findall(rf"(?m)^- \*\*{path.stem}\*\*(.*)$", page)
        parts = set(re.findall(r"## Part (\d+)", path.read_text("utf-8")))
        asked = set(re.findall(r"(\d): [^?]+\?", line))
        assert asked == parts, path.stem


def test_the_minutes_of_a_session_add_up() -> None:
    """The session takes the time of its heading, and what has a star half of it."""
    _, _, plan = PAGE.partition("## One session (90 minutes)")
    steps = re.findall(r"(?m)^- (\d+) (★?)", plan.partition("\n## ")[0])
    assert sum(int(minutes) for minutes, _ in steps) == 90
    assert sum(int(minutes) for minutes, star in steps if star) == 45


def test_what_to_read_next_is_among_the_sources() -> None:
    """Each work is one that a row of the tables rests on, so its address is there."""
    _, _, page = PAGE.partition("## What to read next")
    sources = " ".join(row["source"] for row in cells("sources"))
    works = re.findall(r"(?m)^- (.*)$", page.partition("## ")[0])
    assert len(works) == 8
    for work in works:
        assert work.partition(" (")[0] in sources, work


def test_claims_of_the_ledger_stand_at_their_paragraph() -> None:
    """Each claim of verdict is in the row of its paragraph, and no other is."""
    path = ROOT / "course" / "text" / "claims.toml"
    claims = tomllib.loads(path.read_text("utf-8"))
    named = {claim: row[0] for row in read_rows() for claim in re.findall(r"C\d\d", row[2])}
    assert named == {claim: paragraph for claim, (paragraph, _) in claims.items()}


# Numbers that are no figures: code, ids, years and days, questions and pages, weights of a chart.
NO_FIGURE = re.compile(
    r"`[^`]*`|\{\{.*?\}\}|\]\([^)]*\)|\b[A-Z]\d\d\b|\b(1[5-9]|20)\d\d(-\d{4})?s?\b|\(\d\)"
    r"|\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b|\b([Qq]uestions?|[Ss]teps?|docs?\.|nos?\.|version|vol\.|parts?|of)"
    r" \d[\d, ]*(to \d+)?"
)
# What is no figure of a table: the column's own words, an author's text, a rule of the question.
GIVEN = {"180", "200", "100", "1898", "50", "20"}


@pytest.mark.parametrize("assignment", [path.stem for path in NOTEBOOKS])
def test_figures_in_a_commentary_are_computed(assignment: str) -> None:
    """A page on questions has its figures from the tables, as they are when the page is made."""
    text = (ROOT / "docs" / "questions" / f"{assignment}.md").read_text("utf-8")
    bare = re.sub(r"(?m)^## .*$", "", text)
    assert set(re.findall(r"\d[\d.,]*\d|\d", NO_FIGURE.sub("", bare))) <= GIVEN
    page = generate.write_questions(assignment)
    assert "{{" not in page
    for found in re.findall(r"(\w+) \{\{ [^}]* \}\}", text):
        assert re.search(rf"{found} [\d.,]*\d\b", page), found
