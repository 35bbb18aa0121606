"""What of the sandbox this machine has, and plain words for what it lacks."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, fields, replace

VARIABLE = "BACKYARD_SANDBOX"
PROBE_SECONDS = 30
CLOSED = "Put Python and the course where other accounts can read them; {where} is for root alone."


@dataclass(frozen=True)
class Means:
    """The walls that work here; each was tried."""

    linux: bool = False  # the system is Linux
    root: bool = False  # this account is root
    namespaces: bool = False  # own files, processes and network
    landlock: int = 0  # the version of Landlock; 0 for none
    seccomp: bool = False  # calls to the kernel can be filtered
    limits: bool = False  # memory, computing time, files and processes can be limited
    memory: bool = False  # the limit of memory holds
    identity: bool = False  # students' code runs under an account of its own
    reasons: tuple[tuple[str, str], ...] = ()  # why something is missing, as (what, why)

    @property
    def rung(self) -> str:
        """The highest wall: "namespaces", "Landlock", "limits" or "none"."""
        for name in ("namespaces", "landlock", "limits"):
            if getattr(self, name):
                return name.replace("land", "Land")
        return "none"

    def to_json(self) -> str:
        """Return it as text for another process."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Means:
        """Read what `to_json` wrote."""
        values = json.loads(text)
        values["reasons"] = tuple((str(what), str(why)) for what, why in values["reasons"])
        return cls(**{field.name: values[field.name] for field in fields(cls)})


def probe_means() -> Means:
    """Try each wall once in a process that is thrown away; the answer is kept.

    The variable BACKYARD_SANDBOX leaves higher walls out: landlock has no namespaces, limits no
    Landlock either, bare no refused calls either, none has nothing. A machine where the trial
    itself fails has nothing.
    """
    return _lower_means(_ask_fresh_process(), os.environ.get(VARIABLE, ""))


@functools.cache
def _ask_fresh_process() -> Means:
    """Ask a fresh process, since this one may have threads."""
    command = [sys.executable, "-s", "-P", "-m", "course.grader.sandbox.probe"]
    # What the machine has is asked for in full; the variable lowers the answer afterwards.
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=True,
            env=environment,
        )
        return Means.from_json(done.stdout.decode().strip().splitlines()[-1])
    # A trial that fails in itself proves no wall, so none is counted on.
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, IndexError) as error:
        return Means(reasons=(("probe", str(error)),))


def _lower_means(means: Means, rung: str) -> Means:
    """Leave out what is above a rung."""
    kept = tuple(reason for reason in means.reasons if reason[0] == "python")
    reason = (*kept, (VARIABLE, f"{VARIABLE} is set to {rung}"))
    if rung == "landlock":
        return replace(means, namespaces=False, reasons=reason)
    if rung in ("limits", "bare"):
        filtered = means.seccomp and rung == "limits"
        return replace(means, namespaces=False, landlock=0, seccomp=filtered, reasons=reason)
    if rung == "none":
        return Means(linux=means.linux, root=means.root, reasons=reason)
    return means


def list_unprotected(means: Means) -> list[str]:
    """Return a sentence for each thing that students' code could reach or use up."""
    return [
        *_say_open_files(means),
        *_say_open_network(means),
        *_say_open_programs(means),
        *_say_open_amounts(means),
    ]


def _say_open_files(means: Means) -> list[str]:
    """Say what of the file system is open."""
    if means.namespaces:
        return []
    if means.landlock:
        said = ["It can find out whether a file exists and how large it is."]
        if not means.seccomp and not means.identity:
            said.append("It can change the mode and the times of this account's files.")
        if means.landlock < 3:
            said.append("It can empty files of this account.")
        return said
    if means.identity:
        return ["It can read other files of this machine."]
    return ["It can read, change and delete other files of this account, the gradebook too."]


def _say_open_network(means: Means) -> list[str]:
    """Say what of the network is open."""
    if means.namespaces or means.seccomp:
        return []
    if means.landlock >= 4:
        return ["The network is open, except for TCP."]
    return ["The network is open."]


def _say_open_programs(means: Means) -> list[str]:
    """Say what other programs are in reach, and what may live on."""
    if means.namespaces:
        return []
    said = []
    if not means.landlock:
        said.append("It can see which programs run on this machine.")
    if not means.identity and not (means.linux and means.seccomp):
        what = "hold up" if means.landlock >= 6 else "stop"
        said.append(f"It can {what} other programs of this account.")
        said.append("A program that it starts and hides may live on.")
    return said


def _say_open_amounts(means: Means) -> list[str]:
    """Say what may be used up."""
    if not means.limits:
        return ["It can use up memory, computing time, processes and disk space."]
    said = []
    if not means.memory or not means.seccomp:
        said.append("It can use up memory.")
    if not means.namespaces:
        said.append("It can fill the disk with many files.")
    return said


def closed_python(means: Means) -> str:
    """Return where Python lies if students' code cannot reach it there; empty when it can.

    As root, students' code runs under an account of its own. Where only root can reach Python,
    that account needs the right to read all files, which only the higher walls can hold in check.
    """
    if means.namespaces or means.landlock or not means.identity:
        return ""
    return dict(means.reasons).get("python", "")


def list_remedies(means: Means) -> list[str]:
    """Return what the owner of this machine can do for a complete sandbox."""
    if not list_unprotected(means):
        return []
    if not means.linux:
        return ["Grade on Linux, or in a Linux container or virtual machine."]
    reasons = dict(means.reasons)
    if where := closed_python(means):
        return [f"{CLOSED.format(where=where)} Nothing is graded until then."]
    if VARIABLE in reasons:
        return [f"Unset the variable {VARIABLE}."]
    said = []
    if not means.namespaces:
        said.append(_mend_namespaces(reasons.get("namespaces", "")))
    if not means.landlock:
        said.append(
            "Landlock is missing: use a kernel of 5.13 or later that has it in its list of "
            "security modules (cat /sys/kernel/security/lsm), or allow its calls in the container."
        )
    if not means.seccomp:
        said.append("Install the library libseccomp (the package libseccomp2 or libseccomp).")
    return said


def _mend_namespaces(reason: str) -> str:
    """Return what makes namespaces work."""
    if _read_setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "AppArmor keeps ordinary programs from making user namespaces. Either add an AppArmor "
            f"profile with the rule 'userns,' for {os.path.realpath(sys.executable)}, or as root: "
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        )
    if _read_setting("kernel/unprivileged_userns_clone") == "0":
        return "As root: sysctl -w kernel.unprivileged_userns_clone=1"
    if _read_setting("user/max_user_namespaces") == "0":
        return "As root: sysctl -w user.max_user_namespaces=15000"
    return (
        f"Namespaces cannot be made here ({reason or 'no reason given'}). In a container: allow "
        "the calls unshare, mount and pivot_root in its seccomp profile (Docker: --security-opt "
        "seccomp=PROFILE --security-opt systempaths=unconfined; Kubernetes: a "
        "securityContext.seccompProfile of type Localhost and procMount: Unmasked), or grade "
        "outside of it."
    )


def _read_setting(name: str) -> str:
    """Return a setting of the kernel, empty where there is none."""
    try:
        with open(f"/proc/sys/{name}", encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""
