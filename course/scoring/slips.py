"""The mistakes of form, size, sign and completeness that checks recognize whatever the question is.

Each has an id of its own, so that a class's are counted together however their sentences vary.
"""

from collections.abc import Mapping

from course.scoring.results import NamedMistake


def _slip(name: str, text: str) -> NamedMistake:
    return NamedMistake(name, text, general=True)


def pick(made: Mapping[NamedMistake, object]) -> tuple[NamedMistake, ...]:
    """Return the mistakes that were made, those with anything true beside them."""
    return tuple(slip for slip, there in made.items() if there)


NOT_RIGHT = _slip("not-right", "Not right, and no mistake that the check knows.")
WRONG_FORM = _slip("wrong-form", "Not the form that is asked for.")

FRACTION_FOR_PERCENT = _slip("fraction-for-percent", "A fraction of one where percent is wanted.")
PERCENT_TWICE = _slip("percent-twice", "Multiplied by a hundred once too often.")
OTHER_SIZE = _slip("other-size", "Another unit or size.")
OTHER_SIGN = _slip("other-sign", "The sign is the other way around.")
ROUNDED_COARSELY = _slip("rounded-coarsely", "Rounded more coarsely than is asked for.")
NOT_WHOLE = _slip("not-whole", "Not a whole number.")
NO_ANSWER_SIZE = _slip("no-answer-size", "A size that cannot be an answer.")

NOT_OFFERED = _slip("not-offered", "A name that is not among the options.")
TOO_MANY = _slip("too-many", "A choice that does not belong there.")
INCOMPLETE = _slip("incomplete", "Something is missing.")
SOME_WRONG = _slip("some-wrong", "Some of several are not right.")
OUT_OF_ORDER = _slip("out-of-order", "Not in order.")
ORDER_TURNED = _slip("order-turned", "The order is the other way around.")

ARROW_TURNED = _slip("arrow-turned", "An arrow that points the other way.")
OTHER_RELATION = _slip("other-relation", "A link with the other relation.")
LINK_NOT_ACCEPTED = _slip("link-not-accepted", "A link that is not accepted.")

PRINTS = _slip("prints-result", "A function that prints its result and does not return it.")
RETURNS_NOTHING = _slip("returns-nothing", "A function that returns nothing.")
RESULT_CHANGES = _slip("result-changes", "A function that gives another result when called again.")
CASES_WRONG = _slip("cases-wrong", "A function that gives wrong results.")
STOPS = _slip("function-stops", "A function that stops with an error.")

OTHER_CHART = _slip("other-chart", "Another kind of chart.")
VALUES_WRONG = _slip("values-wrong", "Values in a chart that are not right.")
STARTS_WRONG = _slip("starts-wrong", "Bars that begin in the wrong place.")
NO_NAMES = _slip("no-names", "Marks in a chart without the names of what they show.")
NOT_SORTED = _slip("not-sorted", "Not sorted as asked.")
NO_AXIS_LABEL = _slip("no-axis-label", "An axis without a label.")
NO_TITLE = _slip("no-title", "No title.")
TITLE_LACKS = _slip("title-lacks", "A title that does not say everything that is asked for.")
NO_ZERO = _slip("no-zero", "An axis that does not begin at zero.")
