"""What is read from an autograded check cell, and what in a notebook is not believed."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from course.desk.report.verdicts import EARLIER, Verdict, read_verdict
from course.grader.harmless.cleaning import SafeOutputs
from course.scoring.results import MIME, CheckResult, PartResult

CHECK = "from course.scoring import Question, number\nq = Question('votes-03', 2)\nq.grade()"
ORDINARY = "assert turnout == 88.7"
RESULT = CheckResult("votes-03", 2.0, (PartResult("turnout", 1.0, 0.5, "partly right. Look."),))
PRINTED = "votes-03 · turnout: partly right. Look.\nvotes-03: 1 of 2 points.\n"


def cell(source: str = CHECK, *outputs: Any, **tag: Any) -> Any:
    """Return a grade cell as it stands in an autograded notebook."""
    about = {"grade_id": "votes-03", "grade": True, "solution": False, "points": 2, **tag}
    return new_code_cell(source, metadata={"nbgrader": about}, outputs=list(outputs))


def shown(result: CheckResult = RESULT, **changed: Any) -> Any:
    """Return the output that carries a result."""
    content = result.to_json() | changed
    return new_output("display_data", {MIME: content, "text/plain": ""})


def stream(text: str) -> Any:
    """Return printed text."""
    return new_output("stream", name="stdout", text=text)


def cleaned(*cells: Any, **settings: Any) -> list[Any]:
    """Return cells as they are kept after grading."""
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    return list(SafeOutputs(**settings).preprocess(notebook, {})[0].cells)


# --- reading --------------------------------------------------------------------------------------


def test_the_record_is_read_and_the_printed_lines_are_not() -> None:
    """The sentence on paper may say anything."""
    verdict = read_verdict(cell(CHECK, shown(), stream("votes-03 · turnout: right.\n")))
    assert verdict == Verdict(RESULT)
    assert verdict.lines == ("turnout: partly right. Look.",)


def test_a_check_without_a_record_was_graded_by_an_earlier_version() -> None:
    """Its sentences are not taken apart; the page says why nothing is there."""
    verdict = read_verdict(cell(CHECK, stream(PRINTED)))
    assert (verdict.result, verdict.earlier, verdict.lines) == (None, True, (EARLIER,))
    assert not verdict.unanswered
    assert read_verdict(cell(CHECK)) == Verdict()  # it never ran


def test_an_ordinary_test_is_shown_as_it_printed() -> None:
    """It has no record, and no earlier version is to blame."""
    verdict = read_verdict(cell(ORDINARY, stream("well done\n\n")))
    assert (verdict.lines, verdict.earlier) == (("well done",), False)
    assert verdict.ordinary
    assert not read_verdict(cell(CHECK, stream(PRINTED))).ordinary


def test_what_a_student_prints_is_not_said_by_a_check() -> None:
    """A code cell that a person grades is the student's: nothing in it speaks for the grader."""
    error = new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    assert read_verdict(cell(ORDINARY, stream("right."), error, solution=True)) == Verdict()


def test_a_check_that_stopped_says_with_what() -> None:
    """The error is told, and what was found before it."""
    error = new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    assert read_verdict(cell(CHECK, error)).lines == ("The check stopped: KeyError: 'x'",)
    assert read_verdict(cell(CHECK, shown(), error)).result == RESULT


@pytest.mark.parametrize(
    ("source", "output", "tag"),
    [
        (CHECK, shown(CheckResult("votes-04", 2.0, RESULT.parts)), {}),
        (CHECK, shown(version=2), {}),
        (ORDINARY, shown(), {}),
        (CHECK, shown(), {"solution": True}),
        (CHECK, shown(), {"grade": False}),
    ],
    ids=["another question", "another version", "an ordinary test", "an answer", "no check"],
)
def test_a_record_anywhere_else_counts_for_nothing(source: str, output: Any, tag: Any) -> None:
    """Only the check cell of the same question, written with `Question`, is believed."""
    assert read_verdict(cell(source, output, stream("x"), **tag)).result is None


# --- what is kept of it ---------------------------------------------------------------------------


def test_the_record_of_a_check_is_kept() -> None:
    """It passes the step that makes outputs harmless, and shows nothing."""
    (kept,) = cleaned(cell(CHECK, shown(), stream(PRINTED)))
    assert kept.outputs[0].data == {MIME: RESULT.to_json(), "text/plain": ""}
    assert read_verdict(kept).result == RESULT
    nbformat.validate(nbformat.v4.new_notebook(cells=[kept]))


@pytest.mark.parametrize(
    ("source", "tag"), [(ORDINARY, {}), (CHECK, {"grade": False}), (CHECK, {"solution": True})]
)
def test_a_record_that_a_student_shows_is_left_out(source: str, tag: Any) -> None:
    """In a cell of the student's, or in a test that runs among them, it is not kept."""
    (kept,) = cleaned(cell(source, shown(), **tag))
    assert MIME not in str(kept.outputs[0].data.keys())
    own = new_code_cell(CHECK, outputs=[shown()])
    assert MIME not in cleaned(own)[0].outputs[0].data


def test_what_is_no_record_is_left_out_of_a_check_too() -> None:
    """Nothing else travels under the name."""
    (kept,) = cleaned(cell(CHECK, shown(points="<script>")))
    assert MIME not in kept.outputs[0].data


def test_a_student_cannot_crowd_a_record_out() -> None:
    """However much the cells before it put out, the check's own outputs are kept."""
    flood = new_code_cell("x", outputs=[stream("x" * 50_000)])
    last = cleaned(flood, cell(CHECK, shown(), stream(PRINTED)), notebook_bytes=10_000)[-1]
    assert read_verdict(last).result == RESULT
    assert last.outputs[1].text == PRINTED
