"""Tables: cells compared with the key, row by row, found by the columns that name a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from course.scoring.choices import truth
from course.scoring.kind import WRONG, Kind, Score, commonest
from course.scoring.labels import fold_text, label_of, quote_label
from course.scoring.numbers import NumberKind, number
from course.scoring.order import longest_run
from course.scoring.plain import Frame, Listing, Pairs, Plain, plain, words_for
from course.scoring.results import NamedMistake
from course.scoring.slips import INCOMPLETE, NOT_SORTED, SOME_WRONG, TOO_MANY, WRONG_FORM

__all__ = ["TableKey", "TableKind", "TextKind", "read_columns", "table"]

RowName: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class TextKind(Kind[str]):
    """Any text, compared without regard to case, accents and spacing."""

    def wants(self) -> str:
        """Say what is wanted."""
        return "text"

    def check(self, value: Plain) -> str | None:
        """Return what is wrong with the form, or None."""
        return (
            None if label_of(value) is not None else f"text is wanted; this is {words_for(value)}"
        )

    def read_key(self, value: Any) -> str:
        """Take the right text."""
        found = label_of(plain(value))
        if found is None:
            raise ValueError(f"the key has to hold text, not {value!r}")
        return found

    def judge(self, value: Plain, key: str) -> Score:
        """Right or wrong."""
        return Score(1.0) if label_of(value) == key else Score(0.0, WRONG)


@dataclass(frozen=True)
class TableKey:
    """For each row, in order, its name and for each column the kind and key of the cell."""

    on: tuple[str, ...]
    rows: Mapping[RowName, Mapping[str, tuple[Kind[Any], Any]]]
    row_order: bool
    extra_rows: bool


def table(columns: Iterable[str] | Mapping[str, Kind[Any] | None]) -> TableKind:
    """Return the kind "a table with these columns".

    `columns`: names, or a dict from name to the kind of its cells (None: whatever the key holds).
    """
    if isinstance(columns, str):
        raise ValueError("columns are a list of names")
    named = dict(columns) if isinstance(columns, Mapping) else dict.fromkeys(columns)
    if not named or len({fold_text(name) for name in named}) < len(named):
        raise ValueError("a table needs columns whose names differ in more than case")
    return TableKind(tuple(named.items()))


@dataclass(frozen=True)
class TableKind(Kind[TableKey]):
    """A DataFrame, a list of dicts or a dict of lists. Extra columns never count."""

    columns: tuple[tuple[str, Kind[Any] | None], ...]

    def wants(self) -> str:
        """Say what is wanted."""
        return "a table with the columns " + ", ".join(name for name, _ in self.columns)

    def check(self, value: Plain) -> str | None:
        """Return the first thing that is wrong with the form, or None."""
        found = read_columns(value, [name for name, _ in self.columns])
        if found is None:
            return f"{self.wants()} is wanted; this is {words_for(value)}"
        for name, kind in self.columns:
            if name not in found:
                return f"the table has no column {name}"
            if not found[name]:
                return "the table has no rows"
            for row, cell in enumerate(found[name]) if kind is not None else ():
                problem = kind.form(cell) if kind is not None else None
                if problem:
                    return f"column {name}, row {row + 1}: {problem}"
        return None

    def read_key(
        self,
        value: Any,
        *,
        on: Sequence[str],
        within: float | Mapping[str, float] | None = None,
        row_order: bool = False,
        extra_rows: bool = False,
    ) -> TableKey:
        """Take the right table and the columns `on` that name a row.

        `within`: tolerance of numbers, for all or by column; `row_order`: rows have to stand as in
        the key; `extra_rows`: rows that the key does not have cost nothing.
        """
        names = [name for name, _ in self.columns]
        found = read_columns(plain(value), names)
        on = [on] if isinstance(on, str) else list(on)
        if found is None or set(found) != set(names):
            raise ValueError(f"the key has to be a table with the columns {names}")
        if not on or not set(on) <= set(names):
            raise ValueError(f"on has to name some of the columns {names}, not {on}")
        tolerances = within if isinstance(within, Mapping) else dict.fromkeys(names, within)
        cells = {
            name: _cell_keys(found[name], kind, tolerances.get(name))
            for name, kind in self.columns
            if name not in on
        }
        row_names = _row_names(found, on)
        rows = {n: {c: cells[c][i] for c in cells} for i, n in enumerate(row_names) if n}
        if not rows or len(rows) < len(row_names):
            raise ValueError(f"the columns {on} do not name each row of the key once")
        return TableKey(tuple(on), rows, row_order, extra_rows)

    def judge(self, value: Plain, key: TableKey) -> Score:
        """Share of the right cells among those of the key and of rows that do not belong."""
        found = read_columns(value, [name for name, _ in self.columns])
        if found is None:
            message = f"{self.wants()} is wanted; this is {words_for(value)}"
            return Score(0.0, message, (WRONG_FORM,))
        lacking = [name for name, _ in self.columns if name not in found]
        if any(name in key.on for name in lacking):
            return Score(0.0, f"the table has no column {', '.join(lacking)}", (WRONG_FORM,))
        names = _row_names(found, key.on)
        cells = {
            name: [_cell_score(found, column, names, name, *cell) for column, cell in row.items()]
            or [Score(1.0 if name in names else 0.0)]
            for name, row in key.rows.items()
        }
        width = max(1, len(self.columns) - len(key.on))
        extra = 0 if key.extra_rows else len(names) - len(set(names) & set(key.rows))
        earned = sum(s.fraction for row in cells.values() for s in row)
        whole = float((len(key.rows) + extra) * width)
        ordered = True
        if key.row_order:
            run, most = _order_of(names, list(key.rows))
            ordered = run == most
            earned, whole = earned + run, whole + most
        if earned >= whole:
            return Score(1.0)
        return Score(earned / whole, *self._write_message(cells, names, key, lacking, ordered))

    def _write_message(
        self,
        cells: Mapping[RowName, list[Score]],
        names: list[RowName],
        key: TableKey,
        lacking: list[str],
        ordered: bool,
    ) -> tuple[str, tuple[NamedMistake, ...]]:
        scores = [s for row in cells.values() for s in row]
        right = sum(s.fraction == 1.0 for s in scores)
        parts = [f"{right} of {len(scores)} cells are right"]
        parts += [f"the table has no column {', '.join(lacking)}"] if lacking else []
        missing = sum(name not in names for name in key.rows)
        if missing:
            parts.append(f"{missing} row{'s are' if missing > 1 else ' is'} missing")
        slips = [INCOMPLETE] * bool(missing or lacking) + [NOT_SORTED] * (not ordered)
        if not key.extra_rows:
            strange = [" ".join(n) for n in names if n not in key.rows]
            slips += [TOO_MANY] * bool(strange)
            parts += [f"the row {quote_label(strange[0])} does not belong here"] if strange else []
            twice = len(names) > len(set(names))
            parts += ["a row stands there more than once"] if twice else []
        for place, column in enumerate(c for c, _ in self.columns if c not in key.on):
            there = [row[place] for name, row in cells.items() if name in names]
            wrong = [s for s in there if s.fraction < 1.0]
            if wrong and column not in lacking:
                common = commonest(wrong)
                slips += common.mistakes or (SOME_WRONG,)
                parts.append(f"column {column}: {common.message or 'look again'}")
        parts += [] if ordered else ["the rows do not stand in the order asked"]
        return "; ".join(parts), tuple(dict.fromkeys(slips))


def read_columns(value: Plain, wanted: Sequence[str]) -> dict[str, list[Plain]] | None:
    """Return those of the `wanted` columns that a table has, or None where it is no table.

    Levels of the index count as columns; an index without a name stands for the first wanted
    column that the table lacks, which is what grouping and value_counts leave behind.
    """
    columns = _all_columns(value)
    if columns is None:
        return None
    found: dict[str, list[Plain]] = {}
    for name in wanted:
        for label, cells in columns:
            if label_of(label) == fold_text(name):
                found[name] = cells
                break
    lacking = [name for name in wanted if name not in found]
    nameless = isinstance(value, Frame) and len(value.index) == 1 and value.index[0][0] is None
    if len(lacking) == 1 and nameless and isinstance(value, Frame):
        labels = list(value.index[0][1])
        if not all(isinstance(label, int) for label in labels):
            found[lacking[0]] = labels
    return found


def _all_columns(value: Plain) -> list[tuple[Plain, list[Plain]]] | None:
    match value:
        case Frame():
            return [(name, list(cells)) for name, cells in value.columns + value.index]
        case Pairs() if all(isinstance(v, Listing) and v.ordered for _, v in value.pairs):
            lists = [(k, list(v.items)) for k, v in value.pairs if isinstance(v, Listing)]
            return lists if len({len(cells) for _, cells in lists}) == 1 else None
        case Listing() if value.items and all(isinstance(row, Pairs) for row in value.items):
            rows = [dict(_fold_row(row)) for row in value.items if isinstance(row, Pairs)]
            names = dict.fromkeys(name for row in rows for name in row)
            return [(name, [row.get(name) for row in rows]) for name in names]
    return None


def _fold_row(row: Pairs) -> list[tuple[str, Plain]]:
    return [(label, cell) for name, cell in row.pairs if (label := label_of(name)) is not None]


def _row_names(found: Mapping[str, Sequence[Plain]], on: Sequence[str]) -> list[RowName]:
    return [
        tuple(label_of(cell) or "" for cell in row)
        for row in zip(*(found[name] for name in on), strict=True)
    ]


def _cell_keys(
    cells: Sequence[Plain], kind: Kind[Any] | None, within: float | None
) -> list[tuple[Kind[Any], Any]]:
    known = [cell for cell in cells if not _is_empty(cell)]
    if kind is None and all(isinstance(cell, bool) for cell in known):
        kind = truth()
    elif kind is None and all(type(cell) in {int, float} for cell in known):
        kind = number()
    kind = kind or TextKind()
    options = {"within": within} if within is not None and isinstance(kind, NumberKind) else {}
    return [(kind, None if _is_empty(cell) else kind.read_key(cell, **options)) for cell in cells]


def _cell_score(
    found: Mapping[str, Sequence[Plain]],
    column: str,
    names: Sequence[RowName],
    name: RowName,
    kind: Kind[Any],
    key: Any,
) -> Score:
    """Return the score of one cell; a row given several times counts as its worst."""
    places = [i for i, one in enumerate(names) if one == name]
    if column not in found or not places:
        return Score(0.0)
    cells = [found[column][i] for i in places]
    if key is None:
        return Score(
            float(all(_is_empty(cell) for cell in cells)), "a value stands where none is known"
        )
    return min((kind.score_read(cell, key) for cell in cells), key=lambda s: s.fraction)


def _is_empty(cell: Plain) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and cell != cell)


def _order_of(names: Sequence[RowName], right: Sequence[RowName]) -> tuple[int, int]:
    places = [right.index(name) for name in dict.fromkeys(names) if name in right]
    return max(0, longest_run(places) - 1), len(right) - 1
