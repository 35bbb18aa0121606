"""Frames on a socket: what the other side sends is taken with bounds of size and time."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from course.grader.run.wire import Channel, Closed, Frame, Late, WireError


@pytest.fixture
def ends() -> Iterator[tuple[Channel, socket.socket]]:
    """A channel and the bare socket on its other side."""
    one, other = socket.socketpair()
    channel = Channel(one)
    yield channel, other
    channel.close()
    other.close()


def test_frames_arrive_whole_and_in_order(ends: tuple[Channel, socket.socket]) -> None:
    """Several frames in one piece, and one frame in many pieces, come out as they were sent."""
    channel, other = ends
    data = b"".join(struct.pack(">cI", k, len(c)) + c for k, c in ((b"o", b"one"), (b"e", b"")))
    other.sendall(data)
    assert channel.receive(1) == (Frame.OUTPUT, b"one")
    assert channel.receive(1) == (Frame.END, b"")

    def slowly() -> None:
        for byte in struct.pack(">cI", b"v", 3) + b"two":
            other.sendall(bytes([byte]))
            time.sleep(0.01)

    thread = threading.Thread(target=slowly)
    thread.start()
    assert channel.receive(5) == (Frame.RECORD, b"two")
    thread.join()


def test_a_frame_that_is_too_long_is_refused_before_it_is_read(
    ends: tuple[Channel, socket.socket],
) -> None:
    """The length is believed only up to the bound."""
    channel, other = ends
    other.sendall(struct.pack(">cI", b"v", 2**32 - 1))
    with pytest.raises(WireError, match="at most 1000"):
        channel.receive(1, most=1000)


def test_waiting_ends_in_time_also_when_bytes_trickle(ends: tuple[Channel, socket.socket]) -> None:
    """A sender that keeps sending a little does not keep the reader."""
    channel, other = ends
    other.sendall(struct.pack(">cI", b"v", 100) + b"a little")
    with pytest.raises(Late):
        channel.receive(0.2)


def test_the_end_of_the_other_side_is_told(ends: tuple[Channel, socket.socket]) -> None:
    """Half a frame and then nothing is an end, not a frame."""
    channel, other = ends
    other.sendall(struct.pack(">cI", b"v", 100) + b"half")
    other.close()
    with pytest.raises(Closed):
        channel.receive(1)


def test_an_unknown_kind_of_frame_is_refused(ends: tuple[Channel, socket.socket]) -> None:
    """A byte that stands for no frame is no message."""
    channel, other = ends
    other.sendall(struct.pack(">cI", b"?", 0))
    with pytest.raises(WireError, match="unknown kind"):
        channel.receive(1)


def test_frames_that_wait_to_be_read_pass_clock_and_tick(
    ends: tuple[Channel, socket.socket],
) -> None:
    """Also where no waiting is needed the reader looks at its time and is asked to look round."""
    channel, other = ends
    other.sendall(struct.pack(">cI", b"o", 0) * 3)
    looks: list[int] = []
    channel.receive(1, tick=lambda: looks.append(1))
    seen = len(looks)
    channel.receive(1, tick=lambda: looks.append(1))
    assert len(looks) > seen
    with pytest.raises(Late):
        channel.receive(0)


def test_a_reader_that_does_not_read_is_gone(ends: tuple[Channel, socket.socket]) -> None:
    """A frame that cannot be sent in time is given up."""
    one, other = socket.socketpair()
    with other, pytest.raises(Closed):
        Channel(one, patience=0.2).send(Frame.CALL, bytes(10_000_000))
    one.close()
