"""The role labeller: each paragraph gets one label."""

from course.text.codebook import ROLE_TEXTS
from course.widgets.base import read_bundle
from course.widgets.choices import ChoiceWidget, Items, Options, list_items, list_options


class RoleLabeller(ChoiceWidget):
    """One label for each paragraph, chosen from a list.

    ``value`` is a dict of labels by paragraph, such as ``{"P05": "reason"}``; paragraphs may be
    missing while the student works. ``options``: the labels, a dict of what each means or a list;
    by default the seven roles. ``items``: ids of paragraphs, or a dict of texts of one's own by
    id; by default the column's 17 paragraphs. ``title`` stands above.
    """

    _esm, _css = read_bundle("role_labeller")

    def __init__(
        self,
        question: str | None = "argument-03",
        options: Options = ROLE_TEXTS,
        items: Items | None = None,
        *,
        title: str = "What does each paragraph do in the argument?",
    ) -> None:
        content = {"title": title, "items": list_items(items), "options": list_options(options)}
        super().__init__(question, content=content)
