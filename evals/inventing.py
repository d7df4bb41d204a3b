"""Inventions: parties, dates and figures that a record holds as known and that nobody said.

Two ways to invent are told apart. `denied`: the gold says that the person does not know it or that there is none. `unsaid`: the
value stands in no message. A value that was said and put in the wrong place is wrong, which the item's score says, not invented.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from agent.items import Guide
from agent.reading.dates import find_dates
from agent.reading.numbers import find_numbers
from agent.reading.values import find_values
from agent.record import Record, Statement
from agent.same import SMALL_WORDS, TITLES, convert, ends
from evals.outcome import Invention
from evals.scenario import STATES

FIGURES = frozenset({"count", "percent", "quantity", "money", "duration"})
SCALES = (1.0, 100.0, 0.01)  # a share said as a number, and pence or cents said of a currency
EXTENT = re.compile(
    r"\b(?:all|every|everyone|everybody|each|both|none|no|nobody|no one|nil|zero|not|never|half|whole|entire|full|fully|per cent|once|twice|double|doubled|tripled)\b",
    re.IGNORECASE,
)


def inventions(record: Record, gold: Mapping[str, Any], messages: Sequence[str], guide: Guide, today: date) -> tuple[Invention, ...]:
    """Return what was invented, in the order of the record."""
    said = Said(messages, today)
    found = []
    for item, entry in record.entries.items():
        kind = guide.items[item].kind
        if entry.state != "known" or entry.value == "nobody" or kind not in {*FIGURES, "party", "date"}:
            continue
        statement = entry.standing[0]
        denied = isinstance(gold.get(item), str) and gold[item] in STATES
        if denied or not said.holds(statement, kind):
            found.append(Invention(item=item, value=entry.value, quote=statement.quote, why="denied" if denied else "unsaid"))
    return tuple(found)


class Said:
    """Everything a person said, taken apart once: words, numbers, days."""

    def __init__(self, messages: Sequence[str], today: date):
        text = "\n\n".join(messages)
        self.words = set(_words(text))
        self.days = {day.iso for message in messages for day in find_dates(message, today)}
        self.numbers = {number.value for message in messages for number in find_numbers(message)}
        values = [mention for message in messages for mention in find_values(message, today)]
        self.numbers |= {number for mention in values if not isinstance(mention.value, str | list) for number in _numbers(mention.value)}
        self.today = today

    def holds(self, statement: Statement, kind: str) -> bool:
        """Say whether the value of a statement stands somewhere in what was said."""
        if kind == "party":
            words = [word for word in _words(str(statement.value)) if word not in TITLES | SMALL_WORDS]
            return set(words) <= self.words | {*_words(statement.speaker), "me"}
        if kind == "date":
            return statement.value in self.days
        wanted = _numbers(statement.value)
        if kind == "duration":
            wanted = {*wanted, *(convert(number, str(statement.value.get("unit") or "")) / 86_400 for number in wanted)}
            if find_dates(statement.quote, self.today):  # "since 2 November" runs to today
                return True
        extent = bool(EXTENT.search(statement.quote))
        return extent or any(_close(number * scale, one) for number in wanted for scale in SCALES for one in self.numbers)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _numbers(value: Any) -> set[float]:
    """Return a figure's middle and its ends."""
    try:
        return {*ends(value), sum(ends(value)) / 2}
    except (TypeError, ValueError):
        return set()


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 0.005 * max(abs(one), abs(other), 1e-9)
