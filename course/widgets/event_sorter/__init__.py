"""The event sorter: events that are put in order."""

from collections.abc import Mapping

from course.answers.store import JsonValue
from course.widgets.base import CourseWidget, read_bundle


class EventSorter(CourseWidget):
    """Events that are put in order, the earliest first.

    ``items``: what is shown of each event, by its id, in the order in which they are offered. The
    ids are shown, for those who answer in code, so they should not themselves have an order in
    time. ``value`` is the list of all ids, such as ``["C", "A", "B"]``; it is ``[]`` until
    something has been moved or the order as it stands has been kept. ``title`` stands above.
    """

    _esm, _css = read_bundle("event_sorter")
    kind = list

    def __init__(
        self,
        question: str | None,
        items: Mapping[str, str],
        *,
        title: str = "",
    ) -> None:
        if len(items) < 2:
            raise ValueError("items: expected at least two texts by their ids, found fewer.")
        content: dict[str, JsonValue] = {
            "title": title or "Put these events in order, the earliest first",
            "items": [{"id": name, "text": text} for name, text in items.items()],
        }
        super().__init__(question, content=content)

    def example(self) -> str:
        """Return the form of an answer: the items as they are offered."""
        names = ", ".join(f'"{name}"' for name in self._list_names())
        return f"[{names}]"

    def checked(self, value: list[JsonValue]) -> list[JsonValue]:
        """Return the order if it holds each id once; raise ValueError otherwise."""
        names = self._list_names()
        wanted = f"expected each of {', '.join(names)} once"
        unknown = [one for one in value if one not in names]
        if unknown:
            raise ValueError(f"{wanted}, found {', '.join(map(repr, unknown))}.")
        twice = [name for name in names if value.count(name) > 1]
        if twice:
            raise ValueError(f"{wanted}, found {', '.join(twice)} more than once.")
        missing = [name for name in names if name not in value]
        if missing:
            raise ValueError(f"{wanted}, found all but {', '.join(missing)}.")
        return value

    def _list_names(self) -> list[str]:
        return [item["id"] for item in self.content["items"]]
