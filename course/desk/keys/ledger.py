"""The key of a claim ledger: verdicts and rows that readings accept, written into the notebook.

A folder of readings with a ``ledger.toml`` holds one: a CSV file a reader, a row a claim. The same
readings and decisions give the same key.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat

from course.desk.keys.accepted import accept_threshold, build_key
from course.desk.keys.blocks import BEGIN, END, as_python, read_notebook, rewrite_blocks
from course.desk.keys.decisions import DECISIONS
from course.desk.keys.table import read_table
from course.errors import CourseError
from course.text.rows import match_rows

LEDGER = "ledger.toml"
MOST_VERDICTS = 2  # where more are accepted, the verdict on a claim is not marked
EVIDENCE, NOT_EVIDENCE = "evidence", "not evidence"
CLAIMS = re.compile(r"^# claims: ([C\d ]+)$", re.MULTILINE)


@dataclass(frozen=True)
class LedgerKey:
    """What the readings accept, by claim."""

    readers: tuple[str, ...]  # the names of the files, without their ending
    split: Mapping[str, str]  # how the readers split: "in_part 4 (1), does_not_hold 1 (4)"
    accepted_verdicts: Mapping[str, Sequence[str]]
    # 1 where all readers give one verdict and no second; 0 where the verdict is not marked
    verdict_weights: Mapping[str, float]
    accepted_evidence: Mapping[str, Sequence[str]]  # names of rows, and patterns of them


def build_ledger(folder: Path) -> LedgerKey:
    """Return the key of a folder of readings.

    Raises:
        CourseError: naming the file and the line that cannot be read, or too few readings.
    """
    asked = tomllib.loads((folder / LEDGER).read_text("utf-8"))
    claims = [f"C{number:02}" for number in range(1, int(asked["claims"]) + 1)]
    files = [path for path in sorted(folder.glob("*.csv")) if path.name != DECISIONS]
    if len(files) < 2:
        found = f"{len(files)}"
        raise CourseError(str(folder), "two readings or more", found, "add a reading")
    readings = [dict(_read_rows(path, claims, asked["verdicts"])) for path in files]
    decided = list(_read_decisions(folder / DECISIONS, claims))
    verdicts, weights, split = {}, {}, {}
    for claim in claims:
        marks = [reading[claim] for reading in readings if claim in reading]
        first = Counter(mark["verdict"] for mark in marks)
        second = Counter(mark["alt_verdict"] for mark in marks if mark["alt_verdict"])
        verdicts[claim], weights[claim] = _accept(asked["verdicts"], first, second)
        split[claim] = ", ".join(
            f"{v} {first[v]}" + (f" ({second[v]})" if second[v] else "")
            for v in sorted(asked["verdicts"], key=lambda v: (-first[v], -second[v]))
            if first[v] or second[v]
        )
    return LedgerKey(
        tuple(path.stem for path in files),
        split,
        verdicts,
        weights,
        {claim: _accept_rows(claim, readings, decided) for claim in claims},
    )


def rewrite_ledger(text: str, key: LedgerKey, path: Path) -> str:
    """Return a notebook's text with the key between its marks, as Jupyter would save it."""
    notebook = read_notebook(text, path)
    mark = BEGIN.format(path.stem)
    for cell in notebook.cells:
        before, found, rest = cell.source.partition(mark + "\n")
        claims = CLAIMS.match(rest)
        if found and claims:
            lines = [mark, claims[0], *_list_lines(key, claims[1].split()), END]
            cell.source = before + "\n".join(lines) + rest.partition(END)[2]
    made = str(nbformat.writes(notebook)) + "\n"
    return text if made == text else made


def _accept(
    labels: Sequence[str], first: Mapping[str, int], second: Mapping[str, int]
) -> tuple[list[str], float]:
    """Return the accepted verdicts on a claim and its weight.

    Accepted is what two readers gave first, or three first or second; with more than eight readers
    it takes more. A second verdict counts half in the weight, the agreement of two readers drawn.
    """
    least = accept_threshold(sum(first.values()))
    accepted = [v for v in labels if first[v] >= least or first[v] + second[v] > least]
    if not 0 < len(accepted) <= MOST_VERDICTS:
        return list(labels), 0.0
    votes = {v: 2 * first[v] + second[v] for v in labels}
    whole = sum(votes.values())
    return accepted, round(sum((number / whole) ** 2 for number in votes.values()), 2)


def _accept_rows(
    claim: str,
    readings: Sequence[Mapping[str, Mapping[str, str]]],
    decided: Sequence[tuple[str, str, list[str]]],
) -> list[str]:
    """Return the rows that a reader named or a decision adds; what is in no table is left out."""
    named = [row for r in readings if claim in r for row in _split(r[claim]["evidence"])]
    added, struck = (
        {one for what, about, rows in decided for one in rows if (what, about) == (field, claim)}
        for field in (EVIDENCE, NOT_EVIDENCE)
    )
    patterns = sorted({*named, *added} - struck)
    wide = match_rows(one for one in patterns if set(one) & {"*", "?"})
    return [one for one in patterns if one not in wide and match_rows([one])]


def _read_rows(
    path: Path, claims: Sequence[str], verdicts: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what a reader says of each claim."""
    for row in read_table(path, ("claim", "verdict", "alt_verdict", "evidence")):
        row.require("verdict", verdicts)
        row.require("alt_verdict", ("", *verdicts))
        yield row.require("claim", claims), row.cells


def _read_decisions(path: Path, claims: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield which rows are evidence, or are not, beyond what the readers named."""
    for row in read_table(path, ("field", "claim", "answer", "reason")):
        row.require("field", (EVIDENCE, NOT_EVIDENCE))
        row.require_text("reason", "why")
        rows = _split(row.cells["answer"])
        if strange := [one for one in rows if not match_rows([one])]:
            raise row.make_error("answer: rows of the tables", f"'{strange[0]}', which is none")
        yield row.cells["field"], row.require("claim", claims), rows


def _split(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(";") if one.strip()]


def _list_lines(key: LedgerKey, claims: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a block: whose marks it is made of, and the names that it sets."""
    yield f"# {len(key.readers)} readings, and what decisions.csv adds and strikes out."
    for name in ("accepted_verdicts", "verdict_weights", "accepted_evidence"):
        yield f"{name} = {{"
        yield from (f'    "{claim}": {as_python(getattr(key, name)[claim])},' for claim in claims)
        yield "}"


def require_fresh_key(root: Path, assignment: str) -> None:
    """Refuse a key that is older than the readings beside the notebook, or was edited.

    Raises:
        CourseError: it is so, or a reading cannot be read.
    """
    folder = root / "source" / assignment / "readings"
    if not folder.is_dir():
        return
    rewrite = (
        partial(rewrite_ledger, key=build_ledger(folder))
        if (folder / LEDGER).is_file()
        else partial(rewrite_blocks, key=build_key(folder))
    )
    for path in sorted(folder.parent.glob("*.ipynb")):
        text = path.read_text("utf-8")
        if rewrite(text, path=path) != text:
            raise CourseError(
                where=f"source/{assignment}/{path.name}",
                expected="the key that the readings beside it give",
                found="another one: the readings were changed since, or the key was edited",
                todo=f"see what moves: course key {assignment} --check; then write the key anew: "
                f"course key {assignment}",
            )
