"""The kernel *Python 3 (sandbox)*, driven by Jupyter's own client."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from course.grading.provisioner import NAME, install_kernelspec
from course.grading.sandbox import probe, unprotected

pytestmark = pytest.mark.skipif(
    bool(unprotected(probe())), reason="this machine has no complete sandbox; see course doctor"
)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of a sandboxed kernel that was started in a folder with a file."""
    prefix, folder = (tmp_path_factory.mktemp(name) for name in ("prefix", "folder"))
    (folder / "answers.json").write_text(json.dumps({"x": 1}), "utf-8")
    specs = KernelSpecManager(kernel_dirs=[str(install_kernelspec(str(prefix)).parent)])
    manager = KernelManager(kernel_name=NAME, kernel_spec_manager=specs)
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def _run(kernel: Any, code: str) -> str:
    """Run code and return what it printed, showed or raised."""
    _, client = kernel
    said: list[str] = []

    def hook(message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] == "stream":
            said.append(content["text"])
        elif message["msg_type"] in ("execute_result", "display_data"):
            said.append(" ".join(sorted(content["data"])) + " " + content["data"]["text/plain"])
        elif message["msg_type"] == "error":
            said.append(f"{content['ename']}: {content['evalue']}")

    client.execute_interactive(code, timeout=30, output_hook=hook)
    return "".join(said)


def test_jupyter_knows_the_provisioner() -> None:
    """It is found by its entry point, as jupyter_client looks for it."""
    assert NAME in KernelProvisionerFactory.instance().get_provisioner_entries()


def test_it_runs_cells_as_any_kernel_does(kernel: Any) -> None:
    """Values, prints, errors and figures come as from an ordinary kernel."""
    assert "42" in _run(kernel, "6 * 7")
    assert "ZeroDivisionError" in _run(kernel, "1 / 0")
    figure = _run(kernel, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert "text/html" in figure  # a picture with its words
    assert "26" in _run(kernel, "from course import data\nlen(data.first_round_departments())")


def test_it_sees_a_copy_of_the_folder_and_nothing_else(kernel: Any, tmp_path: Path) -> None:
    """Files beside the notebook are there; the machine's own files and network are not."""
    assert "answers.json" in _run(kernel, "import os; os.listdir()")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    assert "FileNotFoundError" in _run(kernel, f"open({str(secret)!r}).read()")
    assert "Error" in _run(kernel, "import socket\nsocket.create_connection(('127.0.0.1', 9), 1)")
    assert f"'{os.environ.get('HOME')}'" not in _run(kernel, "os.environ.get('HOME')")


def test_it_can_be_interrupted_and_ended(kernel: Any) -> None:
    """An endless loop ends at the stop button, and the kernel's end is seen."""
    manager, client = kernel
    asked = client.execute("while True: pass")
    time.sleep(0.5)
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=20)
    while reply["parent_header"]["msg_id"] != asked:
        reply = client.get_shell_msg(timeout=20)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    time.sleep(1)  # ipykernel refuses what was sent while it stopped
    assert "7" in _run(kernel, "3 + 4")
    assert manager.is_alive()
    _run(kernel, "x = 1")
    client.execute("import os; os._exit(0)")
    end = time.monotonic() + 10
    while manager.is_alive() and time.monotonic() < end:
        time.sleep(0.1)
    assert not manager.is_alive()
