"""Widgets of the argument strand: labels of paragraphs, the argument map, matching.

Whatever is shown comes from the paraphrase or from the notebook; no answer to a question stands
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from course.answers import JsonValue
from course.column import paragraphs
from course.widgets.base import CourseWidget

__all__ = ["RELATIONS", "ROLES", "ArgumentMap", "Matching", "RoleLabeller"]

ROLES = {
    "main_claim": "Main claim: what the column as a whole argues for",
    "reason": "Reason: a claim one can dispute, given for another claim",
    "evidence": "Evidence: a report one can check, given for a claim",
    "background": "Background: who, what, when; neither for nor against",
    "concession": "Concession: admits a point against the author's own line",
    "forecast": "Forecast: what will, may or should happen",
    "credit": "Credit: who wrote it",
}
RELATIONS = ("supports", "challenges")

# What stands on a paragraph's card in the map; the whole paraphrase is shown when it is chosen.
CARDS = {
    "P01": "Bush lost Peru's election",
    "P02": "Polls: Humala wins; his three promises",
    "P03": "Humala puts Peru before Washington",
    "P04": "Humala stands with Lula, Morales, Chávez",
    "P05": "He may lose the runoff, yet did very well",
    "P06": "Across the region the left is winning",
    "P07": "What Bush's government has not seen",
    "P08": "The region waved aside, as a yard",
    "P09": "Since the 1820s: a claim to step in",
    "P10": "Democracy and a feeling of independence",
    "P11": "Free trade area, Chávez, Iraq: no",
    "P12": "Forcing hands has helped the left along",
    "P13": "Bush in a poll of the region's elite",
    "P14": "Export markets: the US and others",
    "P15": "The US may come to treat them as equals",
    "P16": "Otherwise isolation and less influence",
    "P17": "Note on the author",
}

Items = Mapping[str, str] | Iterable[str]
Options = Mapping[str, str] | Iterable[str]


class RoleLabeller(CourseWidget):
    """One label for each paragraph, chosen from a list.

    ``value`` is a dict of labels by paragraph, such as ``{"P05": "reason"}``; paragraphs may be
    missing while the student works. ``options``: the labels, a dict of what each means or a list;
    by default the seven roles. ``items``: ids of paragraphs, or a dict of texts of one's own by
    id; by default the column's 17 paragraphs. ``title`` stands above.
    """

    parts = ("shared/draft", "shared/choice_rows", "role_labeller/panel")

    def __init__(
        self,
        question: str | None = "argument-03",
        options: Options = ROLES,
        items: Items | None = None,
        *,
        title: str = "What does each paragraph do in the argument?",
        folder: Path | str | None = None,
    ) -> None:
        shown = _items(items)
        content: dict[str, JsonValue] = {
            "title": title,
            "items": shown,
            "options": _options(options),
        }
        super().__init__(question, content=content, folder=folder)

    def example(self) -> str:
        """Return the form of an answer."""
        return _example(self.content)

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the labels in the order of the paragraphs; raise ValueError otherwise."""
        return _one_of_each(value, self.content, self.example())


class Matching(CourseWidget):
    """One option for each item, chosen from a list.

    ``value`` is a dict of options by item, such as ``{"a": "poll"}``. ``items``: texts by id.
    ``options``: a dict of what each means, or a list. ``title`` stands above.
    """

    parts = ("shared/draft", "shared/choice_rows", "matching/panel")

    def __init__(
        self,
        question: str | None,
        items: Mapping[str, str],
        options: Options,
        *,
        title: str = "What belongs to what?",
        folder: Path | str | None = None,
    ) -> None:
        content: dict[str, JsonValue] = {
            "title": title,
            "items": [{"id": name, "text": text} for name, text in items.items()],
            "options": _options(options),
        }
        if not content["items"]:
            raise ValueError("items: expected at least one text by its id, found none.")
        super().__init__(question, content=content, folder=folder)

    def example(self) -> str:
        """Return the form of an answer."""
        return _example(self.content)

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the choices in the order of the items; raise ValueError otherwise."""
        return _one_of_each(value, self.content, self.example())


class ArgumentMap(CourseWidget):
    """Paragraphs as cards, and links that say which supports or challenges which.

    ``value`` is ``{"links": [{"from": "P16", "to": "P14", "relation": "supports"}, ...]}``: "from"
    is what supports or challenges, "to" is what is supported or challenged. In code a link may
    also be ("P16", "P14") or ("P16", "P14", "challenges"). ``items`` and ``title`` as in
    `RoleLabeller`.
    """

    parts = (
        "shared/draft",
        "shared/choice_rows",
        "argument_map/layout",
        "argument_map/lines",
        "argument_map/list",
        "argument_map/board",
        "argument_map/panel",
    )

    def __init__(
        self,
        question: str | None = "argument-06",
        items: Items | None = None,
        *,
        title: str = "Argument map: what supports or challenges what?",
        folder: Path | str | None = None,
    ) -> None:
        cards = [
            {**item, "card": CARDS[item["id"]] if items is None else ""} for item in _items(items)
        ]
        if len(cards) < 2:
            raise ValueError("items: expected at least two, so that there is something to link.")
        content: dict[str, JsonValue] = {"title": title, "items": cards}
        super().__init__(question, content=content, folder=folder)

    def example(self) -> str:
        """Return the form of an answer."""
        *_, one, other = (item["id"] for item in self.content["items"])
        return f'{{"links": [{{"from": "{other}", "to": "{one}", "relation": "supports"}}]}}'

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the links as dicts, in the order given; raise ValueError otherwise."""
        example = self.example()
        if set(value) != {"links"} or not isinstance(value["links"], list):
            raise ValueError(
                f"expected a list under the name links as in {example}, "
                f"found {', '.join(map(repr, sorted(set(value))))}."
            )
        known = [item["id"] for item in self.content["items"]]
        links = [_link(link, known, example) for link in value["links"]]
        for place, link in enumerate(links):
            if link in links[:place]:
                raise ValueError(f"expected each link once, found {_said(link)} twice.")
        return {"links": links} if links else {}


def _link(link: JsonValue, known: list[str], example: str) -> dict[str, JsonValue]:
    """Return one link as a dict of its two ends and its relation."""
    names = ("from", "to", "relation")
    if isinstance(link, list) and len(link) in (2, 3):
        link = dict(zip(names, link, strict=False))
    if not isinstance(link, dict) or not {"from", "to"} <= set(link) <= set(names):
        raise ValueError(f"expected links as in {example}, found {link!r}.")
    whole: dict[str, JsonValue] = {name: link.get(name, RELATIONS[0]) for name in names}
    for end in ("from", "to"):
        _known(whole[end], known, f'"{end}"')
    _known(whole["relation"], RELATIONS, '"relation"')
    if whole["from"] == whole["to"]:
        raise ValueError(f"expected a link between two cards, found {_said(whole)}.")
    return whole


def _said(link: dict[str, JsonValue]) -> str:
    return f"{link['from']} {link['relation']} {link['to']}"


def _known(value: JsonValue, known: Iterable[str], name: str) -> None:
    """Raise ValueError if a text is not one of those that a question offers."""
    offered = list(known)
    if not isinstance(value, str) or value not in offered:
        raise ValueError(f"expected {name} as one of {', '.join(offered)}, found {value!r}.")


def _one_of_each(
    value: dict[str, JsonValue], content: dict[str, JsonValue], example: str
) -> dict[str, JsonValue]:
    """Return one option by item, in the order of the items; raise ValueError otherwise."""
    items = [item["id"] for item in content["items"]]
    options = [option["value"] for option in content["options"]]
    unknown = [name for name in value if name not in items]
    if unknown:
        found = ", ".join(map(repr, sorted(unknown)))
        raise ValueError(f"expected names as in {example} (of {', '.join(items)}), found {found}.")
    for name in value:
        _known(value[name], options, name)
    return {name: value[name] for name in items if name in value}


def _example(content: dict[str, JsonValue]) -> str:
    """Return an answer of the right form; its label is the last one for the first item."""
    return f'{{"{content["items"][0]["id"]}": "{content["options"][-1]["value"]}"}}'


def _items(items: Items | None) -> list[dict[str, JsonValue]]:
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
            _known(name, column, "items")
        shown = [
            {"id": name, "text": one.paraphrase, "quote": one.quote, "original": one.original}
            for name, one in ((name, column[name]) for name in dict.fromkeys(chosen))
        ]
    if not shown:
        raise ValueError("items: expected paragraphs such as P01 or a dict of texts, found none.")
    return shown


def _options(options: Options) -> list[dict[str, JsonValue]]:
    """Return the labels on offer, each with the text that the list shows."""
    if isinstance(options, str):
        raise ValueError(f"options: expected a list or a dict, found the text {options!r}.")
    pairs = options.items() if isinstance(options, Mapping) else ((one, one) for one in options)
    offered: list[dict[str, JsonValue]] = [
        {"value": value, "label": label} for value, label in pairs
    ]
    if len(offered) < 2:
        raise ValueError("options: expected at least two, found fewer.")
    return offered
