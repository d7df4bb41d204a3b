"""What a reader is given and what it returns, whichever reader it is."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from agent.record import Record, Statement


@dataclass(frozen=True)
class Listening:
    """The moment a message arrives in: what was asked, what is known, who speaks, which day it is."""

    asked: tuple[str, ...]
    record: Record
    today: date
    speaker: str = ""
    turn: int = 0
    open_question: bool = False


@dataclass(frozen=True)
class Reading:
    """What was understood. `corrects` are items the person takes back.

    `hunches` are not plain enough to go on record: they count only if the person, asked, has nothing else to say (`knows_nothing`: a plain "I don't know" that names no item).
    """

    statements: tuple[Statement, ...] = ()
    corrects: frozenset[str] = frozenset()
    speaker_name: str = ""
    hunches: tuple[Statement, ...] = ()
    knows_nothing: bool = False


class Reader(Protocol):
    """Anything that turns a message into statements. Every quote is an exact span of the message."""

    name: str

    def read(self, message: str, listening: Listening) -> Reading: ...
