"""What the tests of grading share: a warm process and sessions on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from course.grader.installed import course_paths
from course.grader.run.session import Rules, Session
from course.grader.run.zygote import Zygote
from course.grader.sandbox import Limits

OpenSession = Callable[..., Session]


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """One warm process for all tests of grading."""
    warm = Zygote()
    yield warm
    warm.close()


@pytest.fixture
def open_session(zygote: Zygote) -> Iterator[OpenSession]:
    """A function that opens a session; keyword arguments are those of `Rules` and `files`."""
    with ExitStack() as stack:

        def opened(files: dict[str, bytes] | None = None, **rules: float) -> Session:
            limits = Limits(memory=int(rules.pop("memory", 512 << 20)))
            view = stack.enter_context(zygote.open_view(*course_paths()))
            session = Session(zygote, view, Rules(limits, **rules), files)  # type: ignore[arg-type]
            return stack.enter_context(session)

        yield opened
