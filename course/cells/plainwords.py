"""Says in plain words what slip a cell holds that Python cannot read, or reads otherwise."""

import ast
import builtins
import difflib
import re
import warnings
from collections.abc import Collection

_NO_BREAK = "\u00a0\u2007\u202f"
_UNSEEN = f"{_NO_BREAK}\u200b\u2060\ufeff"
_CURLY = "“”„‟«»‘’‚‛"
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:([,.\u2019' ])\d{3})(?:\1\d{3})*(?![\w,])")
_COMMA = re.compile(r"(?<![\w.,])(\d+),(\d+)(?![\w.,])")
_PERCENT = re.compile(r"(\d[\d.,]*)\s*%")
_TEXT = re.compile(r"[=:,\[(]\s*([^\W\d][\w-]*(?: [^\W\d][\w-]*)+)\s*(?:[,\])}#]|$)")
_CONSTANTS = {"true": "True", "false": "False", "none": "None"}


def explain_source(code: str) -> str:
    """Return what is to be corrected in a cell, in one or two sentences; "" where nothing is known.

    Args:
        code: the cell's text as plain Python, without magics.
    """
    try:
        tree = ast.parse(code)
        with warnings.catch_warnings(action="ignore"):  # Python says them itself
            # Finds what parsing does not, such as a `return` that stands in no function.
            compile(code, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        number = error.lineno or 1
        lines = code.splitlines() or [""]
        said = _explain_line(lines[min(number, len(lines)) - 1], error)
        return f"Line {number}: {said}" if said else ""
    except (ValueError, RecursionError, MemoryError):
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            text = ast.get_source_segment(code, node.value) or ""
            alone = isinstance(node.targets[0], ast.Name | ast.Subscript)
            if alone and (said := _explain_comma(text)):
                return f"Line {node.lineno}: {said}"
    return ""


def _explain_line(line: str, error: SyntaxError) -> str:
    """Return what is wrong in the line that an error is about."""
    code = re.sub(r"\"[^\"]*\"|'[^']*'", '""', line).split("#")[0]  # without texts and remarks
    message = error.msg or ""
    if hidden := next((c for c in line if c in _UNSEEN), ""):
        kind = "a space of another kind" if hidden in _NO_BREAK else "a character that is not seen"
        return f"it holds {kind} (often from copying). Delete it, and type a plain space."
    if curly := next((c for c in line if c in _CURLY), ""):
        return f'the quotation mark {curly} is a curly one. Type straight ones: "A".'
    if other := next((c for c in code if c in "−–—×÷"), ""):
        plain = {"×": "*", "÷": "/"}.get(other, "-")
        return f"{other} is no sign of Python's. Type {plain} in its place."
    if percent := _PERCENT.search(code):
        return f"leave the percent sign out. Write {percent[1]}, not {percent[0]}."
    if apostrophes := re.search(r"\b\d{1,3}(?:'\d{3})+\b", line):
        return _say_grouped(apostrophes[0])
    return _explain_numbers(code) or _explain_message(message, error, code)


def _explain_numbers(code: str) -> str:
    """Return what is wrong with how a number is written in a line that cannot be read."""
    grouped = _GROUPED.search(code)
    if grouped and (grouped[1] != "." or grouped[0].count(".") > 1):
        return _say_grouped(grouped[0])
    comma = _COMMA.search(code)
    return _say_comma(comma[0]) if comma else ""


def _explain_comma(text: str) -> str:
    """Return what is wrong with a number that is read as several, because of its commas."""
    if grouped := _GROUPED.fullmatch(text):
        return _say_grouped(grouped[0])
    return _say_comma(text) if _COMMA.fullmatch(text) else ""


def _say_grouped(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"nothing may stand between the thousands. Write {digits}, not {number}."


def _say_comma(number: str) -> str:
    point = number.replace(",", ".")
    return f"a number has a decimal point, not a comma. Write {point}, not {number}."


_SAID = {
    "unterminated string": "a quotation mark is missing. A text needs one at each end.",
    "unterminated triple": "three quotation marks are missing at the end of the text.",
    "unexpected indent": "it begins with spaces that do not belong there. Delete them.",
    "unindent": "it is moved in by another number of spaces than the lines above it.",
    "expected ':'": "a colon is missing at its end.",
    "Perhaps you forgot a comma": (
        "something is missing between two values: a comma, a sign such as *, or quotation marks."
    ),
    "EOF": "something is missing at its end: a bracket or a quotation mark.",
}


def _explain_message(message: str, error: SyntaxError, code: str) -> str:
    """Return Python's own message in plain words."""
    if found := re.search(r"'(.)' was never closed", message):
        closing = {"(": ")", "[": "]", "{": "}"}[found[1]]
        return f"the bracket {found[1]} is opened and never closed: {closing} is missing."
    if found := re.search(r"unmatched '(.)'", message):
        return f"there is one {found[1]} too many, or its opening bracket is missing."
    if found := re.search(r"closing parenthesis '(.)' does not match opening .* '(.)'", message):
        return f"the bracket {found[2]} is closed by {found[1]}, which belongs to another one."
    if "expected an indented block" in message:
        return "it belongs to the line above and has to be moved in: put four spaces before it."
    if re.search(r"outside function", message):
        return "it belongs into the function above and has to be moved in: four spaces."
    if "==" in message and re.match(r"\s*(if|elif|while|return)\b|.*[=(,].*=", code):
        return "one = gives a value. To ask whether two things are equal, write ==."
    for part, said in _SAID.items():
        if part in message:
            text = _TEXT.search(code)
            return _say_quotes(text[1]) if text and "comma" in part else said
    text = _TEXT.search(code)
    return _say_quotes(text[1]) if text else ""


def _say_quotes(text: str) -> str:
    return f'a text needs quotation marks: "{text}".'


def explain_name(name: str, source: str, known: Collection[str], made: bool) -> str:
    """Return what to do about a name that means nothing to Python.

    Args:
        name: the name.
        source: the cell in which it is used.
        known: the names that the kernel has.
        made: whether another cell of the notebook makes it.
    """
    if name in _CONSTANTS:
        return f"Write {_CONSTANTS[name]} with a capital letter, not {name}."
    if made:
        return (
            f"{name} is made in a cell that has not run yet. "
            "Choose Run → Run All Above Selected Cell, then run this cell again."
        )
    near = difflib.get_close_matches(name, [*known, *dir(builtins)], 1, 0.8)
    if near:
        return f"Nothing is called {name}. Do you mean {near[0]}?"
    text = rf"(?:[=:,\[({{]|\bin)\s*{re.escape(name)}\s*(?:[,\])}}:#]|$)"
    if re.search(text, source, re.MULTILINE):
        return (
            f"Nothing is called {name} so far. If it is a text, put it in quotation marks: "
            f'"{name}". If a cell above makes it, run that cell first.'
        )
    return f"Nothing is called {name} so far. Is it spelled right? Have all cells above run?"
