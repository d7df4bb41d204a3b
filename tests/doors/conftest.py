"""The command, for the tests of the doors."""

from collections.abc import Iterator

import pytest

from tests.doors.nursery import Nursery
from tests.doors.running import Command


@pytest.fixture(scope="session")
def pilotcheck() -> Iterator[Command]:
    nursery = Nursery()
    yield Command(nursery)
    nursery.close()
