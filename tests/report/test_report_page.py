"""The report's page: what it says, that it needs nothing else, and that nothing in it runs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from rich.console import Console

from course.desk import words
from course.desk.commands.report import csv_files
from course.desk.report.attention import students_to_look_at
from course.desk.report.classdata import ClassResult, Titles, read_titles, summarize_class
from course.desk.report.classpage import describe_quality, html_page, sum_up
from course.desk.report.columns import COLUMNS
from course.desk.report.grades import HandedIn, _read_outputs
from course.desk.report.statistics import Figure
from course.desk.report.terminal import students_table
from course.desk.report.verdicts import Verdict
from course.grader.book.state import Outcome
from course.grader.coursedir import read_source
from course.practice.kept import Practiced
from tests.notebooks import ROOT
from tests.report.made import a_small_class, report_of

EVIL = '<script>alert("x")</script>'


def result_of(name: str = "") -> ClassResult:
    """Return what the small class did, with a student whose submission could not be graded."""
    report = a_small_class()
    faults = {"fay": f"made.ipynb is missing (found: {EVIL}).", "gus": ""}
    titles = Titles("Made: a test", {"made-01": "Who came", "made-02": EVIL, "made-03": "Third"})
    result = summarize_class(report, titles, faults, ["hal"])
    outcomes = {
        "ana": Outcome("ana", remarks=("the answers in the panel and in the file differed",)),
        "emil": Outcome(
            "emil",
            faults=(
                {"reason": "timeout", "text": "the cell took too long", "question": "made-02"},
            ),
        ),
    }
    result.looks = students_to_look_at(report.students, faults, outcomes)
    result.names = {"ana": f"Ana {EVIL}", "bea": "Bea & Co", "hal": "Hal"}
    return result


@pytest.fixture(scope="module")
def html() -> str:
    """The page of the small class."""
    return html_page([result_of()], "course <1>", datetime(2026, 5, 1, 9, 30, tzinfo=UTC))


@pytest.fixture(scope="module")
def page(html: str) -> BeautifulSoup:
    """The page, read as a browser reads it."""
    return BeautifulSoup(html, "html.parser")


def text_of(page: BeautifulSoup) -> str:
    """Return what a person reads, on one line."""
    return " ".join(page.get_text(" ").split())


def table(page: Any, caption: str) -> list[list[str]]:
    """Return the cells of the body of the table with this in its caption."""
    for found in page.find_all("table"):
        if found.caption and caption in found.caption.get_text():
            rows = found.tbody.find_all("tr")
            return [[" ".join(c.get_text(" ").split()) for c in r.children if c.name] for r in rows]
    raise AssertionError(f"no table '{caption}'")


# --- nothing from elsewhere, nothing that runs ---------------------------------------------------


def test_the_page_fetches_nothing(html: str, page: BeautifulSoup) -> None:
    """No address, no script, no picture, no frame: links and styles stay inside."""
    assert not page.find_all(["script", "link", "img", "iframe", "object", "embed", "base", "use"])
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            assert not name.startswith("on"), (tag.name, name)
            assert name != "src"
            if name == "href":
                assert str(value).startswith("#")
                assert page.find(id=value[1:]) is not None, value
    assert "://" not in html
    assert "@import" not in html
    assert set(re.findall(r"url\(([^)]*)\)", html)) <= {"#stripes", "#dots"}
    assert "default-src 'none'" in html


def test_what_people_wrote_is_text(html: str, page: BeautifulSoup) -> None:
    """Names, titles, messages and reasons with tags in them are shown as they are written."""
    assert "<script" not in html
    assert "<b>" not in html
    text = text_of(page)
    assert text.count(EVIL) >= 3
    assert "This is <b>more</b> than there are." in text
    assert "course <1>" in text
    assert "Bea & Co" in text


def test_every_id_stands_once(page: BeautifulSoup) -> None:
    """Links and text alternatives find the one thing that they name."""
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


# --- what it says --------------------------------------------------------------------------------


def test_the_summary_says_it_in_plain_words() -> None:
    """How many are graded, what they have, what was hard and why, what is left to do."""
    summary = sum_up(result_of())
    assert summary.graded == "5 of 7 submissions are graded. 1 student handed in nothing."
    assert summary.points == (
        "Mean 2.9 of 6 points (48 %), median 2.5. The 4 points of made-04 wait for your hand."
    )
    result = result_of()
    result.spread = replace(result.spread, maximum=result.report.maximum - 1)
    assert sum_up(result).points.endswith("The 1 point of made-04 waits for your hand.")
    first = summary.hard[0]
    assert first.name == "made-01"
    assert first.often is not None
    told = (first.often.mistake.text, first.often.students)
    assert told == ("This is the share who stayed away.", 2)
    todo = [todo.what for todo in summary.todo]
    assert todo == [
        "Grade 2 written answers by hand",
        "Ask 1 student to hand in again: the file cannot be graded",
        "Grade 1 submission",
    ]


def test_sums_leave_out_what_is_not_graded_for_everybody(page: BeautifulSoup) -> None:
    """While one answer waits, all are compared without that question, and the page says so."""
    assert "leave out made-04" in text_of(page)
    (row,) = table(page, "Points of 5 students, of 6")
    assert row == ["2.9", "2.5", "2.38", "0", "6"]


def test_the_distribution_has_its_numbers_as_text_and_table(page: BeautifulSoup) -> None:
    """The same counts in the picture, in its description and in the table."""
    rows = table(page, "Students by share of the points")
    assert rows == [
        ["90 to 100 %", "1"],
        ["70 to 80 %", "1"],
        ["40 to 50 %", "1"],
        ["20 to 30 %", "1"],
        ["0 to 10 %", "1"],
    ]
    picture: Any = page.find("svg", attrs={"aria-labelledby": "spread-made-t spread-made-d"})
    assert picture["role"] == "img"
    assert "90 to 100 percent: 1" in picture.desc.get_text()
    assert [t.get_text() for t in picture.find_all("text", class_="value")] == ["1"] * 5


def test_each_question_has_its_figures_and_words(page: BeautifulSoup) -> None:
    """Counts by kind add up to the graded; a question that waits has n/a and the reason."""
    rows = table(page, "Difficulty is the mean share")
    assert rows[0][:10] == ["made-01", "2", "1", "1", "2", "1", "0", "30 %", "0.80", "7"]
    assert rows[0][-1] == "hard; too few students to say how it goes with the rest"
    assert rows[3][2:] == [
        *["0", "2", "1", "0", "2", "n/a", "n/a", "n/a", "0"],
        "2 of 5 wait for the instructor",
    ]
    for row in rows:
        assert sum(map(int, row[2:7])) == 5


def test_each_mistake_has_its_share(page: Any) -> None:
    """How many were told, of how many, the part, what they gave, and the sentence."""
    found = page.find(id="q-1-made-01").find("table").tbody.find_all("tr")
    cells = [[c.get_text().strip() for c in row.find_all("td")] for row in found]
    assert cells[0] == ["2", "40 %", "turnout", "11.5", "This is the share who stayed away."]
    assert cells[1][:4] == ["1", "20 %", "turnout", "99"]


def test_a_question_with_an_ordinary_test_is_marked() -> None:
    """Its points can be forged, and what is not counted is not called faultless."""
    report = report_of({"ana": [1.0], "bea": [0.0]}, [1])
    for student in report.students:
        (grade,) = student.questions
        object.__setattr__(grade, "verdict", Verdict(ordinary=True, printed=("x",)))
    text = text_of(
        BeautifulSoup(html_page([summarize_class(report, Titles())], "c"), "html.parser")
    )
    assert "No mistakes are counted: this question is tested in nbgrader's ordinary way." in text
    assert "The check told nobody of a mistake." not in text
    assert "ordinary way" not in html_page([result_of()], "c")


def test_the_reliability_comes_with_its_caution(page: BeautifulSoup) -> None:
    """Alpha with its range, and that five students and three questions tell little."""
    text = text_of(page)
    assert "Cronbach's alpha: 0.86" in text
    assert "with 5 students (fewer than 30)" in text
    assert "with 3 questions (fewer than 10)" in text
    large = {f"s{i:03}": [i % 2, *[i % 3 % 2] * 9] for i in range(30)}
    enough = summarize_class(report_of(large, [1] * 10), Titles())
    assert "Caution" not in html_page([enough], "c")


@pytest.mark.parametrize(
    ("points", "words_said"),
    [
        ({}, ["There are no points yet.", "Nothing is graded yet.", "n/a"]),
        ({"ana": [1.0, 0.0]}, ["n/a, for it needs at least three students"]),
        ({n: [1.0, 1.0] for n in "abc"}, ["n/a, for everybody has the same sum of points"]),
        ({n: [None, None] for n in "abc"}, ["n/a, for it needs at least two questions"]),
    ],
)
def test_what_cannot_be_said_is_said_in_words(
    points: dict[str, list[float | None]], words_said: list[str]
) -> None:
    """Nobody graded, one student, all alike, all waiting: a page with reasons, never an error."""
    result = summarize_class(report_of(points, [1, 1]), Titles())
    text = text_of(BeautifulSoup(html_page([result], "c"), "html.parser"))
    for said in words_said:
        assert said in text
    assert "nan" not in text
    assert "None" not in text.replace("None: nothing failed", "")


def test_students_who_need_a_look_come_by_urgency(page: BeautifulSoup) -> None:
    """Not graded, then what failed, then unfinished, then very late, then what was mended."""
    rows = table(page, "The most urgent first")
    assert [(row[0].split()[0], row[1]) for row in rows] == [
        ("fay", "not graded"),
        ("gus", "not graded"),
        ("emil", "stopped or failed"),
        ("carl", "unfinished"),
        ("dora", "very late"),
        ("ana", "changed"),
    ]
    assert "not graded yet" in rows[1][2]
    assert rows[3][2] == "There is no answer to 3 questions of 4."
    assert rows[4][2] == "It came 4 days late; 9 points are taken off."
    assert "the answers in the panel and in the file differed" in rows[5][2]


def test_a_fault_that_the_notebook_shows_is_told_once() -> None:
    """The gradebook's outcome and the cell's own error are one reason, not two."""
    report = a_small_class()
    student = report.students[0]
    shown = type(student)(**{**vars(student), "remarks": ("made-02: the cell took too long",)})
    fault = {"reason": "timeout", "text": "the cell took too long", "question": "made-02"}
    outcomes = {student.student: Outcome(student.student, faults=(fault,))}
    (reasons,) = students_to_look_at([shown], {}, outcomes).values()
    assert [reason.text for reason in reasons] == ["made-02: the cell took too long"]


def test_cells_without_number_do_not_bury_the_report(tmp_path: Path) -> None:
    """Of a student's faults the first are told, and how many more there are."""
    student = a_small_class().students[0]
    faults = [{"reason": "died", "text": "ended", "cell": number} for number in range(900)]
    outcomes = {student.student: Outcome(student.student, faults=tuple(faults))}
    (reasons,) = students_to_look_at([student], {}, outcomes).values()
    stopped = [one.text for one in reasons if one.label == "stopped or failed"]
    assert stopped[:2] == ["cell 0: ended", "cell 1: ended"]
    assert stopped[20:] == ["and 880 more lines"]
    errors = [{"output_type": "error", "ename": f"E{number}"} for number in range(900)]
    cells = [{"metadata": {}, "outputs": errors}]
    (tmp_path / "made.ipynb").write_text(json.dumps({"cells": cells}))
    _, remarks = _read_outputs(tmp_path, ["made.ipynb"])
    assert len(remarks) == 21


def test_times_are_told_in_the_zone_of_the_course() -> None:
    """Also those of submissions and deadlines, which the gradebook keeps in UTC."""
    now, lima = datetime(2026, 5, 1, 3, 30, tzinfo=UTC), ZoneInfo("America/Lima")
    page = html_page([result_of()], "course", now, lima)
    for time in ("2026-04-30 22:30 America/Lima (2026-05-01 03:30 UTC)", "18:00 America/Lima"):
        assert time in page


def test_late_submissions_show_due_date_extension_and_penalty(page: BeautifulSoup) -> None:
    """Late ones with what they lose, and extensions of those in time; the others are not listed."""
    rows = table(page, "Due dates include")
    assert rows == [
        ["bea Bea & Co", "2026-04-09 20:00 UTC", "–", "2026-04-09 23:00 UTC", "3 hours", "1.5"],
        ["dora", "2026-04-09 20:00 UTC", "–", "2026-04-13 20:00 UTC", "4 days", "9"],
        ["emil", "2026-04-11 20:00 UTC", "2 days", "2026-04-09 20:00 UTC", "in time", "–"],
    ]
    counts = {row[0]: row[2:5] for row in table(page, "Points so far")}
    assert counts["dora"] == ["4.5", "−9", "0"]
    assert counts["ana"] == ["8", "–", "8"]


def test_a_column_is_listed_once_for_file_page_and_terminal(page: BeautifulSoup) -> None:
    """What COLUMNS has stands in all three, in its order, also for who has no points."""
    result = result_of()
    (head,) = [t.select("thead th") for t in page.select("table") if "Points so far" in t.text]
    shown = [column.shown.format(maximum=10) for column in COLUMNS if column.shown]
    assert [cell.text for cell in head] == ["student", "name", *shown]
    rows = {row[0]: row for row in table(page, "Points so far")}
    assert rows["gus"][2:] == ["–", "–", "–", "–", "not graded yet"]
    file = csv_files(result)["made-students.csv"].splitlines()[0].split(",")
    assert file == ["student", "name", *(column.heading for column in COLUMNS if column.heading)]
    printed = students_table(result.report, {"fay": "It broke."}, {}).columns
    in_terminal = [c.shown.format(maximum=10) for c in COLUMNS if c.in_terminal]
    assert [column.header for column in printed] == ["student", *in_terminal]
    assert "NOT GRADED" in list(printed[-1].cells)


def test_nobody_is_in_time_whose_time_is_not_known() -> None:
    """Unknown times are named, with what the LMS says of them and what to do."""
    due = datetime(2026, 4, 9, 20)
    times = {"ana": HandedIn(due, due), "bea": HandedIn(None, due)}
    times["dora"] = HandedIn(None, due, timedelta(days=1), marked=True)
    report = report_of({n: [1.0] for n in times}, [1], times=times)
    page = BeautifulSoup(html_page([summarize_class(report, Titles())], "c"), "html.parser")
    text = text_of(page)
    assert "Everything came on time" not in text
    assert [row[4] for row in table(page, "Due dates include")] == ["not known"]
    assert "When 2 submissions came in is not known" in text
    assert "bea, dora" in text
    assert "Canvas calls dora late" in text
    assert "timestamp.txt" in text


def test_what_canvas_calls_late_is_said_without_a_deadline_too() -> None:
    """It is not entered here, and the page says how to do that."""
    report = report_of({"ana": [1.0]}, [1], times={"ana": HandedIn(marked=True)})
    page = BeautifulSoup(html_page([summarize_class(report, Titles())], "c"), "html.parser")
    assert "Canvas calls ana late and gives no time, so it is not entered." in text_of(page)


def test_of_many_remarks_three_are_shown_at_once() -> None:
    """The others are there on demand."""
    report = report_of({"ana": [1.0]}, [1])
    result = summarize_class(report, Titles())
    outcome = Outcome("ana", remarks=tuple(f"remark {n}" for n in range(5)))
    result.looks = students_to_look_at(report.students, {}, {"ana": outcome})
    page = BeautifulSoup(html_page([result], "c"), "html.parser")
    assert [len(listed.find_all("li")) for listed in page.select("td ul.plain")] == [3, 2]
    assert [summary.get_text() for summary in page.select("td summary")] == ["2 more lines"]


def test_what_waits_for_a_hand_is_counted_by_student(page: BeautifulSoup) -> None:
    """How many answers of whom, and where the formgrader has them."""
    text = text_of(page)
    assert "2 answers of 2 students" in text
    assert "Nbgrader → Formgrader → Manual Grading → made" in text


def test_several_assignments_stand_on_one_page() -> None:
    """One card each at the top, one section each below."""
    report = report_of({"ana": [1.0], "bea": [0.0]}, [1])  # with a question of the same name
    report.assignment = "other"
    other = summarize_class(report, Titles())
    page = BeautifulSoup(html_page([result_of(), other], "c"), "html.parser")
    assert [h.get_text() for h in page.select(".card h2")] == ["Made: a test", "other"]
    assert len(page.select("section.assignment")) == 2
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


# --- the files beside it -------------------------------------------------------------------------


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_files_hold_the_same_numbers() -> None:
    """Students, questions and mistakes, quoted, with empty fields for what is not known."""
    files = csv_files(result_of())
    assert sorted(files) == ["made-mistakes.csv", "made-questions.csv", "made-students.csv"]
    students = {row["student"]: row for row in rows_of(files["made-students.csv"])}
    assert students["dora"]["points_that_count"] == "0.0"
    assert students["dora"]["seconds_late"] == "345600"
    assert students["emil"]["extension_hours"] == "48.0"
    assert students["fay"]["graded"] == "no"
    assert EVIL in students["fay"]["needs_a_look"]
    questions = rows_of(files["made-questions.csv"])
    assert questions[0]["difficulty"] == "0.3"
    assert questions[3]["difficulty"] == ""
    assert questions[3]["remark"] == "2 of 5 wait for the instructor"
    mistakes = rows_of(files["made-mistakes.csv"])
    first = [mistakes[0][name] for name in ("message", "students", "share")]
    assert first == ["This is the share who stayed away.", "2", "0.4"]


def test_what_was_practiced_is_counted_and_names_nobody() -> None:
    """Of practice the report says how many tried it, and how many had it right in the end."""
    report = report_of({"ana": [1.0], "bea": [0.0], "cleo": [1.0]}, [1.0])
    tried = {"ana": Practiced(3, True), "bea": Practiced(1, False)}
    report.students = [
        replace(s, questions=(replace(s.questions[0], practiced=tried.get(s.student)),))
        for s in report.students
    ]
    result = summarize_class(report, Titles("Made"))
    (row,) = rows_of(csv_files(result)["made-questions.csv"])
    assert (row["practiced"], row["practiced_right"]) == ("2", "1")
    shown = html_page([result], "course", datetime(2026, 5, 1, 9, 30, tzinfo=UTC))
    assert table(BeautifulSoup(shown, "html.parser"), "Practiced")[0][-2] == "2"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(1)", "\t=x", " =1+1", "\n=1+1"])
def test_a_spreadsheet_runs_no_name(name: str) -> None:
    """A name that a spreadsheet would take for a formula is written as text, in one line."""
    result = result_of()
    result.names["ana"] = name
    rows = rows_of(csv_files(result)["made-students.csv"])
    one_line = name.replace("\t", " ").replace("\n", " ")
    assert rows[0]["name"] == f"'{one_line}"


# --- words and titles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (30, "less than a minute"),
        (61, "1 minute"),
        (7200, "2 hours"),
        (90061, "1 day 1 hour"),
        (86400 + 120, "1 day 2 minutes"),
    ],
)
def test_a_length_of_time_is_said_in_two_units(seconds: float, said: str) -> None:
    """Days, hours and minutes, as a person would say it."""
    assert words.write_duration(seconds) == said


def test_numbers_are_written_without_needless_zeros() -> None:
    """Points, shares and coefficients; a dash for what is not known."""
    assert [words.write_number(v) for v in (12.0, 7.5, 3.666, -0.001, 100, None)] == [
        *("12", "7.5", "3.67", "0", "100", "–")
    ]
    assert (words.write_percent(0.666), words.write_percent(None)) == ("67 %", "–")
    assert (words.write_signed(-0.25), words.write_signed(None)) == ("−0.25", "–")
    assert words.write_list(["a"]) == "a"
    assert words.write_list(["a", "b", "c"]) == "a, b and c"
    assert words.write_list(list("abcde"), 2) == "a, b and 3 more"
    assert words.write_list([]) == ""


def test_titles_are_those_of_the_notebook() -> None:
    """The assignment's first heading, and the heading nearest above each question, no number."""
    titles = read_titles([read_source(ROOT / "source" / "votes" / "votes.ipynb")])
    assert titles.assignment == "Votes: what the numbers say"
    assert titles.questions["votes-02"] == "Three wholes for the same votes"
    assert titles.questions["votes-16"] == "The election sentence, restated"
    assert all(titles.questions.values())


@pytest.mark.parametrize(("students", "told"), [(9, False), (10, True)])
def test_a_correlation_of_few_students_sends_nobody_to_the_key(students: int, told: bool) -> None:
    """The advice to look at a key rests on ten students at least."""
    (question, *_) = result_of().questions
    question = replace(
        question, difficulty=Figure(0.7, students), discrimination=Figure(-0.6, students)
    )
    assert ("check the key" in describe_quality(question)) is told


def test_the_table_in_the_terminal_shows_names_beside_ids() -> None:
    """Where any is known; else there is no empty column."""
    for names, shown in (({"ana": "Ana Quispe"}, True), ({"ana": ""}, False)):
        screen = Console(file=io.StringIO(), width=200)
        screen.print(students_table(a_small_class(), {}, names))
        printed = screen.file.getvalue()  # type: ignore[attr-defined]
        assert ("Ana Quispe" in printed) is shown
        assert ("name" in printed) is shown
