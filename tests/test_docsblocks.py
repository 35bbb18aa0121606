"""The helper that compares console blocks of the documentation with what commands print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docsblocks import check_blocks, read_blocks, run_command


@pytest.fixture(autouse=True)
def nothing_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of these tests stay as they are, also while real pages are written anew."""
    monkeypatch.delenv("BACKYARD_DOCS", raising=False)


def _page(folder: Path, body: str, before: str = "") -> Path:
    page = folder / "page.md"
    page.write_text(f"# A page\n\n{before}```console\n{body}```\n\nMore text.\n", "utf-8")
    return page


@pytest.mark.parametrize(
    "body",
    [
        "$ echo one; echo two\none\ntwo\n",
        "$ echo one; echo two; echo three\none\n...\nthree\n",
        "$ echo one; echo three\none\n...\nthree\n",
        "$ echo took 3.21 s\ntook ... s\n",
        "$ echo one \\\n    two\none two\n",
        "$ echo 'a  '\na\n",
        "$ false\n[exit code 1]\n",
        "$ cd .\n$ echo b\nb\n",
    ],
)
def test_a_block_that_shows_what_is_printed_passes(tmp_path: Path, body: str) -> None:
    """Lines are compared; dots stand for what may vary."""
    assert check_blocks(_page(tmp_path, body), tmp_path) == body.count("$ ")


@pytest.mark.parametrize(
    "body",
    [
        "$ echo one\ntwo\n",
        "$ echo one; echo two\none\n",
        "$ echo one\none\ntwo\n",
        "$ echo took 3 s\ntook ... min\n",
        "$ false\n",
        "$ echo 1x2\n1.2\n",
    ],
)
def test_a_block_that_shows_something_else_fails(tmp_path: Path, body: str) -> None:
    """The message names the page, the line and the command, and the page stays as it is."""
    page = _page(tmp_path, body)
    with pytest.raises(AssertionError, match=r"page.md:3 \$ "):
        check_blocks(page, tmp_path)
    assert body in page.read_text("utf-8")


def test_a_block_may_be_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When asked for, the page then shows what was printed; the test fails once all the same."""
    monkeypatch.setenv("BACKYARD_DOCS", "write")
    page = _page(tmp_path, "$ echo one\ntwo\n$ echo three\nthree\n")
    with pytest.raises(AssertionError):
        check_blocks(page, tmp_path)
    assert check_blocks(page, tmp_path) == 2
    assert page.read_text("utf-8").endswith("```\n\nMore text.\n")


def test_comments_say_what_is_typed_and_what_is_not_run() -> None:
    """A comment right before a block concerns this block only."""
    text = (
        "<!-- typed: y n -->\n```console\n$ a\n```\n"
        "<!-- not run: needs a server -->\n\n```console\n$ b\n```\n"
        "```console\n$ c\n```\n```sh\n$ d\n```\n"
    )
    blocks = read_blocks(text)
    assert [(b.commands[0].words, b.typed) for b in blocks] == [("a", ("y", "n")), ("c", ())]


def test_the_command_course_runs_here(tmp_path: Path) -> None:
    """`course` is run without another process, in the folder, with its errors and exit code."""
    printed = run_command("course grade votes", tmp_path)
    assert "a course folder" in printed
    assert str(tmp_path) in printed
    assert printed.endswith("[exit code 1]\n")
