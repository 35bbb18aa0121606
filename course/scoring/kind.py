"""What every kind of answer has in common: a check of form, a key, a score."""

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from course.scoring.plain import Plain, WrongForm, is_missing, plain, words_for
from course.scoring.quiet import try_quietly
from course.scoring.results import NamedMistake
from course.scoring.shown import in_words
from course.scoring.slips import NOT_RIGHT, WRONG_FORM

K = TypeVar("K")

MISSING = "there is no answer yet"
WRONG = "the answer is not right"


@dataclass(frozen=True)
class Score:
    """How much of a part is right, and what is wrong with the rest."""

    fraction: float  # how much is right, 0 to 1
    message: str = ""  # what to tell the student
    # the mistakes that the message is about; where it names none, of an answer that is not right,
    # `NOT_RIGHT`
    mistakes: tuple[NamedMistake, ...] = ()
    answered: bool = True  # False where there is no answer
    follows: str = ""  # from which other answer this one follows, as a sentence; "" where from none

    def __post_init__(self) -> None:
        safe = self.fraction if math.isfinite(self.fraction) else 0.0
        object.__setattr__(self, "fraction", min(1.0, max(0.0, float(safe))))
        if self.answered and self.fraction < 1.0 and not self.mistakes:
            object.__setattr__(self, "mistakes", (NOT_RIGHT,))


class Kind(ABC, Generic[K]):
    """A kind of answer. Subclasses say what is well-formed and how near an answer is to the key.

    Attributes:
        reads_charts: whether an answer is looked at for what it draws, not for what it holds.
    """

    reads_charts: ClassVar[bool] = False

    @abstractmethod
    def wants(self) -> str:
        """Say in words what is wanted, such as "a number in percent"."""

    @abstractmethod
    def take(self, value: Plain) -> Any:
        """Return the answer that a record holds. Raises WrongForm where it holds none."""

    def check(self, found: Any) -> str | None:
        """Return what is left to mend in the form of an answer that was taken, or None."""
        return None

    @abstractmethod
    def read_key(self, *args: Any, **options: Any) -> K:
        """Check the author's key and options; raise ValueError where they make no sense."""

    @abstractmethod
    def judge(self, found: Any, key: K) -> Score:
        """Compare an answer that was taken with the key."""

    def remark(self, value: Plain) -> str | None:
        """Return what looks like a slip in an answer of the right form, or None."""
        return None

    def is_missing(self, value: Plain) -> bool:
        """Whether `value` counts as no answer at all."""
        return is_missing(value)

    def in_words(self, value: object) -> str:
        """Return `value` as it was read, in one line."""
        return in_words(self.read(value))

    def read(self, value: object) -> Plain:
        """Return an answer as the record that `take` works on."""
        return plain(value)

    def form(self, value: object) -> str | None:
        """Return what is wrong with the form of `value`, in words for the student, or None."""
        read = self.read(value)
        if self.is_missing(read):
            return MISSING
        return try_quietly(lambda: self._form_of(read), lambda: self._say_unreadable(read))

    def _form_of(self, read: Plain) -> str | None:
        try:
            return self.check(self.take(read))
        except WrongForm as problem:
            return str(problem)

    def score(self, value: object, *key: Any, **options: Any) -> Score:
        """Return the score of `value`. Raises ValueError for a key that makes no sense."""
        return self.score_read(value, self.read_key(*key, **options))

    def score_read(self, value: object, key: K) -> Score:
        """Return the score of `value` against a key that `read_key` has made."""
        read = self.read(value)
        if self.is_missing(read):
            return Score(0.0, MISSING, answered=False)
        return try_quietly(
            lambda: self._score_of(read, key),
            lambda: Score(0.0, self._say_unreadable(read), (WRONG_FORM,)),
        )

    def _score_of(self, read: Plain, key: K) -> Score:
        try:
            return self.judge(self.take(read), key)
        except WrongForm as problem:
            return Score(0.0, str(problem), (WRONG_FORM,))

    def _say_unreadable(self, value: Plain) -> str:
        return f"{self.wants()} is wanted; {words_for(value)} cannot be read"


NOTHING_SAID = Score(0.0, answered=False)


def above_guess(share: float, guessed: float) -> float:
    """Return the credit of a share that is right, where a guess would get `guessed` of it."""
    if share >= 1.0 or guessed >= 1.0:  # where any guess is right, only the whole counts
        return float(share >= 1.0)
    return max(0.0, (share - guessed) / (1.0 - guessed))


def forgive(credit: float) -> float:
    """Return a credit of 0 to 1 whose distance from 1 is squared: a slip in much costs little.

    For long answers on which careful readers differ: what is no better than a guess still earns
    nothing, and what is nearly right is nearly whole.
    """
    return 1.0 - (1.0 - credit) ** 2


def commonest(scores: Iterable[Score]) -> Score:
    """Return of several wrong values the score that says most, or `NOTHING_SAID`."""
    telling = [score for score in scores if score.message not in ("", WRONG)]
    counts = Counter(score.message for score in telling)
    return max(telling, key=lambda score: counts[score.message], default=NOTHING_SAID)


def join_parts(parts: Iterable[str]) -> str:
    """Return parts of a message as one text: "; " between them, a space after a full stop.

    After a full stop a word gets a capital, but not the name of an option, as in "a: ...".
    """
    text = ""
    for part in filter(None, parts):
        if text and text[-1] not in ".!?…":
            text += f"; {part}"
        elif text:
            text += " " + (part[0].upper() if part[1:2].isalpha() else part[0]) + part[1:]
        else:
            text = part
    return text
