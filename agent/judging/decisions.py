"""What a board decides on: the first page, what would change the verdict, the hard questions, what has moved since last time."""

from typing import Literal

from pydantic import Field

from agent.items import Frozen
from agent.judging.findings import Finding
from agent.judging.plans import CalendarEntry


class Change(Frozen):
    """One fact to find out, or one thing to do. `today` and `needed` are the two values, as a reader sees them.

    A fact costs asking (`who`); an action costs `weeks` of lead time and `effort` from 1 to 5, both from the guide.
    """

    kind: Literal["fact", "action"]
    item: str
    label: str
    today: str
    needed: str
    what: str
    who: str
    weeks: int = Field(ge=0)
    effort: int = Field(ge=1, le=5)


class Way(Frozen):
    """A smallest set of changes: all of them together turn the result, no smaller part of them does.

    `weeks` is the longest of them, because they can go on side by side; `effort` is their sum.
    """

    changes: tuple[Change, ...] = Field(min_length=1)
    weeks: int
    effort: int


class WhatIf(Finding):
    """What would turn one gate, or the verdict, into something better; the cheapest way first.

    `part` is a gate's name or "verdict"; `now` and `becomes` are its results; `note` says what cannot be seen from here, or is empty.
    """

    part: str
    now: str
    becomes: str
    ways: tuple[Way, ...]
    note: str = ""


class WeekStep(Finding):
    """Something to do this week."""

    what: str
    how: str
    by: str


class FirstPage(Frozen):
    """What a board reads first. `stops` are the items of the three constraints that stop the rollout."""

    headline: str
    why: tuple[str, ...]
    stops: tuple[str, ...]
    this_week: tuple[WeekStep, ...]
    next_date: CalendarEntry | None


class HardQuestion(Finding):
    """A question for the executive meeting and the answer that the evidence allows; `who` could know what is not known."""

    asked_by: Literal["the board", "the CFO", "the CISO", "a line manager"]
    question: str
    answer: str
    known: Literal["known", "partly", "not known"]
    who: str = ""


class Lapsed(Finding):
    """Evidence that is older than its kind keeps: it was said on `said_on` and held until `held_until`."""

    item: str
    label: str
    said_on: str
    held_until: str


class Moved(Finding):
    """One part of the assessment that is not what it was. `because` lists what was heard since.

    `asked_again` is False where nothing behind it was heard anew: then it only lost its evidence, and `better` is False too.
    """

    part: str
    before: str
    after: str
    better: bool
    asked_again: bool = True
    because: tuple[str, ...]


class Comparison(Frozen):
    """What lies between two assessments of a pilot.

    `closed`, `opened` and `unheard` are titles of constraints: no longer open, newly open, and not asked about again.
    """

    before_on: str
    after_on: str
    verdict_before: str
    verdict_after: str
    moved: tuple[Moved, ...]
    unmoved: tuple[str, ...]
    closed: tuple[str, ...]
    opened: tuple[str, ...]
    lapsed: tuple[Lapsed, ...]
    unheard: tuple[str, ...] = ()


class Manifest(Frozen):
    """What an assessment was made from, as SHA-256 hashes, so that it can be made again."""

    version: str
    record: str
    rules: str
    guide: str
    library: str
    assumptions: dict[str, float] = Field(default_factory=dict)


class Score(Frozen):
    """A figure that was projected, and what it came to; `inside` says whether it fell into the projected range."""

    name: str
    projected_on: str
    low: float
    high: float
    actual: float
    actual_on: str
    inside: bool
    off_by: float
