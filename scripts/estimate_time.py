"""Estimate how long each part of a notebook takes, from its words, its cells and its steps.

`estimate_time.py` prints the counts; with `--write` the minutes go into the headings and the
introduction of source/. Nobody was timed: the paces below are assumptions, and the notebooks call
the result an estimate.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from course.practice.exercise import find_exercise
from course.scoring.arrows import LinksKind
from course.scoring.choices import ChoiceKind
from course.scoring.functions import FunctionKind
from course.scoring.maps import LabelMapKind
from course.scoring.plots import PlotKind
from course.scoring.question import Question
from course.text.column import paragraphs
from course.text.documents import list_sentences

ROOT = Path(__file__).resolve().parent.parent
WORDS = 150  # read in a minute: new words, and figures to compare
CELL = 0.2  # minutes to run a cell and look at what it gives
PRACTICE = 1.0  # minutes for a part of a practice question
PART = 2.0  # minutes for a part of a graded question; a function or a chart takes twice as long
CHOICE = 0.25  # minutes for each choice among labels, where a part has many
TEXT = 10.0  # minutes for an answer in words
SENTENCE = 3.0  # minutes for one of a single sentence, worth one point
SHORT = 45  # minutes; a notebook that takes no longer has no place to stop
HOURS = {4: "one hour", 8: "two hours", 12: "three hours", 16: "four hours"}
QUARTERS = ("", " and a quarter", " and a half", " and three quarters")
PLACE = re.compile(r"The whole takes \*\*.*", re.DOTALL)


@dataclass
class Count:
    """What stands in a part of a notebook, and the minutes that it takes."""

    heading: str
    words: int = 0
    cells: int = 0
    steps: int = 0
    minutes: float = 0.0

    def add(self, words: int = 0, cells: int = 0, steps: int = 0, minutes: float = 0.0) -> None:
        """Add what one cell brings."""
        self.words, self.cells, self.steps = (
            self.words + words,
            self.cells + cells,
            self.steps + steps,
        )
        self.minutes += words / WORDS + cells * CELL + minutes

    @property
    def rounded(self) -> int:
        """The minutes, to the next five."""
        return max(5, 5 * round(self.minutes / 5))


def count_notebook(notebook: Any) -> list[Count]:
    """Return the counts of a notebook: what stands before the first part, then part by part."""
    counts = [Count("Introduction")]
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if heading := re.search(r"^## (?:Part \d|What to take away).*", cell.source, re.MULTILINE):
            counts.append(Count(heading[0].removeprefix("## ")))
        tag = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code":
            if tag.get("grade"):
                counts[-1].add(steps=1, minutes=TEXT if tag["points"] > 1 else SENTENCE)
            else:
                open_text = re.sub(r"<details>.*</details>", "", cell.source, flags=re.DOTALL)
                counts[-1].add(words=len(open_text.split()))
            continue
        panel = re.match(r"# Panel of [^\n]*\n\w+ = (\w+)\(", cell.source)
        reads = re.findall(r'"(D\d\d)"', cell.source) if panel and "Reading" in panel[1] else []
        shown_texts = [cell.source, *list_sentences(reads).values()] if panel else []
        counts[-1].add(cells=1, words=sum(len(text.split()) for text in shown_texts))
        if tag.get("grade_id", "").endswith("-setup"):
            exec(cell.source, names)
        elif shown := re.search(r"column\.show\(\[?([\d, ]*)\]?\)", cell.source):
            counts[-1].add(words=_column_words(shown[1]))
        elif practiced := re.search(r'practice\("([a-z]+-\w+)"\)', cell.source):
            _add_parts(counts[-1], _practice(practiced[1], counts[-1]), PRACTICE)
        elif tag.get("grade"):
            _add_parts(counts[-1], _graded(cell.source, names), PART)
    return counts


def _column_words(numbers: str) -> int:
    """Return how many words of the column a cell shows: all, or those of some paragraphs."""
    wanted = {int(one) for one in re.findall(r"\d+", numbers)}
    shown = enumerate(paragraphs(), start=1)
    return sum(len(p.paraphrase.split()) for n, p in shown if n in wanted or not wanted)


def _practice(question: str, count: Count) -> Question:
    """Return a practice question, and count the texts that its panel shows."""
    exercise = find_exercise(question)
    items = exercise.panel.get("items") or exercise.panel.get("claims", {})
    count.add(words=sum(len(text.split()) for text in items.values()))
    asked = Question(question, answers={})
    exercise.build(asked)
    return asked


def _graded(source: str, names: dict[str, Any]) -> Question:
    """Return the question of a check cell, with its parts and without its key."""
    form = source[: source.index("q.check()")]
    exec(form, names)
    asked: Question = names["q"]
    return asked


def _add_parts(count: Count, asked: Question, minutes: float) -> None:
    """Count the parts of a question: choices in rows by the row, what is written by the part."""
    for part in asked._parts.values():
        match part.kind:
            case LabelMapKind(keys=keys, values=ChoiceKind()) | LinksKind(nodes=keys):
                rows = len(keys.labels)
                count.add(steps=rows, minutes=max(minutes, rows * CHOICE))
            case LabelMapKind(keys=keys):
                count.add(steps=len(keys.labels), minutes=minutes)
            case FunctionKind() | PlotKind():
                count.add(steps=1, minutes=2 * minutes)
            case _:
                count.add(steps=1, minutes=minutes)


def say_hours(minutes: float) -> str:
    """Return a time in words, to the quarter of an hour."""
    quarters = max(4, round(minutes / 15))
    return HOURS[quarters - quarters % 4] + QUARTERS[quarters % 4]


def write_times(notebook: Any, counts: list[Count]) -> None:
    """Write the minutes into the headings and the introduction of a notebook."""
    total = sum(count.minutes for count in counts)
    parts = [count for count in counts if count.heading.startswith("Part")]
    behind, stop = counts[0].minutes, parts[0]
    for stop in parts:
        behind += stop.minutes
        if behind >= 0.42 * total:
            break
    place = stop.heading.split(" · ")[0]
    whole = (
        f"The whole takes **about {max(5, 5 * round(total / 5))} minutes** (an estimate by its "
        "words, cells and steps)."
        if total <= SHORT
        else f"The whole takes **about {say_hours(total)}**, in two sittings (an estimate by its "
        f"words, cells and steps).\nA good place to stop is after {place}. When you come back, run "
        "all cells from the top (*Run → Run All Cells*)."
    )
    notebook.cells[0].source = PLACE.sub(whole, notebook.cells[0].source)
    for cell in notebook.cells:
        for count in parts:
            title = re.sub(r" \(\d+ minutes\)$", "", count.heading)
            cell.source = cell.source.replace(
                f"## {count.heading}", f"## {title} ({count.rounded} minutes)"
            )


def main() -> None:
    """Print the counts of each notebook, and write the minutes with `--write`."""
    for path in sorted((ROOT / "source").glob("*/*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        counts = count_notebook(notebook)
        print(f"{path.stem}: {sum(c.minutes for c in counts):.0f} minutes")
        for c in counts:
            counted = f"{c.words:5} words {c.cells:3} cells {c.steps:3} steps"
            print(f"  {counted} {c.minutes:4.0f} min  {c.heading}")
        if "--write" in sys.argv:
            write_times(notebook, counts)
            nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
