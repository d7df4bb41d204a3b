"""What was heard, in short, so that a mistake can be corrected at once; and what a document seems to say, before it counts."""

from collections.abc import Iterable, Sequence
from typing import Any

from agent.conversation import Brought, Conversation, Mode
from agent.items import Frozen, Guide, Item
from agent.judging.case import join
from agent.judging.figures import show_as
from agent.languages import LEAST_WORDS, language_of, other_script
from agent.record import Record, Statement
from agent.wording import ENGLISH, Wording

SHORT_QUOTE = 140


class Heard(Frozen):
    """One thing that was understood, with the words it was understood from."""

    item: str
    state: str
    value: Any = None
    quote: str = ""


class Proposed(Frozen):
    """One thing that a document seems to say, as the person is shown it; `number` confirms it."""

    number: int
    item: str
    label: str
    value: str
    quote: str
    place: str


def heard(statements: Iterable[Statement], record: Record) -> tuple[Heard, ...]:
    return tuple(Heard(item=said.item, state=record.state(said.item), value=said.value, quote=said.quote) for said in statements)


def acknowledge(statements: Sequence[Statement], guide: Guide, record: Record, corrected: frozenset[str]) -> str:
    """Say in short what was heard, so that a mistake can be corrected at once."""
    words, parts = guide.wording, []
    for said in statements:
        if record.state(said.item) == "conflicting":
            continue
        fact = words.fact_now if said.item in corrected else words.fact
        parts.append(fact.format(label=guide.label(said.item), value=in_short(said, guide)))
    return words.heard.format(facts="; ".join(parts)) if parts else ""


def in_short(said: Statement, guide: Guide) -> str:
    """Say what was heard about an item in a few words."""
    item, words = guide.items[said.item], guide.wording
    if said.state == "unknown":
        return words.not_known
    if said.state == "not_applicable":
        return words.does_not_apply
    if said.state == "absent":
        return words.nobody if said.value == "nobody" else words.none
    if item.kind == "text":
        return f"“{clip(str(said.value))}”"
    return shown(said.value, item, words)


def shown(value: Any, item: Item, words: Wording) -> str:
    """Return a value as a person reads it; yes, no and the options of a choice in their language."""
    return words.options.get(value, value) if item.kind in ("answer", "choice") and isinstance(value, str) else show_as(item.kind, value)


def clip(text: str, length: int = SHORT_QUOTE) -> str:
    """Shorten a text at a word's end."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


def without_model(fault: str, guide: Guide) -> str:
    """Say in half a sentence why a message was read without the language model; nothing where it was not, or where that was said before."""
    return guide.wording.without_model.get(fault, "")


def not_corrected(item: Item, known: bool, guide: Guide) -> str:
    """Say that a correction could not be read, and that nothing has changed."""
    words = guide.wording
    return words.not_corrected.format(label=item.label, stands=words.stands if known else words.nothing_on_record, ask=item.ask)


def cleared(item: Item, known: bool, guide: Guide) -> str:
    """Say that a fact was taken off the record."""
    words = guide.wording
    return (words.cleared if known else words.nothing_to_clear).format(label=item.label)


def taken_back(items: Sequence[str], guide: Guide) -> str:
    """Say what no longer stands because its message was deleted."""
    words = guide.wording
    return words.taken_back.format(labels=join((guide.label(item) for item in items), words.and_)) if items else words.nothing_stood


def nothing_new(mode: Mode, guide: Guide) -> str:
    """Say that nothing was heard where only the answer to one question was asked for, and what that means."""
    words = guide.wording
    return {"conflict": words.still_open, "back": words.nothing_new}.get(mode, "")


def unreadable(text: str, guide: Guide) -> str:
    """Say what to do about a message without words, or in a language that the built-in reader does not know; nothing for any other."""
    words = guide.wording
    if not any(character.isalnum() for character in text):
        return words.no_words
    told_by_words = len(text.split()) >= LEAST_WORDS and language_of(text) not in ("", ENGLISH)
    return words.another_language if other_script(text) or told_by_words else ""


def proposals(conversation: Conversation, guide: Guide) -> tuple[Proposed, ...]:
    """Return what waits for confirmation, numbered from 1."""
    waiting = conversation.brought.proposals if conversation.brought else ()
    return tuple(
        Proposed(
            number=number, item=one.statement.item, label=guide.label(one.statement.item), value=in_short(one.statement, guide),
            quote=one.statement.quote, place=one.place,
        )
        for number, one in enumerate(waiting, start=1)
    )  # fmt: skip


def proposed(brought: Brought, guide: Guide) -> str:
    """Show what a document seems to say, with page or slide; none of it counts yet."""
    lines = [
        f"{one.number}. {one.label}: {one.value}{f' ({one.place})' if one.place else ''}"
        for one in proposals(Conversation(brought=brought), guide)
    ]  # fmt: skip
    words = guide.wording
    return "\n".join([words.proposed.format(name=brought.name), "", *lines, "", words.which_are_right])


def took_over(statements: Sequence[Statement], name: str, guide: Guide, record: Record) -> str:
    """Say what of a document counts now."""
    words = guide.wording
    if not statements:
        return words.took_over_nothing.format(name=name)
    conflicts = sum(record.state(said.item) == "conflicting" for said in statements)
    labels = join(dict.fromkeys(guide.label(said.item) for said in statements), words.and_)
    told = [words.took_over.format(name=name, labels=labels)]
    if conflicts:
        told.append(words.one_differs if conflicts == 1 else words.some_differ.format(count=conflicts))
    return " ".join(told)
