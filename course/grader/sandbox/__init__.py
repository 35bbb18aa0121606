"""Keeps students' code from everything but the Python environment and a folder of its own.

Where the kernel allows it, a process gets its own files, processes and network (`mounts`,
`namespaces`), an account without rights (`identity`), and may no longer make calls that notebooks
do not need (`landlock`, `seccomp`, `rlimits`). `probe_means` tells what works on a machine,
`list_unprotected` says in plain words what does not, `confine_process` puts a process behind all
that works, and `sweep_process` ends it with all that it started.
"""

from course.grader.sandbox.limits import Limits, Sandbox, View
from course.grader.sandbox.means import Means, list_remedies, list_unprotected, probe_means
from course.grader.sandbox.namespaces import fork_bracket, nest_namespaces, outer_pid
from course.grader.sandbox.sweep import sweep_process
from course.grader.sandbox.syscalls import (
    SandboxError,
    end_with_parent,
    not_dumpable,
    present_size,
)
from course.grader.sandbox.walls import confine_process

__all__ = [
    "Limits",
    "Means",
    "Sandbox",
    "SandboxError",
    "View",
    "confine_process",
    "end_with_parent",
    "fork_bracket",
    "list_remedies",
    "list_unprotected",
    "nest_namespaces",
    "not_dumpable",
    "outer_pid",
    "present_size",
    "probe_means",
    "sweep_process",
]
