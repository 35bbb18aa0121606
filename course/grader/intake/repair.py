"""Steps of autograding that make a submitted notebook one that can be graded, whatever it holds."""

from collections.abc import Container
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor

from course.answers.carried import carried_answers
from course.grader.book import notes
from course.grader.harmless.pictures import read_picture
from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.copies import (
    CHECKSUM,
    Repair,
    is_as_handed_out,
    name_of,
    plain_text,
    settle_copies,
)
from course.grader.intake.elsewhere import (
    NOT_READ,
    TYPED,
    answer_cells,
    find_cleared,
    find_typed,
    holds_own_text,
    read_handed_out,
    take_typed,
    wait_for_reader,
)
from course.grader.intake.notebookfile import OTHER_FORMAT, PLAIN, NotebookReader
from course.grader.intake.sourcecells import source_cells

CARRIED = "backyard_answers"  # where a repaired notebook holds what its outputs carried
CLEARED = "backyard_cleared"  # and whose panels have no outputs any more
SETTINGS = "its settings were changed; they were restored"
TURNED = "its cell had been turned into one of another kind; it is graded as it was handed out"
EDITED = "the text of its cell was edited; it was restored"
PUT_BACK = "*The next cell ({}) was missing from the submission. It was put back.*"

MOST_PICTURE = 1_000_000  # bytes (in base64) of a picture inside a text cell


class SafeNotebook(NbGraderPreprocessor):  # type: ignore[misc]
    """Makes a submitted notebook safe to grade: its cells are again those that were handed out.

    Tags, settings and attachments that could steer the grading or the pages made of it are taken
    away; what a cell says of its question is set back to what the gradebook says; of copies one is
    left; cells of questions that are missing are put back; checks and kernel are the instructor's.
    After it, nbgrader's DeduplicateIds, OverwriteKernelspec, OverwriteCells and CheckCellMetadata
    find nothing to do, so `c.Autograde.sanitize_preprocessors` needs only this one. Answers of
    widgets that the outputs carried are moved to the notebook's settings. What was repaired is
    logged, and noted in `course.grader.book.notes.Notes` as pairs of question and text.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook, repaired, and the resources with the remarks.

        Raises:
            SubmissionError: if it was saved in an older notebook format.
        """
        where = resources["nbgrader"]
        name = f"{where['notebook']}.ipynb"
        # One that was converted from an older format has lost its questions.
        version = nb.metadata.get("orig_nbformat")
        if isinstance(version, int) and version < 4:
            raise SubmissionError(OTHER_FORMAT.format(name, version))
        found: list[str] = []
        nb = NotebookReader(name, IntakeBounds(), found).repair_notebook(nb)
        known, kernel = source_cells(where["db_url"], where["assignment"], where["notebook"])
        work = Repair(nb, known, self._read_handed_out(resources))
        work.remarks = [("", note) for note in found]
        ran = {cell.id for cell in nb.cells if cell.get("execution_count") is not None}
        carried = take_carried(nb, known)
        if carried:  # for the step that runs the notebook, which stock nbgrader hands the file only
            nb.metadata[CARRIED] = NotebookNode(carried)
        if kernel:
            nb.metadata.kernelspec = NotebookNode(kernel)
        work.handed_out = {cell.id for cell in nb.cells if is_as_handed_out(cell)}
        for cell in nb.cells:
            self._clean_cell(work, cell)
        settle_copies(work)
        if cleared := find_cleared(work, ran, carried):
            nb.metadata[CLEARED] = cleared
        take_typed(nb, _set_back(work))
        own_text = holds_own_text(work)
        self._put_back(work)
        if own_text:
            wait_for_reader(work)
        self._hand_on_remarks(resources, work.remarks)
        return nb, resources

    def _clean_cell(self, work: Repair, cell: Any) -> None:
        """Leave of a cell's metadata a sound claim to a question, and of attachments pictures."""
        claim = cell.metadata.get("nbgrader")
        cell.metadata = NotebookNode()
        if claim is not None:
            grade_id = claim.get("grade_id")
            source = work.known.get(grade_id) if isinstance(grade_id, str) else None
            if source is not None:
                cell.metadata.nbgrader = NotebookNode(source.make_metadata())
                cell.metadata.nbgrader.pop("checksum", None)
                said = claim.get("checksum")
                if isinstance(said, str) and CHECKSUM.fullmatch(said):
                    cell.metadata.nbgrader.checksum = said
                # What was handed out may differ from what the instructor wants by now.
                changed = source.contradicts_claim(claim, cell.cell_type)
                if changed and cell.id not in work.handed_out:
                    turned = cell.cell_type != source.cell_type
                    work.remarks.append((source.name, TURNED if turned else SETTINGS))
                _set_kind(cell, source.cell_type)
            elif isinstance(grade_id, str) and any(
                claim.get(flag) for flag in ("grade", "solution", "locked", "task")
            ):
                text = "a cell claims a question that is not there; it is ignored"
                work.remarks.append(("", text))
        if "attachments" in cell:
            self._clean_attachments(cell)

    def _clean_attachments(self, cell: Any) -> None:
        """Keep of a cell's attachments small pictures with ordinary names."""
        kept = {}
        for name, bundle in cell.attachments.items():
            pictures = {
                kind: data
                for kind, found in bundle.items()
                if (data := read_picture(kind, found, MOST_PICTURE)) is not None
            }
            if pictures and PLAIN.fullmatch(name):
                kept[name] = pictures
        cell.attachments = NotebookNode(kept)
        if not kept:
            del cell["attachments"]

    def _read_handed_out(self, resources: Any) -> dict[str, str]:
        """Return the texts that the assignment was handed out with."""
        where = resources["nbgrader"]
        found = notes.notes_in(resources).texts
        if found is not None:  # a worker, which has no course folder
            return found[where["notebook"]]
        root = Path(str(self.config.CourseDirectory.get("root") or "."))
        return read_handed_out(root, where["assignment"], where["notebook"])

    def _put_back(self, work: Repair) -> None:
        """Put cells of questions that are missing back, where the source has them."""
        taken, there = {cell.id for cell in work.nb.cells}, work.claimed()
        for number, (name, source) in enumerate(work.known.items()):
            needed = source.grade or source.solution or source.task or source.sets_up
            if not needed or name in there:
                continue
            work.remarks.append((name, "its cell was missing; it was put back"))
            place = _find_place(work, number)
            work.nb.cells[place:place] = source.make_cells(PUT_BACK.format(name), taken)

    def _hand_on_remarks(self, resources: Any, remarks: list[tuple[str, str]]) -> None:
        """Log the remarks and hand them on."""
        student = resources["nbgrader"].get("student", "")
        for question, text in remarks:
            self.log.warning("%s: %s", " ".join(filter(None, (student, question))), text)
        notes.notes_in(resources).remarks += remarks
        notes.keep_notes(resources, remarks=remarks)


def take_carried(nb: Any, questions: Container[str]) -> dict[str, Any]:
    """Return the answers that a notebook carries in its outputs, and take all outputs away.

    Answers to what is none of the `questions` are left: nothing reads them, and each would be
    remarked on.
    """
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    answers = carried_answers(cells)
    for cell in cells:
        cell.outputs, cell.execution_count = [], None
    return {name: entry for name, entry in answers.items() if name in questions}


def _set_back(work: Repair) -> dict[str, str]:
    """Give every claimed cell the settings of its question, and locked ones their text.

    Returns:
        What students typed in checks and is to be read, by the check's name.
    """
    same = work.handed_out | _find_unchanged(work)
    claimed, typed = work.claimed(), dict[str, str]()
    written = {name for name in work.find_written() if claimed[name].id not in same}
    for name, cell in claimed.items():
        source = work.known[name]
        if source.locked and cell.id not in same and _is_changed(cell):
            lines = find_typed(cell, source) if source.grade else ""
            answered = written.intersection(answer_cells(work.known, name))
            if lines and not answered:
                typed[name] = lines
            edited = NOT_READ if answered else TYPED
            work.remarks.append((name, edited if lines else EDITED))
        cell.metadata.nbgrader = NotebookNode(source.make_metadata())
        if source.locked:  # with the hidden tests, which the submission does not have
            cell.source = source.source
    return typed


def _find_unchanged(work: Repair) -> set[str]:
    """Return the ids of cells whose text is that of source/ or release/, whatever they say of it.

    Other programs change spaces at the ends of lines, which makes a checksum another one.
    """
    found = set()
    for name, cell in work.claimed().items():
        text = plain_text(cell.source)
        if work.texts.get(text) in (name, "") or text == plain_text(work.known[name].source):
            found.add(cell.id)
    return found


def _is_changed(cell: Any) -> bool:
    """Tell whether a cell differs from what its own checksum says."""
    released: str | None = cell.metadata.nbgrader.get("checksum")
    return released is not None and released != utils.compute_checksum(cell)


def _set_kind(cell: Any, kind: str) -> None:
    """Make a cell one of code or of text."""
    if cell.cell_type == kind:
        return
    cell.cell_type = kind
    if kind == "code":
        cell.pop("attachments", None)
        cell.outputs, cell.execution_count = [], None
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _find_place(work: Repair, number: int) -> int:
    """Return where a cell belongs: behind its nearest neighbour before it, or before the next."""
    places = {name_of(cell): place for place, cell in enumerate(work.nb.cells)}
    order = list(work.known)
    behind = (places[name] + 1 for name in reversed(order[:number]) if name in places)
    before = (places[name] for name in order[number + 1 :] if name in places)
    return next(behind, next(before, len(work.nb.cells)))
