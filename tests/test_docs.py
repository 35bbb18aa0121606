"""The site of docs/: built without a warning, whole, and complete by itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup

from tests.notebooks import ROOT, run_cell

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q"]
    command += ["-d", str(folder / "doctrees"), str(DOCS), str(folder / "html")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, BeautifulSoup]:
    """Each page of the site, read."""
    found = {path: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in _html(site)}
    assert len(found) >= len(list(DOCS.glob("*.md"))) + len(list(DOCS.glob("questions/*.md"))) + 2
    return found


def _html(site: Path) -> list[Path]:
    return sorted(p for p in site.rglob("*.html") if "_static" not in p.parts)


def test_every_link_inside_leads_somewhere(site: Path, pages: dict[Path, BeautifulSoup]) -> None:
    """Files and headings that a page links to are there."""
    broken, seen = [], 0
    names = {path: {tag["id"] for tag in soup.select("[id]")} for path, soup in pages.items()}
    for path, soup in pages.items():
        for tag in soup.select("a[href], img[src], link[href], script[src]"):
            target = str(tag.get("href") or tag.get("src"))
            if re.match(r"[a-z]+:", target):
                continue
            address, anchor = urldefrag(target)
            file = (path.parent / unquote(address.split("?")[0])).resolve() if address else path
            seen += 1
            if not file.exists() or (anchor and file in names and anchor not in names[file]):
                broken.append(f"{path.relative_to(site)}: {target}")
    assert seen > 500
    assert not broken


def test_pages_fetch_nothing_from_elsewhere(pages: dict[Path, BeautifulSoup]) -> None:
    """Styles, scripts, pictures and fonts are all of the site."""
    for path, soup in pages.items():
        for tag in soup.select("link[rel=stylesheet], script[src], img[src], iframe[src]"):
            source = str(tag.get("href") or tag.get("src"))
            assert not re.match(r"(https?:)?//", source), (path.name, source)


def test_every_room_is_on_the_page_of_how_it_works(pages: dict[Path, BeautifulSoup]) -> None:
    """Each folder of the three floors stands there with what it is for."""
    (page,) = [soup for path, soup in pages.items() if path.stem == "how-it-works"]
    rows = [[cell.text for cell in row.select("td")] for row in page.select("tbody tr")]
    shown = {cells[1]: cells[2] for cells in rows if len(cells) == 3}
    floors = [ROOT / "course" / floor for floor in ("", "grader", "desk")]
    folders = [path for floor in floors for path in floor.glob("*/__init__.py")]
    rooms = {path.parent.name for path in folders} - {"grader", "desk"}
    assert len(rooms) > 20
    assert [room for room in sorted(rooms) if len(shown.get(f"{room}/", "")) < 20] == []


def test_every_picture_has_words(pages: dict[Path, BeautifulSoup]) -> None:
    """A picture of the pages says in its text alternative what it shows."""
    pictures = [(p.name, t) for p, soup in pages.items() for t in soup.select("article img")]
    assert pictures
    for name, picture in pictures:
        assert len(str(picture.get("alt", ""))) > 20, (name, picture)


@pytest.mark.parametrize(
    ("words", "page"),
    [("regrade request", "marks"), ("late policy", "instructor"), ("rubric", "instructor")],
)
def test_what_others_call_it_is_found_under_these_words(
    pages: dict[Path, BeautifulSoup], words: str, page: str
) -> None:
    """Whoever comes from another system finds the place by that system's word."""
    found = {path.stem for path, soup in pages.items() if words in soup.get_text().lower()}
    assert page in found


def test_the_check_cell_of_another_assignment_works_as_the_page_says() -> None:
    """The cell that maintainers copy gives all points, none, and the sentence of its mistake."""
    page = (DOCS / "another-column.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.S)
    (cell,) = [block for block in blocks if 'q.key("rise"' in block]
    for answer, points, says in ((12.5, 1, "right"), (1.125, 0, "This is the ratio"), (..., 0, "")):
        run = run_cell(cell, {"rise": answer})
        assert run.value == points
        assert says in run.printed
