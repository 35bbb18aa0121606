"""The step of autograding that runs a notebook: a subclass of nbgrader's own `Execute`.

Named in `c.Autograde.autograde_preprocessors`, it serves `nbgrader autograde`, the formgrader's
button and `course grade` alike. See `course.grader.run.session` for how a notebook is run. Checks
that are written with `course.scoring` are made apart; all others run where the student's
cells run, as stock nbgrader runs them.
"""

import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils
from nbgrader.preprocessors import Execute

from course.answers.carried import merge_answers, read_entries
from course.answers.store import FILE_NAME
from course.errors import CourseError
from course.grader.book import notes
from course.grader.faults import ERROR_NAMES, REASONS, Fault, question_of
from course.grader.installed import course_paths
from course.grader.intake.bounds import IntakeBounds
from course.grader.intake.repair import CARRIED, CLEARED
from course.grader.intake.submission import read_files
from course.grader.run.cellnames import (
    as_python,
    is_check,
    is_made_apart,
    setup_imports,
    with_imports,
)
from course.grader.run.drawing import is_drawn_later
from course.grader.run.ordinary import ordinary_checks, refuse_ordinary
from course.grader.run.session import CellResult, Rules, Session, Tampering
from course.grader.run.streams import WARNINGS
from course.grader.run.warm import warm_process
from course.grader.sandbox import Sandbox

LOST = (
    "answers.json {fault}, and the notebook's outputs were cleared: an answer given in the panel "
    "is in neither. Ask for answers.json"
)
MISSING, DAMAGED = "did not come with the notebook", "cannot be read"
SAYING = {
    "timeout": "This cell took longer than {seconds:g} seconds and was stopped.",
    "memory": "This cell needed more memory than a submission may use and was stopped.",
    "died": "This cell ended the program that runs the notebook.",
    "output": "This cell produced more output than a notebook may hold and was stopped.",
    "time-used-up": "This cell did not end: the time for the whole submission was used up.",
    "judge": "This check could not be made.",
    "not-run": "This cell did not run.",
}


class SandboxedExecute(Execute):  # type: ignore[misc]
    """Runs a notebook's cells: the student's in a sandbox, the grade cells apart from them.

    What a submission may use, time a cell among it, is set with `c.Sandbox`; of the settings of
    nbgrader's `Execute` only `enabled` counts. Faults are collected in
    `course.grader.book.notes.Notes` and logged.
    """

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Run all code cells of a notebook and return it with its outputs.

        Raises:
            CourseError: it is no Python notebook, the sandbox is required and not complete, or
                a check is of a kind that `c.Sandbox.ordinary_tests` refuses.
        """
        _require_python(nb)
        settings = Sandbox(parent=self)
        # Before a process is started: it needs none.
        refuse_ordinary(settings, ordinary_checks(nb))
        warm = warm_process()
        settings.require_complete(warm.means)
        note = notes.notes_in(resources)
        nbgrader = resources.get("nbgrader", {})
        folder = Path(resources.get("metadata", {}).get("path") or ".")
        beside = _files_in(folder) if note.files is None else note.files
        files = self._with_carried(nb, beside, resources)
        if note.answers is not None and note.files is None:  # beside it stands what counts
            # Only under nbgrader's own commands, which copy this folder to autograded/.
            put_in_place(folder / FILE_NAME, note.answers)
        name = f"{nbgrader.get('assignment')}/{nbgrader.get('student')}"
        rules = self._read_rules(settings)
        # Of the name, not of the time: graded again, a notebook that draws at random gives the
        # same.
        seed = zlib.crc32(name.encode())
        judges = warm.find_judges(_checks_of(nb))
        how = (seed, note.deadline, judges, is_drawn_later(self.config))
        with (
            warm.open_view(*course_paths()) as view,
            Session(warm, view, rules, files, *how) as session,
        ):
            faults = self._run_cells(nb, session, rules)
        note.faults += faults
        notes.keep_notes(resources, faults=faults)
        note.times, note.used = session.times, session.used
        for fault in faults:
            self.log.warning("%s: %s", name, fault.as_line())
        # What the student's program said of itself is not kept: pages choose their highlighting
        # by it.
        nb.metadata["language_info"] = {"name": "python"}
        return nb, resources

    def _with_carried(self, nb: Any, files: dict[str, bytes], resources: Any) -> dict[str, bytes]:
        """Return the files beside the notebook, with the answers that it carried itself."""
        file, carried = files.get(FILE_NAME), nb.metadata.pop(CARRIED, {})
        answers, remarks = merge_answers(file, carried)
        cleared = nb.metadata.pop(CLEARED, [])
        if file is None or read_entries(file) is None:
            lost = LOST.format(fault=MISSING if file is None else DAMAGED)
            remarks += [(question, lost) for question in cleared]
        for question, text in remarks:
            self.log.warning("%s", f"{question}: {text}" if question else text)
        note = notes.notes_in(resources)
        note.remarks += remarks
        notes.keep_notes(resources, remarks=remarks)
        # Nothing was carried, or the file is the newer one.
        if answers is None or answers is file:
            return files
        note.answers = answers
        return {**files, FILE_NAME: answers}

    def _read_rules(self, settings: Any) -> Rules:
        """Return what a submission may use, from the settings."""
        return Rules(
            limits=settings.limits(),
            cell_seconds=float(settings.cell_seconds),
            call_seconds=float(settings.call_seconds),
            total_seconds=float(settings.total_seconds),
            output_bytes=int(settings.output_bytes),
        )

    def _run_cells(self, nb: Any, session: Session, rules: Rules) -> list[Fault]:
        """Run the code cells in their order; return what went wrong."""
        faults = []
        imports = setup_imports(nb)
        for number, cell in enumerate(nb.cells, start=1):
            if cell.cell_type != "code":
                continue
            try:
                result = self._run_cell(cell, session, imports)
            except Tampering as tampering:
                self.log.warning("tampering: %s", tampering)
                # Nothing of it is graded further, so that no later check can tell the cheat
                # whether it worked.
                return [Fault("tampering", TAMPERED, "", number)]
            _put_into(cell, result, rules.cell_seconds)
            if result.reason:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                text = f"the cell {REASONS[result.reason]}"
                faults.append(Fault(result.reason, text, question_of(grade_id), number))
        return faults

    def _run_cell(self, cell: Any, session: Session, imports: Mapping[str, str]) -> CellResult:
        """Run one code cell where it belongs; `imports`: what a check made apart may use."""
        if not is_check(cell):
            return session.run(cell.source, ours=utils.is_locked(cell))
        if is_made_apart(cell):
            result = session.grade(with_imports(cell.source, imports))
        else:
            result = session.run(cell.source, ours=True)
            _keep_warnings_apart(result)
        if result.stderr:
            self.log.info("a check wrote to standard error: %s", result.stderr[:2000])
        if not result.ran and not result.reason:
            result.reason = "not-run"
        return result


def _checks_of(nb: Any) -> dict[str, str]:
    """Return the checks that are made apart, as plain Python, by their source."""
    imports = setup_imports(nb)
    sources = [with_imports(c.source, imports) for c in nb.cells if is_made_apart(c)]
    return {source: as_python(source) for source in sources}


TAMPERED = (
    "the submission was tampered with: its program sent the grading what no cell sends by itself. "
    "No points were given; look at it and give them by hand"
)


def _keep_warnings_apart(result: CellResult) -> None:
    """Take the warnings out of a check's outputs: they cost no points, as they do in nbgrader.

    What it writes to standard error itself stays: that is one way to say that an answer is wrong.
    """
    warned = [o for o in result.outputs if o.get("name") == WARNINGS]
    result.stderr = "".join(output["text"] for output in warned)
    result.outputs = [output for output in result.outputs if output not in warned]


def _put_into(cell: Any, result: CellResult, seconds: float) -> None:
    """Write a result into its cell."""
    outputs = list(result.outputs)
    for output in outputs:
        # It served to update displays while the cell ran; nbformat knows no such field.
        output.pop("_display_id", None)
        if output.get("name") == WARNINGS:
            output["name"] = "stderr"
    if result.reason:
        text = SAYING[result.reason].format(seconds=seconds)
        name = ERROR_NAMES[result.reason]
        outputs.append(
            {
                "output_type": "error",
                "ename": name,
                "evalue": text,
                "traceback": [f"\x1b[0;31m{name}\x1b[0m: {text}"],
            }
        )
    cell.outputs = [nbformat.from_dict(output) for output in outputs]
    cell.execution_count = result.count or None


def put_in_place(path: Path, content: bytes) -> None:
    """Write a file in place of what a submission has there: a file, a link, even a folder."""
    # A link is removed as a link: what it leads to is not the submission's.
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def _files_in(folder: Path) -> dict[str, bytes]:
    """Read what lies beside the notebook in the folder that nbgrader prepared."""
    found = read_files(folder, IntakeBounds(), ["*.ipynb", "timestamp.txt"])
    return dict(found.files)


def _require_python(nb: Any) -> None:
    """Raise when a notebook asks for another language."""
    spec = nb.metadata.get("kernelspec") or {}
    language = spec.get("language") or (nb.metadata.get("language_info") or {}).get("name")
    if language not in (None, "", "python"):
        raise CourseError(
            where="the notebook's kernel",
            expected="Python",
            found=str(language)[:40],
            todo="choose a Python kernel in the source notebook and generate the assignment again",
        )
