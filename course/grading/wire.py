"""Messages between the grading process and the processes that run cells: frames on a socket.

A frame is one byte that says what it is, four bytes of length, and the content. The reader decides
how long a frame may be and how long it waits: what comes from a student's process is not believed.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

__all__ = ["LONGEST", "Channel", "Closed", "Late", "WireError"]

LONGEST = 64 << 20  # bytes; no frame of ours comes near
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
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = bytearray()

    def fileno(self) -> int:
        """Return the socket's file descriptor."""
        return self._sock.fileno()

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def send(self, kind: bytes, content: bytes = b"") -> None:
        """Send one frame.

        Args:
            kind: one byte.
            content: at most LONGEST bytes.

        Raises:
            Closed: the other side is gone.
        """
        if len(content) > LONGEST:
            raise WireError(f"a message of {len(content)} bytes is too long to send")
        try:
            self._sock.sendall(_HEAD.pack(kind, len(content)) + content)
        except (BrokenPipeError, ConnectionError, OSError) as error:
            raise Closed(str(error)) from error

    def send_json(self, kind: bytes, content: Any) -> None:
        """Send one frame of JSON."""
        self.send(kind, json.dumps(content).encode("utf-8", "surrogatepass"))

    def receive(
        self,
        seconds: float | None = None,
        most: int = LONGEST,
        tick: Callable[[], None] | None = None,
    ) -> tuple[bytes, bytes]:
        """Return the next frame as kind and content.

        Args:
            seconds: how long to wait for the whole frame; None waits for ever.
            most: how many bytes its content may have.
            tick: called every quarter of a second while waiting; may raise.

        Raises:
            Late: the frame did not come in time.
            Closed: the other side is gone.
            WireError: the frame is longer than `most`.
        """
        end = None if seconds is None else time.monotonic() + seconds
        self._fill(_HEAD.size, end, tick)
        kind, length = _HEAD.unpack_from(self._buffer)
        if length > most:
            raise WireError(f"a message of {length} bytes; at most {most} are allowed")
        self._fill(_HEAD.size + length, end, tick)
        content = bytes(self._buffer[_HEAD.size : _HEAD.size + length])
        del self._buffer[: _HEAD.size + length]
        return kind, content

    def _fill(self, size: int, end: float | None, tick: Callable[[], None] | None) -> None:
        """Read until the buffer holds `size` bytes."""
        while len(self._buffer) < size:
            wait = None if end is None else max(0.0, end - time.monotonic())
            if tick is not None:
                wait = 0.25 if wait is None else min(wait, 0.25)
            ready, _, _ = select.select([self._sock], [], [], wait)
            if not ready:
                if end is not None and time.monotonic() >= end:
                    raise Late("no answer in time")
                if tick is not None:
                    tick()
                continue
            try:
                chunk = self._sock.recv(min(1 << 20, max(65536, size - len(self._buffer))))
            except (ConnectionError, OSError) as error:
                raise Closed(str(error)) from error
            if not chunk:
                raise Closed("the other side has closed the connection")
            self._buffer += chunk
