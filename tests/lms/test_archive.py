"""Downloads are unpacked without harm, whatever lies in them."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from course.desk.lms.archive import ExtractSafely


def unpack(tmp_path: Path, **settings: int) -> tuple[dict[str, bytes], dict[str, str]]:
    """Unpack the folder `archive`; return the files by path, and what was left out."""
    plugin = ExtractSafely(**settings)
    target = tmp_path / "inner" / "extracted"
    target.mkdir(parents=True)
    plugin.extract(str(tmp_path / "archive"), str(target))
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and "archive" not in p.parts]
    assert all(target in path.parents for path in outside), outside
    assert not any(path.is_symlink() for path in target.rglob("*"))
    files = {str(p.relative_to(target)): p.read_bytes() for p in target.rglob("*") if p.is_file()}
    return files, plugin.left_out


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder that takes downloads."""
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


def make(path: Path | io.BytesIO, *members: tuple[str | zipfile.ZipInfo, bytes]) -> None:
    """Write a ZIP file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)


def link(name: str, mode: int = stat.S_IFLNK) -> zipfile.ZipInfo:
    """Return a member that is a link, or another special file."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (mode | 0o777) << 16
    return info


def test_files_and_nested_zip_files_are_unpacked(tmp_path: Path, place: Path) -> None:
    """A download, and a ZIP file in it; not one in that again; junk is left behind."""
    inmost, inner = io.BytesIO(), io.BytesIO()
    make(inmost, ("c.txt", b"c"))
    make(inner, ("b/votes.ipynb", b"b"), ("deep.zip", inmost.getvalue()), ("__MACOSX/x", b"x"))
    make(place / "d.zip", ("one.zip", inner.getvalue()), ("ñ é.txt", b"a"), (".DS_Store", b"x"))
    (place / "more").mkdir()
    (place / "more" / "plain.txt").write_bytes(b"plain")
    files, left_out = unpack(tmp_path)
    assert files == {
        "d.zip/one.zip/b/votes.ipynb": b"b",
        "d.zip/one.zip/deep.zip": inmost.getvalue(),
        "d.zip/ñ é.txt": b"a",
        "more/plain.txt": b"plain",
    }
    assert left_out == {}


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt", "a/.."]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, place: Path, name: str) -> None:
    """Such a member is left out, and the others are unpacked."""
    make(place / "d.zip", (name, b"evil"), ("good.txt", b"good"))
    files, left_out = unpack(tmp_path)
    assert files == {"d.zip/good.txt": b"good"}
    assert "leads out of the folder" in " ".join(left_out.values())


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_left_out(tmp_path: Path, place: Path, mode: int) -> None:
    """Neither a link in a ZIP file nor one in a folder is made or followed."""
    make(place / "d.zip", (link("votes.ipynb", mode), b"/etc/passwd"), ("good.txt", b"good"))
    os.symlink("/etc/passwd", place / "linked.txt")
    os.symlink("/etc", place / "folder")
    files, left_out = unpack(tmp_path)
    assert files == {"d.zip/good.txt": b"good"}
    assert set(left_out) == {"d.zip/votes.ipynb", "linked.txt", "folder"}


def test_a_bomb_is_cut_off_while_it_is_unpacked(tmp_path: Path, place: Path) -> None:
    """What is larger than a file, or all files of a student, may be, is left out as a whole."""
    make(place / "d.zip", ("bomb.txt", b"0" * 3_000_000), ("good.txt", b"good"))
    inner = io.BytesIO()
    make(inner, *((f"{n}.txt", b"0" * 900_000) for n in range(5)))
    make(place / "e.zip", ("student.zip", inner.getvalue()), ("good.txt", b"good"))
    files, left_out = unpack(tmp_path, file_bytes=1_000_000, student_bytes=2_000_000)
    nested = [name for name in files if name.startswith("e.zip/student.zip")]
    assert len(nested) == 2
    assert {"d.zip/good.txt", "e.zip/good.txt"} == set(files) - set(nested)
    assert "too large" in left_out["d.zip/bomb.txt"]
    assert "too large" in left_out["e.zip/student.zip/2.txt"]


def test_a_bomb_that_lies_about_its_size_is_cut_off_too(tmp_path: Path, place: Path) -> None:
    """The bytes that come out are counted, not those that the file states."""
    path = place / "d.zip"
    make(path, ("bomb.txt", b"0" * 3_000_000))
    data = bytearray(path.read_bytes())
    for start, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place_of = data.index(start) + offset
        data[place_of : place_of + 4] = struct.pack("<I", 10)
    path.write_bytes(data)
    files, left_out = unpack(tmp_path, file_bytes=1_000_000)
    assert sum(map(len, files.values())) <= 10
    assert files or left_out


def test_too_many_files_are_left_out(tmp_path: Path, place: Path) -> None:
    """Files behind the bound are named."""
    make(place / "d.zip", *((f"ana/{n}.txt", b"x") for n in range(20)))
    files, left_out = unpack(tmp_path, files=8)
    assert len(files) == 8
    assert left_out


def test_a_students_zip_file_with_an_endless_list_is_not_opened(
    tmp_path: Path, place: Path
) -> None:
    """Its list of files alone would fill the memory; how long it is may stand in two places."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, *(0,) * 7, 100, *(0,) * 6) + b"x" * 100
    listed, count = entry * 20_000, (20_000,) * 2
    plain = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, *count, len(listed), 0, 0)
    longer = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, *count, len(listed), 0)
    longer += struct.pack("<4sIQI", b"PK\6\7", 0, len(listed), 1)
    short = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, 47, 0, 0)
    make(place / "d.zip", ("a.zip", listed + plain), ("b.zip", listed + longer + short))
    files, left_out = unpack(tmp_path)
    assert files == {}
    why = "cannot be unpacked (too many files in it)"
    assert left_out == {"d.zip/a.zip": why, "d.zip/b.zip": why}


def test_a_students_zip_file_of_no_use_in_an_unpacked_download_stops_nobody_else(
    tmp_path: Path, place: Path
) -> None:
    """Here it says that it goes on in another file."""
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)
    (place / "a.zip").write_bytes(b"x" * 56 + struct.pack("<4sIQI", b"PK\6\7", 1, 0, 2) + end)
    (place / "b.txt").write_bytes(b"b")
    files, left_out = unpack(tmp_path)
    assert files == {"b.txt": b"b"}
    assert "damaged" in left_out["a.zip"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"text"])
def test_a_damaged_download_is_named_and_a_damaged_hand_in_kept(
    tmp_path: Path, place: Path, data: bytes
) -> None:
    """What cannot be unpacked stays as it is, for a person to look at."""
    (place / "d.zip").write_bytes(data)
    make(place / "e.zip", ("student.zip", data))
    files, left_out = unpack(tmp_path)
    assert files == {"d.zip": data, "e.zip/student.zip": data}
    assert left_out == {"d.zip": "it is not a ZIP file, or it is damaged: download it again"}


def test_a_damaged_member_is_named(tmp_path: Path, place: Path) -> None:
    """A file whose checksum does not fit is left out, and the next one unpacked."""
    path = place / "d.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("bad.txt", b"b" * 100)
        made.writestr("good.txt", b"good")
    path.write_bytes(path.read_bytes().replace(b"b" * 100, b"c" * 100))
    files, left_out = unpack(tmp_path)
    assert "d.zip/good.txt" in files
    assert "d.zip/bad.txt" not in files
    assert "cannot be unpacked" in left_out["d.zip/bad.txt"]


def test_names_in_utf8_that_do_not_say_so_are_read(tmp_path: Path, place: Path) -> None:
    """Some programs leave the mark for UTF-8 out."""
    path = place / "d.zip"
    make(path, ("nXXez.txt", b"x"))
    path.write_bytes(path.read_bytes().replace(b"nXXez", "nñez".encode()))
    files, _ = unpack(tmp_path)
    assert list(files) == ["d.zip/nñez.txt"]


def test_a_name_given_twice_gives_two_files(tmp_path: Path, place: Path) -> None:
    """Neither takes the place of the other."""
    with pytest.warns(UserWarning, match="Duplicate"):
        make(place / "d.zip", ("a.txt", b"1"), ("a.txt", b"2"))
    files, _ = unpack(tmp_path)
    assert files == {"d.zip/a.txt": b"1", "d.zip/a (2).txt": b"2"}


@pytest.mark.parametrize("name", ["a\x1b[31m.txt", "x" * 201, "/".join("abcdefghijklm")])
def test_odd_names_are_left_out(tmp_path: Path, place: Path, name: str) -> None:
    """Control characters, endless names and endless folders do not come onto the disk."""
    make(place / "d.zip", (name, b"x"))
    files, left_out = unpack(tmp_path)
    assert files == {}
    assert len(left_out) == 1
    assert "\x1b" not in str(left_out)


def test_an_encrypted_member_is_named(tmp_path: Path, place: Path) -> None:
    """It cannot be read without a password."""
    path = place / "d.zip"
    make(path, ("secret.txt", b"x"))
    data = bytearray(path.read_bytes())
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + offset] |= 1
    path.write_bytes(data)
    assert "encrypted" in unpack(tmp_path)[1]["d.zip/secret.txt"]


def test_damage_stops_nobody_else(tmp_path: Path, place: Path) -> None:
    """One student's broken file is named; those that come behind it are unpacked."""
    with zipfile.ZipFile(place / "d.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("ann_1_1_votes.ipynb", bytes(range(256)) * 40)
        made.writestr("bob_2_2_votes.ipynb", b"bob")
        start = made.getinfo("bob_2_2_votes.ipynb").header_offset
    content = bytearray((place / "d.zip").read_bytes())
    content[start - 60 : start - 1] = b"x" * 59
    content[65:95] = b"x" * 30
    (place / "d.zip").write_bytes(content)
    files, left_out = unpack(tmp_path)
    assert files == {"d.zip/bob_2_2_votes.ipynb": b"bob"}
    assert "cannot be unpacked" in left_out["d.zip/ann_1_1_votes.ipynb"]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_unusual_compression_is_not_tried(method: int, tmp_path: Path, place: Path) -> None:
    """LZMA takes as much memory as a file asks for, gigabytes."""
    with zipfile.ZipFile(place / "d.zip", "w") as made:
        made.writestr("a.txt", b"a", method)
        made.writestr("b.txt", b"b")
    files, left_out = unpack(tmp_path)
    assert files == {"d.zip/b.txt": b"b"}
    assert left_out == {"d.zip/a.txt": "it is compressed in an unusual way"}


def test_memory_that_runs_out_stops_nobody_else(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that asks for it is named."""

    def run_out(*_: object) -> None:
        raise MemoryError

    make(place / "d.zip", ("a.txt", b"a"), ("b.txt", b"b"))
    monkeypatch.setattr(zipfile.ZipExtFile, "read", run_out)
    assert sorted(unpack(tmp_path)[1]) == ["d.zip/a.txt", "d.zip/b.txt"]


def test_a_name_that_is_file_and_folder_stops_nobody_else(tmp_path: Path, place: Path) -> None:
    """What has no place is named; those that come behind it are unpacked."""
    make(place / "d.zip", ("ann", b"1"), ("ann/votes.ipynb", b"2"), ("bob.ipynb", b"3"))
    files, left_out = unpack(tmp_path)
    assert files == {"d.zip/ann": b"1", "d.zip/bob.ipynb": b"3"}
    assert list(left_out) == ["d.zip/ann/votes.ipynb"]


def test_each_student_has_a_budget_of_their_own(tmp_path: Path, place: Path) -> None:
    """Thousands of empty files, or very large ones, of one student shut out nobody after them."""
    many, large = io.BytesIO(), io.BytesIO()
    make(many, *((f"{n}.txt", b"") for n in range(300)))
    make(large, *((f"{n}.txt", b"0" * 90_000) for n in range(9)))
    make(
        place / "d.zip",
        ("Ana A_1_assignsubmission_file_/many.zip", many.getvalue()),
        ("Ben B_2_assignsubmission_file_/large.zip", large.getvalue()),
        ("Zoe Z_3_assignsubmission_file_/votes.ipynb", b"{}"),
        ("zoe_103_9004_votes.ipynb", b"{}"),
    )
    files, left_out = unpack(tmp_path, files=50, student_bytes=200_000)
    assert "d.zip/Zoe Z_3_assignsubmission_file_/votes.ipynb" in files
    assert "d.zip/zoe_103_9004_votes.ipynb" in files
    assert sum("Ana A" in name for name in files) == 50
    assert sum(len(data) for name, data in files.items() if "Ben B" in name) == 180_000
    assert len([name for name in left_out if "Ana A" in name]) == 1  # said once
