"""Looks for secrets of the test's world, so that a case can print those that it came upon."""

import re


def told(*texts: object) -> None:
    """Print the secrets that some texts hold."""
    for text in texts:
        found = sorted(set(re.findall(r"zuv[r]elith-\w+-\w+", str(text))))
        if found:
            print(found)
