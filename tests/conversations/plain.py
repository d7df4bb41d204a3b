"""An interview whose reader understands lines like "gates.adoption: 62" and nothing else: what is left is the way a conversation goes."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from agent.interview import Interview
from agent.items import guide
from agent.reading.reading import Listening, Reading
from agent.record import Statement
from agent.settings import Settings
from agent.storage import Storage

LINE = re.compile(r"(no, )?([a-z]+\.[a-z_]+): (.+)")
VALUES: dict[str, Any] = {
    "text": "something", "choice": None, "answer": "yes", "count": 60, "percent": 62, "quantity": {"value": 31, "unit": "minutes"},
    "money": {"amount": 2, "currency": "EUR"}, "duration": {"value": 6, "unit": "weeks"}, "date": "2026-09-01", "party": "Tom Hill", "list": ["one"],
}  # fmt: skip


class PlainReader:
    """Reads "item: value", "item: unknown", and "no, item: value" as a correction."""

    name = "plain"

    def read(self, message: str, listening: Listening) -> Reading:
        found, corrects = [], set()
        for line in LINE.finditer(message):
            correction, item, value = line.groups()
            if correction:
                corrects.add(item)
            state = value if value in ("unknown", "absent") else "known"
            found.append(
                Statement(
                    item=item,
                    state=state,  # type: ignore[arg-type]
                    value=yaml.safe_load(value) if state == "known" else None,
                    quote=line[0],
                    turn=listening.turn,
                    said_on=listening.today.isoformat(),
                )
            )
        return Reading(tuple(found), frozenset(corrects))


class NoLibrary:
    """A library with nothing in it."""

    def search(self, query: str, **filters: Any) -> list[Any]:
        return []

    def passage(self, id: str) -> None:
        return None

    def passages(self) -> tuple[()]:
        return ()


@contextmanager
def plain_interview(home: Path, today: date, database_url: str | None = None) -> Iterator[Interview]:
    chosen, reader, library = Settings(home=home, database_url=database_url), PlainReader(), NoLibrary()
    with closing(Storage(chosen)) as storage:
        yield Interview(storage, guide(), lambda: reader, lambda: library, chosen, today=lambda: today)


def answer(item: str, value: Any = None) -> str:
    """Return a line that tells an item, with a value that fits it if none is given."""
    kind = guide().items[item].kind
    fitting = value if value is not None else guide().items[item].options[0] if kind == "choice" else VALUES[kind]
    return f"{item}: {yaml.safe_dump(fitting, default_flow_style=True, default_style=chr(34) if fitting == 'yes' else None).splitlines()[0]}"


def answers(*items: str) -> str:
    return "\n".join(answer(item) for item in items)
