"""Checks what a course needs on this machine, and says how to mend what is missing."""

import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from course.desk.commands.context import console
from course.errors import CourseError
from course.grader.coursedir import Course, find_course

PYTHONS = ((3, 11), (3, 14))


@dataclass(frozen=True)
class Finding:
    """One thing that was checked."""

    name: str  # what was checked
    found: str  # what is there
    mend: str | None = None  # what to do, or None when all is well


def doctor(options: Namespace) -> int:
    """Print all findings; return 0 when nothing has to be mended, else 1."""
    bad = 0
    for finding in list_findings():
        if finding.mend is None:
            console.print(f"ok    {finding.name}: {finding.found}")
        else:
            bad += 1
            console.print(f"FIX   {finding.name}: {finding.found}")
            console.say(f"      → {finding.mend}")
    console.print("All is well." if not bad else f"{bad} to fix.")
    return 1 if bad else 0


def list_findings() -> Iterator[Finding]:
    """Yield one finding a check, in the order in which they should be mended."""
    # In this order: what is named first often mends what comes after.
    yield python_finding(sys.version_info[:2])
    yield from _check_packages()
    yield _check_tables()
    beside = Path(sys.executable).parent / "alembic"  # with which nbgrader makes a gradebook
    there, wrong = shutil.which("alembic") or beside.exists(), "not found beside Python nor on PATH"
    yield _judge("alembic", there, "found", wrong, "run: make setup")
    yield _check_kernel()
    menu = Path(sys.prefix) / "share/jupyter/labextensions/@jupyter/nbgrader"
    made = menu.is_dir(), "installed", f"nothing in {menu}", "run: make setup"
    yield _judge("nbgrader in JupyterLab", *made)
    yield _check_sandbox()
    try:
        course = Course(find_course())
    except CourseError as error:
        yield Finding("course folder", error.found, error.todo)
        return
    yield Finding("course folder", str(course.root))
    yield _check_exchange(course)
    for name in ("release", "submitted", "autograded", "feedback"):
        folder = course.root / name
        yield _check_writable(f"folder {name}/", folder if folder.exists() else course.root)
    yield _check_gradebook(course)


def _judge(name: str, good: object, found: str, wrong: str, mend: str) -> Finding:
    """Return what was found where that is good; else what is wrong, and what to do."""
    return Finding(name, found) if good else Finding(name, wrong, mend)


def python_finding(version: tuple[int, int]) -> Finding:
    """Check the version of Python, e.g. (3, 12)."""
    found = f"{version[0]}.{version[1]}"
    oldest, newest = (".".join(map(str, v)) for v in PYTHONS)
    mend = f"install Python {oldest} to {newest}, then: make setup PYTHON=python3.12"
    return _judge("Python", PYTHONS[0] <= version <= PYTHONS[1], found, found, mend)


def _check_packages() -> Iterator[Finding]:
    """Check the packages that the course declares, against their oldest allowed versions."""
    from packaging.requirements import Requirement

    try:
        declared = metadata.requires("backyard-course") or []
    except metadata.PackageNotFoundError:
        yield Finding("package backyard-course", "not installed", "run: make setup")
        return
    for line in declared:
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": "instructor"}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield Finding(requirement.name, "not installed", "run: make setup")
            continue
        yield _judge(
            requirement.name,
            requirement.specifier.contains(version, prereleases=True),
            version,
            f"{version}, but {requirement.specifier} is needed",
            "remove the folder .venv and run: make setup",
        )


def _check_tables() -> Finding:
    """Check that the data tables are there and whole."""
    from course import data

    try:
        for table in data.TABLES:
            getattr(data, table)()
    except data.DataError as error:
        return Finding(
            "data tables", str(error), "restore data/ from the project, e.g. git checkout data"
        )
    return Finding("data tables", f"complete in {data.data_folder()}")


def _check_kernel() -> Finding:
    """Check that the kernel of the notebooks is the one of this environment."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding("kernel python3", "none", "run: python -m ipykernel install --sys-prefix")
    command = spec.argv[0]
    resolved = shutil.which(command) or command
    return _judge(
        "kernel python3",
        command == "python" or Path(resolved).resolve() == Path(sys.executable).resolve(),
        spec.resource_dir,
        f"it starts {command}, another Python than this one ({sys.executable})",
        f"remove {spec.resource_dir}, or run: python -m ipykernel install --sys-prefix",
    )


def _check_sandbox() -> Finding:
    """Check that students' code can be kept from everything else while it is graded."""
    from course.grader.sandbox import list_remedies, list_unprotected, probe_means

    means = probe_means()
    missing = list_unprotected(means)
    return _judge(
        "sandbox",
        not missing,
        f"{means.rung}: students' code reaches nothing but Python and its own files",
        f"{means.rung} only. Not protected: {' '.join(missing)}",
        " ".join(list_remedies(means)) or "grade on a Linux machine where namespaces are allowed",
    )


def _check_exchange(course: Course) -> Finding:
    """Check that assignments can travel."""
    folder = course.exchange
    if not folder.is_dir():
        return Finding(
            "exchange",
            f"{folder} does not exist",
            f"run: mkdir -p {folder} && chmod a+rwx {folder}; or unset BACKYARD_EXCHANGE",
        )
    return _check_writable("exchange", folder)


def _check_writable(name: str, folder: Path) -> Finding:
    wrong = f"you may not write to {folder}"
    good = os.access(folder, os.W_OK | os.X_OK)
    return _judge(name, good, str(folder), wrong, f"run: chmod u+rwx {folder}")


def _check_gradebook(course: Course) -> Finding:
    """Check that the gradebook opens."""
    try:
        course.gradebook().close()
    except Exception as error:
        return Finding(
            "gradebook",
            f"{type(error).__name__}: {error}".splitlines()[0],
            "keep a copy of gradebook.db, then run: nbgrader db upgrade",
        )
    return Finding("gradebook", str(course.config.CourseDirectory.db_url))
