"""Where a conversation stands: the record, what was asked, what is open, every turn; plain JSON in a checkpoint."""

from typing import Any, Literal, NotRequired, TypedDict

from pydantic import Field, ValidationError

from agent.errors import StorageError
from agent.items import Frozen
from agent.judging.scoring import Actual
from agent.record import Record, Statement
from agent.usage import Usage, total

SCHEMA_VERSION = 4

Depth = Literal["quick", "full"]
Mode = Literal["opening", "question", "again", "conflict", "back", "left"]


class Message(TypedDict):
    """What a door hands in: words, or a command, for "correct" and "clear" about one item.

    `brought` is a document as JSON, `chosen` what of it is right; `about` are the items that "told" is an answer to; "amend" reads turn number `amends` again.
    `decides` says whether the speaker may replace what others said; whoever may not is a voice beside them.
    """

    thread: str
    text: str
    command: str
    item: str
    speaker: str
    turn_id: str
    today: str
    depth: str
    decides: bool
    brought: NotRequired[dict[str, Any]]
    chosen: NotRequired[list[int]]
    about: NotRequired[list[str]]
    amends: NotRequired[int]


class Asked(Frozen):
    """One time that something was asked; "left" is a question that the person went away from, so that it may come again."""

    question: str
    items: tuple[str, ...]
    mode: Mode
    turn: int


class Turn(Frozen):
    """One message of a person and the answer they got."""

    number: int
    speaker: str
    text: str
    said_on: str
    turn_id: str = ""
    reply: str = ""
    usage: Usage | None = None


class Proposal(Frozen):
    """One thing a document seems to say, and where it says it; it counts once somebody has confirmed it."""

    statement: Statement
    place: str


class Brought(Frozen):
    """A document that waits for confirmation."""

    name: str
    proposals: tuple[Proposal, ...]


class Before(Frozen):
    """What an earlier conversation about the same pilot ended with."""

    thread: str
    on: str
    record: Record


class Conversation(Frozen):
    """Everything a thread knows between two messages; `told` are notes that are given only once."""

    schema_version: int = SCHEMA_VERSION
    record: Record = Record()
    depth: Depth = "full"
    speaker_names: dict[str, str] = Field(default_factory=dict)
    hunches: dict[str, Statement] = Field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    asked: tuple[Asked, ...] = ()
    open: Asked | None = None
    skipped: tuple[str, ...] = ()
    brought: Brought | None = None
    done: bool = False
    language: str = ""
    told: tuple[str, ...] = ()
    before: Before | None = None
    actuals: tuple[Actual, ...] = ()

    @property
    def usage(self) -> Usage:
        """Return what the language model was used for so far."""
        return total([turn.usage for turn in self.turns if turn.usage])

    def with_(self, **changes: Any) -> "Conversation":
        return self.model_copy(update=changes)

    def unasked(self) -> "Conversation":
        """Return the conversation in which the open question was not asked yet: nobody has answered it, so it may come again."""
        if self.open is None or self.open.mode not in ("question", "again", "conflict"):
            return self
        asked = self.asked
        for item in self.open.items:
            asked = tuple(one for entry in asked for one in _without(entry, item))
        return self.with_(asked=asked)

    def cleared(self, item: str) -> "Conversation":
        """Return the conversation in which nothing was heard about an item and nobody was asked for it."""
        asked = tuple(one for entry in self.asked for one in _without(entry, item))
        hunches = {name: hunch for name, hunch in self.hunches.items() if name != item}
        return self.with_(record=self.record.without(item), asked=asked, hunches=hunches)

    def asked_items(self) -> set[str]:
        """Return every item that was asked for and not left without an answer."""
        return {item for one in self.asked if one.mode not in ("opening", "left") for item in one.items}

    def times_asked(self, item: str) -> int:
        return sum(item in one.items for one in self.asked if one.mode not in ("opening", "left"))


def _without(entry: Asked, item: str) -> tuple[Asked, ...]:
    """Return what was asked without an item; the item itself counts as left."""
    if item not in entry.items or entry.mode in ("opening", "left"):
        return (entry,)
    rest = tuple(name for name in entry.items if name != item)
    left = entry.model_copy(update={"items": (item,), "mode": "left"})
    return (entry.model_copy(update={"items": rest}), left) if rest else (left,)


def restore(data: dict[str, Any] | None) -> Conversation:
    """Read a conversation out of a checkpoint; one from a newer Pilotcheck, or a damaged one, raises StorageError."""
    if not data:
        return Conversation()
    version = data.get("schema_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise StorageError("This conversation was saved by a newer Pilotcheck. Update Pilotcheck and continue; nothing was changed.")
    try:
        return Conversation.model_validate(_migrated(data, version))
    except ValidationError as error:
        raise StorageError(
            f"This saved conversation is damaged ({error.error_count()} faults). Start a new one, or restore the database from a backup."
        ) from error


def _migrated(data: dict[str, Any], version: int) -> dict[str, Any]:
    """Bring a conversation of an older version up to this one.

    Version 1 knew neither languages nor what a model was used for, version 2 no reassessment and no actual figures,
    version 3 not everything that was said about an item: the defaults say so.
    """
    return {**data, "schema_version": SCHEMA_VERSION} if version < SCHEMA_VERSION else data
