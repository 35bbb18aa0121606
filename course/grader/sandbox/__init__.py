"""Keeps students' code from everything but the Python environment and a folder of its own.

Where the kernel allows it, a process gets its own files, processes and network (`mounts`,
`namespaces`), an account without rights (`identity`), and may no longer make calls that notebooks
do not need (`landlock`, `seccomp`, `rlimits`). `probe` tells what works on a machine, `unprotected`
says in plain words what does not, `confine` puts a process behind all that works, and `sweep` ends
it with all that it started.
"""

from course.grader.sandbox.limits import Limits, Sandbox, View
from course.grader.sandbox.means import Means, mend, one_line, probe, unprotected
from course.grader.sandbox.namespaces import fork_bracket, nest, outer_pid
from course.grader.sandbox.sweep import sweep
from course.grader.sandbox.syscalls import SandboxError, not_dumpable, present_size
from course.grader.sandbox.walls import confine

__all__ = [
    "Limits",
    "Means",
    "Sandbox",
    "SandboxError",
    "View",
    "confine",
    "fork_bracket",
    "mend",
    "nest",
    "not_dumpable",
    "one_line",
    "outer_pid",
    "present_size",
    "probe",
    "sweep",
    "unprotected",
]
