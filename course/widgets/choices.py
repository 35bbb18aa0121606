"""What exercises offer: texts, options for them, and the check that an answer holds only those."""

from collections.abc import Iterable, Mapping

from course.answers.store import JsonValue
from course.text.column import paragraphs
from course.widgets.base import CourseWidget

Items = Mapping[str, str] | Iterable[str]
Options = Mapping[str, str] | Iterable[str]


class ChoiceWidget(CourseWidget):
    """A widget with one choice for each of several texts; ``value`` is a dict of choices by text.

    ``content`` holds the texts under "items" and what is offered under "options".
    """

    def example(self) -> str:
        """Return an answer of the right form; its label is the last one for the first item."""
        items, options = self.content["items"], self.content["options"]
        return f'{{"{items[0]["id"]}": "{options[-1]["value"]}"}}'

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the choices in the order of the texts; raise ValueError otherwise."""
        names = [item["id"] for item in self.content["items"]]
        options = [option["value"] for option in self.content["options"]]
        unknown = [name for name in value if name not in names]
        if unknown:
            found = ", ".join(map(repr, sorted(unknown)))
            raise ValueError(
                f"expected names as in {self.example()} (of {', '.join(names)}), found {found}."
            )
        # A year is easily written as a number.
        value = {name: str(one) if type(one) is int else one for name, one in value.items()}
        for name in value:
            refuse_unoffered(value[name], options, name)
        # In one order, so that the same answer is the same file whichever way it was given.
        return {name: value[name] for name in names if name in value}


def refuse_unoffered(value: JsonValue, offered: Iterable[str], name: str) -> None:
    """Raise ValueError if a text is not one of those that a question offers."""
    known = list(offered)
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"expected {name} as one of {', '.join(known)}, found {value!r}.")


def list_items(items: Items | None) -> list[dict[str, JsonValue]]:
    """Return what is to be labelled or linked: paragraphs, or the notebook's own texts."""
    if isinstance(items, Mapping):
        shown: list[dict[str, JsonValue]] = [
            {"id": name, "text": text, "quote": None, "original": None}
            for name, text in items.items()
        ]
    else:
        column = {paragraph.label: paragraph for paragraph in paragraphs()}
        chosen = list(column) if items is None else list(items)
        for name in chosen:
            refuse_unoffered(name, column, "items")
        shown = [
            {"id": name, "text": one.paraphrase, "quote": one.quote, "original": one.original}
            for name, one in ((name, column[name]) for name in dict.fromkeys(chosen))
        ]
    if not shown:
        raise ValueError("items: expected paragraphs such as P01 or a dict of texts, found none.")
    return shown


def list_options(options: Options) -> list[dict[str, JsonValue]]:
    """Return the labels on offer, each with the text that the list shows."""
    # A text is a sequence of letters, and would be taken for so many options.
    if isinstance(options, str):
        raise ValueError(f"options: expected a list or a dict, found the text {options!r}.")
    pairs = options.items() if isinstance(options, Mapping) else ((one, one) for one in options)
    offered: list[dict[str, JsonValue]] = [
        {"value": value, "label": label} for value, label in pairs
    ]
    if len(offered) < 2:
        raise ValueError("options: expected at least two, found fewer.")
    return offered
