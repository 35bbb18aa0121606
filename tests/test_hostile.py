"""Hostile and damaged submissions: what each case of tests/hostile/ says must hold.

One class of them all, with two honest students among them, is graded once; a small one more for
each machine with less of a sandbox that some cases are meant for.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bench.hostile import spread, table
from course.grader.run.wire import Channel, Frame
from course.grader.sandbox.identity import reachable_by_all
from tests.hostile_tools.cases import HostileCase, load_corpus
from tests.hostile_tools.evidence import Evidence, StudentResult, gather, points
from tests.hostile_tools.grade import read_outcomes
from tests.hostile_tools.listeners import Listeners
from tests.hostile_tools.live import live_script
from tests.hostile_tools.pieces import wire
from tests.hostile_tools.supervise import Supervised, supervise
from tests.hostile_tools.world import ASSIGNMENT, HONEST_RIGHT, HONEST_WRONG, World, tree_digest
from tests.notebooks import ROOT, grade_cells, read

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        sys.platform != "linux", reason="what is left of a run is found with Linux's means"
    ),
]

JOBS = 2
CELL_SECONDS = 3
RUN_SECONDS = float(os.environ.get("HOSTILE_SECONDS", "900"))
FLOOD_MB = int(os.environ.get("HOSTILE_FLOOD_MB", "1000"))
# Without walls, root does not grade from a folder that only root can enter: test_protection.py.
HIDDEN = os.geteuid() == 0 and not reachable_by_all([sys.prefix, sys.base_prefix, str(ROOT)])
# To work on some cases alone: HOSTILE_ONLY='forge|read-own'
CASES = [c for c in load_corpus() if re.search(os.environ.get("HOSTILE_ONLY", ""), c.name)]
CASES = [c for c in CASES if not (HIDDEN and (c.rung, c.account) == ("limits", ""))]
MAXIMUM = 11.0
QUESTIONS = {f"trial-{number:02}" for number in range(1, 9)}


def ids(case: HostileCase) -> str:
    """Name a case in the test report."""
    return case.name


@dataclass(frozen=True)
class Run:
    """One graded class.

    Attributes:
        name: of the machine, "" for this one.
        world: the course and what stands round it.
        supervised: how the run ended and what it left running.
        results: what became of each student.
        phases: what the run said it had done: "grading", "feedback".
        evidence: what each case did, by name.
    """

    name: str
    world: World
    supervised: Supervised
    results: dict[str, StudentResult]
    phases: dict[str, dict[str, object]]
    evidence: dict[str, Evidence]


MACHINES = sorted({(case.rung, case.account) for case in CASES} | {("", "")})


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[tuple[str, str], Run]]:
    """The whole corpus, graded with feedback: in one run for each machine."""
    with contextlib.ExitStack() as closed_at_the_end:
        yield {
            (rung, account): _grade(rung, account, closed_at_the_end) for rung, account in MACHINES
        }


def _grade(rung: str, account: str, closed_at_the_end: contextlib.ExitStack) -> Run:
    """Grade the cases that are meant for a machine."""
    world = World("project", cell_seconds=CELL_SECONDS, flood_mb=FLOOD_MB, account=account)
    closed_at_the_end.callback(world.close)
    cases = [case for case in CASES if (case.rung, case.account) == (rung, account)]
    for case in cases:
        world.add(case)
    world.hand_over()
    result = world.base / "outcomes.jsonl"
    command = [sys.executable, "-m", "tests.hostile_tools.grade"]
    supervised = supervise(
        [*command, str(world.course), ASSIGNMENT, str(JOBS), str(result), account],
        seconds=RUN_SECONDS,
        cwd=world.course,
        env={**world.environment(), **({"BACKYARD_SANDBOX": rung} if rung else {})},
        scratch=world.base,
    )
    outcomes = read_outcomes(result)
    return Run(
        rung,
        world,
        supervised,
        points(world.course, outcomes, JOBS),
        {str(line["done"]): line for line in outcomes if "done" in line},
        {case.name: gather(world, case, supervised) for case in cases},
    )


@pytest.fixture(params=MACHINES, ids=lambda machine: " ".join(machine).strip() or "this machine")
def run(request: pytest.FixtureRequest, runs: dict[tuple[str, str], Run]) -> Run:
    """One of the runs."""
    return runs[request.param]


@pytest.fixture
def result(case: HostileCase, runs: dict[tuple[str, str], Run]) -> StudentResult:
    """What became of a case; empty when the run never came to it."""
    return runs[case.rung, case.account].results.get(case.student, StudentResult())


@pytest.fixture
def evidence(case: HostileCase, runs: dict[tuple[str, str], Run]) -> Evidence:
    """What a case did."""
    return runs[case.rung, case.account].evidence[case.name]


# --- the corpus -----------------------------------------------------------------------------------


def test_the_corpus_is_large_and_says_what_must_hold() -> None:
    """At least 64 cases; each tells its story in a sentence and promises something of its own."""
    corpus = load_corpus()
    assert len(corpus) >= 64
    assert len({case.student for case in corpus}) == len({case.story for case in corpus})
    for case in corpus:
        assert case.story.endswith("."), case.name
        said = (case.holds.points, case.holds.least, case.holds.most, case.holds.fault)
        assert any(promise is not None for promise in said), case.name


def test_the_right_answers_are_worth_all_points() -> None:
    """The assignment has eight questions for the computer, 11 points in all."""
    source = read(ROOT / "tests/hostile_course/source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    assert sum(cell.metadata.nbgrader.points for cell in grade_cells(source)) == MAXIMUM


# --- the class ------------------------------------------------------------------------------------


def test_the_run_comes_to_its_end(run: Run) -> None:
    """No submission stops the class: every student has an outcome and feedback is made."""
    log = (run.world.base / "supervised.log").read_text(encoding="utf-8", errors="replace")
    assert run.supervised.code == 0, log[-3000:]
    assert set(run.phases) == {"grading", "feedback"}
    told = {student for student, result in run.results.items() if result.known}
    mine = {case.student for case in CASES if case.name in run.evidence}
    assert told >= mine | {HONEST_RIGHT, HONEST_WRONG}


@pytest.mark.parametrize(
    ("student", "total"), [(HONEST_RIGHT, MAXIMUM), (HONEST_WRONG, 0.0)], ids=["right", "wrong"]
)
def test_an_honest_neighbour_has_exactly_the_honest_points(
    run: Run, student: str, total: float
) -> None:
    """Nothing that others hand in gives an honest student a point more or less."""
    result = run.results[student]
    assert result.fault is None
    assert sum(result.points.values()) == total
    assert result.by_hand == 0


def test_nothing_is_left_running(run: Run) -> None:
    """When the run is over no process of it is left, of whatever session."""
    assert run.supervised.left == []


def test_what_all_share_is_as_it_was(run: Run) -> None:
    """Source, release, settings and the honest students' work are untouched."""
    assert run.world.changed() == []


def test_nothing_fell_outside_the_course(run: Run) -> None:
    """Beside the course and the home folder there is what the test itself put there."""
    known = {"canaries", "loot", "course", "home", "outcomes.jsonl"}
    known |= {"supervised.log", "supervised.json"}
    found = {path.name for path in run.world.base.iterdir() if not path.is_socket()}
    assert found <= known


# --- each case ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_submission_gets_the_points_that_it_deserves(
    case: HostileCase, result: StudentResult
) -> None:
    """The points are those of the folder, or a fault with its reason where one is allowed."""
    holds = case.holds
    assert result.known, "the run never came to it"
    if result.fault is not None and (holds.may_fault or holds.fault):
        assert sum(result.points.values()) == 0, "it is a fault and has points"
        return
    assert result.fault is None
    total = sum(result.points.values())
    if isinstance(holds.points, Mapping):
        assert result.points == dict(holds.points)
    elif holds.points is not None:
        assert total == pytest.approx(holds.points), result.points
    assert holds.least is None or total >= holds.least - 1e-9, result.points
    assert holds.most is None or total <= holds.most + 1e-9, result.points
    assert result.by_hand == 0, "points that nobody gave"


@pytest.mark.parametrize("case", [c for c in CASES if c.holds.fault or c.holds.may_fault], ids=ids)
def test_a_fault_is_told_in_one_line_with_its_reason(
    case: HostileCase, result: StudentResult, runs: dict[tuple[str, str], Run]
) -> None:
    """What cannot be graded is named, in a line that nothing in the submission can spoil."""
    fault = result.fault
    if fault is None:
        assert case.holds.fault is None or case.holds.may_fault
        return
    assert re.search(case.holds.fault or ".", fault)
    assert fault.isprintable()
    assert len(fault) <= 600
    assert not any(
        secret in fault for secret in runs[case.rung, case.account].world.secrets.values()
    )


@pytest.mark.parametrize("case", [c for c in CASES if c.holds.tampering], ids=ids)
def test_tampering_is_named_and_its_points_wait_for_a_person(
    case: HostileCase, result: StudentResult
) -> None:
    """No mark of the computer's stands of a submission that wrote what nobody asked for."""
    assert "tampering" in result.reasons, result.reasons
    assert result.waiting == QUESTIONS


@pytest.mark.parametrize("case", [c for c in CASES if c.holds.remark], ids=ids)
def test_what_was_stopped_is_named(case: HostileCase, result: StudentResult) -> None:
    """The report names the question, or the run tells why the submission was stopped."""
    told = "\n".join([*result.remarks, result.fault or ""])
    assert re.search(str(case.holds.remark), told), told


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_no_secret_gets_out(case: HostileCase, evidence: Evidence) -> None:
    """Keys, environment, home, gradebook and others' work reach nobody."""
    assert evidence.leaked == ()


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_feedback_page_holds_no_secret(case: HostileCase, evidence: Evidence) -> None:
    """The student's own page holds no key and nothing of anybody else's."""
    assert evidence.shown == ()


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_nothing_is_harmed(case: HostileCase, evidence: Evidence) -> None:
    """Canaries, listeners, home folder are untouched, and nothing of the case runs on."""
    assert evidence.harmed == ()


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_no_script_runs_where_the_work_is_read(case: HostileCase, evidence: Evidence) -> None:
    """Neither on the feedback page nor in the formgrader does a student's script run."""
    assert evidence.script == ()


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_submission_stays_small_and_quick(
    case: HostileCase, result: StudentResult, evidence: Evidence
) -> None:
    """What is kept of a submission has a bound, and so has its time."""
    assert evidence.megabytes <= case.holds.most_mb
    assert (result.seconds or 0.0) <= case.holds.only_seconds


@pytest.mark.parametrize("case", [c for c in CASES if c.holds.absent], ids=ids)
def test_what_must_not_come_out_does_not(case: HostileCase, evidence: Evidence) -> None:
    """Texts that would show that a cell succeeded stand nowhere in its outputs."""
    for text in case.holds.absent:
        assert text not in evidence.outputs


@pytest.mark.parametrize("case", [c for c in CASES if c.holds.present], ids=ids)
def test_a_case_ran_as_far_as_it_was_meant_to(
    case: HostileCase, result: StudentResult, evidence: Evidence
) -> None:
    """The cell did run: the case does not hold for want of having been tried."""
    if result.fault is None:
        for text in case.holds.present:
            assert text in _printed(evidence.outputs)


def _printed(outputs: str) -> str:
    """Return what a graded notebook's cells printed."""
    texts = []
    for line in outputs.split("\n"):
        try:
            notebook = json.loads(line)
            for cell in notebook["cells"]:
                texts += ["".join(o.get("text", "")) for o in cell.get("outputs", [])]
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return "\n".join(texts)


# --- the tools ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "<script>hx_alert()</script>",
        "<script type=module>hx_alert()</script>",
        "<img src=x onerror=hx_alert()>",
        "<a href='java&#x0A;script:hx_alert()'>x</a>",
        "<svg><a xlink:href=' javascript:hx_alert()'>x</a></svg>",
        "<iframe srcdoc='&lt;script&gt;hx_alert()&lt;/script&gt;'></iframe>",
        "<script type='application/json'>{</script><script>hx_alert()</script>",
    ],
)
def test_script_is_found_in_a_page(page: str) -> None:
    """What a browser would run counts, however it is written."""
    assert live_script(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>&lt;script&gt;hx_alert()&lt;/script&gt;</p>",
        "<a href='#hx_alert'>x</a>",
        '<script type=\'application/json\'>{"x": "hx_alert()"}</script>',
        "<script>ours()</script>",
    ],
)
def test_text_about_script_is_none(page: str) -> None:
    """Escaped text and data do not count."""
    assert live_script(page) == []


def test_a_process_that_leaves_its_session_is_found_and_ended(tmp_path: Path) -> None:
    """Whoever is left is told, also out of its session, and ended."""
    sleeper = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', "
    sleeper += "'import time; time.sleep(60)', 'hx-left'], start_new_session=True)"
    supervised = supervise(
        [sys.executable, "-c", sleeper],
        seconds=30,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        scratch=tmp_path,
    )
    assert supervised.code == 0
    (line,) = supervised.left
    assert "hx-left" in line
    assert not Path(f"/proc/{line.split()[0]}").exists()


def test_a_command_without_end_is_stopped(tmp_path: Path) -> None:
    """After its time a command is ended, and that is told."""
    supervised = supervise(
        [sys.executable, "-c", "import time; time.sleep(60)"],
        seconds=0.5,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        scratch=tmp_path,
    )
    assert supervised.code is None
    assert supervised.seconds < 10


def test_the_attackers_tools_speak_as_the_project_does() -> None:
    """A frame that a case writes is one that the project reads, of the kind that it is meant to be.

    Else an attack would hold for want of having been tried.
    """
    meant = {
        Frame.OUTPUT: wire.OUTPUT,
        Frame.INTERRUPTED: wire.INTERRUPTED,
        Frame.END: wire.END,
        Frame.RECORD: wire.VALUE,
        Frame.RESULT: wire.RESULT,
        Frame.READY: wire.READY,
    }
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours)
        for kind, byte in meant.items():
            theirs.sendall(wire.frame(byte, b"content"))
            assert channel.receive(5) == (kind, b"content")


def test_every_listener_notes_who_comes() -> None:
    """A connection or datagram to any of the four kinds is seen."""
    with tempfile.TemporaryDirectory(prefix="hx-") as folder:
        listeners = Listeners(Path(folder), "hx-own")
        at = listeners.addresses
        places: list[tuple[int, int, Any]] = [
            (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", int(at["tcp"]))),
            (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", int(at["udp"]))),
            (socket.AF_UNIX, socket.SOCK_STREAM, at["unix"]),
            (socket.AF_UNIX, socket.SOCK_STREAM, "\0" + at["abstract"]),
        ]
        for family, style, address in places:
            with socket.socket(family, style) as line:
                line.connect(address)
                line.send(b"hello")
        until = time.monotonic() + 5
        while len(listeners.contacts) < 4 and time.monotonic() < until:
            time.sleep(0.05)
        listeners.close()
    assert sorted(listeners.contacts) == [
        f"{kind}: b'hello'" for kind in ("abstract", "tcp", "udp", "unix")
    ]


def test_a_change_of_a_canary_is_seen(tmp_path: Path) -> None:
    """Content, rights and names of files count."""
    file = tmp_path / "a"
    file.write_text("x", encoding="utf-8")
    digests = [tree_digest(tmp_path)]
    file.chmod(0o600)
    digests.append(tree_digest(tmp_path))
    file.write_text("y", encoding="utf-8")
    digests.append(tree_digest(tmp_path))
    file.rename(tmp_path / "b")
    digests.append(tree_digest(tmp_path))
    assert len(set(digests)) == 4


def test_the_benchmark_counts_each_case_once_a_column() -> None:
    """The table has a line a group and one in all."""
    cases = spread(load_corpus(), 5)
    assert len(cases) == 5
    names = [case.name for case in cases]
    verdicts: dict[str, dict[str, list[str]]] = {
        "stock": {name: ["forged", "harmed"] for name in names},
        "project": {name: [] for name in names},
    }
    last = table(cases, verdicts).splitlines()[-1].split()
    assert last == ["all", "5", "5", "0", "0", "0", "5", "0", "0", "0"]
