"""Files are replaced whole, in one way for all."""

import os
import stat
from pathlib import Path

import pytest

from course.grader.wholefolder import replace_folder
from course.wholefile import write_whole


def test_a_file_is_replaced_with_its_line_ends_and_permissions(tmp_path: Path) -> None:
    """A text is written as it is, in UTF-8; permissions are those that were asked for."""
    path = tmp_path / "notice.json"
    path.write_text("old")
    write_whole(path, "Perú\r\nLima\n", mode=0o640)
    assert path.read_bytes() == "Perú\r\nLima\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["notice.json"]


def test_a_folder_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told is the name that was given, and nothing lies beside it."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in (".", "here"):
        with pytest.raises(IsADirectoryError) as error:
            write_whole(Path(name), "new")
        assert error.value.filename == name
    assert [p.name for p in tmp_path.iterdir()] == ["here"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_where_writing_fails_the_old_file_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk costs neither the old file nor a heap of halves."""
    path = tmp_path / "state.json"
    path.write_text("old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["state.json"]


def test_a_folder_gets_its_name_only_when_the_disk_has_what_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is flushed, then the folder takes the old one's place; nothing is left beside."""
    place = tmp_path / "votes"
    place.mkdir()
    (place / "old.txt").write_text("old")
    done: list[str] = []
    sync, rename = os.fsync, Path.rename

    def noted_sync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def noted_rename(source: Path, target: Path) -> Path:
        done.append(f"{source.name} to {target.name}")
        return rename(source, target)

    def fill(folder: Path) -> None:
        (folder / "inner").mkdir(parents=True)
        (folder / "inner/new.txt").write_text("new")
        (folder / "link").symlink_to("nowhere")

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "rename", noted_rename)
    replace_folder(place, fill)
    assert done == ["file", "votes to .votes.old", ".votes.new to votes", "folder"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["votes"]
    assert sorted(p.name for p in place.iterdir()) == ["inner", "link"]
