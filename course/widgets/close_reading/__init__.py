"""Close reading: documents word for word; each question is answered by marking a sentence."""

from collections.abc import Iterable, Mapping

from course.text.documents import Document, list_sentences
from course.text.documents import documents as read_documents
from course.widgets.base import read_bundle
from course.widgets.choices import ChoiceWidget, list_items, list_options, refuse_unoffered


class CloseReading(ChoiceWidget):
    """One sentence for each question, marked in one of several documents.

    ``value`` is a dict of sentences by question, such as ``{"a": "D02.1"}``. ``documents``: names
    of those on offer, such as ``["D01", "D02"]``. ``items``: the questions by id. ``title`` stands
    above.
    """

    _esm, _css = read_bundle("close_reading")

    def __init__(
        self,
        question: str | None,
        documents: Iterable[str],
        items: Mapping[str, str],
        *,
        title: str = "Which sentence says so?",
    ) -> None:
        known = read_documents()
        names = list(documents)
        for name in names:
            refuse_unoffered(name, known, "documents")
        content = {
            "title": title,
            "items": list_items(items),
            "options": list_options(list_sentences(names)),
            "documents": [_describe(known[name]) for name in names],
        }
        super().__init__(question, content=content)


def _describe(one: Document) -> dict[str, object]:
    """Return what the panel says of a document, and the names of its sentences."""
    return {
        "id": one.label,
        "title": one.title,
        "source": f"{one.author}, {one.date}. {one.document}. Words from: {one.source}.",
        "copies": one.copies,
        "glosses": [{"word": word, "meaning": said} for word, said in one.glosses.items()],
        "sentences": list(one.sentences),
        "gaps": one.after_gap,
    }
