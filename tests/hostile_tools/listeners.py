"""Listeners on this machine that nobody has any business to contact."""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import threading
from pathlib import Path

__all__ = ["Listeners"]


class Listeners:
    """A TCP, a UDP, a unix and an abstract listener, each with what it was sent.

    Args:
        folder: where the unix socket stands; its path has to be short.
        name: tells this set's addresses from those of others.

    Attributes:
        addresses: where they listen, by kind: "tcp", "udp", "unix", "abstract".
        contacts: one line for each connection or datagram, e.g. "tcp: b'hello'".
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.contacts: list[str] = []
        self._waiting = selectors.DefaultSelector()
        self._stop = threading.Event()
        unix = folder / f"{name}.sock"
        abstract = f"{name}-{os.getpid()}-{folder.name}"
        tcp = self._listen("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        udp = self._listen("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self._listen("unix", socket.AF_UNIX, socket.SOCK_STREAM, str(unix))
        self._listen("abstract", socket.AF_UNIX, socket.SOCK_STREAM, "\0" + abstract)
        unix.chmod(0o777)
        self.addresses = {
            "tcp": str(tcp.getsockname()[1]),
            "udp": str(udp.getsockname()[1]),
            "unix": str(unix),
            "abstract": abstract,
        }
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _listen(
        self, kind: str, family: int, style: int, address: tuple[str, int] | str
    ) -> socket.socket:
        """Open one listener."""
        listener = socket.socket(family, style)
        listener.bind(address)
        if style == socket.SOCK_STREAM:
            listener.listen(8)
        listener.setblocking(False)
        self._waiting.register(listener, selectors.EVENT_READ, kind)
        return listener

    def _serve(self) -> None:
        """Note who comes, until `close`."""
        while not self._stop.is_set():
            for ready, _ in self._waiting.select(0.1):
                with contextlib.suppress(OSError):
                    self._note(ready.data, ready.fileobj)  # type: ignore[arg-type]

    def _note(self, kind: str, listener: socket.socket) -> None:
        """Take one connection or datagram and note what it says."""
        if kind == "udp":
            self.contacts.append(f"udp: {listener.recv(4096)!r}")
            return
        guest, _ = listener.accept()
        with guest:
            guest.settimeout(0.5)
            said = b""
            with contextlib.suppress(OSError):
                said = guest.recv(4096)
            self.contacts.append(f"{kind}: {said!r}")

    def close(self) -> None:
        """Stop listening."""
        self._stop.set()
        self._thread.join()
        for key in list(self._waiting.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._waiting.close()
