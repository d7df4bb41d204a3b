"""What is known about a pilot: every statement with its quote, speaker and turn, its history and its conflicts."""

from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from agent.items import Frozen
from agent.same import same_value

Said = Literal["known", "absent", "unknown", "not_applicable"]
State = Literal["unasked", "known", "absent", "unknown", "not_applicable", "conflicting"]


class Statement(Frozen):
    """What somebody said about one item: the value read, and the exact words it was read from."""

    item: str
    state: Said
    value: Any = None
    quote: str = ""
    speaker: str = ""
    turn: int = 0
    said_on: str = ""


class Taken(Frozen):
    """A statement as it was taken: `corrects` says whether it was to replace what stood."""

    statement: Statement
    corrects: bool = False


class Entry(Frozen):
    """Where one item stands: one statement, or two or more that cannot all hold; replaced ones are kept.

    `taken` is everything that was said about it, in order, so that a message can be taken back. It is empty, and not written, where that
    is one statement, and of a conversation that was begun before it was kept.
    """

    standing: tuple[Statement, ...]
    history: tuple[Statement, ...] = ()
    taken: tuple[Taken, ...] = ()

    @model_serializer(mode="wrap")
    def _without_nothing(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in write(self).items() if value or name != "taken"}

    @property
    def state(self) -> State:
        return "conflicting" if len(self.standing) > 1 else self.standing[0].state

    @property
    def value(self) -> Any:
        """The value, or None while it is unknown or in conflict; "nobody" for a party that does not exist."""
        return self.standing[0].value if len(self.standing) == 1 else None


class Record(Frozen):
    """Everything said about one pilot. It never changes: taking a statement returns a new record."""

    entries: dict[str, Entry] = Field(default_factory=dict)

    def state(self, item: str) -> State:
        entry = self.entries.get(item)
        return entry.state if entry else "unasked"

    def value(self, item: str) -> Any:
        entry = self.entries.get(item)
        return entry.value if entry else None

    def known(self, item: str) -> Any:
        """Return the value if the item is known, else None: conflicting and unknown count alike."""
        entry = self.entries.get(item)
        return entry.value if entry and entry.state == "known" else None

    def said(self, item: str) -> tuple[Statement, ...]:
        """Return the statements that stand for an item, oldest first; a list that added up stands on all of its parts."""
        entry = self.entries.get(item)
        if entry is None:
            return ()
        if entry.state == "known" and isinstance(entry.value, list):
            parts = tuple(one for one in entry.history if isinstance(one.value, list) and one.value and set(one.value) <= set(entry.value))
            return parts or entry.standing
        return entry.standing

    def heard(self, item: str) -> bool:
        return item in self.entries

    def conflicts(self) -> list[str]:
        return [item for item, entry in self.entries.items() if entry.state == "conflicting"]

    def take(self, statement: Statement, *, corrects: bool = False) -> "Record":
        """Return the record with one more statement in it.

        The same value again changes nothing. A correction, or an answer to the question that settles a conflict, replaces
        what stood and keeps it in the history. Any other value that cannot hold beside the old one is a conflict; a further
        voice adds to it, and takes the place of what its speaker had said, so that it ends where everybody agrees.
        An "unknown" never erases what was known.
        """
        entry = self.entries.get(statement.item)
        return self._with(statement.item, _take(entry, statement, corrects))

    def without(self, item: str) -> "Record":
        """Return the record in which the item was never heard; the person cleared it or went back."""
        return Record(entries={name: entry for name, entry in self.entries.items() if name != item})

    def unsaid(self, turn: int) -> "Record":
        """Return the record as if one message had not been sent: everything else that was said is taken again."""
        entries = {item: _unsaid(entry, turn) for item, entry in self.entries.items()}
        return Record(entries={item: entry for item, entry in entries.items() if entry})

    def _with(self, item: str, entry: Entry) -> "Record":
        return Record(entries={**self.entries, item: entry})


def _take(entry: Entry | None, new: Statement, corrects: bool) -> Entry:
    merged = _merge(entry, new, corrects)
    if entry is None or (not entry.taken and (entry.history or len(entry.standing) > 1)):
        return merged
    taken = entry.taken or (Taken(statement=entry.standing[0]),)
    return merged.model_copy(update={"taken": (*taken, Taken(statement=new, corrects=corrects))})


def _merge(entry: Entry | None, new: Statement, corrects: bool) -> Entry:
    if entry is None:
        return Entry(standing=(new,))
    if new.state == "unknown":
        return entry
    if corrects or entry.state == "unknown":
        return Entry(standing=(new,), history=(*entry.history, *entry.standing))
    if entry.state == "conflicting":
        return _voiced(entry, new)
    old = entry.standing[0]
    if isinstance(old.value, list) and isinstance(new.value, list):
        return Entry(standing=(_joined(old, new),), history=(*entry.history, old, new))
    if _agree(old, new):
        return entry
    return Entry(standing=(old, new), history=entry.history)


def _voiced(entry: Entry, new: Statement) -> Entry:
    """One more voice in a conflict."""
    own = tuple(one for one in entry.standing if one.speaker == new.speaker)
    others = tuple(one for one in entry.standing if one.speaker != new.speaker)
    if len(own) == 1 and _agree(own[0], new):
        return entry
    if all(_agree(one, new) for one in others):
        return Entry(standing=(new,), history=(*entry.history, *entry.standing))
    return Entry(standing=(*others, new), history=(*entry.history, *own))


def _agree(one: Statement, other: Statement) -> bool:
    return one.state == other.state and same_value(one.value, other.value)


def _unsaid(entry: Entry, turn: int) -> Entry | None:
    if entry.taken:
        again: Entry | None = None
        for one in entry.taken:
            if one.statement.turn != turn:
                again = _take(again, one.statement, one.corrects)
        return again
    standing = tuple(one for one in entry.standing if one.turn != turn)
    history = tuple(one for one in entry.history if one.turn != turn)
    if standing:
        return Entry(standing=standing, history=history)
    return Entry(standing=history[-1:], history=history[:-1]) if history else None


def _joined(old: Statement, new: Statement) -> Statement:
    """Two lists about the same thing add up; the quote of the longer message part stands, both are in the history."""
    values = [*old.value, *(value for value in new.value if value not in old.value)]
    return new.model_copy(update={"value": values}) if new.value else old
