"""One message, and what the built-in reader makes of it beside what is on record."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from agent.assembly import Parts
from agent.reading.reading import Listening, Reading
from agent.record import Record, Statement


@pytest.fixture(scope="session")
def reading(parts: Parts, today: date) -> Callable[..., Reading]:
    """Return reading(message, *asked, **known): all that is read; an opening where nothing was asked; what is known is named as gates__adoption=45."""

    def reading(message: str, *asked: str, **known: Any) -> Reading:
        record = Record()
        for item, value in known.items():
            record = record.take(Statement(item=item.replace("__", "."), state="known", value=value, quote="x", turn=1, said_on=today.isoformat()))
        return parts.reader().read(message, Listening(asked, record, today, turn=2, open_question=not asked))

    return reading


@pytest.fixture(scope="session")
def read(reading: Callable[..., Reading]) -> Callable[..., dict[str, Any]]:
    """Return read(message, *asked, **known): what is heard, item by item: the value, or the state where there is none."""

    def read(message: str, *asked: str, **known: Any) -> dict[str, Any]:
        return {said.item: said.value if said.state == "known" else said.state for said in reading(message, *asked, **known).statements}

    return read
