"""Figures are drawn when somebody looks: each once, apart, and as they would have been at once."""

from __future__ import annotations

import base64
import os
import pickle
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from course.desk import steps
from course.desk.commands.show import write_pages
from course.figures import UNDRAWN
from course.grader.coursedir import Course
from course.grader.harmless.cleaning import SafeOutputs
from course.grader.installed import course_paths
from course.grader.run import drawing
from course.grader.run.drawing import draw_figures
from course.grader.run.session import Rules, Session
from course.grader.run.zygote import Zygote
from course.grader.sandbox import Limits
from tests.smallclass import make_small_class

Show = Callable[..., dict[str, str]]
SETUP = "import course\nimport matplotlib.pyplot as plt\nimport numpy as np\n"
BARS = "figure, ax = plt.subplots()\nax.bar(['Ana', 'Ben'], [3, 4])\nax.set_title('Two bars')\n"
STUDENTS = ("ana-quispe", "elena-torres")
PIXEL = (  # a PNG of one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE = 'src="data:image/png;base64,'


@pytest.fixture
def shown(zygote: Zygote) -> Show:
    """A function that runs a cell as grading does, and returns the forms of what it shows."""

    def show(cell: str, *, undrawn: bool = True) -> dict[str, str]:
        rules = Rules(Limits(memory=512 << 20))
        with (
            zygote.open_view(*course_paths()) as view,
            Session(zygote, view, rules, undrawn=undrawn) as session,
        ):
            result = session.run(SETUP + cell)
        (output,) = [o for o in result.outputs if o["output_type"] == "display_data"]
        data: dict[str, str] = output["data"]
        return data

    return show


@pytest.fixture
def settings(course_copy: Course) -> Any:
    """The settings of a course in which nothing is drawn yet."""
    return course_copy.config


def kept_pictures(course: Course) -> list[Path]:
    """Return the files of what was drawn."""
    return list((course.root / ".grading" / ".figures").glob("*"))


def write_payload(code: str) -> str:
    """Return what a hostile program may send as a figure: it runs code where it is read."""

    class Payload:
        def __reduce__(self) -> tuple[Any, ...]:
            return exec, (code,)

    return base64.b64encode(zlib.compress(pickle.dumps((Payload(), {})))).decode()


@pytest.mark.parametrize(
    "cell",
    [
        BARS,
        "plt.style.use('ggplot')\n" + BARS,
        "plt.rcParams['savefig.facecolor'] = 'red'\nplt.rcParams['font.family'] = 'serif'\n" + BARS,
        BARS + "ax.annotate('here', (0, 1), arrowprops={'arrowstyle': '->'})\nax.legend(['a'])",
        "figure, (a, b) = plt.subplots(1, 2, dpi=60)\na.pie([1, 2], labels=['x', 'y'])\n"
        "b.scatter([1, 2], [3, 4])\nfigure.suptitle('Two')",
        "figure, ax = plt.subplots()\nax.imshow(np.eye(3))\nfigure.colorbar(ax.images[0])",
        "import pandas as pd\npd.Series([1, 2], ['a', 'b']).plot(kind='barh', title='t')",
        "import matplotlib\nown = matplotlib.colors.ListedColormap(['red', 'blue'], 'own')\n"
        "matplotlib.colormaps.register(own)\nplt.rcParams['image.cmap'] = 'own'\n"
        "figure, ax = plt.subplots()\nax.imshow(np.eye(3))",
    ],
    ids=["bars", "style", "settings", "arrow", "two", "colors", "pandas", "own colors"],
)
def test_a_figure_drawn_later_is_the_one_that_would_have_been_drawn(
    shown: Show, settings: Any, cell: str
) -> None:
    """Grading leaves it undrawn, and whoever looks sees the same picture, byte for byte."""
    later, now = shown(cell), shown(cell, undrawn=False)
    assert "text/html" not in later
    html = draw_figures(settings, [later[UNDRAWN]])[later[UNDRAWN]]
    assert html.split(PICTURE)[1] == now["text/html"].split(PICTURE)[1]


@pytest.mark.parametrize(
    "cell",
    [
        "class Bold(type(ax.title)):\n    pass\nax.add_artist(Bold(1, 1, 'x'))",
        "ax.xaxis.set_major_formatter(lambda value, place: 'x')",
        "ax.plot(np.random.random(100_000))",
        "ax.imshow(np.zeros((2000, 2000)))",
        "from matplotlib import font_manager as fonts\n"
        "own = fonts.FontProperties(fname=fonts.findfont('DejaVu Serif'))\n"
        "ax.set_xlabel('own', fontproperties=own)",
        "import matplotlib.dates\nmatplotlib.dates.set_epoch('2000-01-01T00:00')\n"
        "ax.plot(np.array(['2006-04-09'], 'datetime64[D]'), [1])",
    ],
    ids=["own class", "own function", "many marks", "large", "own font", "own dates"],
)
def test_what_no_other_process_can_draw_is_drawn_at_once(shown: Show, cell: str) -> None:
    """Where a figure is made of a student's own functions, or is very large, it is a picture."""
    data = shown(BARS + cell)
    assert UNDRAWN not in data
    assert PICTURE in data["text/html"]


def test_what_two_students_drew_alike_is_drawn_once(
    shown: Show, course_copy: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same figure is the same data, and its picture is kept for the next who looks."""
    one, other = shown("x = [1] * 999\n" + BARS)[UNDRAWN], shown(BARS)[UNDRAWN]
    assert one == other
    drawn = draw_figures(course_copy.config, [one])
    assert len(kept_pictures(course_copy)) == 1
    monkeypatch.setattr(drawing, "warm_process", lambda: pytest.fail("it was drawn again"))
    assert draw_figures(course_copy.config, [other]) == drawn


def test_a_hostile_figure_is_shut_in_and_changes_no_other(shown: Show, settings: Any) -> None:
    """It runs in the sandbox, apart from the next, and shows nothing but a picture."""
    place = Path("/tmp") / f"escaped-{os.getpid()}"
    liar = "import course.figures as f\nf.figure_html = lambda *_: '<script>alert(1)</script>'"
    escape = f"open({str(place)!r}, 'w').write('out')"
    good = shown(BARS)[UNDRAWN]
    bad = [write_payload(liar), write_payload(escape), "bm90aGluZw==", "%%%"]
    drawn = draw_figures(settings, [*bad, good])
    assert [drawn[one] for one in bad] == [""] * 4
    assert PICTURE in drawn[good]
    assert not place.exists()


def test_a_figure_that_is_drawn_too_long_is_given_up(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever for a page, and nobody twice."""
    monkeypatch.setattr(drawing, "SECONDS", 0.5)
    slow = write_payload("import time\ntime.sleep(60)")
    assert draw_figures(settings, [slow]) == {slow: ""}
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "warm_process", lambda: pytest.fail("it was tried again"))
        assert draw_figures(settings, [slow]) == {slow: ""}


def test_a_figure_that_could_not_be_drawn_is_tried_again_another_day(
    shown: Show, course_copy: Course
) -> None:
    """A bad moment of the machine costs no picture for good."""
    kept = shown(BARS)[UNDRAWN]
    assert PICTURE in draw_figures(course_copy.config, [kept])[kept]
    (place,) = kept_pictures(course_copy)
    place.write_text("")
    assert draw_figures(course_copy.config, [kept]) == {kept: ""}
    yesterday = time.time() - 100_000
    os.utime(place, (yesterday, yesterday))
    assert PICTURE in draw_figures(course_copy.config, [kept])[kept]


def test_a_figure_that_cannot_be_drawn_stays_words(shown: Show, settings: Any) -> None:
    """A title with an error in its formula costs the picture, not the page."""
    data = shown(BARS + "ax.set_title('$\\\\frac$')")
    output = nbformat.v4.new_output("display_data", dict(data))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])])
    drawing.DrawnFigures(config=settings).preprocess(notebook, {})
    assert list(output.data) == ["text/plain"]
    assert "Ana: 3, Ben: 4" in output.data["text/plain"]


def test_what_is_no_figure_is_not_kept_as_one() -> None:
    """Only the letters of base64 reach the sandbox, and no more of them than a picture may have."""
    cleaner = SafeOutputs()

    def kept(text: Any) -> bool:
        data = {UNDRAWN: text, "text/plain": "words"}
        output = {"output_type": "display_data", "data": data}
        return UNDRAWN in cleaner.clean_output(output).data

    assert kept("QUJD")
    assert not any(map(kept, ["a'b", "QUJD\n'", "", "A" * 3_000_000, {"a": 1}]))


def test_more_figures_than_a_page_waits_for_are_drawn_at_once(zygote: Zygote) -> None:
    """A notebook's twenty first are left undrawn; of a hostile one no more are kept."""
    rules = Rules(Limits(memory=512 << 20))
    cell = SETUP + "for n in range(22):\n    plt.subplots(figsize=(1, 1))\n    plt.show()"
    with (
        zygote.open_view(*course_paths()) as view,
        Session(zygote, view, rules, undrawn=True) as session,
    ):
        outputs = session.run(cell).outputs
    assert [UNDRAWN in output["data"] for output in outputs] == [True] * 20 + [False] * 2
    assert all(PICTURE in output["data"]["text/html"] for output in outputs[20:])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell()])
    notebook.cells[0].outputs = [nbformat.from_dict(outputs[0]) for _ in range(30)]
    SafeOutputs().preprocess(notebook, {})
    assert sum(UNDRAWN in output.data for output in notebook.cells[0].outputs) == 20


def test_pages_show_what_grading_left_undrawn(tmp_path: Path) -> None:
    """The feedback page, the Formgrader's and that of `course show` have the pictures."""
    course = make_small_class(tmp_path / "course", ("ana-quispe",))
    path = course.folder("autograded", "ana-quispe", "votes") / "votes.ipynb"
    assert UNDRAWN in path.read_text("utf-8")
    assert PICTURE not in path.read_text("utf-8")
    assert steps.make_feedback(course, "votes") == []
    assert len(kept_pictures(course)) == 2
    feedback = course.folder("feedback", "ana-quispe", "votes") / "votes.html"
    assert feedback.read_text("utf-8").count(PICTURE) == 2
    (page,) = write_pages(course, "votes", "ana-quispe", tmp_path)
    assert page.read_text("utf-8").count(PICTURE) == 2
    exporter: Any = HTMLExporter
    html, _ = exporter(config=course.config).from_filename(str(path))
    assert html.count(PICTURE) == 2


def test_no_figure_ends_the_pages_of_a_class(tmp_path: Path) -> None:
    """Neither one whose words are no text, nor a notebook cut off, nor a folder that is none."""
    course = make_small_class(tmp_path / "course", STUDENTS)
    lie = f'<img alt="\ud800" src="data:image/png;base64,{PIXEL}">'
    code = f"import course.figures as f\nf.figure_html = lambda *_: {lie!r}"
    hostile = write_payload(code)
    path = course.folder("autograded", "elena-torres", "votes") / "votes.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if UNDRAWN in output.get("data", ()):
                output.data[UNDRAWN] = hostile
    nbformat.write(notebook, path)
    (course.root / ".grading" / ".figures").write_text("a file in its place")
    assert steps.make_feedback(course, "votes") == []
    pages = [course.folder("feedback", name, "votes") / "votes.html" for name in STUDENTS]
    assert [page.read_text("utf-8").count(PICTURE) for page in pages] == [2, 2]
    path.write_text(path.read_text("utf-8")[:9000], encoding="utf-8")
    (fault,) = steps.make_feedback(course, "votes")
    assert fault.startswith("elena-torres")


def test_ctrl_c_ends_the_pages_of_a_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the page of one student, after which the next is made."""
    course = make_small_class(tmp_path / "course", STUDENTS)
    looked: list[str] = []

    def stop(self: Any, nb: Any, resources: Any) -> Any:
        looked.append(resources["nbgrader"]["student"])
        raise KeyboardInterrupt

    monkeypatch.setattr(drawing.DrawnFigures, "preprocess", stop)
    with pytest.raises(KeyboardInterrupt):
        steps.make_feedback(course, "votes")
    assert len(looked) == 1


@pytest.mark.parametrize("steps_of_pages", [None, [], "append"])
def test_settings_of_any_kind_say_who_draws(steps_of_pages: Any) -> None:
    """A list that is made longer, or none: grading draws."""
    config = Config()
    if steps_of_pages == "append":
        config.HTMLExporter.preprocessors.append("another")
    else:
        config.HTMLExporter.preprocessors = steps_of_pages
    config.GenerateFeedback.preprocessors = [drawing.DrawnFigures]
    assert not drawing.is_drawn_later(config)
    config.HTMLExporter.preprocessors = [drawing.DrawnFigures]
    assert drawing.is_drawn_later(config)


def test_without_the_step_that_draws_later_grading_draws_at_once(tmp_path: Path) -> None:
    """A course whose settings are older than that step loses no picture."""
    course = make_small_class(
        tmp_path / "course", ("ana-quispe",), settings="c.HTMLExporter.preprocessors = []"
    )
    path = course.folder("autograded", "ana-quispe", "votes") / "votes.ipynb"
    assert UNDRAWN not in path.read_text("utf-8")
    assert path.read_text("utf-8").count("data:image/png;base64,") == 2
