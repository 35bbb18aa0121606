"""Says whose time of handing in nobody knows, once for all of them, and how to enter it."""

from collections.abc import Sequence

from course.desk.words import write_count


def say_unknown_times(
    assignment: str, unknown: Sequence[str], marked: Sequence[str], submissions: int
) -> list[str]:
    """Return what to say, a sentence a line; nothing where all is known.

    Args:
        assignment: its name.
        unknown: the students whose time of handing in is not known, where that matters.
        marked: those of them whom Canvas calls late, which gives no time.
        submissions: how many there are in all; where none has a time, nobody is named.
    """
    said = []
    if marked:
        said += [f"Canvas calls {', '.join(marked)} late and gives no time, so it is not entered."]
    if unknown:
        who = "" if len(unknown) == submissions else f": {', '.join(unknown)}"
        amount = write_count(len(unknown), "submission")
        said += [f"When {amount} came in is not known, so nothing is taken off for lateness{who}."]
    if said:
        said += [
            f"To enter a time, write it into submitted/STUDENT/{assignment}/timestamp.txt "
            f"(2026-05-12 18:00 -05:00), then: course grade {assignment}"
        ]
    if marked:
        said[-1] += ". Or let Canvas take the points off (Gradebook → Settings → Late Policies)."
    return said
