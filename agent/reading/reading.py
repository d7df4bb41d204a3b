"""What a reader is given and what it returns, whichever reader it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from agent.reading.phrases import Intent
from agent.record import Record, Statement
from agent.usage import Usage


@dataclass(frozen=True)
class Listening:
    """The moment a message arrives in: what was asked, what could be clicked, what is known, who speaks, in which language so far, which day it is.

    `choices` are as they were shown, each with its English words. `ceiling_reached`: no token may be spent on this message.
    `document`: it is a paragraph of one, of which there may be hundreds. `pointed`: the words were typed for what was asked and can be nothing else.
    `again`: it was asked a second time, as the first answer was not understood.
    """

    asked: tuple[str, ...]
    record: Record
    today: date
    speaker: str = ""
    turn: int = 0
    open_question: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    ceiling_reached: bool = False
    document: bool = False
    pointed: bool = False
    again: bool = False
    language: str = ""


@dataclass(frozen=True)
class Reading:
    """What was understood. `corrects` are items the person takes back.

    `hunches` are not plain enough to go on record: they count only if the person, asked, has nothing else to say (`knows_nothing`: a plain "I don't know" that names no item).
    What only a language model tells: `intent` and what a question is `about`, an `acknowledgement` in the person's `language` (two letters),
    what the call cost, and in `without_model` why a message had to be read without it.
    """

    statements: tuple[Statement, ...] = ()
    corrects: frozenset[str] = frozenset()
    speaker_name: str = ""
    hunches: tuple[Statement, ...] = ()
    knows_nothing: bool = False
    intent: Intent = "answer"
    about: str = ""
    acknowledgement: str = ""
    language: str = ""
    usage: Usage | None = None
    without_model: str = ""


class Reader(Protocol):
    """Anything that turns a message into statements. Every quote is an exact span of the message."""

    name: str

    def read(self, message: str, listening: Listening) -> Reading: ...


class AtCeiling:
    """A reader that may spend no token on a message any more."""

    def __init__(self, reader: Reader):
        self.name = reader.name
        self._reader = reader

    def read(self, message: str, listening: Listening) -> Reading:
        """Read without a model."""
        return self._reader.read(message, replace(listening, ceiling_reached=True))
