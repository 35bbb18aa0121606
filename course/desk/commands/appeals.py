"""The command `course appeals`: who asks for a second look at which mark, and why."""

import ast
import json
from argparse import Namespace

from course.cells.runs import parse
from course.desk.classlist.people import read_names
from course.desk.commands.context import console, open_course
from course.desk.onekey import say_other_keys
from course.desk.report.grades import QuestionGrade, read_report
from course.desk.words import write_count
from course.grader.coursedir import Course
from course.overview.appeal import find_appeals

LONGEST = 200  # characters of a key that are shown
ANSWER = """To answer one student: points and a comment in the Formgrader (Manual Grading).
To answer all: change the key in source/, then course regrade {0}, which shows who gains or loses.
Then give the pages out again: course feedback {0}"""


def appeals(options: Namespace) -> int:
    """List the requests in the graded notebooks, by question, with answer, message and key."""
    course, assignment = open_course(), options.assignment
    course.require_assignment(assignment)
    say_other_keys(course, assignment, "grade these again first")
    names, keys = read_names(course), _read_keys(course, assignment)
    found = sorted(
        (grade.question, student.student, why, grade)
        for student in read_report(course, assignment).students
        for question, why in _read_appeals(course, assignment, student.student).items()
        for grade in student.questions
        if grade.question == question
    )
    requests = write_count(len(found), "request") if found else "nobody asks"
    console.print(f"{assignment}: {requests} for a second look")
    for question, student, why, grade in found:
        name = f" ({names[student]})" if names.get(student) else ""
        console.print()
        points = "waits" if grade.points is None else f"{grade.points:g}"
        console.say(
            f"{question} · {student}{name} · {points} of {grade.maximum:g}", f"  why: {why}"
        )
        for line in _tell_parts(grade, keys.get(question, {})):
            console.say(f"  {line}")
    if found:
        console.print()
        console.say(*ANSWER.format(assignment).splitlines())
    return 0


def _tell_parts(grade: QuestionGrade, keys: dict[str, str]) -> list[str]:
    """Return how each part was read, what was said of it, and its key."""
    result = grade.verdict.result
    if result is None:
        return list(grade.verdict.lines)
    return [
        f"{part.part}: {part.read_as or 'nothing'} → {part.message} "
        f"[key: {keys.get(part.part, 'see source/')}]"
        for part in result.parts
    ]


def _read_appeals(course: Course, assignment: str, student: str) -> dict[str, str]:
    """Return what a student asks for, from the graded notebooks."""
    found: dict[str, str] = {}
    for name in course.notebooks(assignment):
        path = course.folder("autograded", student, assignment) / name
        try:
            found |= find_appeals(json.loads(path.read_text(encoding="utf-8"))["cells"])
        except (OSError, ValueError, LookupError, TypeError):
            continue  # the report says of such a file that it is to be graded again
    return found


def _read_keys(course: Course, assignment: str) -> dict[str, dict[str, str]]:
    """Return the keys by question and part, as they are written in source/."""
    found: dict[str, dict[str, str]] = {}
    for nb in course.read_sources(assignment).values():
        for cell in nb["cells"]:
            tag = cell["metadata"].get("nbgrader", {})
            if tag.get("grade") and cell["cell_type"] == "code":
                found[tag["grade_id"]] = _keys_of("".join(cell["source"]))
    return found


def _keys_of(check: str) -> dict[str, str]:
    """Return the keys of a check by part: the second value of `q.key`, or what is named first."""
    tree = parse(check)  # None where it holds a magic: the instructor finds the key in source/
    found = {}
    for call in ast.walk(tree) if tree else ():
        if not isinstance(call, ast.Call):
            continue
        values = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
        if isinstance(call.func, ast.Attribute) and call.func.attr == "key" and values:
            text = ast.unparse(values[0])
            found[str(ast.literal_eval(call.args[0]))] = (
                text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
            )
    return found
