"""Starts Jupyter kernels in the sandbox: a kernel provisioner for jupyter_client.

The kernelspec *Python 3 (sandbox)* names it. Whoever opens a student's notebook in JupyterLab
chooses that kernel, and what the notebook does stays where it does no harm: it sees Python, the
course's package and tables and a copy of the notebook's folder, and has no network.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import select
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from course.errors import CourseError
from course.grading.sandbox import Sandbox
from course.grading.zygote import Child, Zygote

__all__ = ["SandboxProvisioner", "install_kernelspec"]

NAME = "backyard-sandbox"
SPEC = {
    "argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python 3 (sandbox)",
    "language": "python",
    "interrupt_mode": "message",
    "metadata": {"kernel_provisioner": {"provisioner_name": NAME, "config": {}}},
}
LOOK = 0.05  # seconds between two looks whether the kernel lives


class SandboxProvisioner(KernelProvisionerBase):
    """Starts, watches and ends one sandboxed kernel.

    It refuses where this machine cannot give a kernel files, processes and network of its own: a
    person who chooses this kernel relies on that.
    """

    _warm: Zygote | None = None
    _child: Child | None = None
    _folder: str | None = None

    @property
    def has_process(self) -> bool:
        """Whether a kernel was started and not yet ended."""
        return self._child is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose where the kernel listens: sockets in a folder of its own, there is no network.

        Raises:
            CourseError: this machine has no complete sandbox.
        """
        if self._warm is None:
            self._warm = await asyncio.to_thread(Zygote)
        Sandbox(required=True).require(self._warm.means)
        self._folder = tempfile.mkdtemp(prefix="backyard-kernel-")
        manager: Any = self.parent
        manager.transport, manager.ip = "ipc", os.path.join(self._folder, "socket")
        manager.cache_ports = False
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        kwargs["cmd"] = list(SPEC["argv"])
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork the kernel from a warm process and return how to reach it.

        Raises:
            CourseError: it ended while it was started.
        """
        assert self._warm is not None
        assert self._folder is not None
        manager: Any = self.parent
        inside = Path(self._folder) / "kernel.json"
        shutil.copy(manager.connection_file, inside)
        inside.chmod(0o644)
        with self._warm.view(*_paths()) as view:
            fields = {name: getattr(view, name) for name in view.__dataclass_fields__}
            fields["shared"] = self._folder
            limits = Sandbox(parent=self.parent).limits()
            self._child = self._warm.spawn(
                "kernel",
                view=fields,
                limits={name: getattr(limits, name) for name in limits.__dataclass_fields__},
                seed=int.from_bytes(os.urandom(4), "big"),
                connection=str(inside),
            )
        self._child.channel.send_json(b"F", _files(kwargs.get("cwd")))
        try:
            await asyncio.to_thread(self._child.channel.receive, 30.0)
        except Exception as error:
            await self.kill()
            raise CourseError(
                where="the kernel Python 3 (sandbox)",
                expected="that it starts",
                found=str(error),
                todo="run: course doctor",
            ) from error
        return self.connection_info

    async def poll(self) -> int | None:
        """Return None while the kernel lives, else 1."""
        if self._child is None:
            return 1
        ready, _, _ = select.select([self._child.channel], [], [], 0)
        return 1 if ready else None  # it never sends again; what can be read is its end

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        while await self.poll() is None:
            await asyncio.sleep(LOOK)
        await self.kill()
        return 0

    async def send_signal(self, signum: int) -> None:
        """Pass on an interrupt; anything else ends the kernel."""
        import signal

        if self._child is not None and signum == signal.SIGINT:
            self._child.interrupt()
        elif signum:
            await self.kill()

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all that it started."""
        child, self._child = self._child, None
        if child is not None and self._warm is not None:
            await asyncio.to_thread(self._warm.end, child)

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel and all that it started."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove what was made for the kernel."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        if not restart and self._warm is not None:
            self._warm.close()
            self._warm = None


def _paths() -> tuple[tuple[str, ...], tuple[str, ...]]:
    from course.grading.execute import course_paths

    return course_paths()


def _files(folder: Any) -> dict[str, str]:
    """Return a copy of the notebook's folder, without notebooks, as it is sent."""
    from course.grading.intake import IntakeBounds, SubmissionError, read_files

    try:
        found = read_files(Path(folder or "."), IntakeBounds(), ["*.ipynb", ".*"]).files
    except SubmissionError:
        return {}
    return {name: base64.b64encode(data).decode("ascii") for name, data in found.items()}


def install_kernelspec(prefix: str = sys.prefix) -> Path:
    """Make the kernel *Python 3 (sandbox)* known to the Jupyter of an environment."""
    folder = Path(prefix) / "share/jupyter/kernels" / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kernel.json").write_text(json.dumps(SPEC, indent=1) + "\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    print(install_kernelspec())
