"""Answers outlive power cuts, damaged files, other tabs and other versions."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import filelock
import numpy as np
import pytest

from course.answers.carried import read_entries
from course.answers.store import AnswerError, AnswerStore

REPOSITORY = Path(__file__).resolve().parents[1]
NOBODY = 65534


@pytest.fixture(autouse=True)
def _no_grading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


def content(folder: Path) -> dict[str, object]:
    """Return the values on the disk by question."""
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))["answers"]
    return {question: entry["value"] for question, entry in answers.items()}


def in_a_process(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, as another kernel would."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# --- keeping and finding -----------------------------------------------------------------------


def test_an_answer_is_found_by_the_next_session(tmp_path: Path) -> None:
    """What one store saves, another one of the same folder loads."""
    result = AnswerStore(tmp_path).save("votes-11", {"report": 3})
    assert result.saved
    assert result.message.startswith("saved at ")
    assert AnswerStore(tmp_path).load("votes-11") == {"report": 3}


def test_a_question_without_an_answer_gives_none(tmp_path: Path) -> None:
    """Loading neither fails nor makes a file."""
    store = AnswerStore(tmp_path)
    assert store.load("votes-11") is None
    assert store.notice == ""
    assert list(tmp_path.iterdir()) == []


def test_a_mark_at_the_start_damages_no_file(tmp_path: Path) -> None:
    """Windows' editor writes one; panels and grading read the answers all the same."""
    AnswerStore(tmp_path).save("votes-11", {"report": 3})
    path = tmp_path / "answers.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert AnswerStore(tmp_path).load("votes-11") == {"report": 3}
    assert (read_entries(path.read_bytes()) or {})["votes-11"]["value"] == {"report": 3}


def test_the_working_directory_is_the_default_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook's kernel runs in the notebook's folder, so nothing has to be named."""
    monkeypatch.chdir(tmp_path)
    AnswerStore().save("votes-11", 1)
    assert content(tmp_path) == {"votes-11": 1}


def test_the_store_stays_with_its_folder_when_the_student_changes_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`os.chdir` in a student's cell does not scatter answers."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    store = AnswerStore()
    monkeypatch.chdir(tmp_path / "elsewhere")
    store.save("votes-11", 1)
    assert content(tmp_path) == {"votes-11": 1}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"fewest": np.int64(5), "most": np.float64(2.5)}, {"fewest": 5, "most": 2.5}),
        ((1, 2, (3,)), [1, 2, [3]]),
        ("señal ‘x’ \ud800", "señal ‘x’ \ud800"),
        ([None, True, 10**30], [None, True, 10**30]),
        ({}, {}),
    ],
)
def test_plain_data_comes_back_unchanged(tmp_path: Path, value: object, kept: object) -> None:
    """numpy numbers and tuples are kept as numbers and lists, and any text survives."""
    assert AnswerStore(tmp_path).save("votes-11", value).saved
    assert AnswerStore(tmp_path).load("votes-11") == kept


def endless() -> list[object]:
    """Return a list that holds itself."""
    loop: list[object] = []
    loop.append(loop)
    return loop


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"report": {1, 2}}, r"votes-11\['report'\]: expected plain data .*found builtins.set"),
        ([Fraction(1, 2)], r"votes-11\[0\]: expected plain data .*found fractions.Fraction"),
        ({"report": float("nan")}, "found NaN or infinity"),
        ({3: "report"}, r"found the name 3 \(int\)\. Put it in quotes"),
        (endless(), "nested without end"),
    ],
)
def test_what_is_not_plain_data_is_an_error_that_says_where(
    tmp_path: Path, value: object, found: str
) -> None:
    """The error names question, place and kind, and the file is not touched."""
    with pytest.raises(AnswerError, match=found):
        AnswerStore(tmp_path).save("votes-11", value)
    assert list(tmp_path.iterdir()) == []


# --- power cut ---------------------------------------------------------------------------------

CUT_OFF = """
    import os, signal, sys
    from course.answers.store import AnswerStore
    os.replace = lambda *names: os.kill(os.getpid(), signal.SIGKILL)
    AnswerStore(sys.argv[1]).save("votes-11", {"report": 2})
"""


def test_a_power_cut_before_the_rename_leaves_the_old_answers_whole(tmp_path: Path) -> None:
    """Killed when the new file is written and not yet renamed: the old answers stay."""
    store = AnswerStore(tmp_path)
    store.save("votes-11", {"report": 1})
    before = (tmp_path / "answers.json").read_bytes()
    process = in_a_process(CUT_OFF, tmp_path)
    assert process.returncode == -signal.SIGKILL
    assert list(tmp_path.glob(".answers.json.*.tmp")), "the process was killed too early"
    assert (tmp_path / "answers.json").read_bytes() == before
    assert store.load("votes-11") == {"report": 1}
    assert store.save("votes-12", {"fewest": 1}).saved
    assert content(tmp_path) == {"votes-11": {"report": 1}, "votes-12": {"fewest": 1}}
    assert list(tmp_path.glob(".answers.json.*.tmp")) == [], "what was cut off is cleared away"


def test_saved_is_said_only_after_the_disk_has_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is flushed to the disk, then renamed, then the folder is flushed."""
    steps: list[str] = []
    sync, replace = os.fsync, os.replace

    def noted_sync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def noted_replace(source: Path, target: Path) -> None:
        steps.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_replace)
    AnswerStore(tmp_path).save("votes-11", 1)
    assert steps == ["file", "rename", "folder"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_is_not_called_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk at any step: no "saved", the reason, the old answer whole, no debris."""
    store = AnswerStore(tmp_path)
    store.save("votes-11", 1)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, step, full)
        result = store.save("votes-11", 2)
    assert not result.saved
    assert "Not saved" in result.message
    assert "The disk is full: make room" in result.message
    assert store.load("votes-11") == 1
    assert list(tmp_path.glob("*.tmp")) + list(tmp_path.glob(".*.tmp")) == []


# --- damaged and foreign files -----------------------------------------------------------------

DAMAGED = {
    "half a file": b'{"format": 1, "answers": {"votes-1',
    "empty": b"",
    "zeros": b"\0" * 512,
    "not UTF-8": b'{"format": 1, "answers": {"votes-11": {"value": "\xff"}}}',
    "a list": b"[]",
    "no format": b'{"answers": {}}',
    "format is text": b'{"format": "2", "answers": {}}',
    "answers are a list": b'{"format": 1, "answers": []}',
    "an entry without value": b'{"format": 1, "answers": {"votes-11": {"saved": ""}}}',
    "nested too deeply": b"[" * 200_000,
}


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_set_aside_and_never_overwritten(tmp_path: Path, raw: bytes) -> None:
    """Loading says so and changes nothing; saving keeps the damaged file under another name."""
    (tmp_path / "answers.json").write_bytes(raw)
    store = AnswerStore(tmp_path)
    assert store.load("votes-11") is None
    assert "is damaged" in store.notice
    assert "Nothing was deleted" in store.notice
    assert (tmp_path / "answers.json").read_bytes() == raw
    result = store.save("votes-12", 7)
    (aside,) = tmp_path.glob("answers.damaged-*.json")
    assert result.saved
    assert aside.name in result.message
    assert aside.read_bytes() == raw
    assert content(tmp_path) == {"votes-12": 7}


def test_two_damages_keep_two_files(tmp_path: Path) -> None:
    """A second damage, even within the same second, does not replace what was set aside before."""
    store = AnswerStore(tmp_path)
    for raw in (b"one", b"two", b"three"):
        (tmp_path / "answers.json").write_bytes(raw)
        assert store.save("votes-11", 1).saved
    kept = {file.read_bytes() for file in tmp_path.glob("answers.damaged-*.json")}
    assert kept == {b"one", b"two", b"three"}


def test_a_file_of_a_later_version_is_left_untouched(tmp_path: Path) -> None:
    """Neither read nor written; the message names both formats and what to install."""
    raw = b'{"format": 2, "entries": []}'
    (tmp_path / "answers.json").write_bytes(raw)
    store = AnswerStore(tmp_path)
    assert store.load("votes-11") is None
    result = store.save("votes-11", 1)
    assert not result.saved
    for message in (store.notice, result.message):
        assert "format 2; this version knows format 1" in message
        assert "pip install --upgrade backyard-course" in message
    assert (tmp_path / "answers.json").read_bytes() == raw
    assert list(tmp_path.glob("answers.damaged-*")) == []


def test_a_folder_in_the_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    """An `answers.json` that is a folder gives a reason, no crash."""
    (tmp_path / "answers.json").mkdir()
    store = AnswerStore(tmp_path)
    assert store.load("votes-11") is None
    assert "cannot be read" in store.notice
    assert not store.save("votes-11", 1).saved
    assert (tmp_path / "answers.json").is_dir()


# --- folders that cannot be written to ---------------------------------------------------------

AS_NOBODY = """
    import encodings.utf_8_sig, filelock, os, sys  # while they may still be read
    from course.answers.store import AnswerStore
    if os.geteuid() == 0:  # root may write anywhere, so it becomes somebody who may not
        os.setgid({nobody}); os.setuid({nobody})
    store = AnswerStore(sys.argv[1])
    print(store.load("votes-11"))
    result = store.save("votes-11", {{"report": 2}})
    print(result.saved, result.message)
"""


@pytest.mark.skipif(os.name == "nt", reason="folder permissions are of another kind on Windows")
def test_a_read_only_folder_is_read_and_says_why_it_is_not_written(tmp_path: Path) -> None:
    """The answer there is found; a new one is not "saved", and the message says what to do."""
    AnswerStore(tmp_path).save("votes-11", {"report": 1})
    (tmp_path / ".answers.json.lock").unlink(missing_ok=True)
    for folder in tmp_path.parents:  # pytest's own folders are closed to others
        if folder == Path(tempfile.gettempdir()).resolve():
            break
        folder.chmod(0o755)
    tmp_path.chmod(0o555)
    try:
        process = in_a_process(AS_NOBODY.format(nobody=NOBODY), tmp_path)
    finally:
        tmp_path.chmod(0o755)
    assert process.stderr == ""
    found, refused = process.stdout.splitlines()
    assert found == "{'report': 1}"
    assert refused.startswith("False Not saved: ")
    assert "cannot be written to (Permission denied)" in refused
    assert "Copy the notebook to a folder where you may write" in refused
    assert content(tmp_path) == {"votes-11": {"report": 1}}


def test_a_folder_deleted_meanwhile_gives_a_reason(tmp_path: Path) -> None:
    """The folder is not made anew away from the notebook; the message says that it is gone."""
    folder = tmp_path / "votes"
    folder.mkdir()
    store = AnswerStore(folder)
    folder.rmdir()
    result = store.save("votes-11", 1)
    assert not result.saved
    assert "The folder is gone" in result.message
    assert not folder.exists()


def test_a_working_directory_that_is_gone_gives_a_reason(tmp_path: Path) -> None:
    """A kernel whose folder was deleted makes a store, which says why it cannot save."""
    code = """
        import os, sys
        from course.answers.store import AnswerStore
        os.chdir(sys.argv[1]); os.rmdir(sys.argv[1])
        print(AnswerStore().load("votes-11"), AnswerStore().save("votes-11", 1))
    """
    folder = tmp_path / "votes"
    folder.mkdir()
    process = in_a_process(code, folder)
    assert process.stderr == ""
    assert "None SaveResult(saved=False" in process.stdout


# --- several kernels ---------------------------------------------------------------------------


def keep_many(folder: Path, strand: str, times: int) -> None:
    """Save `times` questions of one strand, as one kernel does."""
    store = AnswerStore(folder)
    for number in range(times):
        assert store.save(f"{strand}-{number}", [strand, number]).saved


def test_kernels_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """Three processes save 40 questions each at the same time: all 120 are there."""
    context = multiprocessing.get_context("spawn")
    strands = ("argument", "votes", "timeline")
    kernels = [context.Process(target=keep_many, args=(tmp_path, strand, 40)) for strand in strands]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(timeout=120)
    assert [kernel.exitcode for kernel in kernels] == [0, 0, 0]
    expected = {f"{strand}-{n}": [strand, n] for strand in strands for n in range(40)}
    assert content(tmp_path) == expected


HOLD = """
    import sys, time
    from filelock import FileLock
    with FileLock(sys.argv[1]):
        print("held", flush=True)
        time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start a process that holds the folder's lock."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(HOLD), str(tmp_path / ".answers.json.lock")],
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_a_lock_of_a_dead_process_holds_nobody_up(
    tmp_path: Path, holder: Callable[[], subprocess.Popen[str]]
) -> None:
    """A kernel killed while it held the lock does not keep others from saving."""
    process = holder()
    process.kill()
    process.wait()
    assert AnswerStore(tmp_path).save("votes-11", 1).saved


def test_a_lock_that_is_never_freed_is_named(
    tmp_path: Path,
    holder: Callable[[], subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another process that hangs while it holds the lock: no wait for ever, and a way out."""
    holder()
    monkeypatch.setattr("course.answers.store.LOCK_SECONDS", 0.1)
    result = AnswerStore(tmp_path).save("votes-11", 1)
    assert not result.saved
    assert "another notebook has held" in result.message


# --- instructor's source, grading --------------------------------------------------------------


def test_inside_source_nothing_reaches_the_disk(tmp_path: Path) -> None:
    """The instructor's own answers never get into a release, however deep the folder."""
    (tmp_path / "nbgrader_config.py").touch()
    folder = tmp_path / "source" / "votes" / "extra"
    folder.mkdir(parents=True)
    store = AnswerStore(folder)
    result = store.save("votes-11", 1)
    assert not result.saved
    assert "inside source/ nothing is kept" in result.message
    assert store.load("votes-11") is None
    assert list(folder.iterdir()) == []


def test_a_students_folder_that_is_called_source_keeps_answers(tmp_path: Path) -> None:
    """Only a `source` beside an nbgrader_config.py is an instructor's."""
    folder = tmp_path / "source" / "votes"
    folder.mkdir(parents=True)
    assert AnswerStore(folder).save("votes-11", 1).saved


@pytest.mark.parametrize("kind", ["autograde", "validate"])
def test_grading_reads_answers_and_writes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A run by nbgrader finds the student's answers and leaves the folder byte for byte alone."""
    store = AnswerStore(tmp_path)
    store.save("votes-11", {"report": 1})
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    monkeypatch.setenv("NBGRADER_EXECUTION", kind)
    assert store.load("votes-11") == {"report": 1}
    result = store.save("votes-11", {"report": 2})
    assert not result.saved
    assert "Not saved" not in result.message
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["ENOLCK", "EOPNOTSUPP", "EINVAL", "EIO", "EPERM"])
def test_a_file_system_without_locks_costs_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Network folders refuse locks in many words; the answer is kept all the same."""

    def refuse(self: object, *_: object, **__: object) -> None:
        raise OSError(getattr(errno, name), "no locks here")

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    assert AnswerStore(tmp_path).save("votes-11", {"report": 48}).saved
    assert AnswerStore(tmp_path).load("votes-11") == {"report": 48}


def test_a_number_that_json_does_not_know_costs_its_own_entry_only(tmp_path: Path) -> None:
    """Another program wrote NaN: the other answers are read, and kept with the next one."""
    (tmp_path / "answers.json").write_text(
        '{"format": 1, "answers": {"a": {"value": NaN}, "b": {"value": {"report": 1}}}}'
    )
    store = AnswerStore(tmp_path)
    assert store.load("b") == {"report": 1}
    assert store.load("a") is None
    assert store.save("c", {"report": 2}).saved
    assert [AnswerStore(tmp_path).load(name) for name in "abc"] == [
        None,
        {"report": 1},
        {"report": 2},
    ]
