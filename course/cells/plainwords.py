"""Says in plain words what slip a cell holds that Python cannot read, or reads otherwise."""

import ast
import builtins
import difflib
import keyword
import re
import warnings
from collections.abc import Collection
from typing import Any

_NO_BREAK = "\u00a0\u2007\u202f"
_UNSEEN = f"{_NO_BREAK}\u200b\u2060\ufeff"
_CURLY = "“”„‟«»‘’‚‛″′"
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:([,.\u2019' ])\d{3})(?:\1\d{3})*(?![\w,])")
_COMMA = re.compile(r"(?<![\w.,])(\d+),(\d+)(?![\w.,])")
_BOTH = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+,\d+(?![\w.,])")  # 1.234,5
_WORD = re.compile(r"(?<![\w.])(\d[\d.]*)\s*([^\W\d_]{2,}|[€$£°])|[€$£]\s*(\d[\d.]*)")
_DATE = re.compile(r"(?<![\w-])\d{4}-\d\d(?:-\d\d)?(?![\w-])")
_ZEROS = re.compile(r"(?<![\w.])0+(\d+)(?![\w.])")
_PERCENT = re.compile(r"(\d[\d.,]*)\s*%")
_TEXT = re.compile(r"[=:,\[(]\s*([^\W\d][\w-]*(?: [^\W\d][\w-]*)+)\s*(?:[,\])}#]|$)")
_JOINED = re.compile(r"(\"[^\"\n]*\"|'[^'\n]*')[ \t]*(\"[^\"\n]*\"|'[^'\n]*')")  # "A" "C"
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
    node: Any
    for node in ast.walk(tree):
        if said := _explain_node(node, code):
            return f"Line {node.lineno}: {said}"
    return ""


def _explain_node(node: Any, code: str) -> str:
    """Return what is wrong with a part of a cell that Python reads, and reads otherwise."""
    match node:
        case ast.Assign(targets=[ast.Name() | ast.Subscript(), *_], value=ast.Tuple()):
            text = ast.get_source_segment(code, node.value) or ""
            return "" if re.search(r"[^\W\d]|[\"'(\[{]", text) else _explain_comma(text)
        case ast.Call(func=ast.Name("round"), args=[ast.Constant(int()), ast.Constant(int())]):
            return _explain_comma((ast.get_source_segment(code, node) or "")[len("round(") : -1])
        case (
            ast.BinOp(op=ast.BitXor(), left=ast.Constant(number))
            | ast.BinOp(op=ast.BitXor(), right=ast.Constant(number))
        ) if type(number) in (int, float):
            return "^ is no sign for a power. Write ** in its place, as in 3 ** 2."
        case ast.List() | ast.Set() | ast.Tuple():
            return _explain_list(node, code)
    return ""


def _explain_list(node: ast.List | ast.Set | ast.Tuple, code: str) -> str:
    """Return what is wrong with the commas between values: one is missing, or there are twice."""
    for one in node.elts:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            joined = _JOINED.fullmatch(ast.get_source_segment(code, one) or "")
            if joined:
                return f"a comma is missing between {joined[1]} and {joined[2]}."
    text = ast.get_source_segment(code, node) or ""
    pairs = re.findall(r"\d+,\d+", text)
    # Four digits behind a comma are no decimals: years, perhaps, two to a group.
    number = r"\d+,\d{1,3}"
    if len(pairs) > 1 and re.fullmatch(rf"[\[({{]\s*{number}(?:,\s+{number})+\s*[\])}}]", text):
        count, point = len(pairs), pairs[0].replace(",", ".")
        return (
            f"this is read as {2 * count} numbers. If you mean {count}, write a decimal point in "
            f"each, as in {point}."
        )
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
    if mark := next((c for c in code if c in "`´"), ""):
        return f'{mark} is no quotation mark. Type straight ones: "A".'
    if other := next((c for c in code if c in "−–—×÷·"), ""):
        plain = {"×": "*", "÷": "/", "·": "."}.get(other, "-")
        return f"{other} is no sign of Python's. Type {plain} in its place."
    if re.search(r"\d\s*x\s*\d", code):
        return "x is no sign of Python's. Type * in its place."
    if percent := _PERCENT.search(code):
        return f"leave the percent sign out. Write {percent[1]}, not {percent[0]}."
    if apostrophes := re.search(r"\b\d{1,3}(?:'\d{3})+\b", line):
        return _say_grouped(apostrophes[0])
    return _explain_numbers(code) or _explain_message(message, error, code)


def _explain_numbers(code: str) -> str:
    """Return what is wrong with how a number is written in a line that cannot be read."""
    if both := _BOTH.search(code):
        return _say_both(both[0])
    grouped = _GROUPED.search(code)
    if grouped and (grouped[1] != "." or grouped[0].count(".") > 1):
        return _say_grouped(grouped[0])
    if comma := _COMMA.search(code):
        return _say_comma(comma[0])
    if date := _DATE.search(code):
        return f'a date is a text, which needs quotation marks: "{date[0]}".'
    if zeros := _ZEROS.search(code):
        return f"a number does not begin with 0. Write {zeros[1]}, not {zeros[0]}."
    word = _WORD.search(code)
    if word and not keyword.iskeyword(word[2] or ""):
        return f"a number stands alone. Write {word[1] or word[3]}, not {word[0]}."
    return ""


def _explain_comma(text: str) -> str:
    """Return what is wrong with a number that is read as several, because of its commas."""
    if both := _BOTH.search(text):
        return _say_both(both[0])
    if grouped := _GROUPED.search(text):
        return _say_grouped(grouped[0])
    comma = _COMMA.search(text)
    return _say_comma(comma[0]) if comma else ""


def _say_grouped(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"nothing may stand between the thousands. Write {digits}, not {number}."


def _say_both(number: str) -> str:
    plain = number.replace(".", "").replace(",", ".")
    return (
        f"a number has a decimal point, and nothing between thousands. Write {plain}, not {number}."
    )


def _say_comma(number: str) -> str:
    point = number.replace(",", ".")
    return f"a number has a decimal point, not a comma. Write {point}, not {number}."


_SAID = {
    "unterminated string": "a quotation mark is missing. A text needs one at each end.",
    "unterminated triple": "three quotation marks are missing at the end of the text.",
    "unexpected indent": "it begins with spaces that do not belong there. Delete them.",
    "unindent": "it is moved in by another number of spaces than the lines above it.",
    "inconsistent use of tabs": "tabs and spaces are mixed. Begin its lines with spaces alone.",
    "Missing parentheses": "a bracket is missing: what is printed stands in round brackets.",
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
    if re.search(r"[^=<>!]=\s*$", code):
        return "nothing stands after the =. Write the answer there."
    if "cannot assign to" in message:
        return "the name comes first, then =, then its value."
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
    if right := _CONSTANTS.get(name.lower()):
        return f"Write {right} with {'one' if name.isupper() else 'a'} capital letter, not {name}."
    if percent := re.search(rf"(\d[\d.,]*)\s*%\s*{re.escape(name)}\b", source):
        return f"Leave the percent sign and what follows it out. Write {percent[1]}."
    if re.search(rf"^[ \t]*{re.escape(name)}[ \t]*==", source, re.MULTILINE):
        return f"== asks whether two things are equal. To give {name} a value, write one =."
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
