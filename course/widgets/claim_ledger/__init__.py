"""The claim ledger: a verdict for each claim, and the row of a table that shows it."""

from collections.abc import Iterable, Mapping

from course.answers.store import JsonValue
from course.scoring.labels import fold_text
from course.text.claims import VERDICTS, list_claims
from course.text.rows import list_rows
from course.widgets.base import CourseWidget, read_bundle
from course.widgets.choices import list_options, refuse_unoffered

ENTRIES = ("verdicts", "evidence")


class ClaimLedger(CourseWidget):
    """Claims beside a search over all tables; each gets a verdict and a row.

    ``value`` is ``{"verdicts": {"C06": "holds"}, "evidence": {"C06": "first_round:Alan García"}}``.
    ``claims``: names of the column's claims, or texts by name. ``title`` stands above.
    """

    _esm, _css = read_bundle("claim_ledger")

    def __init__(
        self,
        question: str | None,
        claims: Mapping[str, str] | Iterable[str],
        *,
        title: str = "Which verdict, and which row shows it?",
    ) -> None:
        if not isinstance(claims, Mapping):
            known = list_claims()
            claims = {name: f"{known[name][1]} ({known[name][0]})" for name in claims}
        content: dict[str, JsonValue] = {
            "title": title,
            "items": [{"id": name, "text": text} for name, text in claims.items()],
            "options": list_options(VERDICTS),
            "rows": [[name, text] for name, text in list_rows().items()],
        }
        super().__init__(question, content=content)

    def example(self) -> str:
        """Return the form of an answer."""
        name = self.content["items"][-1]["id"]
        return f'{{"verdicts": {{"{name}": "judgment"}}, "evidence": {{"{name}": "events:E01"}}}}'

    def checked(self, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Return the entries in the order of the claims; raise ValueError otherwise."""
        self.refuse_other_names(value, set(ENTRIES))
        claims = [item["id"] for item in self.content["items"]]
        rows = {fold_text(name): name for name in list_rows()}
        found: dict[str, JsonValue] = {}
        for entry in ENTRIES:
            given = value.get(entry) or {}
            if not isinstance(given, dict):
                raise ValueError(f"expected {entry} as in {self.example()}, found {given!r}.")
            self.refuse_other_names(given, set(claims))
            for name, one in given.items():
                if entry == "verdicts":
                    refuse_unoffered(one, VERDICTS, name)
                elif fold_text(str(one)) not in rows:
                    raise ValueError(
                        f"expected {name} as a row's name such as 'events:E01', found {one!r}."
                    )
            whole = {
                n: rows[fold_text(str(given[n]))] if entry == "evidence" else given[n]
                for n in claims
                if n in given
            }
            found |= {entry: whole} if whole else {}
        return found
