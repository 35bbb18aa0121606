"""The argument map: paragraphs as cards, and links between them.

Whatever is shown comes from the paraphrase or from the notebook; no answer to a question stands
here.
"""

from pathlib import Path

from course.answers.store import JsonValue
from course.text.codebook import RELATIONS
from course.widgets.base import CourseWidget, read_bundle
from course.widgets.choices import Items, list_items, refuse_unoffered

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


class ArgumentMap(CourseWidget):
    """Paragraphs as cards, and links that say which supports or challenges which.

    ``value`` is ``{"links": [{"from": "P16", "to": "P14", "relation": "supports"}, ...]}``: "from"
    is what supports or challenges, "to" is what is supported or challenged. In code a link may
    also be ("P16", "P14") or ("P16", "P14", "challenges"). ``items`` and ``title`` as in
    `RoleLabeller`.
    """

    _esm, _css = read_bundle("argument_map")

    def __init__(
        self,
        question: str | None = "argument-06",
        items: Items | None = None,
        *,
        title: str = "Argument map: what supports or challenges what?",
        folder: Path | str | None = None,
    ) -> None:
        cards = [
            {**item, "card": CARDS[item["id"]] if items is None else ""}
            for item in list_items(items)
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
