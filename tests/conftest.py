"""What whole conversations need: one reader and one library for the session, and an interview with storage of its own; and a PostgreSQL server."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from agent.assembly import Parts
from agent.interview import COMMANDS, Interview
from agent.items import guide
from agent.reading.reading import Reader
from agent.replies import Reply
from agent.settings import Settings
from agent.storage import Storage
from tests.postgres import Postgres, is_installed

TODAY = date(2026, 11, 21)
THREAD = "t"


@pytest.fixture(scope="session")
def today() -> date:
    """Return the day on which every conversation of the tests takes place."""
    return TODAY


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """Return the reader and the library, learned and built once."""
    made = Parts(Settings(home=tmp_path_factory.mktemp("parts")))
    made.warm()
    return made


@pytest.fixture(scope="session")
def interview_at(parts: Parts, today: date) -> Callable[..., AbstractContextManager[Interview]]:
    """Return interview_at(home), which opens an interview over what a home holds, as a process does that starts there; another reader may listen."""

    @contextmanager
    def interview_at(home: Path, reader: Reader | None = None) -> Iterator[Interview]:
        chosen = Settings(home=home)
        with closing(Storage(chosen)) as storage:
            yield Interview(storage, guide(), lambda: reader or parts.reader(), parts.library, chosen, today=lambda: today)

    return interview_at


@pytest.fixture
def interview(interview_at: Callable[..., AbstractContextManager[Interview]], tmp_path: Path) -> Iterator[Interview]:
    """Return an interview that has heard nothing yet."""
    with interview_at(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="session")
def say() -> Callable[..., list[Reply]]:
    """Return say(interview, *texts), which answers with one reply a text; "/why" presses the button."""

    def say(interview: Interview, *texts: str, thread: str = THREAD) -> list[Reply]:
        return [interview.press(thread, text[1:]) if text[1:] in COMMANDS and text[0] == "/" else interview.say(thread, text) for text in texts]

    return say


@pytest.fixture(scope="session")
def warm_home_in(parts: Parts) -> Callable[[Path], Path]:
    """Return a function that makes a home for a process of its own, in which nothing has to be learned or built any more."""

    def warm_home_in(folder: Path) -> Path:
        return Path(shutil.copytree(parts.settings.home, folder / "warm"))

    return warm_home_in


@pytest.fixture
def warm_home(warm_home_in: Callable[[Path], Path], tmp_path: Path) -> Path:
    return warm_home_in(tmp_path)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    if not is_installed():
        pytest.skip("no PostgreSQL server is installed (apt-get install postgresql)")
    with tempfile.TemporaryDirectory(prefix="pilotcheck-postgres-") as folder:
        running = Postgres(Path(folder))
        running.start()
        yield running
        running.stop()
