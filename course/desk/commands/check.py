"""The command `course check`."""

from argparse import Namespace

from course.desk.authoring.proof import prove_assignment
from course.desk.commands.context import console, open_course


def check(options: Namespace) -> int:
    """Say what an assignment lacks, and prove its key; 0 where nothing is to mend."""
    proof = prove_assignment(open_course(), options.assignment)
    for title, lines in (
        ("The key holds:", proof.held),
        ("To fix:", proof.faults),
        ("Still missing:", proof.missing),
    ):
        if lines:
            console.print(title)
            console.say(*(f"  {line}" for line in lines))
    again = f"fix it, save, and run this again: course check {options.assignment}"
    console.print(again if proof.faults else f"Next: course release {options.assignment}")
    return 1 if proof.faults else 0
