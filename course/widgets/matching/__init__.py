"""Matching: each item gets one of the options."""

from collections.abc import Mapping

from course.widgets.base import read_bundle
from course.widgets.choices import ChoiceWidget, Options, list_options


class Matching(ChoiceWidget):
    """One option for each item, chosen from a list.

    ``value`` is a dict of options by item, such as ``{"a": "poll"}``. ``items``: texts by id.
    ``options``: a dict of what each means, or a list. ``title`` stands above.
    """

    _esm, _css = read_bundle("matching")

    def __init__(
        self,
        question: str | None,
        items: Mapping[str, str],
        options: Options,
        *,
        title: str = "What belongs to what?",
    ) -> None:
        shown = [{"id": name, "text": text} for name, text in items.items()]
        if not shown:
            raise ValueError("items: expected at least one text by its id, found none.")
        content = {"title": title, "items": shown, "options": list_options(options)}
        super().__init__(question, content=content)
