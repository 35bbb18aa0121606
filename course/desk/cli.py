"""The command `course`: the classroom loop in one word a step."""

import argparse
import contextlib
import gc
import importlib
import io
import logging
import os
import re
import sys
from pathlib import Path

from course.errors import CourseError


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="course",
        description="Release, collect and grade the assignments of this course.",
        epilog="Run it inside the course folder (the one with nbgrader_config.py).",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add_command(name: str, help: str, assignment: str | None = "") -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        if assignment is not None:
            sub.add_argument("assignment", nargs=assignment or None, help="for example: votes")
        return sub

    new = add_command("new", "begin another assignment, with an example of each question", None)
    new.add_argument("assignment", help="its name, for example: prices")
    # Each is a part of course/desk/authoring/template.md.
    new.add_argument(
        "--kinds",
        nargs="+",
        metavar="KIND",
        choices=["number", "choice", "labels", "set", "order", "text", "function", "plot"],
        default=["number", "choice", "labels", "set", "order", "text"],
        help="the questions, in order: number, choice, labels, set, order, text (these are the "
        "default), function, plot; a kind may stand there twice",
    )
    add_command("check", "say what an assignment lacks, and prove its key")
    generate = add_command("generate", "make the student notebooks in release/ from source/", "*")
    release = add_command("release", "make the student version and put it into the exchange")
    for sub in (generate, release):
        sub.add_argument(
            "--unchecked", action="store_true", help="go on even if a model answer loses points"
        )
    release.add_argument("--force", action="store_true", help="replace what was released before")
    collect = add_command("collect", "fetch the students' submissions, or take an LMS's download")
    add = collect.add_argument
    add("--from", dest="source", type=Path, metavar="FILE.zip|FOLDER", help="an LMS's download")
    add("--people", type=Path, metavar="FILE", help="Canvas's gradebook or Moodle's worksheet, CSV")
    add("--as", dest="same", action="append", default=[], metavar="NAME=STUDENT", help="who it is")
    add("--replace", action="store_true", help="replace even if it is not known which is newer")
    add("--check", action="store_true", help="say what would be done, and do nothing")
    grade = add_command("grade", "grade the collected submissions", "?")
    grade.add_argument("--assignment", dest="named", metavar="NAME", help="the same as ASSIGNMENT")
    grade.add_argument("--all", action="store_true", help="all assignments that have submissions")
    grade.add_argument("--student", help="only this student")
    grade.add_argument("--force", action="store_true", help="also what is already graded")
    grade.add_argument("--use", metavar="FILE", help="which of the student's notebooks to grade")
    grade.add_argument("--jobs", type=_count_jobs, help="how many at once (default: cores)")
    grade.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="grade on the workers of this Dask scheduler, e.g. tcp://10.0.0.5:8786",
    )
    grade.add_argument("--json", action="store_true", help="print JSON, one object a line")
    add_command("watch", "collect, grade and give feedback as submissions arrive, until Ctrl-C")
    regrade = add_command(
        "regrade", "after a key changed: show who gains or loses what, then apply it"
    )
    regrade.add_argument("--apply", action="store_true", help="write it without asking")
    regrade.add_argument("--dry-run", action="store_true", help="show it and write nothing")
    regrade.add_argument("--student", help="show only this student, in full; write nothing")
    regrade.add_argument("--jobs", type=_count_jobs, help="how many at once (default: cores)")
    due = add_command("due", "show or set the deadline of an assignment, and who is late", "?")
    due.add_argument("when", nargs="*", help="2026-12-01 18:00, or none")
    extend = add_command("extend", "give one student more time for an assignment")
    extend.add_argument("student", help="the student's id, with or without a submission")
    extend.add_argument("--days", type=float, help="this many days later than the class")
    extend.add_argument("--hours", type=float, help="this many hours later than the class")
    extend.add_argument("--until", nargs="+", metavar="TIME", help="until: 2026-12-03 18:00")
    extend.add_argument("--none", action="store_true", help="remove the extension")
    roster = add_command("roster", "show the students, or import them from a CSV file", None)
    roster.add_argument("action", nargs="?", choices=["import"], help="import FILE into the roster")
    roster.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a CSV file")
    roster.add_argument(
        "--id", dest="by", default="", metavar="COLUMN", help="of the ids; or: email, account"
    )
    roster.add_argument(
        "--as-written", action="store_true", help="take ids that look like dates, such as jan-12"
    )
    roster.add_argument("--dry-run", action="store_true", help="only say what would change")
    key = add_command("key", "build the key of an assignment from readings, and say how sure it is")
    key.add_argument("--check", action="store_true", help="write nothing; 1 if not in step")
    key.add_argument("--add", type=Path, metavar="FILE", help="add this reading to the others")
    key.add_argument("--reader", metavar="NAME", help="whose answers.json FILE is")
    feedback = add_command(
        "feedback", "write the feedback pages and give them back to the students"
    )
    feedback.add_argument(
        "--for",
        dest="kind",
        choices=("moodle", "canvas", "folder"),
        help="also write the ZIP file for this system and its grades, or all pages to send",
    )
    add = feedback.add_argument
    add("--people", type=Path, metavar="FILE", help="the LMS's list (default: that of collect)")
    add("--title", action="append", default=[], metavar="NAME=TITLE", help="its name in the LMS")
    report = add_command(
        "report", "show what the class did, and write it as a page (default: all)", "?"
    )
    report.add_argument("--to", type=Path, default=None, help="the folder (default: report/)")
    add_command("appeals", "list the marks that students ask to look at again, with the keys")
    show = add_command(
        "show", "write one submission as a page, to look at it or to grade it by hand"
    )
    show.add_argument("student", help="the student's id")
    export = add_command("export", "write the grades to a file, for Canvas or Moodle too", None)
    export.add_argument(
        "--for",
        dest="kind",
        choices=("csv", "canvas", "moodle"),
        default="csv",
        help="the system that will read the file",
    )
    add = export.add_argument
    add("--to", type=Path, default=None, help="the file to write (default: grades.csv, canvas.csv)")
    add("--assignment", action="append", default=[], metavar="NAME", help="only this one")
    add("--student", action="append", default=[], metavar="ID", help="only this one")
    add("--questions", action="store_true", help="a column for each question (csv only)")
    add("--zero", action="store_true", help="0 points for students who submitted nothing")
    add("--so-far", action="store_true", help="points so far where hand grades are missing")
    add("--people", type=Path, metavar="FILE", help="Canvas's gradebook or Moodle's worksheet, CSV")
    add("--title", action="append", default=[], metavar="NAME=TITLE", help="its name in the LMS")
    add("--identify", choices=("email", "username", "idnumber"), help="(moodle only)")
    demo = add_command("demo", "run the whole loop on a simulated class, in the folder demo/", None)
    demo.add_argument("--folder", type=Path, default=None, help="where to (default: demo/)")
    demo.add_argument("--jobs", type=_count_jobs, help="how many at once (default: cores)")
    lab = add_command("lab", "open JupyterLab, as the instructor or as a student", None)
    lab.add_argument("--role", help="instructor (the default) or student")
    lab.add_argument("--student", metavar="NAME", help="whose seat, for example student01")
    lab.add_argument("jupyter", nargs="*", help="options for JupyterLab, after --")
    add_command("doctor", "check the setup and say how to fix what is wrong", None)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit code (0 well, 1 something to mend, 2 wrong usage)."""
    # No file may take the number of a standard stream that is closed.
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(spare)
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115 - for as long as we live
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a letter that the terminal has not is a "?"
            stream.reconfigure(errors="replace")
    given = sys.argv[1:] if argv is None else argv
    # "-05:00" is a distance from UTC and no option: a word with a space is none.
    given = [f" {word}" if re.fullmatch(r"-\d\d?:\d\d", word) else word for word in given]
    options = _make_parser().parse_args(given)
    if options.command == "grade" and _say_unchanged(options):
        return 0
    logging.captureWarnings(True)  # libraries talk to their developers; users read our own lines
    logging.getLogger("py.warnings").addHandler(logging.NullHandler())
    try:
        if options.command in EARLY and not getattr(options, "scheduler", None):
            with contextlib.suppress(ModuleNotFoundError):  # the command says what is missing
                _start_early(options)
        gc.disable()  # while all that is imported stays, to look for what does not takes time
        try:
            command = importlib.import_module(f"course.desk.commands.{options.command}")
        finally:
            if argv is None:  # nor afterwards, and at the end of the process
                gc.freeze()
            gc.enable()
        return int(getattr(command, options.command)(options))
    except BrokenPipeError:  # who reads our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(f"\ncourse {options.command}: stopped; what was done so far is kept", file=sys.stderr)
        return 130
    except Exception as error:
        # Takes time, and --help needs it not.
        from course.desk.refused import explain_error
        from course.desk.words import as_text

        said = as_text(str(explain_error(error)), kept="\n")  # its lines begin with words of ours
        print(f"course {options.command}: {said}", file=sys.stderr)
        return 1


def _count_jobs(text: str) -> int:
    """Return how many processes are meant."""
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no number of processes: 1 or more")
    return int(text)


EARLY = ("grade", "regrade")  # they run notebooks


def _say_unchanged(options: argparse.Namespace) -> bool:
    """Say at once that all is graded, where that is known; tell whether it is."""
    from course.desk.commands.context import console
    from course.desk.unchanged import say_unchanged
    from course.grader.coursedir import find_course

    names = {options.assignment, options.named} - {None}
    if len(names) != 1 or any((options.all, options.student, options.force, options.use)):
        return False
    with contextlib.suppress(CourseError):
        return not options.json and say_unchanged(find_course(), names.pop(), console)
    return False


def _start_early(options: argparse.Namespace) -> None:
    """Start the processes that a command needs, which takes as long as the imports that follow."""
    from course.desk.unchanged import has_new_work
    from course.grader.coursedir import find_course
    from course.grader.run.pool import start_early

    with contextlib.suppress(CourseError, OSError):
        root = find_course()
        wanted = options.named or options.assignment or "*" if options.command == "grade" else ""
        if not wanted or options.force or has_new_work(root, wanted):
            start_early(root / "nbgrader.log")


if __name__ == "__main__":
    sys.exit(main())
