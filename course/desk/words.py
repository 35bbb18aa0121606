"""Numbers, times, lists and others' words, as tables, pages and exports write them.

Needs no package, so that errors can be told.
"""

from collections.abc import Iterable, Sequence


def write_number(value: float | None, empty: str = "–") -> str:
    """Write points without needless zeros: 12, 7.5, 3.67; `empty` for None."""
    if value is None:
        return empty
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def write_percent(share: float | None) -> str:
    """Write a share (0 to 1) in whole percent; a dash for None."""
    return "–" if share is None else f"{100 * share:.0f} %"


def write_signed(value: float | None) -> str:
    """Write a coefficient from -1 to 1 with two decimals and a true minus; a dash for None."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def write_count(amount: int, one: str, many: str = "") -> str:
    """Write an amount with its noun: "1 student", "3 students"."""
    return f"{amount} {one if amount == 1 else many or one + 's'}"


def write_list(items: Sequence[str], most: int = 12) -> str:
    """Write items as a list in words: "a, b and c"; "a, b and 4 more" beyond `most`."""
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most} more"
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def first_few(lines: Iterable[str], most: int = 20) -> list[str]:
    """Return lines, each once; of very many the first, and how many more there are."""
    every = list(dict.fromkeys(lines))
    return every if len(every) <= most else [*every[:most], f"and {len(every) - most} more lines"]


def write_duration(seconds: float) -> str:
    """Write a length of time in its two largest units: "2 days 3 hours", "5 minutes"."""
    minutes = int(seconds // 60)
    amounts = (minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")
    parts = [write_count(amount, unit) for amount, unit in amounts if amount]
    return " ".join(parts[:2]) or "less than a minute"


def as_text(words: str, kept: str = "") -> str:
    """Return words without what steers a terminal or hides in it, line ends among it.

    Args:
        words: anybody's.
        kept: characters that stay all the same.
    """
    # Nearly always, and much quicker than looking at each character.
    if words.isprintable():
        return words
    return "".join(c if c.isprintable() or c in kept else "\ufffd" for c in words)
