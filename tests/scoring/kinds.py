"""One example of every kind of answer, with a key and a right answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from course.scoring import (
    case,
    choice,
    day,
    function,
    label_map,
    label_set,
    links,
    number,
    order,
    plot,
    truth,
)
from course.scoring.kind import Kind

__all__ = ["EXAMPLES", "Example"]


@dataclass(frozen=True)
class Example:
    """A kind, its key as given to `Question.key`, and an answer that is right."""

    kind: Kind[Any]
    right: Any
    key: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def score(self, value: object) -> float:
        """Return the fraction that `value` earns."""
        return self.kind.score(value, *self.key, **self.options).fraction

    def message(self, value: object) -> str:
        """Return what the student is told about `value` when it is graded."""
        return self.kind.score(value, *self.key, **self.options).message


BARS = {"series": [{"kind": "bar", "x": ["a", "b"], "y": [73.125, 61.375]}]}

EXAMPLES = {
    "number": Example(number("percent"), 73.125, (73.125,), {"within": 0.06}),
    "truth": Example(truth(), True, (True,)),
    "choice": Example(choice(["fact", "cause", "value"]), "cause", ("cause",)),
    "day": Example(day(), "1905-02-28", ("1905-02-28",)),
    "label_set": Example(label_set(["A", "B", "C"]), {"A", "C"}, ({"A", "C"},)),
    "label_map": Example(
        label_map(["P01", "P02"], number()),
        {"P01": 73.125, "P02": 61.375},
        ({"P01": 73.125, "P02": 61.375},),
    ),
    "links": Example(
        links(["P01", "P02", "P03"]),
        {"links": [{"from": "P02", "to": "P01", "relation": "supports"}]},
        ({("P02", "P01"): 0.8},),
    ),
    "order": Example(order(["x", "y", "z"]), ["z", "x", "y"], (["z", "x", "y"],)),
    "function": Example(
        function(example=2, returns=number()),
        lambda x: 73.125 * x,
        (),
        {"cases": [case(1, 73.125, label="for one"), case(3, 219.375)], "within": 0.06},
    ),
    "plot": Example(
        plot("bar"),
        BARS,
        (),
        {"values": {"a": 73.125, "b": 61.375}, "need_labels": False, "need_title": False},
    ),
}
