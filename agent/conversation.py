"""Where a conversation stands: the record, what was asked, what is open, every turn; plain JSON in a checkpoint."""

from typing import Any, Literal

from pydantic import Field, ValidationError

from agent.errors import StorageError
from agent.items import Frozen
from agent.record import Record, Statement

SCHEMA_VERSION = 1

Depth = Literal["quick", "full"]
Mode = Literal["opening", "question", "again", "conflict", "back", "left"]


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


class Conversation(Frozen):
    """Everything a thread knows between two messages."""

    schema_version: int = SCHEMA_VERSION
    record: Record = Record()
    depth: Depth = "full"
    speaker_names: dict[str, str] = Field(default_factory=dict)
    hunches: dict[str, Statement] = Field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    asked: tuple[Asked, ...] = ()
    open: Asked | None = None
    skipped: tuple[str, ...] = ()
    done: bool = False

    def with_(self, **changes: Any) -> "Conversation":
        return self.model_copy(update=changes)

    def unasked(self) -> "Conversation":
        """Return the conversation in which the open question was not asked yet: nobody has answered it, so it may come again."""
        if self.open is None or self.open.mode not in ("question", "again"):
            return self
        left = self.open.model_copy(update={"mode": "left"})
        return self.with_(asked=tuple(left if one == self.open else one for one in self.asked))

    def asked_items(self) -> set[str]:
        """Return every item that was asked for and not left without an answer."""
        return {item for one in self.asked if one.mode not in ("opening", "left") for item in one.items}

    def times_asked(self, item: str) -> int:
        return sum(item in one.items for one in self.asked if one.mode not in ("opening", "left"))


def restore(data: dict[str, Any] | None) -> Conversation:
    """Read a conversation out of a checkpoint; one from a newer Pilotcheck, or a damaged one, raises StorageError."""
    if not data:
        return Conversation()
    version = data.get("schema_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise StorageError("This conversation was saved by a newer Pilotcheck. Update Pilotcheck and continue; nothing was changed.")
    try:
        return Conversation.model_validate(data)
    except ValidationError as error:
        raise StorageError(
            f"This saved conversation is damaged ({error.error_count()} faults). Start a new one, or restore the database from a backup."
        ) from error
