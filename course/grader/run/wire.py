"""Messages between the grading process and the processes that run cells: frames on a socket.

A frame is one byte that says what it is, four bytes of length, and the content. The reader decides
how long a frame may be and how long it waits: what comes from a student's process is not believed.
Every frame that is read passes the reader's clock and its tick, also where frames come without end.
"""

import json
import select
import socket
import struct
import time
from collections.abc import Callable
from enum import Enum
from typing import Any


class Frame(Enum):
    """What a frame is; its value is the byte on the wire."""

    # to the student's process
    FILES = b"F"  # what was handed in beside the notebook
    RUN = b"R"  # a cell
    # to the student's process, and from the judge, who lets ask
    ASK = b"A"  # for what stands under a name
    CALL = b"C"  # of one of the student's functions
    # from the student's process, and on to the judge
    RECORD = b"v"  # what stands under a name
    RESULT = b"r"  # what came of a call
    # from the student's process
    READY = b"s"
    OUTPUT = b"o"
    END = b"e"  # of a cell
    INTERRUPTED = b"i"
    # to the judge
    GRADE = b"G"  # a check cell
    NOTHING = b"n"  # stands under a name
    FAILED = b"x"  # an ask or a call; the reason is a sentence
    # from the judge
    GRADED = b"g"
    TAMPERED = b"t"  # a message came that the student's process does not send by itself


_FRAMES = {frame.value: frame for frame in Frame}

LONGEST = 100 << 20  # bytes; above all files that a submission may bring, in base64
# One byte of kind and four of length: nothing of the content is looked at before its size is known.
_HEAD = struct.Struct(">cI")


class WireError(Exception):
    """What came over the socket is no message."""


class Closed(WireError):  # noqa: N818 - an event, not an error of ours
    """The other side is gone."""


class Late(WireError):  # noqa: N818 - an event, not an error of ours
    """Nothing came in time."""


class Channel:
    """One end of a socket that carries frames.

    Args:
        sock: a connected stream socket; the channel owns it from now on.
        patience: seconds that a frame may take to be sent; None for as long as it takes.
    """

    def __init__(self, sock: socket.socket, patience: float | None = None) -> None:
        self._sock = sock
        self._sock.settimeout(patience)
        self._buffer = bytearray()

    def fileno(self) -> int:
        """Return the socket's file descriptor."""
        return self._sock.fileno()

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def send(self, kind: Frame, content: bytes = b"") -> None:
        """Send one frame.

        Args:
            kind: what it is.
            content: at most LONGEST bytes.

        Raises:
            Closed: the other side is gone, or does not read.
        """
        if len(content) > LONGEST:
            raise WireError(f"a message of {len(content)} bytes is too long to send")
        try:
            self._sock.sendall(_HEAD.pack(kind.value, len(content)) + content)
        except (BrokenPipeError, ConnectionError, OSError) as error:
            raise Closed(str(error)) from error

    def send_json(self, kind: Frame, content: Any) -> None:
        """Send one frame of JSON."""
        self.send(kind, json.dumps(content).encode("utf-8", "surrogatepass"))

    def receive(
        self,
        seconds: float | None = None,
        most: int = LONGEST,
        tick: Callable[[], None] | None = None,
    ) -> tuple[Frame, bytes]:
        """Return the next frame as kind and content.

        Args:
            seconds: how long to wait for the whole frame; None waits for ever.
            most: how many bytes its content may have.
            tick: called for every frame, and every quarter of a second while waiting; may raise.

        Raises:
            Late: the frame did not come in time.
            Closed: the other side is gone.
            WireError: the frame is longer than `most`, or none of the kinds.
        """
        end = None if seconds is None else time.monotonic() + seconds
        if seconds is not None and seconds <= 0:  # also where more frames wait to be read
            raise Late("no time is left")
        if tick is not None:
            tick()
        self._fill_buffer(_HEAD.size, end, tick)
        kind, length = _HEAD.unpack_from(self._buffer)
        # Before a byte of it is read, so that no length that somebody made up costs memory.
        if length > most:
            raise WireError(f"a message of {length} bytes; at most {most} are allowed")
        self._fill_buffer(_HEAD.size + length, end, tick)
        # After the content was taken: the next frame then begins where it should.
        if kind not in _FRAMES:
            raise WireError("a frame of an unknown kind")
        content = bytes(self._buffer[_HEAD.size : _HEAD.size + length])
        del self._buffer[: _HEAD.size + length]
        return _FRAMES[kind], content

    def _fill_buffer(self, size: int, end: float | None, tick: Callable[[], None] | None) -> None:
        """Read until the buffer holds `size` bytes."""
        while len(self._buffer) < size:
            wait = None if end is None else end - time.monotonic()
            if wait is not None and wait <= 0:  # also where pieces of a frame keep coming
                raise Late("no answer in time")
            if tick is not None:
                # So that memory is looked at also while a cell computes and says nothing.
                wait = 0.25 if wait is None else min(wait, 0.25)
            ready, _, _ = select.select([self._sock], [], [], wait)
            if tick is not None:
                tick()
            if not ready:
                continue
            try:
                # No more than is wanted is asked for, so the buffer cannot grow beyond the
                # frame's own size by much.
                chunk = self._sock.recv(min(1 << 20, max(65536, size - len(self._buffer))))
            except (ConnectionError, OSError) as error:
                raise Closed(str(error)) from error
            if not chunk:
                raise Closed("the other side has closed the connection")
            self._buffer += chunk
