"""Keeps what a student did in a widget, in ``answers.json`` beside the notebook.

The file is written whole to a temporary file, flushed to the disk and renamed over the old one, so
that a power cut leaves the old answers or the new ones and never half of either. Reading changes
nothing on the disk.
"""

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from course.wholefile import find_free_path, sync_folder, write_whole

FILE_NAME = "answers.json"
FORMAT = 1
# Longer than any save takes, shorter than a student waits for.
LOCK_SECONDS = 10.0

# What file systems say that offer no locks.
NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.EIO, errno.EPERM, errno.ENOSYS}

JsonValue = Any  # None, bool, int, float, str, or lists and string-keyed dicts of these


class AnswerError(ValueError):
    """A value cannot be an answer; the text says where, what was expected and what was found."""


class UnreadableError(Exception):
    """``answers.json`` cannot be used as it is; the text says why, for the student."""


class _DamagedError(UnreadableError):
    """``answers.json`` is not a file of answers and may be set aside."""


@dataclass(frozen=True)
class SaveResult:
    """What became of an answer.

    ``saved`` is True only once the answer is on the disk. ``message`` is one plain sentence or two
    for the student, such as "saved at 14:03:12". ``entry`` is the answer with its time, as the
    file holds it; None where no answer may leave its place: inside source/ and in nbgrader's runs.
    """

    saved: bool
    message: str
    entry: dict[str, JsonValue] | None = None


class AnswerStore:
    """The answers of one folder, one value a question.

    ``folder`` is where the notebook stands (default: the current working directory). Several
    kernels may keep answers in one folder at once: a save reads, merges and writes under a lock, so
    no question's answer erases another's. Nothing is kept inside an instructor's ``source`` folder
    or while nbgrader runs the notebook.

    ``notice`` says, after `load`, why an answer could not be read; it is empty when all is well.
    ``found`` is, after `load`, the answer with its time, or None.
    """

    def __init__(self, folder: Path | str | None = None) -> None:
        self.notice = ""
        self.found: dict[str, JsonValue] | None = None
        self.folder = Path(os.curdir if folder is None else folder)
        with suppress(OSError):  # a working directory that is gone shows itself on saving
            self.folder = self.folder.resolve()
        self._path = self.folder / FILE_NAME

    @property
    def keeps_nothing(self) -> bool:
        """Whether the folder lies inside an instructor's ``source``."""
        return _is_source(self.folder)

    def load(self, question: str) -> JsonValue | None:
        """Return the answer kept for ``question`` (such as "votes-11"), or None.

        A file that cannot be read gives None; `notice` then says why. The file stays as it is.
        """
        self.notice, self.found = "", None
        if _is_source(self.folder):
            return None
        try:
            entry = self._read_entries().get(question)
        except UnreadableError as error:
            self.notice = str(error)
            if isinstance(error, _DamagedError):
                self.notice += (
                    " Nothing was deleted: with your next answer the file is set aside "
                    "under the name answers.damaged-….json, and a new one is begun."
                )
            return None
        self.found = entry
        return None if entry is None else entry["value"]

    def save(self, question: str, value: JsonValue) -> SaveResult:
        """Keep ``value`` as the answer to ``question``.

        Raises AnswerError if the value is not plain data (numbers, text, true/false, lists and
        dicts of these). What the disk refuses is no error: the result then says that the answer is
        not saved, why, and what to do.
        """
        # Before anything is touched: what is no plain data is the caller's error, not the disk's.
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        entry = {"value": plain_data(value, question), "saved": now}
        if _is_source(self.folder):
            return SaveResult(
                False,
                "Not written to the disk: inside source/ nothing is kept, so that no "
                "answer reaches a release.",
            )
        if os.environ.get("NBGRADER_EXECUTION"):
            return SaveResult(False, "Noted for this run; nbgrader runs keep no file.")
        try:
            with self._hold_lock():
                remark = self._merge_entry(question, entry)
        except UnreadableError as error:
            return SaveResult(False, f"Not saved. {error}", entry)
        except TimeoutError:
            return SaveResult(
                False,
                f"Not saved: another notebook has held {self._path} for {LOCK_SECONDS:.0f} "
                "seconds. Close the other tabs of this notebook, then answer again.",
                entry,
            )
        except OSError as error:
            return SaveResult(False, self._explain_refusal(error), entry)
        return SaveResult(True, f"saved at {datetime.now():%H:%M:%S}{remark}", entry)

    def _merge_entry(self, question: str, entry: dict[str, JsonValue]) -> str:
        """Put one entry into the file and return a remark for the student, mostly empty."""
        remark = ""
        try:
            answers = self._read_entries()
        except _DamagedError as error:
            answers = {}
            remark = f". {error} It is kept as {self._set_aside().name}."
        answers[question] = entry
        self._write_file({"format": FORMAT, "answers": answers})
        return remark

    def _read_entries(self) -> dict[str, dict[str, JsonValue]]:
        """Return all entries by question; raise UnreadableError if the file is not ours to use."""
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise UnreadableError(
                f"{self._path} cannot be read ({error.strerror}). Ask whoever looks after this "
                "computer for the right to read it, then run the cell again."
            ) from error
        try:
            content = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise _DamagedError(f"{self._path} is damaged: it is not JSON ({error}).") from error
        return check_entries(content, self._path)

    def _set_aside(self) -> Path:
        """Rename the damaged file to a name that is not in use and return it."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        # Two damaged files in one second must not overwrite each other.
        aside = find_free_path(self.folder / f"answers.damaged-{stamp}.json")
        self._path.rename(aside)
        return aside

    def _write_file(self, content: dict[str, JsonValue]) -> None:
        """Replace the file; the old one stays whole until the new one is on the disk."""
        # Under the lock, so that none of them is being written.
        for leftover in self.folder.glob(f".{FILE_NAME}.*.tmp"):  # of a writer that was cut off
            leftover.unlink(missing_ok=True)
        write_whole(self._path, json.dumps(content, indent=2, allow_nan=False) + "\n")
        # The name is on the disk only once the folder is.
        sync_folder(self.folder)

    @contextmanager
    def _hold_lock(self) -> Iterator[None]:
        """Hold the folder's lock; the operating system frees it when a process dies."""
        if not self.folder.is_dir():  # the lock would make the folder anew, away from the notebook
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if sys.platform == "emscripten":  # a browser's Python: one kernel, and no lock of a file
            yield
            return
        # Imported here: a browser's Python has it not. On Python 3.12 it refuses forks in a process
        # that has the pid of the one it was first imported in, as all have that grading forks, each
        # the first of a pid namespace.
        from filelock import FileLock

        lock = FileLock(self.folder / f".{FILE_NAME}.lock", timeout=LOCK_SECONDS)
        try:
            lock.acquire()
        except NotImplementedError:  # a file system without locks: better kept than refused
            yield
            return
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            yield
            return
        try:
            yield
        finally:
            lock.release()

    def _explain_refusal(self, error: OSError) -> str:
        """Say what the disk refused and what to do about it."""
        advice = {
            errno.ENOENT: "The folder is gone: was it moved or deleted? Open the notebook "
            "from its new place and run the cell again.",
            errno.ENOSPC: "The disk is full: make room, then answer again.",
            errno.EDQUOT: "Your space on the disk is full: make room, then answer again.",
        }.get(
            error.errno or 0,
            "Copy the notebook to a folder where you may write, open it there, and run it again.",
        )
        reason = error.strerror or str(error)
        return f"Not saved: {self.folder} cannot be written to ({reason}). {advice}"


def check_entries(content: JsonValue, path: str | Path) -> dict[str, dict[str, JsonValue]]:
    """Return the entries of a parsed file, by question; raise UnreadableError for another file."""
    version = content.get("format") if isinstance(content, dict) else None
    # Not damaged: a file of tomorrow must survive a kernel of today.
    if type(version) is int and version > FORMAT:
        raise UnreadableError(
            f"{path} was written by a later version of the course package "
            f"(format {version}; this version knows format {FORMAT}). It was left untouched. "
            "Install the newer package (pip install --upgrade backyard-course), restart the "
            "kernel and run the cell again."
        )
    answers = content.get("answers") if isinstance(content, dict) else None
    if version != FORMAT or not isinstance(answers, dict):
        raise _DamagedError(
            f'{path} is damaged: expected {{"format": {FORMAT}, "answers": {{…}}}}, '
            "found something else."
        )
    for question, entry in answers.items():
        if not isinstance(entry, dict) or "value" not in entry:
            raise _DamagedError(f"{path} is damaged: the entry {question!r} has no value.")
    return {question: entry for question, entry in answers.items() if _is_json(entry)}


def plain_data(value: object, where: str) -> JsonValue:
    """Return ``value`` as data that a JSON file gives back unchanged.

    numpy numbers become Python numbers and tuples become lists. ``where`` names the question in
    errors. Raises AnswerError for anything else, for NaN and infinity, and for dict keys that are
    not text.
    """
    try:
        plain = _make_plain(value, where)
        json.dumps(plain, allow_nan=False)
    except RecursionError:
        raise AnswerError(
            f"{where}: expected plain data, found lists or dicts nested without end."
        ) from None
    except ValueError as error:
        if isinstance(error, AnswerError):
            raise
        raise AnswerError(
            f"{where}: expected ordinary numbers, found NaN or infinity. Give a number."
        ) from None
    return plain


def _make_plain(value: object, where: str) -> JsonValue:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Integral):
        return int(value)
    # A Fraction is a Real as well, and would lose digits as a float.
    if isinstance(value, Real) and not hasattr(value, "numerator"):
        return float(value)
    if isinstance(value, list | tuple):
        return [_make_plain(item, f"{where}[{place}]") for place, item in enumerate(value)]
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise AnswerError(
                    f"{where}: expected names in quotes, found the name {key!r} "
                    f"({type(key).__name__}). Put it in quotes."
                )
        return {str(key): _make_plain(item, f"{where}[{key!r}]") for key, item in value.items()}
    raise AnswerError(
        f"{where}: expected plain data (numbers, text, True/False, lists or dicts of these), "
        f"found {type(value).__module__}.{type(value).__qualname__}."
    )


def _is_json(entry: JsonValue) -> bool:
    """Tell whether an entry can be written as JSON, which knows no NaN and no infinity."""
    try:
        json.dumps(entry, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return True


def _is_source(folder: Path) -> bool:
    """Say whether a folder lies inside the instructor's ``source`` of an nbgrader course."""
    return any(
        place.name == "source" and (place.parent / "nbgrader_config.py").exists()
        for place in (folder, *folder.parents)
    )
