"""What tests of a new assignment share: an empty course, and what a command says in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from course.desk import cli
from course.grader.coursedir import CONFIG_NAME
from tests.notebooks import ROOT

Say = Callable[..., str]


@pytest.fixture
def empty_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder with settings and nothing else; the working directory."""
    shutil.copy(ROOT / CONFIG_NAME, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def say(empty_course: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command in the empty course, and return what it says."""

    def run(*words: str, code: int = 0) -> str:
        assert cli.main(list(words)) == code
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return said.out + said.err

    return run
