"""Steps of autograding that make a submitted notebook one that can be graded, whatever it holds."""

import re
from collections import Counter
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer, Unicode

from course.answers.carried import carried_answers
from course.figures import read_figure
from course.grader.book import notes
from course.grader.harmless.pictures import read_picture
from course.grader.intake.bounds import IntakeBounds, SubmissionError
from course.grader.intake.copies import (
    is_as_handed_out,
    is_written,
    plain_text,
    settle_copies,
)
from course.grader.intake.elsewhere import (
    BY_HAND,
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
from course.grader.intake.sourcecells import SourceCell, source_cells, source_kernel

CARRIED = "backyard_answers"  # where a repaired notebook holds what its outputs carried
DRAWN = "backyard_drawn"  # the figures that its outputs showed, by what they show
CLEARED = "backyard_cleared"  # and whose panels have no outputs any more
SETTINGS = "its settings were changed; they were restored"
TURNED = "its cell had been turned into one of another kind; it is graded as it was handed out"
EDITED = "the text of its cell was edited; it was restored"

Remarks = list[tuple[str, str]]

MOST_DRAWN = 50  # figures of a notebook that are kept
_CHECKSUM = re.compile(r"[0-9a-f]{32}")


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

    notification = Unicode(
        "*The next cell ({cell_id}) was missing from the submission. It was put back.*",
        help="The text of the cell before one that was put back.",
    ).tag(config=True)
    attachment_bytes = Integer(
        1_000_000, help="Bytes (in base64) that a picture inside a text cell may have."
    ).tag(config=True)

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
        remarks: Remarks = [("", note) for note in found]
        known = source_cells(where["db_url"], where["assignment"], where["notebook"])
        ran = {cell.id for cell in nb.cells if cell.get("execution_count") is not None}
        if drawn := _find_drawn(nb):
            nb.metadata[DRAWN] = NotebookNode(drawn)
        carried = take_carried(nb, known)
        if carried:  # for the step that runs the notebook, which stock nbgrader hands the file only
            nb.metadata[CARRIED] = NotebookNode(carried)
        kernel = source_kernel(where["db_url"], where["assignment"], where["notebook"])
        if kernel:
            nb.metadata.kernelspec = NotebookNode(kernel)
        handed_out = {cell.id for cell in nb.cells if is_as_handed_out(cell)}
        texts = self._read_handed_out(resources)
        for cell in nb.cells:
            self._clean_cell(cell, known, handed_out, remarks)
        settle_copies(nb, known, handed_out, texts, remarks)
        if cleared := find_cleared(nb, known, handed_out, ran, carried):
            nb.metadata[CLEARED] = cleared
        same = handed_out | _find_unchanged(nb, known, texts)
        take_typed(nb, self._set_back(nb, known, same, remarks))
        own_text = holds_own_text(nb, texts)
        self._put_back(nb, known, remarks)
        if own_text:
            waiting = wait_for_reader(nb, known, handed_out)
            remarks += [(question, BY_HAND) for question in waiting]
        self._hand_on_remarks(resources, remarks)
        return nb, resources

    def _clean_cell(
        self, cell: Any, known: dict[str, SourceCell], handed_out: set[str], remarks: Remarks
    ) -> None:
        """Leave of a cell's metadata a sound claim to a question, and of attachments pictures."""
        claim = cell.metadata.get("nbgrader")
        cell.metadata = NotebookNode()
        if claim is not None:
            grade_id = claim.get("grade_id")
            source = known.get(grade_id) if isinstance(grade_id, str) else None
            if source is not None:
                cell.metadata.nbgrader = NotebookNode(source.make_metadata())
                cell.metadata.nbgrader.pop("checksum", None)
                said = claim.get("checksum")
                if isinstance(said, str) and _CHECKSUM.fullmatch(said):
                    cell.metadata.nbgrader.checksum = said
                # What was handed out may differ from what the instructor wants by now.
                changed = source.contradicts_claim(claim, cell.cell_type)
                if changed and cell.id not in handed_out:
                    turned = cell.cell_type != source.cell_type
                    remarks.append((source.name, TURNED if turned else SETTINGS))
                _set_kind(cell, source.cell_type)
            elif isinstance(grade_id, str) and any(
                claim.get(flag) for flag in ("grade", "solution", "locked", "task")
            ):
                remarks.append(("", "a cell claims a question that is not there; it is ignored"))
        if "attachments" in cell:
            self._clean_attachments(cell)

    def _clean_attachments(self, cell: Any) -> None:
        """Keep of a cell's attachments small pictures with ordinary names."""
        kept = {}
        for name, bundle in cell.attachments.items():
            pictures = {
                kind: data
                for kind, found in bundle.items()
                if (data := read_picture(kind, found, self.attachment_bytes)) is not None
            }
            if pictures and PLAIN.fullmatch(name):
                kept[name] = pictures
        cell.attachments = NotebookNode(kept)
        if not kept:
            del cell["attachments"]

    def _set_back(
        self, nb: Any, known: dict[str, SourceCell], handed_out: set[str], remarks: Remarks
    ) -> dict[str, str]:
        """Give every claimed cell the settings of its question, and locked ones their text.

        Returns:
            What students typed in checks and is to be read, by the check's name.
        """
        claimed = {c.metadata.nbgrader.grade_id: c for c in nb.cells if "nbgrader" in c.metadata}
        written = {n for n, c in claimed.items() if is_written(c, known[n], handed_out)}
        typed: dict[str, str] = {}
        for name, cell in claimed.items():
            source = known[name]
            if source.locked and cell.id not in handed_out and _is_changed(cell):
                lines = find_typed(cell, source) if source.grade else ""
                answered = written.intersection(answer_cells(known, name))
                if lines and not answered:
                    typed[name] = lines
                edited = NOT_READ if answered else TYPED
                remarks.append((name, edited if lines else EDITED))
            cell.metadata.nbgrader = NotebookNode(source.make_metadata())
            if source.locked:  # with the hidden tests, which the submission does not have
                cell.source = source.source
        return typed

    def _read_handed_out(self, resources: Any) -> dict[str, str]:
        """Return the texts that the assignment was handed out with."""
        where = resources["nbgrader"]
        found = notes.notes_in(resources).texts
        if found is not None:  # a worker, which has no course folder
            return found[where["notebook"]]
        root = Path(str(self.config.CourseDirectory.get("root") or "."))
        return read_handed_out(root, where["assignment"], where["notebook"])

    def _put_back(self, nb: Any, known: dict[str, SourceCell], remarks: Remarks) -> None:
        """Put cells of questions that are missing back, where the source has them."""
        order = list(known)
        taken = {cell.id for cell in nb.cells}
        there = {c.metadata.nbgrader.grade_id for c in nb.cells if "nbgrader" in c.metadata}
        for number, name in enumerate(order):
            source = known[name]
            needed = source.grade or source.solution or source.task or source.sets_up
            if name in there or not needed:
                continue
            remarks.append((name, "its cell was missing; it was put back"))
            place = _find_place(nb, order, number)
            nb.cells[place:place] = source.make_cells(self.notification.format(cell_id=name), taken)
            there.add(name)

    def _hand_on_remarks(self, resources: Any, remarks: Remarks) -> None:
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


def _find_drawn(nb: Any) -> dict[str, str]:
    """Return the figures that a notebook shows, as PNGs in base64 by what they show."""
    outputs = [o for cell in nb.cells if cell.cell_type == "code" for o in cell.outputs]
    found = [read_figure(output.get("data", {}).get("text/html")) for output in outputs]
    pictures = list(dict.fromkeys(filter(None, found)))
    # Where two pictures have the same words, these do not say which of them a cell draws.
    often = Counter(words for words, _ in pictures)
    return dict([one for one in pictures if often[one[0]] == 1][:MOST_DRAWN])


def _find_unchanged(nb: Any, known: Mapping[str, SourceCell], texts: Mapping[str, str]) -> set[str]:
    """Return the ids of cells whose text is that of source/ or release/, whatever they say of it.

    Other programs change spaces at the ends of lines, which makes a checksum another one.
    """
    found = set()
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        text = plain_text(cell.source)
        if name and (texts.get(text) in (name, "") or text == plain_text(known[name].source)):
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


def _find_place(nb: Any, order: list[str], number: int) -> int:
    """Return where a cell belongs: behind its nearest neighbour before it, or before the next."""
    places = {
        cell.metadata.nbgrader.grade_id: index
        for index, cell in enumerate(nb.cells)
        if "nbgrader" in cell.metadata
    }
    for name in reversed(order[:number]):
        if name in places:
            return places[name] + 1
    for name in order[number + 1 :]:
        if name in places:
            return places[name]
    return len(nb.cells)
