"""The command `course collect votes --from FILE`: nbgrader's zip-collect on an LMS's download."""

import copy
import logging
import shutil
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from nbgrader.apps.zipcollectapp import ZipCollectApp

from course.desk import steps
from course.desk.commands.context import console, open_course, split_pair
from course.desk.deadlines.clock import write_moment
from course.desk.deadlines.telling import say_unknown_times
from course.desk.lms.archive import copy_in, list_members
from course.desk.lms.collector import CollectByRoster
from course.desk.lms.placement import KEPT_OUT, Placement, Plan, Problem
from course.desk.words import write_count
from course.errors import CourseError
from course.grader.coursedir import Course, read_zone

NOT_PLACED = "not-placed"


def run_collect(
    course: Course,
    assignment: str,
    source: Path,
    *,
    people: Path | None = None,
    same: Sequence[str] = (),
    replace: bool = False,
    check: bool = False,
) -> int:
    """Take the submissions out of a download, and say what was placed and what was not.

    Everything lies in downloaded/ASSIGNMENT/TIME: the download itself in archive/, what could not
    be placed in not-placed/, submissions that were replaced in replaced/.

    Args:
        course: the course.
        assignment: its name.
        source: the download.
        people: the LMS's list.
        same: who is meant, NAME=STUDENT each.
        replace: replace also where it is not known which one is newer.
        check: say what would be done, and do nothing.

    Returns:
        0, also when something could not be placed (it is named).

    Raises:
        CourseError: if there is no such download, no roster or no such assignment.
    """
    course.require_assignment(assignment)
    source = source.expanduser()
    if not (source.is_file() or source.is_dir()):
        raise CourseError(
            where=str(source),
            expected="a ZIP file that Canvas or Moodle gave, or a folder with its content",
            found="no such file",
            todo="check the name and the folder",
        )
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")[:-3]
    place = Path("downloaded") / assignment / stamp
    config = copy.deepcopy(course.config)  # the course's own settings are used again after this
    config.ZipCollectApp.collect_directory_structure = f"{place}/{{collect_step}}"
    app: Any = _CollectByStudent(config=config)
    app.coursedir, app.log_level = course.coursedir(assignment), logging.INFO
    app.config.CollectByRoster.people = str(people or "")
    form = 'NAME=STUDENT, such as "quispeana=ana-quispe"'
    explained = (split_pair("--as", text, form, last=True) for text in same)
    app.config.CollectByRoster.same = dict(explained)
    app.config.CollectByRoster.replace = replace
    # Copied first: whatever goes wrong, the download is kept as it came.
    copy_in(source, course.root / place / "archive")
    try:
        with _log_to_file(app, course.root / "nbgrader.log"):
            plan = _collect_files(app, check)
    # nbgrader's programs end Python where others would raise.
    except SystemExit as error:
        raise CourseError(
            where=str(source),
            expected="that nbgrader can collect it",
            found="an error; nbgrader.log has it",
            todo="look there; the download is in " + str(place),
        ) from error
    except CourseError:
        shutil.rmtree(course.root / place)
        raise
    _say_placed(app, plan, place, check)
    if check:
        shutil.rmtree(course.root / place)
    else:
        _tidy_up(plan, app.collector_plugin_inst.extracted)
    return 0


class _CollectByStudent(ZipCollectApp):  # type: ignore[misc]
    """Lets files that cannot be copied keep nobody but their own student out."""

    def _transfer_files(self, collected_data: dict[str, Any]) -> None:
        for student, files in collected_data.items():
            try:
                super()._transfer_files({student: files})
            except (OSError, SystemExit) as error:  # nbgrader's programs end Python
                self.collector_plugin_inst.take_back(student, error)


@contextmanager
def _log_to_file(app: Any, file: Path) -> Iterator[None]:
    """Let zip-collect say all that it does in a file; the screen gets what matters."""
    kept = list(app.log.handlers), app.log.propagate
    handler = logging.FileHandler(file, encoding="utf-8")
    app.log.handlers, app.log.propagate = [handler], False
    try:
        yield
    finally:
        app.log.handlers, app.log.propagate = kept
        handler.close()


def _collect_files(app: Any, check: bool) -> Plan:
    """Unpack, place what can be placed unless it is only to be checked, and return the plan."""
    app.init_plugins()
    app.extract_archive_files()
    if not check:
        app.process_extracted_files()
    plugin: CollectByRoster = app.collector_plugin_inst
    # nbgrader calls the collector only where it found something.
    return plugin.plan or plugin.prepare_plan()


def _say_placed(app: Any, plan: Plan, place: Path, check: bool) -> None:
    """Say what was placed, what not, why, and what to do."""
    placed = {s: p for s, p in plan.placements.items() if p.word in WORDS}
    problems = _list_problems(plan, app.extractor_plugin_inst.left_out)
    same = sum(placement.word == "same" for placement in plan.placements.values())
    would, would_not = ("would be ", "would not be") if check else ("", "not")
    console.say(
        f"{app.coursedir.assignment_id}: {write_count(len(placed), 'submission')} {would}placed, "
        f"{same} unchanged, {write_count(len(problems), 'file')} {would_not} placed"
    )
    for student, placement in placed.items():
        console.say(f"  {student}: {_placement_line(placement, read_zone(app.config))}")
    unknown = [student for student, placement in placed.items() if placement.time is None]
    marked = [student for student in unknown if placed[student].late]
    console.say(*say_unknown_times(app.coursedir.assignment_id, unknown, marked, len(placed)))
    if problems:
        console.say("Not placed:" if check else f"Not placed; they are in {place}/{NOT_PLACED}:")
    for problem in problems:
        console.say(f"  {problem.path}", f"    why: {problem.why}", f"    do:  {problem.todo}")


WORDS = {"new": "", "newer": "replaces an older submission"}


def _placement_line(placement: Placement, zone: tzinfo) -> str:
    """Say what was placed of one student."""
    when = write_moment(placement.time, zone) if placement.time else ""
    parts = (", ".join(sorted(placement.files)), when, WORDS[placement.word], *placement.remarks)
    return "; ".join(filter(None, parts))


def _list_problems(plan: Plan, left_out: dict[str, str]) -> list[Problem]:
    """Return all that was not placed, what was not even unpacked first."""
    todo = "look at it in archive/; ask the student for the notebook itself"
    return [
        *(Problem(path, why, todo) for path, why in left_out.items()),
        *sorted((p for p in plan.problems if p.path not in left_out), key=lambda p: p.path),
    ]


def _tidy_up(plan: Plan, extracted: Path) -> None:
    """Leave of what was unpacked only what was not placed, under a name that says so."""
    done = {
        path
        for placement in plan.placements.values()
        if placement.word != KEPT_OUT
        for path in placement.files.values()
    }
    for path in done:
        # It was copied to submitted/, and the download has it, too.
        path.unlink()
    if not any(list_members(extracted)):
        shutil.rmtree(extracted, ignore_errors=True)
        return
    folders = [path for path in extracted.rglob("*") if path.is_dir()]
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    extracted.rename(extracted.parent / NOT_PLACED)


def collect(options: Namespace) -> int:
    """Fetch the students' submissions, or take them from a download of an LMS."""
    course = open_course()
    if options.source is not None:
        how = {name: getattr(options, name) for name in ("people", "same", "replace", "check")}
        return run_collect(course, options.assignment, options.source, **how)
    students, notices = steps.collect_submissions(course, options.assignment)
    console.print(f"{options.assignment}: {len(students)} submissions in submitted/")
    console.say(*(f"  {notice}" for notice in notices))
    return 0
