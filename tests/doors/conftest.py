"""The command, for the tests of the doors."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.doors.nursery import Nursery
from tests.doors.running import OPENING, Command


@pytest.fixture(scope="session")
def pilotcheck() -> Iterator[Command]:
    nursery = Nursery()
    yield Command(nursery)
    nursery.close()


@pytest.fixture(scope="session")
def told(pilotcheck: Command, warm_home_in: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a home with one conversation in it, for tests that only read."""
    home = warm_home_in(tmp_path_factory.mktemp("told"))
    assert pilotcheck.chat(home, "zoo", OPENING, {"command": "finish"}).code == 0
    return home
