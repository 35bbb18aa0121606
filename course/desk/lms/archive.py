"""Unpacks downloads of an LMS, which hold files that anybody may have made."""

import os
import shutil
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from nbgrader.plugins import ExtractorPlugin
from traitlets import Integer

from course.desk.lms.filenames import find_owner_key
from course.desk.words import as_text
from course.grader.intake.submission import shorten_name
from course.wholefile import find_free_path

CHUNK = 1 << 20
NAME_BYTES = 200
DIRECTORY_BYTES = 2_000_000  # some 20,000 files
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, RuntimeError, OSError, ValueError, MemoryError),
)
DAMAGED = "it is not a ZIP file, or it is damaged: download it again"
# What computers add by themselves; nobody hands it in.
JUNK = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__")


class ExtractSafely(ExtractorPlugin):  # type: ignore[misc]
    """Unpacks ZIP files into folders of their own name, within bounds; copies other files.

    A download is unpacked, and so are ZIP files that students handed in; not those that lie in them
    again. Nothing is written outside the folder, no link is followed or made. What is left out is
    listed in `left_out`, by its path, with the reason; it stays in the archive that was downloaded.
    How much may be unpacked is counted for each student, so that nobody takes the others' room.
    """

    files = Integer(1_000, help="Files of one student.").tag(config=True)
    file_bytes = Integer(50_000_000, help="Bytes of one file.").tag(config=True)
    student_bytes = Integer(100_000_000, help="Bytes of all files of one student.").tag(config=True)
    total_bytes = Integer(20_000_000_000, help="Bytes of all files of all.").tag(config=True)
    depth = Integer(2, help="How deep ZIP files may lie in one another.").tag(config=True)

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack and copy all that lies in a folder into another one."""
        self.left_out: dict[str, str] = {}
        self._total = 0
        self._counts: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._target = Path(extracted_path)
        self._take_folder(Path(archive_path), PurePosixPath())

    def _take_folder(self, source: Path, inside: PurePosixPath) -> None:
        """Take up a folder of ordinary files."""
        with os.scandir(source) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            place = inside / entry.name
            mode = entry.stat(follow_symlinks=False).st_mode
            if is_junk(entry.name):
                continue
            if stat.S_ISDIR(mode):
                self._take_folder(Path(entry.path), place)
            elif stat.S_ISREG(mode):
                try:
                    with open(entry.path, "rb") as file:
                        self._put_file(file, place, level=0)
                except UNREADABLE as error:
                    why = f"cannot be unpacked ({_say_why(error)})"
                    self._leave_out(
                        place, DAMAGED if isinstance(error, zipfile.BadZipFile) else why
                    )
            else:
                self._leave_out(place, "it is a link, or not an ordinary file")

    def _put_file(self, file: IO[bytes], place: PurePosixPath, *, level: int) -> None:
        """Put one file into the target, unpacked if it is a ZIP file."""
        is_zip = place.suffix.lower() == ".zip"
        if is_zip and level < self.depth and zipfile.is_zipfile(file):
            self._unpack_zip(file, place, level + 1)
            return
        if is_zip and level == 0:
            self._leave_out(place, DAMAGED)
        owner = find_owner_key(place)
        if self._counts[owner] >= self.files:
            self._leave_out(
                place.parent, f"more than {self.files} files of one student; the rest is left out"
            )
            return
        self._counts[owner] += 1
        file.seek(0)
        # nbgrader keeps a file's own ending, and knows votes.IPYNB for no notebook.
        if (ending := place.suffix.lower()) in (".ipynb", ".json"):
            place = place.with_suffix(ending)
        path = find_free_path(self._target / place)  # a ZIP file may hold the same name twice
        path.parent.mkdir(parents=True, exist_ok=True)
        self._copy_bytes(file, path, place, owner)

    def _room_of(self, owner: str) -> int:
        """Return how many bytes a file of a student may have."""
        left = min(self.student_bytes - self._bytes[owner], self.total_bytes - self._total)
        return min(left, self.file_bytes)

    def _copy_bytes(self, file: IO[bytes], path: Path, place: PurePosixPath, owner: str) -> None:
        """Copy bytes as far as the bounds go; what is too large is left out as a whole."""
        size, most = None, self._room_of(owner)
        try:
            with path.open("xb") as copy:
                size = _copy_whole(file, copy, most)
        finally:
            if size is None:  # half a file is none
                path.unlink(missing_ok=True)
        if size is None:
            self._leave_out(place, f"too large: more than {most / 1e6:.0f} MB")
        else:
            self._total += size
            self._bytes[owner] += size

    def _unpack_zip(self, file: IO[bytes], place: PurePosixPath, level: int) -> None:
        """Unpack one ZIP file into a folder of its name."""
        most = DIRECTORY_BYTES * (10 if level == 1 else 1)  # a download holds a whole class
        with zipfile.ZipFile(_BoundedReads(file, most)) as archive:
            members = archive.infolist()
            # Of a student's own ZIP file no more is looked at than is taken.
            for info in members if level == 1 else members[: self.files + 1]:
                name = _member_name(info)
                inner = _path_inside(name)
                if info.is_dir() or any(is_junk(part) for part in name.split("/")):
                    continue
                fault = _find_fault(info, inner)
                if inner is None or fault:
                    self._leave_out(f"{place}/{shorten_name(name)}", fault)
                    continue
                self._take_member(archive, info, place / inner, level)

    def _take_member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: PurePosixPath, level: int
    ) -> None:
        """Take one file out of a ZIP file."""
        is_zip = place.suffix.lower() == ".zip"
        if info.file_size > self._room_of(find_owner_key(place)) and not is_zip:
            self._leave_out(place, f"too large: {info.file_size / 1e6:.0f} MB")
            return
        try:
            with archive.open(info) as file:
                if not is_zip:
                    self._put_file(file, place, level=level)
                    return
                with tempfile.TemporaryFile() as whole:  # a ZIP file has to be read here and there
                    if _copy_whole(file, whole, self.file_bytes) is None:
                        self._leave_out(place, "too large")
                    else:
                        self._put_file(whole, place, level=level)
        except UNREADABLE as error:  # this one alone: the others may be other students' files
            self._leave_out(place, f"cannot be unpacked ({_say_why(error)})")

    def _leave_out(self, place: PurePosixPath | str, reason: str) -> None:
        self.left_out.setdefault(str(place), reason)
        self.log.warning("%s is left out: %s", as_text(str(place)), reason)


def _copy_whole(file: IO[bytes], copy: IO[bytes], most: int) -> int | None:
    """Copy a file and return its size; None where it has more bytes than `most`."""
    size = 0
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > most:
            return None
        copy.write(chunk)
    return size


def _say_why(error: Exception) -> str:
    """Return what went wrong, without paths of this computer."""
    return (getattr(error, "strerror", None) or str(error))[:100]


class _BoundedReads:
    """A ZIP file of which little is read at once: its list of files is read as a whole."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._most = file, most

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise ValueError("too many files in it")
        return self._file.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def is_junk(name: str) -> bool:
    """Tell whether a file or folder is one that computers add by themselves."""
    return name in JUNK or name.startswith("._") or name == ".answers.json.lock"


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; programs that do not say so write UTF-8 all the same."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _path_inside(name: str) -> PurePosixPath | None:
    """Return a member's path if it stays inside the folder, else None."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or not parts or ":" in parts[0][1:2]:
        return None
    return PurePosixPath(*parts)


def _find_fault(info: zipfile.ZipInfo, inner: PurePosixPath | None) -> str:
    """Return why a member is not unpacked, or ""."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if inner is None:
        return "its name leads out of the folder"
    if kind not in (0, stat.S_IFREG):
        return "it is a link, or not an ordinary file"
    if info.flag_bits & 0x1:
        return "it is encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "it is compressed in an unusual way"  # some ask for gigabytes of memory
    if any(len(p.encode("utf-8", "replace")) > NAME_BYTES for p in inner.parts):
        return "its name is too long"
    if len(inner.parts) > 12 or not all(part.isprintable() for part in inner.parts):
        return "its name holds odd characters, or too many folders"
    return ""


def list_members(folder: Path) -> Iterator[Path]:
    """Yield the ordinary files below a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def copy_in(source: Path, archive: Path) -> None:
    """Copy a download into the course: a file as it is, of a folder what are ordinary files."""
    archive.mkdir(parents=True)
    if source.is_dir():
        shutil.copytree(source, archive, symlinks=True, dirs_exist_ok=True)
    else:
        shutil.copy2(source, archive)
