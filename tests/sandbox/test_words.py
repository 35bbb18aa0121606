"""What is said of a sandbox that is not complete, and the settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from traitlets.config import Config

from course.desk.commands import doctor
from course.errors import CourseError
from course.grader.sandbox import (
    Limits,
    Means,
    Sandbox,
    View,
    list_remedies,
    list_unprotected,
    probe_means,
)

COMPLETE = Means(True, False, True, 7, True, True, True, False)
LANDLOCK = Means(True, False, False, 7, True, True, True, False, (("namespaces", "EPERM"),))
OLD_LANDLOCK = Means(True, False, False, 1, False, True, True, False)
LIMITS = Means(True, False, False, 0, False, True, True, False)
MAC = Means(False, False, False, 0, False, True, False, False)
NONE = Means()
LADDER = [COMPLETE, LANDLOCK, OLD_LANDLOCK, LIMITS, MAC, NONE]


def test_nothing_is_said_of_a_complete_sandbox() -> None:
    """Everything is protected: no words, no advice."""
    assert list_unprotected(COMPLETE) == []
    assert list_remedies(COMPLETE) == []


def test_each_rung_down_says_more() -> None:
    """A lower rung protects less, and says at least as much."""
    amounts = [len(list_unprotected(means)) for means in (COMPLETE, LANDLOCK, LIMITS)]
    assert amounts == sorted(amounts)
    assert all(list_unprotected(means) for means in LADDER[1:])


@pytest.mark.parametrize(
    ("means", "rung"),
    list(zip(LADDER, ["namespaces", *["Landlock"] * 2, *["limits"] * 2, "none"], strict=True)),
)
def test_a_rung_has_a_name(means: Means, rung: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor says how far the sandbox reaches, and every sentence of what is open."""
    assert means.rung == rung
    monkeypatch.setattr("course.grader.sandbox.probe_means", lambda: means)
    (finding,) = (one for one in doctor.list_findings() if one.name == "sandbox")
    assert finding.found.startswith(rung)
    assert all(sentence in finding.found for sentence in list_unprotected(means))
    assert (finding.mend is None) == (means == COMPLETE)


def test_what_acts_on_other_programs_is_said_where_nothing_refuses_it() -> None:
    """Without refused calls an ordinary account's programs can be slowed down, or stopped."""
    open_calls = replace(LANDLOCK, seccomp=False)
    assert "It can hold up other programs of this account." in list_unprotected(open_calls)
    assert "It can stop other programs of this account." in list_unprotected(
        replace(open_calls, landlock=5)
    )
    assert not any("other programs" in said for said in list_unprotected(LANDLOCK))
    assert not any(
        "other programs" in said for said in list_unprotected(replace(LANDLOCK, landlock=5))
    )


@pytest.mark.parametrize("means", LADDER[1:])
def test_what_is_not_protected_is_told_in_sentences(means: Means) -> None:
    """Each is one line that ends with a full stop."""
    said = list_unprotected(means)
    assert said
    assert all(sentence.isprintable() and sentence.endswith(".") for sentence in said)


def test_the_lowest_rung_names_files_network_and_programs() -> None:
    """Without any wall: files, network, other programs, what lives on, amounts."""
    said = " ".join(list_unprotected(NONE))
    for word in ("gradebook", "network", "stop other programs", "live on", "memory", "disk"):
        assert word in said


@pytest.mark.parametrize("means", LADDER[1:])
def test_there_is_advice_for_each_rung(means: Means) -> None:
    """Whoever reads what is missing also reads what to do."""
    assert list_remedies(means)


def test_advice_fits_the_system() -> None:
    """A Mac needs Linux; a lower rung that was asked for needs a variable unset."""
    assert "Linux" in list_remedies(MAC)[0]
    asked = Means(True, reasons=(("BACKYARD_SANDBOX", "set to none"),))
    assert list_remedies(asked) == ["Unset the variable BACKYARD_SANDBOX."]


def test_a_required_sandbox_refuses_a_lower_rung() -> None:
    """With `required`, grading stops and names what is missing and how to mend it."""
    settings = Sandbox(config=Config(Sandbox={"required": True}))
    settings.require_complete(COMPLETE)
    with pytest.raises(CourseError, match=r"c\.Sandbox\.required") as error:
        settings.require_complete(LANDLOCK)
    assert list_unprotected(LANDLOCK)[0] in str(error.value)
    Sandbox().require_complete(NONE)


def test_settings_become_limits() -> None:
    """What an instructor sets is what a submission may use."""
    assert Sandbox().limits() == Limits()
    config = Config(Sandbox={"memory": 1 << 28, "processes": 9, "scratch_bytes": 1 << 22})
    limits = Sandbox(config=config).limits()
    assert (limits.memory, limits.processes, limits.scratch_bytes) == (1 << 28, 9, 1 << 22)


def test_every_setting_explains_itself() -> None:
    """An instructor reads in the configuration what each setting does."""
    for trait in Sandbox.class_traits(config=True).values():
        if trait.this_class is Sandbox:
            assert trait.help.endswith(".")


def test_means_travel_as_text() -> None:
    """Another process reads the same means."""
    assert Means.from_json(LANDLOCK.to_json()) == LANDLOCK


@pytest.mark.parametrize("rung", ["landlock", "limits", "bare", "none"])
def test_a_lower_rung_can_be_asked_for(rung: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable leaves walls out and never adds one."""
    monkeypatch.delenv("BACKYARD_SANDBOX", raising=False)
    highest = probe_means()
    monkeypatch.setenv("BACKYARD_SANDBOX", rung)
    lowered = probe_means()
    assert not lowered.namespaces
    assert lowered.landlock == (highest.landlock if rung == "landlock" else 0)
    assert lowered.limits == (highest.limits and rung != "none")


def test_another_word_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only lower rungs have names."""
    monkeypatch.delenv("BACKYARD_SANDBOX", raising=False)
    highest = probe_means()
    monkeypatch.setenv("BACKYARD_SANDBOX", "full")
    assert probe_means() == highest


def test_another_system_has_the_lowest_rung() -> None:
    """Without a Linux kernel everything can be imported, tried and used as far as it goes."""
    program = """
import json, os, sys, tempfile
import ctypes.util, psutil, resource, tempfile, matplotlib
sys.platform = "darwin"
def refuse(*args, **kwargs):
    raise OSError("no such library")
ctypes.CDLL = refuse
from course.grader import sandbox
from course.grader.sandbox.probe import find_means
means = find_means()
sandbox.nest_namespaces(means)
folder = tempfile.mkdtemp()
with sandbox.fork_bracket(means):
    pid = os.fork()
    if pid == 0:
        sandbox.confine_process(sandbox.View((), (), folder + "/scratch"), sandbox.Limits(), means)
        os._exit(7 if os.getcwd().endswith("scratch") else 8)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sandbox.not_dumpable()
said = bool(sandbox.list_unprotected(means))
print(json.dumps([means.namespaces, means.landlock, means.seccomp, code, said]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == [False, 0, False, 7, True]


@pytest.mark.parametrize(
    ("read_only", "scratch"),
    [("/", "/tmp/a"), ("/etc", "/tmp/a"), ("data", "/tmp/a"), ("/data", "a"), ("/a/b", "/a/b/c")],
)
def test_a_view_that_would_lay_open_too_much_is_refused(read_only: str, scratch: str) -> None:
    """Whole system folders, relative paths and scratch in what is read only are mistakes."""
    with pytest.raises(ValueError, match=r"/|absolute"):
        View((read_only,), (), scratch)
