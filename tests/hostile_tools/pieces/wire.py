"""Finds the line to the grading process and speaks on it, as a student's cell can.

It reads from the project's own module, where it finds it, how a frame begins and which kinds there
are, so that an attack does not come to nothing when these change.
"""

import enum
import os
import socket
import stat
import struct
import sys
import threading
import time
from collections.abc import Callable

_WIRE = vars(sys.modules.get("course.grader.run.wire", sys))
HEAD = next((v for v in _WIRE.values() if isinstance(v, struct.Struct)), struct.Struct(">cI"))


def line() -> int:
    """Return the descriptor of the line: a socket that another process made."""
    for number in range(3, 256):
        try:
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as sock:
                maker = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, HEAD_OF_PEER.size)
        except OSError:
            continue
        # An event loop has sockets of its own, which a child inherits; 0 stands for who is outside.
        if HEAD_OF_PEER.unpack(maker)[0] not in {os.getpid(), os.getppid() or -1}:
            return number
    raise OSError("there is no line")


HEAD_OF_PEER = struct.Struct("3i")  # process, user and group, as the kernel tells them


def kinds() -> dict[str, bytes]:
    """Return the kinds of frames by name; by their letters where they have no names."""
    found = {letter: letter.encode() for letter in "oievrsxgCRVGF"}
    for value in _WIRE.values():
        if isinstance(value, type) and issubclass(value, enum.Enum) and value is not enum.Enum:
            named = {name: _byte(member.value) for name, member in value.__members__.items()}
            found = {name: byte for name, byte in named.items() if len(byte) == 1} or found
    return found


def _byte(value: object) -> bytes:
    if isinstance(value, int):
        return bytes([value])
    return value if isinstance(value, bytes) else str(value).encode()


def kind(letter: str, *words: str) -> bytes:
    """Return the first kind with one of these words in its name, or the letter that it was."""
    for name, byte in kinds().items():
        if any(word in name.lower() for word in words):
            return byte
    return letter.encode()


OUTPUT = kind("o", "output", "shown")
INTERRUPTED = kind("i", "interrupt")
END = kind("e", "end", "done", "ran")
VALUE = kind("v", "value", "answer", "record", "reply", "held")
RESULT = kind("r", "result", "outcome", "returned", "called")
READY = kind("s", "ready", "start")


def frame(kind: bytes, content: bytes = b"", length: int | None = None) -> bytes:
    """Return a frame; `length` is what it says of its content, where that is a lie."""
    length = len(content) if length is None else length
    try:
        return HEAD.pack(kind, length) + content
    except struct.error:
        return HEAD.pack(kind[0], length) + content


def flood(*frames: bytes, seconds: float = 100.0, megabytes: int = 4000) -> None:
    """Write frames to the line without end."""
    number, block = line(), b"".join(frames)
    block *= max(1, 65536 // len(block))
    until = time.monotonic() + seconds
    for _ in range(megabytes * 1_000_000 // len(block)):
        if time.monotonic() > until:
            break
        os.write(number, block)


def flood_later(after: float, *frames: bytes) -> None:
    """Begin a flood when the cell is over."""

    def wait() -> None:
        time.sleep(after)
        flood(*frames)

    threading.Thread(target=wait, daemon=True).start()


def between(change: Callable[[bytes, bytes, bytes], bytes]) -> None:
    """Stand between this process and the one that grades.

    Args:
        change: gives the bytes that are sent in place of a frame; it takes the content of what was
            last asked, the kind and the content of the frame.
    """
    number = line()
    outside = socket.socket(fileno=os.dup(number))
    inside, own = socket.socketpair()
    os.dup2(own.fileno(), number)
    own.close()
    asked = [b""]

    def down() -> None:
        for kind, content in _frames(outside):
            asked[0] = content
            inside.sendall(frame(kind, content))
        inside.close()

    def up() -> None:
        for kind, content in _frames(inside):
            outside.sendall(change(asked[0], kind, content))

    for work in (down, up):
        threading.Thread(target=work, daemon=True).start()
    print("hx ran")


def _frames(sock: socket.socket):  # type: ignore[no-untyped-def]
    """Yield the frames that come on a socket."""
    with sock.makefile("rb") as file:
        while head := file.read(HEAD.size):
            kind, length = HEAD.unpack(head)
            yield _byte(kind), file.read(length)
