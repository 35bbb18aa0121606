"""What all widgets share: an answer that is kept, and a line that says so."""

import re
from pathlib import Path
from typing import Any, ClassVar, Self

import anywidget
import traitlets
from IPython.display import display

from course import register
from course.answers.carried import is_entry
from course.answers.store import AnswerError, AnswerStore, JsonValue, plain_data
from course.practice.exercise import PANEL, Exercise, find_exercise
from course.practice.judging import judge
from course.practice.kept import PREFIX, keep_try
from course.widgets.carrier import AnswerOutput

__all__ = ["CourseWidget", "read_bundle", "whole_number"]

HERE = Path(__file__).parent


class _Anything(traitlets.TraitType[Any, Any]):
    """A trait that leaves all checks, also that of None, to the widget."""

    def validate(self, obj: object, value: Any) -> Any:
        """Let everything through to the widget's own check."""
        return value


class AnswerRefused(ValueError):  # noqa: N818 - what became of the answer
    """What code gave to a panel is no answer; shown as a sentence, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class CourseWidget(anywidget.AnyWidget):
    """A widget whose answer is plain data, kept in ``answers.json`` beside the notebook.

    The cell that shows it carries the answer as well, in a line of output below the widget.

    A subclass takes its ES module and style sheet from `read_bundle`, overrides `checked` and
    gives an `example`; one that overrides neither asks nothing. The browser never sets ``value``:
    it sends ``{"answer": value}`` and gets a reply once the answer is on the disk, or the reason
    why it is not. So ``value`` always holds a valid answer, and ``{}`` (``[]`` where an answer is
    a list) means none.

    ``question``: id such as "votes-11"; None keeps nothing.
    """

    kind: ClassVar[type[dict[str, JsonValue]] | type[list[JsonValue]]] = dict
    """What an answer is, a dict or a list; an empty one means that there is none."""

    refused: object = None
    """The last answer that code gave, where it is none: a check says what is wrong with it."""

    exercise: Exercise | None = None
    """What this panel is practice for; its answers are judged at once, and not kept."""

    question = traitlets.Unicode(None, allow_none=True, read_only=True).tag(sync=True)
    value = _Anything(help="The answer as plain data; empty when there is none.").tag(sync=True)
    status = traitlets.Unicode("", help="Whether the answer is on the disk.").tag(sync=True)
    content = traitlets.Dict(help="What the figure is drawn from.").tag(sync=True)

    def __init__(
        self,
        question: str | None = None,
        *,
        content: dict[str, JsonValue],
    ) -> None:
        # Before traitlets runs its checks, which look at it.
        self._store = AnswerStore()
        self._restoring = True
        self._output = None if question is None else AnswerOutput(question)
        super().__init__(content=content)
        # Read-only for everybody else: an answer must not move to another question.
        self.set_trait("question", question)
        if question is not None:
            register.panels[question] = self
        self._restore_answer()
        self._restoring = False
        self.on_msg(self._hear_browser)

    @classmethod
    def practice(cls, question: str) -> Self:
        """Return a panel of this kind for the practice before a question, such as "argument-05"."""
        exercise = find_exercise(question)
        panel = cls(None, **exercise.panel)
        panel.exercise = exercise
        panel.set_trait("question", PREFIX + question)
        return panel

    def checked(self, value: JsonValue) -> JsonValue:
        """Return an answer in its final form; raise ValueError if it is not one."""
        raise ValueError("expected {} (this widget takes no answer), found entries.")

    @traitlets.default("value")
    def _no_answer(self) -> JsonValue:
        return self.kind()

    @traitlets.validate("value")
    def _check_value(self, proposal: traitlets.Bunch) -> JsonValue:
        where = f"{self.question or type(self).__name__}: value"
        value = proposal["value"]
        # In code a tuple is as good as a list; JSON knows lists only.
        if isinstance(value, tuple) and self.kind is list:
            value = list(value)
        self.refused = None if self._restoring else value
        if not isinstance(value, self.kind):
            raise AnswerRefused(
                f"{where}: expected a {self.kind.__name__} such as {self.example()}, "
                f"found {type(value).__name__}. Use {self.kind()} to take the answer back."
            )
        try:
            plain = plain_data(value, where)
        except AnswerError as error:  # which says where
            raise AnswerRefused(str(error)) from None
        try:
            checked = self.checked(plain) if plain else plain
        except ValueError as error:
            raise AnswerRefused(f"{where}: {error}") from None
        self.refused = None
        # Set again on purpose, it is saved again: a student who sees "not saved" may simply
        # repeat it.
        if checked == self.value and not self._restoring:  # set again: no change will be seen
            self._keep_answer(checked)
        return checked

    def example(self) -> str:
        """Return an answer of the right form (not the right answer), as Python text."""
        return "{}"

    def refuse_other_names(self, value: dict[str, JsonValue], known: set[str]) -> None:
        """Raise ValueError if an answer has names that its question does not know."""
        unknown = ", ".join(map(repr, sorted(set(value) - known)))
        if unknown:
            raise ValueError(f"expected names as in {self.example()}, found {unknown}.")

    @traitlets.observe("value")
    def _value_changed(self, change: traitlets.Bunch) -> None:
        if not self._restoring:
            self._keep_answer(change["new"])

    def _keep_answer(self, value: JsonValue) -> None:
        """Bring the answer to the disk, and only then say so."""
        if self.exercise is not None:
            self.status = self._judge_practice(self.exercise, value)
            return
        if self.question is None:
            self.status = ""
            return
        result = self._store.save(self.question, value)
        self.status = result.message
        if self._output is not None and result.entry is not None:
            self._output.take_answer(result.entry, on_disk=result.saved)

    def _judge_practice(self, exercise: Exercise, value: JsonValue) -> str:
        """Return what is said of an answer to a practice question; "" where there is none."""
        if not value:
            return ""
        verdict = judge(exercise, {PANEL: value})
        keep_try(exercise.question, verdict, self._store)
        headline, *lines = str(verdict).split("\n")
        return f"{headline}: {' '.join(lines)}"

    def _restore_answer(self) -> None:
        """Take up the answer of an earlier session."""
        if self.question is None:
            return
        kept = self._store.load(self.question)
        self.status = self._store.notice
        if kept is None:
            self._restore_carried()
        elif self._take_up(kept, "answers.json"):
            if kept:
                self.status = "your saved answer was found"
            if self._output is not None and is_entry(self._store.found):
                self._output.take_answer(self._store.found)

    def _restore_carried(self) -> None:
        """Take up an answer that only the notebook holds, and bring it to the disk again."""
        if self._output is None or self._store.notice or self._store.keeps_nothing:
            return
        entry = self._output.of_before(self._store.folder)
        if entry is not None and entry["value"] and self._take_up(entry["value"], "the notebook"):
            self._keep_answer(self.value)
            self.status = "your answer was found in the notebook"

    def _take_up(self, value: JsonValue, place: str) -> bool:
        """Make an answer of an earlier session the widget's; say so if it cannot be."""
        try:
            self.value = value
        except ValueError as error:
            self.status = f"The answer in {place} cannot be used. {error}"
            return False
        return True

    def __repr__(self) -> str:
        """Return what stands in a panel's place on a page, where it cannot act."""
        return f"[the panel of {self.question}]" if self.question else "[a panel]"

    def _ipython_display_(self, **_options: object) -> None:
        """Show the widget, and below it the line that carries its answer."""
        forms = self._repr_mimebundle_()
        if forms is not None:
            data, metadata = forms if isinstance(forms, tuple) else (forms, {})
            display(data, metadata=metadata, raw=True)
            if self._output is not None and not self._store.keeps_nothing:
                self._output.show_output()

    def _hear_browser(self, _widget: object, message: JsonValue, _buffers: object) -> None:
        """Take an answer from the browser and reply in every case."""
        if not isinstance(message, dict) or "answer" not in message:
            return
        try:
            # By the same way as in code, with the same checks: the browser is believed no more
            # than a student.
            self.value = message["answer"]
        except ValueError as error:
            self.status = f"Not saved. {error}"
        # In every case, also of refusal: the browser waits for it before it says anything.
        reply = {"reply": message.get("number")}
        if self._output is not None and self._output.line:
            reply["line"] = self._output.line  # the browser looks whether it is shown
        self.send(reply)


def read_bundle(panel: str) -> tuple[str, str]:
    """Return the ES module of a panel, as ``make js`` has made it, and its style sheet.

    The styles are those that all panels share, then the panel's own where it has any. In a notebook
    with several panels the shared ones come again, after this panel's own; hence these weigh more.
    """
    module = HERE / "static" / f"{panel}.js"
    frame = HERE / "shared" / "panel_frame.css"  # first: the others build on it
    others = sorted({*frame.parent.glob("*.css")} - {frame})
    shared = "\n".join(style.read_text("utf-8") for style in (frame, *others))
    own = "\n".join(style.read_text("utf-8") for style in (HERE / panel).glob("panel.css"))
    root = panel.replace("_", "-")
    own = re.sub(rf"\.{root}(?![\w-])", f".{root}:is(div)", own)
    return module.read_text("utf-8"), f"{shared}\n{own}"


def whole_number(value: JsonValue, name: str, low: int, high: int) -> int:
    """Return ``value`` as an int from ``low`` to ``high``; raise ValueError that says what it is.

    A float without a fraction (4.0) counts as whole.
    """
    expected = f"expected {name} as a whole number from {low:,} to {high:,}"
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise ValueError(f"{expected}, found {value!r}.")
    if not low <= value <= high:
        raise ValueError(f"{expected}, found {value:,}.")
    return int(value)
