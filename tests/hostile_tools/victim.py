"""A process that nobody has any business to touch."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

__all__ = ["Victim"]


class Victim:
    """A process that sleeps, and what it was like when it began.

    Args:
        account: the number of the account that it runs under, or None for this one.

    Attributes:
        pid: its number.
    """

    def __init__(self, account: int | None) -> None:
        command = [sys.executable, "-c", "import time; time.sleep(900)"]
        self._process = (
            subprocess.Popen(
                command, start_new_session=True, user=account, group=account, extra_groups=[]
            )
            if account is not None
            else subprocess.Popen(command, start_new_session=True)
        )
        self.pid = self._process.pid
        self._before = self._look()

    def _look(self) -> list[object]:
        """Return what another process might change of it."""
        limits = [name for name in dir(resource) if name.startswith("RLIMIT_")]
        return [
            sorted(os.sched_getaffinity(self.pid)),
            os.getpriority(os.PRIO_PROCESS, self.pid),
            os.sched_getscheduler(self.pid),
            [resource.prlimit(self.pid, getattr(resource, name)) for name in limits],
            Path(f"/proc/{self.pid}/oom_score_adj").read_text(encoding="utf-8"),
        ]

    def harmed(self) -> bool:
        """Tell whether it was ended, or is not what it was."""
        return self._process.poll() is not None or self._look() != self._before

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
