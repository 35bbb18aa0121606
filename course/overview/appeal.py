"""A student asks for a second look at a mark: the call in the notebook is itself the request.

So it travels wherever the notebook does, through the exchange or an LMS, with `answers.json` or
without. The feedback page shows the line to copy; `course appeals` finds it again.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST = 2_000  # characters of a reason that are read
GAP = "what I answered, and why it is right"  # as the line is copied
# Read as text: nothing of a student's is parsed or run outside the sandbox.
_CALL = re.compile(
    r"""^[ \t]*(?:import course; *)?(?:course\.)?appeal\(\s*(["'])([\w.-]{1,80})\1,\s*"""
    rf"""(\"\"\"|'''|"|')(.{{1,{MOST}}}?)\3\s*\)""",
    re.M | re.S,
)


def write_line(question: str) -> str:
    """Return the line that asks for a second look, as a student copies it."""
    return f'import course; course.appeal("{question}", """{GAP}""")'


def appeal(question: str, why: str) -> None:
    """Ask for a second look at the mark of a question, and say how that travels.

    Args:
        question: its name, such as "votes-06".
        why: what was answered, and why it is right.
    """
    reason = str(why).strip()
    if reason in ("", GAP):
        print("Write between the quotation marks what you answered, and why it is right.")
    elif len(reason) > MOST:
        print(f"Say it in fewer words: at most {MOST:,} characters are read, not {len(reason):,}.")
    else:
        print(
            f"A second look at {question} is asked for. Save this notebook and submit it again. "
            "If you can submit no more, send this to your instructor:\n\n"
            f"{question}: {reason}"
        )


def find_appeals(cells: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the reasons that a notebook's cells of code give, by question; the last one counts."""
    found = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            for _, question, _, why in _CALL.findall("".join(cell["source"])):
                if why.strip() not in ("", GAP):
                    found[question] = why.strip()
    return found
