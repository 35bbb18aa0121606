"""A feedback page: what stands on it for each question, and what never does."""

from __future__ import annotations

import html
import itertools
import re
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course.desk.feedback.exporter import FeedbackPage
from course.desk.feedback.preprocessors import PageContent, StudentsView
from course.grader.harmless.safemarkdown import as_written
from course.overview.appeal import write_line
from course.scoring.results import MIME, CheckResult, PartResult

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"


def tag(grade_id: str, **settings: Any) -> dict[str, Any]:
    """Return a cell's metadata."""
    return {"nbgrader": {"grade_id": grade_id, "grade": False, "solution": False, **settings}}


CHECK = (
    "from course.scoring import Question, number\nq = Question('votes-03', 2)\nq.check()\n"
    "### BEGIN HIDDEN TESTS\nq.key('turnout', 88.7)\n### END HIDDEN TESTS"
)


def said_of(*parts: PartResult) -> list[Any]:
    """Return the outputs of a check; what it prints is not what the page is made of."""
    result = CheckResult("votes-03", 2.0, parts)
    return [
        new_output("display_data", {MIME: result.to_json(), "text/plain": ""}),
        new_output("stream", name="stdout", text="votes-03 · turnout: as printed\n"),
    ]


def graded_cells() -> list[Any]:
    """Return the cells of two questions, as grading leaves them."""
    chart = "a chart with the title 'T \"q\"'; bars: a: 1"
    said = said_of(
        PartResult("turnout", 1.0, 1.0, "right.", read_as="88.7"),
        PartResult("blank", 1.0, 0.0, "The number is too small: <percent> is wanted.", False),
        PartResult("ax", 1.0, 1.0, "right.", read_as=chart, chart=True),
    )
    table = '<table border="1" class="dataframe"><tr><th></th><th>votes</th></tr></table>'
    return [
        new_markdown_cell("# Votes\n\nIntroduction"),
        new_markdown_cell("### 3 · Who voted\n\n> **Question votes-03 · 2 points**"),
        new_code_cell("polls.head()", outputs=[new_output("execute_result", {"text/html": table})]),
        new_code_cell(
            "turnout = 88.7  # <b>",
            metadata=tag("votes-03-answer", solution=True, comment="Look *again*."),
            outputs=[new_output("display_data", {"image/png": PIXEL, "text/plain": "<Figure>"})],
        ),
        new_code_cell(
            CHECK,
            metadata=tag("votes-03", grade=True, score=1.33, points=2),
            outputs=said,
        ),
        new_markdown_cell("### 16 · Restate"),
        new_markdown_cell(
            "# My own text",
            metadata=tag("votes-16", grade=True, solution=True, score=0, points=3, waiting=True),
        ),
    ]


def page_of(cells: list[Any], practiced: dict[str, str] | None = None, **more: Any) -> str:
    """Return the page of a notebook of these cells."""
    exporter = FeedbackPage()
    for step in (StudentsView, PageContent):
        exporter.register_preprocessor(step, enabled=True)
    about = {"notebook": "votes", "student": "ana", **more}
    resources = {"nbgrader": about, "practiced": practiced or {}}
    text, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=cells), resources)
    return str(text)


@pytest.fixture(scope="module")
def page() -> str:
    """The page of the two questions."""
    return page_of(graded_cells())


def text_of(page: str) -> str:
    """Return what one reads on a page, as one line."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_heading_is_read_in_one_pass() -> None:
    """Half a million spaces in it, read again from each of them, would take hours."""
    cells = graded_cells()
    cells.insert(2, new_markdown_cell(as_written(f"## 4 ·  What{' ' * 500_000}else  ")))
    read = text_of(page_of(cells))
    assert "votes-03 · What else" in read


def test_an_answer_cell_that_was_left_alone_is_neither_an_answer_nor_commented() -> None:
    """A panel was used, its code cell left alone: what was read stands there; a text is shown."""
    cells = graded_cells()
    for cell in cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.metadata.nbgrader.comment = "No response."
    read = text_of(page_of(cells))
    assert read.count("No response.") == 1
    assert read.count("(with a comment)") == 1
    assert "Restate (with a comment)" in read
    assert "turnout = 88.7 # <b>" not in read
    assert read.count("Your answer") == 1
    assert (
        "What the check says Part You wrote Read as Points Why turnout 88.7 ✓ 0.67 of 0.67" in read
    )
    assert "Your answer My own text" in read


def test_each_question_shows_points_answer_reading_and_messages(page: str) -> None:
    """A student finds in one place what was earned, how the answer was read and why."""
    text = text_of(page)
    assert "votes: feedback for ana 1.33 of the 2 points graded so far; 3 wait" in text
    assert "votes-03 · Who voted ◐ 1.33 of 2" in text
    assert "turnout = 88.7 # <b>" in text
    assert "turnout 88.7 # <b> 88.7 ✓ 0.67 of 0.67 right." in text
    assert "blank ✗ 0 of 0.67 The number is too small: <percent> is wanted." in text
    assert re.search(
        r"ax a chart [^✓]* ✓ 0.66 of 0.66", text
    )  # so that the parts add up to 1.33 of 2
    assert "Comment Look again ." in text
    assert "as printed" not in text


@pytest.mark.parametrize(
    ("check", "answer", "shown"),
    [
        ('q.part("x", number())', "x = 100 * 3 / 4\nprint(x)", "100 * 3 / 4"),
        ('q.part("x", number())', "x = 1\nx = (\n    2\n    + 3\n)\ny = x == 4", "( 2 + 3 )"),
        ('q.part("x", day())', "def x(text):\n    return text\nx(1)", "def x(text): return text"),
        ('q.part("x", order("AB"), at="sorter")', "sorter.value = ['B']", "['B']"),
        ('q.part("x", order("AB"), at="sorter")', "# sorter.value = ['B']", "in the panel"),
        ('q.part("x", number())', "figure, ax = draw()", ""),
        ('q.part("x", number())', "x = " + "1+" * 200, "1+" * 80 + " …"),
    ],
)
def test_beside_the_mark_of_a_part_stands_what_was_written_for_it(
    check: str, answer: str, shown: str
) -> None:
    """The last line that sets the name; where a panel was used, that it was."""
    cells = question("votes-03", 1.0, 1.0, PartResult("x", 1.0, 1.0, "right.", read_as="7"))
    cells[1].source = f'q = ask("votes-03")\n{check}\nq.check()'
    cells.insert(1, new_code_cell(answer, metadata=tag("votes-03-answer", solution=True)))
    page = page_of(cells)
    wanted = f"<td><code>{html.escape(shown, quote=False)}</code></td>" if shown else "<td></td>"
    row = page[page.index('<th scope="row"><code>x') :]
    assert html.unescape(row).startswith(f'<th scope="row"><code>x</code></th>{wanted}')


def test_a_question_that_waits_for_a_person_is_named(page: str) -> None:
    """The sum says what is not in it yet."""
    text = text_of(page)
    assert "3 wait for your instructor earned 1.33 · not earned 0.67 · waiting 3: votes-16" in text
    assert "votes-16 · Restate … waits, of 3" in text


def question(name: str, points: float, maximum: float, *parts: PartResult) -> list[Any]:
    """Return the cells of a question that its parts were graded in."""
    check = new_code_cell(
        f"q = ask({name!r})\nq.check()",
        metadata=tag(name, grade=True, score=points, points=maximum),
        outputs=[new_output("display_data", {MIME: CheckResult(name, maximum, parts).to_json()})],
    )
    return [new_markdown_cell(f"### {name[-1]} · Title {name[-1]}"), check]


def part_of(name: str, fraction: float, weight: float = 1.0) -> PartResult:
    """Return a part that is right to this share."""
    return PartResult(name, weight, fraction, f"Said of {name}.", read_as=f"<{name}>")


def five_questions() -> list[Any]:
    """Return questions that lose 1, 2.25, 0.5 and 0.25 points, and one that loses none."""
    return [
        *question("votes-01", 1, 2, part_of("a", 1.0), part_of("b", 0.0)),
        *question("votes-02", 0.75, 3, part_of("c", 0.0, 2), part_of("d", 0.0), part_of("e", 1.0)),
        *question("votes-03", 1.5, 2, part_of("f", 0.75)),
        *question("votes-04", 0.75, 1, part_of("g", 0.75)),
        *question("votes-05", 1, 1, part_of("h", 1.0)),
    ]


def test_a_page_begins_with_what_to_look_at() -> None:
    """Three questions by the points they lost, each with the first thing said of what was lost."""
    text = text_of(page_of(five_questions()))
    begin, rest = text.split("All questions")
    assert "5 of 9 points" in begin
    assert "earned 5 · not earned 4 Look at these first" in begin
    assert begin.split("Look at these first")[1].strip() == (
        "votes-02 · Title 2 ◐ 0.75 of 3 c: Said of c. and 1 more "
        "votes-01 · Title 1 ◐ 1 of 2 b: Said of b. "
        "votes-03 · Title 3 ◐ 1.5 of 2 f: Said of f."
    )
    assert "Next with points to gain: votes-04" in rest
    assert rest.count("Next with points to gain") == 3


def test_points_of_parts_questions_and_page_agree() -> None:
    """The parts add up to the question, the questions to the page, and the row says the same."""
    page = page_of(five_questions())
    listed = dict(re.findall(r'<tr><th scope="row"><a href="#(.*?)".*?<td>.*?. ([\d.]+) of', page))
    assert listed == {f"votes-0{n}": p for n, p in enumerate(("1", "0.75", "1.5", "0.75", "1"), 1)}
    for name, points in listed.items():
        section = page.split(f'<section id="{name}"')[1].split("</section>")[0]
        parts = re.findall(r'<td class="\w+">. ([\d.]+) of ([\d.]+)</td>', section)
        assert sum(float(earned) for earned, _ in parts) == float(points)
        assert f"{points} of" in section.split("</h2>")[0]
    assert f"<strong>{sum(map(float, listed.values())):g} of 9</strong> points" in page


@pytest.mark.parametrize("right", [*itertools.product([0.0, 0.5, 1.0], repeat=3)])
def test_three_equal_parts_of_two_points_add_up_in_cents(right: tuple[float, ...]) -> None:
    """Earned and possible add up to the question's; a part that is right shows one figure."""
    parts = [part_of(name, share) for name, share in zip("abc", right, strict=True)]
    earned = CheckResult("votes-01", 2, tuple(parts)).earned
    page = page_of(question("votes-01", earned, 2, *parts))
    told = re.findall(r'<td class="(\w+)">. ([\d.]+) of ([\d.]+)</td>', page)
    assert [state for state, _, _ in told] == [
        {0.0: "none", 0.5: "part", 1.0: "full"}[share] for share in right
    ]
    assert all(points == most for state, points, most in told if state == "full")
    assert sum(float(points) for _, points, _ in told) == pytest.approx(earned)
    assert sum(float(most) for *_, most in told) == pytest.approx(2)


def test_where_points_were_lost_a_second_look_can_be_asked_for() -> None:
    """The line to copy stands with the question; who grades has no use for it."""
    cells = [*five_questions()[6:], *graded_cells()[-2:]]
    page = text_of(page_of(cells))
    assert page.count("Ask for a second look Copy this line") == 1
    assert f"shows. {write_line('votes-04')} Back to the list" in page
    assert "course.appeal" not in page_of(cells, for_grader=True)


def test_where_nothing_was_lost_the_page_says_so() -> None:
    """In place of the three; what still waits is lost by nobody."""
    cells = [*question("votes-05", 1, 1, part_of("h", 1.0)), *graded_cells()[-2:]]
    text = text_of(page_of(cells))
    assert "1 of the 1 points graded so far; 3 wait for your instructor" in text
    assert "Look at these first Nothing was lost. All questions" in text
    assert "Next with points to gain" not in text


def test_a_page_on_which_all_waits_says_that_nothing_is_graded() -> None:
    """No sum of 0 stands for what nobody has read."""
    text = text_of(page_of(graded_cells()[-2:]))
    assert "Nothing is graded yet; 3 points wait for your instructor" in text
    assert "Look at these first" not in text


def test_points_that_a_person_changed_are_named_so() -> None:
    """The marks of the parts are the computer's, and do not add up to them."""
    cells = question("votes-05", 1, 1, part_of("h", 0.0))
    assert "The points of the question were set by your instructor." in text_of(page_of(cells))
    assert "were set by" not in text_of(page_of(five_questions()))


def test_what_was_practiced_before_stands_with_the_question() -> None:
    """Where nothing was practiced, nothing is said."""
    text = text_of(page_of(five_questions(), {"votes-02": "right after 2 tries"}))
    assert text.count("Practiced before") == 1
    assert "Practiced before: right after 2 tries. What the check says" in text


def test_the_check_and_its_key_are_not_on_the_page(page: str) -> None:
    """Not even the visible part of a check is shown: it says nothing to a reader."""
    assert "q.key" not in page
    assert "HIDDEN" not in page
    assert "q.check" not in page


def test_a_page_stands_alone(page: str) -> None:
    """Nothing is fetched and nothing runs: the page opens offline and in any viewer."""
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page
    assert "<link" not in page
    assert "content=\"default-src 'none';" in page


def test_a_picture_of_an_answer_has_what_it_shows_as_its_text(page: str) -> None:
    """The text alternative is how the chart was read; quotation marks cannot break out of it."""
    (picture,) = re.findall(r"<img [^>]*>", page)
    assert 'alt="a chart with the title &#x27;T &quot;q&quot;&#x27;; bars: a: 1"' in picture


def test_headings_of_the_notebook_do_not_disturb_those_of_the_page(page: str) -> None:
    """A screen reader meets the page's own headings only, in order."""
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels == [1, 2, 2, 2, 3, 3, 3, 2, 3]
    assert "<th></th>" not in page


def test_a_late_penalty_is_told() -> None:
    """Whoever was late reads how much it cost."""
    late = text_of(page_of(graded_cells(), late_penalty=0.5))
    assert "0.83 of the 2 points graded so far" in late
    assert "Handed in late: 0.5 points were taken off" in late
    assert "Handed in late" not in text_of(page_of(graded_cells()))


def test_a_question_without_an_answer_says_so() -> None:
    """An empty answer is not left to be guessed."""
    cells = graded_cells()
    missing = PartResult("turnout", 1.0, 0.0, "There is no answer yet.", answered=False)
    cells[4].outputs = said_of(missing)
    assert "No answer was found." in text_of(page_of(cells))


def test_an_answer_that_cannot_be_shown_is_not_called_missing() -> None:
    """What was read as something that has no words is an answer all the same."""
    cells = graded_cells()
    cells[4].outputs = said_of(PartResult("turnout", 1.0, 0.0, "It cannot be read."))
    assert "No answer was found." not in text_of(page_of(cells))


def test_a_page_of_an_earlier_version_says_that_it_is_one() -> None:
    """Nothing is read from sentences, and nothing is claimed of the answer."""
    cells = graded_cells()
    del cells[4].outputs[0]
    text = text_of(page_of(cells))
    assert "Graded by an earlier version: grade again to see what is said of it." in text
    assert "as printed" not in text
    assert "No answer was found." not in text


def test_what_an_ordinary_test_printed_is_on_the_page() -> None:
    """A test in nbgrader's own way has no record; that an answer is missing is not claimed."""
    cells = graded_cells()
    cells[4].source = "assert turnout == 88.7"
    text = text_of(page_of(cells))
    assert "votes-03 · turnout: as printed" in text
    assert "No answer was found." not in text


def test_a_check_that_stopped_shows_its_error() -> None:
    """A fault of the check is named, so that student and instructor can speak of it."""
    cells = graded_cells()
    cells[4].outputs = [new_output("error", ename="Timeout", evalue="30 s", traceback=["q.key"])]
    assert "The check stopped: Timeout: 30 s" in text_of(page_of(cells))


def test_a_comment_is_text_and_never_acts() -> None:
    """Tags in a comment are shown as they were typed; its Markdown is kept."""
    cells = graded_cells()
    cells[3].metadata.nbgrader.comment = (
        '**Say** `List<int>`, not List<int>. <script>x()</script> <img src=x onerror="x()"> '
        "[here](javascript:x())"
    )
    page = page_of(cells)
    assert "<script" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert "<strong>Say</strong> <code>List&lt;int&gt;</code>, not List&lt;int&gt;." in page
    assert '<script>x()</script> <img src=x onerror="x()">' in text_of(page)
