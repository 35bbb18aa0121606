"""A throw-away course with secrets and canaries round it, and the corpus handed in to it."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat

from course.desk import steps
from course.desk.simulated.students import clean_solution
from course.grader.coursedir import Course
from tests.hostile_tools.cases import ExtraCell, HostileCase
from tests.hostile_tools.listeners import Listeners
from tests.hostile_tools.pieces import piece
from tests.hostile_tools.prepare import prepare
from tests.hostile_tools.victim import Victim
from tests.notebooks import ROOT, grade_id
from tests.sandbox.warm import NOBODY

__all__ = ["ASSIGNMENT", "HONEST_RIGHT", "HONEST_WRONG", "KINDS", "World", "tree_digest"]

ASSIGNMENT = "trial"
HONEST_RIGHT = "yana-honest"
HONEST_WRONG = "zoe-honest"
# What nobody may read: keys, environment, home folder, gradebook, a neighbour's work.
KINDS = ("key", "env", "home", "gradebook", "neighbour")

_PROJECT_SETTINGS = """

# --- only for this run: what does not end is stopped early ---
c.Execute.timeout = {seconds}
c.Sandbox.cell_seconds = {seconds}
c.Sandbox.total_seconds = 45
"""
_STOCK_SETTINGS = """
from pathlib import Path

from course.desk.points import WritePoints

c = get_config()
here = Path(__file__).resolve().parent
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = "hostile"
c.CourseDirectory.db_url = f"sqlite:///{here / 'gradebook.db'}"
c.Exchange.root = str(here / "exchange")
c.Exchange.cache = str(here / "exchange" / ".cache")
Path(c.Exchange.root).mkdir(exist_ok=True)
c.Execute.timeout = {seconds}
c.GenerateAssignment.preprocessors.prepend([WritePoints])
"""


class World:
    """A course, what stands round it, and what was handed in.

    Args:
        settings: "project" for this project's nbgrader_config.py, "stock" for nbgrader's defaults.
        cell_seconds: how long a cell may take.
        flood_mb: how much the cases that print without end print, in megabytes.
        account: who will grade: "" for whoever runs this, "user" for an ordinary user.

    Attributes:
        base: the folder of everything, to be removed with `close`.
        course: the course folder.
        home: the home folder of whoever grades.
        secrets: by kind (KINDS) a text that stands in one place only.
    """

    def __init__(
        self, settings: str, *, cell_seconds: int, flood_mb: int, account: str = ""
    ) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="hx-")).resolve()
        self.base.chmod(0o755)
        self.course = self.base / "course"
        self.home = self.base / "home"
        self.flood_mb = flood_mb
        self.secrets = {kind: f"zuvrelith-{kind}-{secrets.token_hex(8)}" for kind in KINDS}
        self._listeners: dict[str, Listeners] = {}
        self._owner = NOBODY if account == "user" and os.geteuid() == 0 else None
        self._victims: dict[str, Victim] = {}
        self._build(settings, cell_seconds)

    # --- before the run ---------------------------------------------------------------------

    def _build(self, settings: str, cell_seconds: int) -> None:
        """Make the course, the honest students and the secrets."""
        self.course.mkdir()
        text = _STOCK_SETTINGS
        if settings == "project":
            text = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8") + _PROJECT_SETTINGS
        text = text.replace("{seconds}", str(cell_seconds))
        (self.course / "nbgrader_config.py").write_text(text, encoding="utf-8")
        shutil.copytree(ROOT / "tests/hostile_course/source", self.course / "source")
        notebook = self.course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        text = notebook.read_text(encoding="utf-8")
        notebook.write_text(text.replace("zuvrelith-key-0", self.secrets["key"]), "utf-8")
        self._make_home()
        course = Course(self.course)
        steps.generate_assignment(course, ASSIGNMENT)
        with course.gradebook() as gradebook:
            gradebook.add_student("xeno-absent", first_name=self.secrets["gradebook"])
        source = nbformat.read(notebook, as_version=4)
        self._solutions = {
            grade_id(cell).removesuffix("-answer"): clean_solution(cell.source)
            for cell in source.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }
        self._hand_in(HONEST_RIGHT, self._notebook("solution", {"trial-09": self._own_words()}))
        self._hand_in(HONEST_WRONG, self._notebook("release", {"trial-01": "bicycles = 46"}))
        honest = tuple(f"submitted/{name}" for name in (HONEST_RIGHT, HONEST_WRONG))
        self._shared = ("source", "release", "nbgrader_config.py", *honest)
        self._digests = {watched: tree_digest(self.course / watched) for watched in self._shared}

    def _own_words(self) -> str:
        """Return what the honest student wrote, to be seen by nobody else."""
        return f"Bicycles, by colour. ({self.secrets['neighbour']})"

    def _make_home(self) -> None:
        """Make a home folder with a secret in it, and with the caches that save time."""
        import matplotlib as mpl

        (self.home / ".ssh").mkdir(parents=True)
        (self.home / ".ssh" / "id_test").write_text(self.secrets["home"] + "\n", "utf-8")
        (self.home / "notes.txt").write_text(self.secrets["home"] + "\n", "utf-8")
        self.home.chmod(0o700)
        cache = Path(mpl.get_cachedir())
        if cache.is_dir():
            shutil.copytree(cache, self.home / ".cache" / "matplotlib", dirs_exist_ok=True)

    def add(self, case: HostileCase) -> None:
        """Hand a case in, with canaries of its own."""
        for place in ("canaries", "loot"):
            folder = self.base / place / case.name
            (folder / "deep").mkdir(parents=True)
            folder.chmod(0o777)
        canary = self.base / "canaries" / case.name
        for file in (canary / "keep.txt", canary / "deep" / "more.txt"):
            file.write_text("to be kept\n", encoding="utf-8")
            file.chmod(0o666)
        (canary / "deep").chmod(0o777)
        self._digests[case.name] = tree_digest(canary)
        names = self._names(case)
        pieces = [ExtraCell("first", piece(name)) for name in reversed(case.uses)]
        notebook = self._notebook(case.start, case.cells, [*case.extra, *pieces], case.tags)
        for cell in notebook.cells:
            for name, value in names.items():
                cell.source = cell.source.replace(f"<<{name}>>", value)
        folder = self._hand_in(case.student, notebook)
        prepare(case, folder, names)

    def _names(self, case: HostileCase) -> dict[str, str]:
        """Return what the texts of a case can name as <<name>>."""
        names = {
            "canary": str(self.base / "canaries" / case.name),
            "loot": str(self.base / "loot" / case.name),
            "course": str(self.course),
            "home": str(self.home),
            "token": case.token,
            "student": case.student,
            "neighbour": HONEST_RIGHT,
            "flood_mb": str(self.flood_mb),
        }
        wanted = "".join(case.cells.values()) + "".join(cell.source for cell in case.extra)
        if any(f"<<{kind}>>" in wanted for kind in ("tcp", "udp", "unix", "abstract")):
            self._listeners[case.name] = Listeners(self.base, case.name)
            names |= self._listeners[case.name].addresses
        if "<<victim>>" in wanted:
            self._victims[case.name] = Victim(self._owner)
            names["victim"] = str(self._victims[case.name].pid)
        return names

    def _notebook(
        self,
        start: str,
        cells: Any,
        extra: Iterable[ExtraCell] = (),
        tags: Any = None,
    ) -> Any:
        """Return a filled-in copy of the released notebook."""
        path = self.course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            question = grade_id(cell).removesuffix("-answer")
            if grade_id(cell) in (tags or {}):
                cell.metadata["tags"] = list(tags[grade_id(cell)])
            if not cell.metadata.get("nbgrader", {}).get("solution"):
                continue
            if question in cells:
                cell.source = cells[question].strip("\n")
            elif start == "solution":
                cell.source = self._solutions[question]
        for one in extra:
            _insert(notebook, one)
        return notebook

    def _hand_in(self, student: str, notebook: Any) -> Path:
        """Write a submission; return its folder."""
        folder = self.course / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / "timestamp.txt").write_text("2026-03-02 10:00:00.000000 UTC", "utf-8")
        (folder / f"{ASSIGNMENT}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        return folder

    def environment(self) -> dict[str, str]:
        """Return the environment of whoever grades."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("BACKYARD_", "PYTEST_"))}
        tools = str(Path(sys.executable).parent)
        return {
            **kept,
            "PATH": os.pathsep.join([tools, os.environ.get("PATH", "")]),
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.home),
            "HOSTILE_TEST_TOKEN": self.secrets["env"],
        }

    def hand_over(self) -> None:
        """Give everything to the account that will grade."""
        if self._owner is None:
            return
        for top, folders, files in os.walk(self.base):
            for name in (".", *folders, *files):
                os.chown(Path(top) / name, self._owner, self._owner, follow_symlinks=False)
        for watched in self._digests:
            canary = self.base / "canaries" / watched
            shared = watched in self._shared
            self._digests[watched] = tree_digest(self.course / watched if shared else canary)

    # --- after the run ----------------------------------------------------------------------

    def changed(self) -> list[str]:
        """Return what was changed of the things that all share."""
        return [
            f"{watched} was changed"
            for watched, digest in self._digests.items()
            if watched in self._shared and tree_digest(self.course / watched) != digest
        ]

    def harmed(self, case: HostileCase) -> list[str]:
        """Return what a case did to its own canaries and left in the home folder."""
        found = []
        if tree_digest(self.base / "canaries" / case.name) != self._digests[case.name]:
            found.append("its canary files were changed")
        if case.name in self._victims and self._victims[case.name].harmed():
            found.append("its canary process was ended or changed")
        return found + [f"left behind: {path}" for path in self._left(case)]

    def _left(self, case: HostileCase) -> list[Path]:
        """Return the files named after a case in the home folder and in those that all share."""
        shared = [p for place in ("/tmp", "/dev/shm") for p in Path(place).glob(f"*{case.token}*")]
        return [*self.home.rglob(f"*{case.token}*"), *shared]

    def contacts(self, case: HostileCase) -> list[str]:
        """Return who reached the listeners of a case."""
        listeners = self._listeners.get(case.name)
        return list(listeners.contacts) if listeners else []

    def loot(self, case: HostileCase) -> Path:
        """Return the folder outside the course into which a case would carry what it reads."""
        return self.base / "loot" / case.name

    def close(self) -> None:
        """Stop listeners and canary processes and remove the folder."""
        for listeners in self._listeners.values():
            listeners.close()
        for victim in self._victims.values():
            victim.close()
        for folder, _, _ in os.walk(self.base):
            os.chmod(folder, 0o755)
        shutil.rmtree(self.base, ignore_errors=True)


def tree_digest(path: Path) -> str:
    """Return a digest of a file or a folder: names, kinds, rights, owners and contents."""
    try:
        status = path.lstat()
    except OSError:
        return "missing"
    head = f"{status.st_mode} {status.st_uid} "
    if path.is_symlink():
        return head + os.readlink(path)
    if path.is_file():
        return head + hashlib.sha256(path.read_bytes()).hexdigest()
    if not path.is_dir():
        return head
    inner = [f"{entry.name}: {tree_digest(entry)}" for entry in sorted(path.iterdir())]
    return head + hashlib.sha256("\n".join(inner).encode("utf-8", "surrogateescape")).hexdigest()


def _insert(notebook: Any, extra: ExtraCell) -> None:
    """Put a cell into a notebook."""
    make: Any = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }[extra.type]
    cell = make(extra.source.strip("\n"), metadata=dict(extra.metadata))
    side, _, anchor = extra.place.partition(" ")
    if side in ("first", "last"):
        notebook.cells.insert(0 if side == "first" else len(notebook.cells), cell)
        return
    (place,) = [i for i, c in enumerate(notebook.cells) if grade_id(c) == anchor]
    notebook.cells.insert(place + (side == "after"), cell)
