"""A confined process reaches nobody."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from course.grader.sandbox import list_unprotected
from tests.sandbox.conftest import Jail

CONNECT = """
import socket
result = []
def attempt(name, family, kind, address):
    try:
        with socket.socket(family, kind) as sock:
            sock.settimeout(2)
            sock.connect(address)
            sock.send(b"hello")
            result.append(name)
    except OSError:
        pass
attempt("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", given["tcp"]))
attempt("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", given["udp"]))
attempt("abstract", socket.AF_UNIX, socket.SOCK_STREAM, "\\0" + given["abstract"])
attempt("path", socket.AF_UNIX, socket.SOCK_STREAM, given["path"])
"""


@pytest.fixture
def listeners(every: Jail) -> Iterator[dict[str, socket.socket]]:
    """Servers on this machine of each kind."""
    name = uuid.uuid4().hex
    with ExitStack() as stack:
        made = {
            "tcp": socket.create_server(("127.0.0.1", 0)),
            "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
            "abstract": socket.socket(socket.AF_UNIX),
            "path": socket.socket(socket.AF_UNIX),
        }
        for one in made.values():
            stack.enter_context(one)
        made["udp"].bind(("127.0.0.1", 0))
        path = str(every.outside / f"{name[:8]}.sock")
        made["abstract"].bind("\0" + name)
        made["path"].bind(path)
        os.chmod(path, 0o777)
        made["abstract"].listen()
        made["path"].listen()
        every.given = {
            "tcp": made["tcp"].getsockname()[1],
            "udp": made["udp"].getsockname()[1],
            "abstract": name,
            "path": path,
        }
        yield made


def test_a_program_on_this_machine_cannot_be_reached(
    every: Jail, listeners: dict[str, socket.socket]
) -> None:
    """By TCP, UDP, an abstract socket or one with a path; where it can, the words say so."""
    reached = every.result(CONNECT)
    said = " ".join(list_unprotected(every.means))
    if "network is open" in said:
        assert set(reached) == set(listeners)
    else:
        assert reached == []


def test_there_is_no_way_to_another_machine(full: Jail) -> None:
    """The network has no interface that is up, and sockets of other kinds are refused."""
    code = """
import socket
result = []
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 38, 40):
    try:
        socket.socket(family, socket.SOCK_RAW if family == 17 else socket.SOCK_DGRAM)
    except OSError as error:
        result.append(error.errno)
"""
    assert full.result(code) == [97] * 6


def test_processes_of_a_submission_can_talk_to_each_other(walled: Jail) -> None:
    """A pair of connected sockets works: asyncio needs it."""
    code = """
import asyncio, socket
a, b = socket.socketpair()
a.send(b"hi")
async def wait():
    await asyncio.sleep(0.01)
    return "done"
result = [b.recv(2).decode(), asyncio.run(wait())]
"""
    assert walled.result(code) == ["hi", "done"]


def test_the_network_is_its_own(full: Jail) -> None:
    """It has no interface of the machine, and not the machine's name either."""
    code = """
import os
with open("/proc/net/dev") as file:
    interfaces = [line.split(":")[0].strip() for line in file if ":" in line]
result = [interfaces, os.uname().nodename]
"""
    assert full.result(code) == [["lo"], "sandbox"]
