"""Broken and stale answers: check, overview, Validate, Submit and the grader say the same.

All kinds stand in one notebook, each in a question of its own, so that each of the five looks once.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.validator import Validator

from course.desk import steps
from course.desk.seats.submit import find_unanswered
from course.grader.coursedir import CONFIG_NAME, Course
from course.grader.intake.repair import TURNED
from course.grader.run.autograde import grade_class
from tests.notebooks import ROOT, grade_id

GOOD = "{x} = 42.5"
OPEN = "{x} = ...   # your answer"


@dataclass(frozen=True)
class Kind:
    """A kind of answer.

    Attributes:
        name: what it is.
        ran: the text of the answer's cell when the kernel ran it; None where it did not run.
        saved: its text in the saved notebook, where that is another; None where it was deleted.
        filled: what a fresh run of the saved notebook gives.
        above: a cell of the student's own before it, which ran; `lost`: it is not saved.
        below: a cell of the student's own after the check, which ran.
        points: what grading gives, where that does not follow from `filled`.
    """

    name: str
    ran: str | None
    saved: str | None = ""
    filled: bool = False
    above: str = ""
    lost: bool = False
    below: str = ""
    points: float | None = None

    @property
    def fresh(self) -> str | None:
        """The text in the saved notebook."""
        return self.ran if self.saved == "" else self.saved


KINDS = [
    Kind("as it should be", GOOD, filled=True),
    Kind("computed in two lines", "half_{x} = 21.25\n{x} = 2 * half_{x}", filled=True),
    Kind("given in a cell of one's own", "# see above", filled=True, above=GOOD),
    # broken, and run so
    Kind("percent sign", "{x} = 42.5%"),
    Kind("decimal comma", "{x} = 42,5"),
    Kind("decimal comma and a zero", "{x} = 42,05"),
    Kind("points between thousands", "{x} = 4.250.000"),
    Kind("spaces between thousands", "{x} = 4 250"),
    Kind("curly quotes", "{x} = “42.5”"),
    Kind("no-break space", "{x} =\u00a042.5"),
    Kind("no quotation marks", "{x} = Humala"),
    Kind("two words without quotation marks", "{x} = Ollanta Humala"),
    Kind("no closing quotation mark", '{x} = "42.5'),
    Kind("missing bracket", "{x} = round(42.51, 1"),
    Kind("bracket too many", "{x} = (42.5))"),
    Kind("lost indentation", "def f_{x}():\nreturn 42.5\n{x} = f_{x}()"),
    Kind("spaces at the beginning", "    {x} = 42.5\n  y_{x} = 1"),
    Kind("one = too few", "if 1 = 1:\n    {x} = 42.5"),
    Kind("one = too many", "{x} == 42.5"),
    Kind("true in lower case", "{x} = 42.5 if true else 1"),
    Kind("a name that no cell makes", "{x} = nowhere_{x}"),
    Kind("an error before the value", "{x} = 42.5 / 0"),
    Kind("a module that is not there", "import no_such_module\n{x} = 42.5"),
    Kind("a false assertion", "assert 1 == 2\n{x} = 42.5"),
    Kind("without end", "def f_{x}():\n    return f_{x}()\n{x} = f_{x}()"),
    # The value is there before the error: grading reads it, and the check asks to look again.
    Kind("an error after the value", "{x} = 42.5\n1 / 0", points=1.0),
    # read, and not what is asked for
    Kind("dots", OPEN),
    Kind("an empty cell", "# nothing"),
    Kind("commented out", "# {x} = 42.5"),
    Kind("misspelled", "{x}x = 42.5"),
    Kind("text", '{x} = "many"'),
    Kind("two numbers", "{x} = [42.5, 3]"),
    Kind("too large", "{x} = 4250"),
    Kind("what print gives back", "{x} = print(42.5)"),
    # run so, and saved otherwise
    Kind("spoiled after the run", GOOD, "{x} = 42.5%"),
    Kind("an error since the run", GOOD, "{x} = 42.5 / 0"),
    Kind("dots again since the run", GOOD, OPEN),
    Kind("deleted after the run", GOOD, None),
    Kind("another value since the run", GOOD, "{x} = 40.5 + 2", filled=True),
    Kind("mended after the run", "{x} = 42.5%", GOOD, filled=True),
    Kind("rests on a deleted cell", "{x} = part_{x} * 2", above="part_{x} = 21.25", lost=True),
    Kind(
        "rests on a cell of one's own", "{x} = part_{x} * 2", filled=True, above="part_{x} = 21.25"
    ),
    Kind("given below the check", OPEN, below=GOOD),
    Kind("given above the dots, which did not run", None, OPEN, above=GOOD),
    # written in other ways
    Kind("added up", "{x} = 40\n{x} += 2.5", filled=True),
    Kind("with its type", "{x}: float = 42.5", filled=True),
    Kind("two at once", "{x}, y_{x} = 42.5, 3", filled=True),
    Kind("in a loop", "for {x} in [40, 42.5]:\n    pass", filled=True),
    Kind("by a walrus", "print({x} := 42.5)", filled=True),
    Kind("by exec", "exec('{x} = 42.5')", filled=True),
    Kind("by globals", "globals()['{x}'] = 42.5", filled=True),
    Kind("behind a magic", "%matplotlib inline\n{x} = 42.5", filled=True),
    Kind("timed", "%time {x} = 42.5", filled=True),
    Kind("with a warning", "import warnings\nwarnings.warn('look')\n{x} = 42.5", filled=True),
    Kind("in a try", "try:\n    {x} = 42.5\nexcept ValueError:\n    {x} = 1", filled=True),
    Kind("with await", "import asyncio\nawait asyncio.sleep(0)\n{x} = 42.5", filled=True),
    Kind("deleted in its cell", "{x} = 42.5\ndel {x}"),
    Kind("typed in", "{x} = float(input())"),
    Kind("a system exit", "raise SystemExit\n{x} = 42.5"),
    Kind("none", "{x} = None"),
    Kind("no number", "{x} = float('nan')"),
    Kind("infinite", "{x} = float('inf')"),
    Kind("a number as text with a percent sign", "{x} = '42.5 %'"),
    Kind("a function", "def {x}():\n    return 42.5"),
    Kind("a truth", "{x} = True"),
    Kind("huge", "{x} = 10 ** 400"),
    Kind("a unit", "{x} = 42.5 percent"),
    Kind("a comma in a sum", "{x} = 100 * 42,5"),
    Kind("a unit since the run", GOOD, "{x} = 42.5 percent"),
    Kind("commented out since the run", GOOD, "# {x} = 42.5"),
    Kind("misspelled since the run", GOOD, "{x}x = 42.5"),
]
Graded = dict[str, tuple[dict[str, float], tuple[str, ...]]]
NAMES = [f"slips-{number:02d}" for number in range(1, len(KINDS) + 1)]


def variable(question: str) -> str:
    """Return the name under which a question's answer stands."""
    return f"x_{question[-2:]}"


def make_notebook(state: str) -> Any:
    """Return the notebook as it is handed out ("open"), as it ran ("ran") or as it was saved."""
    tag = {"schema_version": 3, "grade": False, "solution": False, "locked": True, "task": False}
    setup = new_code_cell("from course.scoring import ask, number", id="setup")
    setup.metadata["nbgrader"] = {**tag, "grade_id": "slips-setup"}
    cells = [setup]
    for question, kind in zip(NAMES, KINDS, strict=True):
        x = variable(question)
        line = f"> **Question {question} · answer: `{x}`, a number in percent**"
        cells.append(new_markdown_cell(line, id=f"text-{question}"))
        if kind.above and (state == "ran" or (state == "saved" and not kind.lost)):
            cells.append(new_code_cell(kind.above.replace("{x}", x), id=f"above-{question}"))
        text = {"open": OPEN, "ran": kind.ran, "saved": kind.fresh}[state]
        if text is not None:
            answer = new_code_cell(text.replace("{x}", x), id=f"answer-{question}")
            answer.metadata["nbgrader"] = {
                **tag, "grade_id": f"{question}-answer", "locked": False, "solution": True
            }  # fmt: skip
            cells.append(answer)
        source = f'q = ask("{question}")\nq.part("{x}", number("percent", 0, 100))\nq.check()'
        if state == "open":
            source += (
                f'\n### BEGIN HIDDEN TESTS\nq.key("{x}", 42.5)\nq.grade()\n### END HIDDEN TESTS'
            )
        check = new_code_cell(source, id=f"check-{question}")
        check.metadata["nbgrader"] = {**tag, "grade_id": question, "grade": True, "points": 1}
        cells.append(check)
        if kind.below and state != "open":
            cells.append(new_code_cell(kind.below.replace("{x}", x), id=f"below-{question}"))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with the assignment, and the saved notebook handed in by one student."""
    folder = tmp_path_factory.mktemp("slips") / "course"
    (folder / "source/slips").mkdir(parents=True)
    shutil.copy(ROOT / CONFIG_NAME, folder)
    nbformat.write(make_notebook("open"), folder / "source/slips/slips.ipynb")
    made = Course(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        steps.generate_assignment(made, "slips")
    released = nbformat.read(folder / "release/slips/slips.ipynb", as_version=4)
    sums = {grade_id(cell): cell.metadata.nbgrader for cell in released.cells if grade_id(cell)}
    checks = {grade_id(cell): cell.source for cell in released.cells if grade_id(cell)}
    for state in ("ran", "saved"):
        notebook = make_notebook(state)
        for cell in notebook.cells:
            if name := grade_id(cell):
                cell.metadata["nbgrader"] = sums[name]
                if not name.endswith("-answer"):
                    cell.source = checks[name]
        desk = folder / state / "slips"
        desk.mkdir(parents=True)
        nbformat.write(notebook, desk / "slips.ipynb")
    shutil.copytree(folder / "saved/slips", folder / "submitted/ana/slips")
    turned = folder / "submitted/beto/slips"
    turned.mkdir(parents=True)
    answer = next(cell for cell in released.cells if grade_id(cell) == f"{NAMES[0]}-answer")
    answer.source, answer.cell_type = GOOD.replace("{x}", variable(NAMES[0])), "markdown"
    del answer["outputs"], answer["execution_count"]
    nbformat.write(released, turned / "slips.ipynb")
    return made


KERNEL = """
import json, os, sys, time
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config
import nbformat
settings = Config()
settings.HistoryManager.enabled = False
shell = InteractiveShell.instance(config=settings)
shell.enable_gui = lambda _gui=None: None  # as in a notebook's kernel
def run(path, only=""):
    said = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and cell.id.startswith(only):
            with capture_output() as found:
                shell.run_cell(cell.source, store_history=True, cell_id=cell.id)
            said[cell.id] = found.stdout
    return said
run(sys.argv[1])
os.chdir(sys.argv[2])
later = time.time() + 5
os.utime("slips.ipynb", (later, later))
said = run("slips.ipynb", "check-")
from course.overview.check import check_answers
rows = {row.question: [row.state, row.trouble] for row in check_answers("slips").rows}
print(json.dumps([said, rows]))
"""


@pytest.fixture(scope="module")
def in_kernel(course: Course) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What checks and overview say in a kernel that ran other text than was saved since."""
    done = subprocess.run(
        [sys.executable, "-c", KERNEL, course.root / "ran/slips/slips.ipynb", "."],
        cwd=course.root / "saved/slips",
        capture_output=True,
        text=True,
        check=True,
    )
    said, rows = json.loads(done.stdout.splitlines()[-1])
    return {name.removeprefix("check-"): text.strip() for name, text in said.items()}, rows


@pytest.fixture(scope="module")
def validated(course: Course) -> set[str]:
    """The questions that Validate finds nothing wrong with."""
    found = Validator().validate(str(course.root / "saved/slips/slips.ipynb"))
    failed = {cell["source"].split('"')[1] for cell in found.get("failed", ())}
    assert not found.keys() - {"failed"}
    return set(NAMES) - failed


@pytest.fixture(scope="module")
def unasked(course: Course) -> set[str]:
    """The questions of which Submit says nothing."""
    lines = find_unanswered(course.root / "saved/slips", course.root / "release/slips")
    return set(NAMES) - {line.split(":")[0] for line in lines}


@pytest.fixture(scope="module")
def graded(course: Course) -> Graded:
    """The points that grading gives, and what it remarks, by student."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course.root)
        outcomes = list(grade_class(course, "slips", jobs=1))
    assert [outcome.fault for outcome in outcomes] == [None, None]
    with course.gradebook() as gradebook:
        books = {
            outcome.student: gradebook.find_submission_notebook("slips", "slips", outcome.student)
            for outcome in outcomes
        }
        return {
            outcome.student: (
                {grade.name: float(grade.score) for grade in books[outcome.student].grades},
                outcome.remarks,
            )
            for outcome in outcomes
        }


@pytest.mark.parametrize(
    ("question", "kind"), list(zip(NAMES, KINDS, strict=True)), ids=lambda k: getattr(k, "name", k)
)
def test_five_ways_to_look_at_an_answer_agree(
    question: str,
    kind: Kind,
    in_kernel: tuple[dict[str, str], dict[str, list[str]]],
    validated: set[str],
    unasked: set[str],
    graded: Graded,
) -> None:
    """What the saved notebook gives is what counts; the check claims nothing more than that."""
    said, rows = in_kernel[0][question], in_kernel[1][question]
    assert (question in validated) == kind.filled, "Validate"
    assert (question in unasked) == kind.filled, "Submit"
    assert graded["ana"][0][question] == (
        kind.points if kind.points is not None else float(kind.filled)
    )
    checked = said.startswith("● ")
    assert checked == (rows[0] == "● filled in"), "check and overview"
    assert len(said.splitlines()) == 1, said
    if kind.ran == kind.fresh:
        assert checked == kind.filled, said
    else:  # another text than ran: nothing is judged until it runs
        assert said.startswith(f"△ {question}: not checked."), said
        assert rows[1] in said, "the overview says what the check says"


def test_an_answer_turned_into_text_is_named_by_all_and_loses_nothing(
    course: Course, graded: Graded
) -> None:
    """Validate, Submit and grading say that the cell is of another kind; its answer counts."""
    folder = course.root / "submitted/beto/slips"
    (turned,) = Validator().validate(str(folder / "slips.ipynb"))["type_changed"]
    assert (turned["old_type"], turned["new_type"]) == ("markdown", "code")
    first, second = find_unanswered(folder, course.root / "release/slips")[:2]
    assert first.startswith(f"{NAMES[0]}: Its cell is no code cell any more")
    assert second == NAMES[1]
    points, remarks = graded["beto"]
    assert {name for name, given in points.items() if given} == {NAMES[0]}
    assert [remark for remark in remarks if TURNED in remark] == [f"{NAMES[0]}-answer: {TURNED}"]
