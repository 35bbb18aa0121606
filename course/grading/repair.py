"""A step of autograding that keeps a copied cell from spoiling a notebook."""

from __future__ import annotations

from typing import Any

from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor

__all__ = ["OneCellAQuestion"]


class OneCellAQuestion(NbGraderPreprocessor):  # type: ignore[misc]
    """Leaves each question's cell once, also where a student copied and pasted it.

    JupyterLab copies a cell with its metadata, so two cells claim to be the same one. The last copy
    in which something was answered keeps the claim; the others stay as ordinary cells and run, too.
    Stands before nbgrader's DeduplicateIds in `c.Autograde.sanitize_preprocessors`.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Take the nbgrader metadata of all copies but one away; return notebook and resources."""
        copies: dict[str, list[Any]] = {}
        for cell in nb.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if grade_id:
                copies.setdefault(grade_id, []).append(cell)
        for cells in copies.values():
            keep = ([cell for cell in cells if _answered(cell)] or cells)[-1]
            for cell in cells:
                if cell is not keep:
                    del cell.metadata["nbgrader"]
        return nb, resources


def _answered(cell: Any) -> bool:
    """Tell whether a cell differs from what was released."""
    released: str | None = cell.metadata.nbgrader.get("checksum")
    return released is None or released != utils.compute_checksum(cell)
