"""The plugin of nbgrader's zip-collect that says whose each downloaded file is.

Named in `nbgrader_config.py`, it serves `nbgrader zip_collect votes` and `course collect votes
--from FILE` alike. It never lets a newer submission be replaced by an older one: what is to be
replaced is moved aside before.
"""

import hashlib
import os
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Bool, Dict, Unicode

from course.answers.store import FILE_NAME
from course.desk.again import count_tries_left
from course.desk.classlist.lmslists import read_list
from course.desk.classlist.people import read_roster
from course.desk.deadlines.clock import to_gradebook
from course.desk.lms.placement import KEPT_OUT, Placement, Plan, Problem, make_plan
from course.desk.lms.record import keep_people, read_record, write_record
from course.desk.lms.whose import Finder
from course.desk.words import as_text
from course.errors import CourseError
from course.grader.coursedir import read_zone
from course.grader.intake.stamp import read_stamp_file
from course.wholefile import find_free_path

REPLACED = "replaced"  # where older submissions go, beside the folder of unpacked files


class CollectByRoster(FileNameCollectorPlugin):  # type: ignore[misc]
    """Maps downloaded files to students by the roster in the gradebook."""

    people = Unicode(
        "", help="A list exported from the LMS: Canvas's gradebook or Moodle's grading worksheet."
    ).tag(config=True)
    same = Dict(
        key_trait=Unicode(), value_trait=Unicode(), help="Students by names in the download."
    ).tag(config=True)
    replace = Bool(False, help="Replace replace even if it is not known which is newer.").tag(
        config=True
    )

    plan: Plan | None = None

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """Return whose a file is, and its name; None for what is not to be placed."""
        if self.plan is None:
            self.prepare_plan()
            self._make_room()
        return self._info.get(os.path.abspath(submitted_file))

    def prepare_plan(self) -> Plan:
        """Decide about all files that were unpacked; nothing is changed yet."""
        self.plan = self._make_plan()
        self._info: dict[str, dict[str, Any]] = {}
        for student, placement in self.plan.placements.items():
            placement.word, why, todo = self._decide_placement(placement)
            if placement.word == KEPT_OUT:
                self._keep_out(placement, why, todo)
            elif placement.word != "same":
                about = {"student_id": student, "timestamp": placement.time}
                for name, path in placement.files.items():
                    self._info[os.path.abspath(path)] = {**about, "file_id": name}
        for problem in self.plan.problems:
            self.log.warning("%s", as_text(f"{problem.path}: {problem.why}; {problem.todo}"))
        return self.plan

    @property
    def extracted(self) -> Path:
        """The folder of unpacked files, as the settings of zip-collect make it."""
        app = self.parent
        where = os.path.join(app.coursedir.root, app.collect_directory_structure)
        return Path(
            where.format(
                downloaded=app.downloaded_directory,
                assignment_id=app.coursedir.assignment_id,
                collect_step=app.extracted_directory,
            )
        )

    def submitted_folder(self, student: str) -> Path:
        """Return the folder submitted/STUDENT/ASSIGNMENT."""
        folder = self.parent.coursedir
        return Path(folder.format_path(folder.submitted_directory, student, folder.assignment_id))

    def _make_plan(self) -> Plan:
        folder = self.parent.coursedir
        with Gradebook(folder.db_url, folder.course_id) as gradebook:
            roster = read_roster(gradebook)
            try:
                made = list(gradebook.find_assignment(folder.assignment_id).notebooks)
            except MissingEntry:
                made = []
            if not made:  # a deadline alone enters an assignment, too
                raise CourseError(
                    where=f"assignment '{folder.assignment_id}' in the gradebook",
                    expected="its notebooks",
                    found="none",
                    todo=f"generate it first: course generate {folder.assignment_id}",
                )
            notebooks = sorted(f"{notebook.name}.ipynb" for notebook in made)
            questions = {
                cell.name
                for notebook in made
                for cell in (*notebook.grade_cells, *notebook.solution_cells)
            }
        unknown = sorted(set(self.same.values()) - roster.people.keys())
        if not roster.people or unknown:
            raise CourseError(
                where="the roster in the gradebook",
                expected="the students of the course",
                found=f"no student {', '.join(unknown)}" if unknown else "no student",
                todo="import it: course roster import class.csv (or add students in the "
                "Formgrader, Manage Students)",
            )
        people = read_list(Path(self.people), read_zone(self.config)) if self.people else None
        return make_plan(self.extracted, Finder(roster, people, self.same), notebooks, questions)

    # --- what is there already ----------------------------------------------------------------

    def _decide_placement(self, placement: Placement) -> tuple[str, str, str]:
        """Return the word for what is done with it; if it is kept out, why and what to do, too."""
        there = self.submitted_folder(placement.student)
        if not there.exists() or not any(there.iterdir()):
            return "new", "", ""
        # In UTC, as nbgrader keeps it.
        old_time = to_gradebook(read_stamp_file(there, read_zone(self.config)))
        # Whatever their names: `course grade --use` lets two of them change theirs.
        known, come = (sorted(_sum_files(c).values()) for c in (_files_in(there), placement.files))
        if known == come and placement.time in (None, old_time):
            return "same", "", ""
        course = self.parent.coursedir
        named = (Path(course.root), course.assignment_id, placement.student)
        if count_tries_left(self.config, *named) == 0:
            return (
                KEPT_OUT,
                f"{placement.student} has used all tries (c.Watch.tries in nbgrader_config.py)",
                "nothing; what was graded last counts",
            )
        newer = self._is_newer(placement, there, old_time)
        if newer is None and not self.replace:
            return (
                KEPT_OUT,
                f"{placement.student} has a submission already, and it is not known which is newer",
                "give the list with the times (--people FILE), or take this one: --replace (the "
                "other one is kept)",
            )
        if newer is False:
            return (
                KEPT_OUT,
                f"{placement.student} has a newer submission already",
                f"nothing; or take {there.name} out of submitted/{placement.student}/ first",
            )
        return "newer", "", ""

    def _is_newer(self, placement: Placement, there: Path, old: datetime | None) -> bool | None:
        """Tell whether a submission is newer than what is there; None when that is not known."""
        if placement.time is not None and old is not None:
            return placement.time >= old
        known = read_record(self._download_folder()).get(placement.student, {})
        same = known.get("content") == _sum_files(_files_in(there))
        if placement.canvas and known.get("canvas") and same:
            return bool(placement.canvas >= known["canvas"])
        return None

    def _make_room(self) -> None:
        """Move what is replaced aside, and note what is placed."""
        assert self.plan is not None
        record = read_record(self._download_folder())
        self._before, self._aside = dict(record), dict[str, Path]()
        for student, placement in self.plan.placements.items():
            if placement.word == "newer":
                aside = find_free_path(self.extracted.parent / REPLACED / student)
                aside.parent.mkdir(parents=True, exist_ok=True)
                os.rename(self.submitted_folder(student), aside)
                self._aside[student] = aside
            # Also where nothing changed: the LMS takes feedback for its newest upload alone.
            if placement.word != KEPT_OUT:
                record[student] = {
                    "canvas": placement.canvas,
                    "content": _sum_files(placement.files),
                    "late": placement.late and placement.time is None,
                    "parts": placement.parts,
                }
        write_record(self._download_folder(), record)
        if self.people:
            keep_people(self._download_folder(), Path(self.people))

    def take_back(self, student: str, error: BaseException) -> None:
        """Leave a student's submission as it was: its files cannot be copied."""
        assert self.plan is not None
        place = self.submitted_folder(student)
        shutil.rmtree(place, ignore_errors=True)
        if student in self._aside:
            os.rename(self._aside[student], place)
        record = read_record(self._download_folder())
        record.pop(student, None)
        before = {student: self._before[student]} if student in self._before else {}
        write_record(self._download_folder(), record | before)
        why = f"the files of {student} cannot be copied ({str(error)[:200]})"
        todo = "ask the student for the notebook itself; nbgrader.log says more"
        self._keep_out(self.plan.placements[student], why, todo)

    def _keep_out(self, placement: Placement, why: str, todo: str) -> None:
        """Name a student's files as ones that are not placed."""
        assert self.plan is not None
        placement.word = KEPT_OUT
        self.plan.problems += [
            Problem(str(path.relative_to(self.extracted)), why, todo)
            for path in placement.files.values()
        ]

    def _download_folder(self) -> Path:
        app = self.parent
        return Path(app.coursedir.root, app.downloaded_directory, app.coursedir.assignment_id)


def _files_in(folder: Path) -> dict[str, Path]:
    return {path.name: path for path in folder.iterdir() if path.is_file()}


def _sum_files(files: Mapping[str, Path]) -> dict[str, str]:
    """Return checksums of the notebooks and answers among files, by name."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if name.endswith(".ipynb") or name == FILE_NAME
    }
