"""The argument map: paragraphs as cards, and links between them.

Whatever is shown comes from the paraphrase or from the notebook; no answer to a question stands
here.
"""

import tomllib
from pathlib import Path

from course.answers.store import JsonValue
from course.text.codebook import RELATIONS
from course.widgets.base import CourseWidget, read_bundle
from course.widgets.choices import Items, list_items, refuse_unoffered

CARDS = tomllib.loads(Path(__file__).with_name("cards.toml").read_text(encoding="utf-8"))


class ArgumentMap(CourseWidget):
    """Paragraphs as cards, and links that say which supports or challenges which.

    ``value`` is ``{"links": [{"from": "P16", "to": "P14", "relation": "supports"}, ...]}``: "from"
    is what supports or challenges, "to" is what is supported or challenged. In code a link may
    also be ("P16", "P14") or ("P16", "P14", "challenges"). ``items`` and ``title`` as in
    `RoleLabeller`. Where ``question`` is None the map can be looked at, not edited.
    """

    _esm, _css = read_bundle("argument_map")

    def __init__(
        self,
        question: str | None = "argument-06",
        items: Items | None = None,
        *,
        title: str = "Argument map: what supports or challenges what?",
    ) -> None:
        cards = [
            {**item, "card": CARDS[item["id"]] if items is None else ""}
            for item in list_items(items)
        ]
        if len(cards) < 2:
            raise ValueError("items: expected at least two, so that there is something to link.")
        content: dict[str, JsonValue] = {"title": title, "items": cards}
        super().__init__(question, content=content)

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
        links = [_read_link(link, known, example) for link in value["links"]]
        for place, link in enumerate(links):
            if link in links[:place]:
                raise ValueError(f"expected each link once, found {_name_link(link)} twice.")
        return {"links": links} if links else {}


def _read_link(link: JsonValue, known: list[str], example: str) -> dict[str, JsonValue]:
    """Return one link as a dict of its two ends and its relation."""
    names = ("from", "to", "relation")
    if isinstance(link, list) and len(link) in (2, 3):
        link = dict(zip(names, link, strict=False))
    if not isinstance(link, dict) or not {"from", "to"} <= set(link) <= set(names):
        raise ValueError(f"expected links as in {example}, found {link!r}.")
    whole: dict[str, JsonValue] = {name: link.get(name, RELATIONS[0]) for name in names}
    for end in ("from", "to"):
        refuse_unoffered(whole[end], known, f'"{end}"')
    refuse_unoffered(whole["relation"], RELATIONS, '"relation"')
    if whole["from"] == whole["to"]:
        raise ValueError(f"expected a link between two cards, found {_name_link(whole)}.")
    return whole


def _name_link(link: dict[str, JsonValue]) -> str:
    return f"{link['from']} {link['relation']} {link['to']}"
