"""Taking a message in: the reader turns words into statements, the record takes them and notices contradictions."""

from dataclasses import dataclass, replace
from datetime import date

from agent.asking import choices
from agent.bringing import confirmed
from agent.conversation import Asked, Conversation, Message
from agent.heard import Heard, acknowledge, heard, not_corrected, nothing_new, taken_back, took_over, unreadable, without_model
from agent.items import Guide
from agent.judging.case import Case
from agent.judging.completeness import set_aside
from agent.languages import ENGLISH, language_of
from agent.languages.speaking import in_language
from agent.questions import Next
from agent.reading.phrases import Intent
from agent.reading.reading import Listening, Reader, Reading
from agent.record import Record, Statement
from agent.usage import Usage

UNCLEAR_QUOTE = 300


@dataclass(frozen=True)
class Hearing:
    """What was heard in one message, and how to say so; `wish` and `about` where the words were, or held, a wish or a question of the person's own."""

    acknowledgement: str = ""
    heard: tuple[Heard, ...] = ()
    wish: Intent = "answer"
    about: str = ""
    usage: Usage | None = None


def listen_to(conversation: Conversation, message: Message, guide: Guide, reader: Reader) -> tuple[Conversation, Hearing]:
    """Return the conversation with what was heard, and what to say about it."""
    opened = conversation.open
    asked = None if "about" in message else opened
    items = tuple(message["about"]) if "about" in message else asked.items if asked else ()
    again = asked is not None and asked.mode == "again"
    listening = replace(_listening(conversation, message, items), choices=_choices(conversation, message, guide) if asked else {}, again=again)
    name = listening.speaker
    reading = _understood(reader.read(message["text"], listening), message["text"])
    if reading.intent == "explain" and not reading.statements and _said_again(conversation, message):
        reading, again = replace(reading, intent="answer", about=""), asked is not None  # the library has nothing else to say: "how shuold I know?"
    record, taken, corrected = _take(conversation, _remembering(conversation, reading, items, name), guide, asked, message["decides"])
    case = Case(record, guide, listening.today)
    spoken = in_language(guide, reading.language or conversation.language)
    note, once = _note(reading, conversation, spoken)
    conversation = conversation.with_(told=(*conversation.told, *once))
    wish = "answer" if reading.statements else reading.intent
    beside = bool(reading.statements) and not any(said.item in items for said in reading.statements)
    if again and wish == "answer" and not beside:  # who tells something else was not vague about this
        aside = set_aside(case)
        unclear = [_unknown(item, message["text"], listening) for item in items if not record.heard(item) and item not in aside]
        for statement in unclear:
            record = record.take(statement)
        taken += unclear
    names = conversation.speaker_names
    if reading.speaker_name and not name:
        names = {**names, message["speaker"]: reading.speaker_name}
    if opened and record.conflicts() != conversation.record.conflicts() and not any(record.heard(item) for item in opened.items):
        conversation = conversation.unasked()
    hunches = {**conversation.hunches, **{hunch.item: hunch for hunch in reading.hunches if not record.heard(hunch.item)}}
    told = acknowledge(taken, spoken, record, corrected)
    if wish == "answer" and not reading.statements:
        told = (unreadable(message["text"], spoken) if not reading.language else "") or told or (nothing_new(asked.mode, spoken) if asked else "")
    hearing = Hearing(
        " ".join(part for part in (note, reading.acknowledgement, told) if part), heard(taken, record),
        wish, reading.about if reading.intent == "explain" else "", reading.usage,
    )  # fmt: skip
    return conversation.with_(record=record, speaker_names=names, hunches=hunches, language=reading.language or conversation.language), hearing


def _said_again(conversation: Conversation, message: Message) -> bool:
    """Say whether somebody says the same words twice in a row."""
    before = conversation.turns[-1:]
    return any(turn.speaker == message["speaker"] and turn.text.strip().lower() == message["text"].strip().lower() for turn in before)


def _note(reading: Reading, conversation: Conversation, spoken: Guide) -> tuple[str, tuple[str, ...]]:
    """Return half a sentence on how the message was read and why we do not speak its language, and which notes are given only this once."""
    language = reading.language or ENGLISH
    notes = {"ceiling" if reading.without_model == "ceiling" else "": without_model(reading.without_model, spoken)}
    if language not in (ENGLISH, spoken.language):
        notes[f"in English, not {language}"] = spoken.wording.questions_in_english
    fresh = {name: words for name, words in notes.items() if words and name not in conversation.told}
    return " ".join(fresh.values()), tuple(filter(None, fresh))


def correct(conversation: Conversation, message: Message, guide: Guide, reader: Reader) -> tuple[Conversation, Hearing]:
    """Read the words as the answer to one item alone: it replaces what stood, and the history keeps that."""
    item = message["item"]
    reading = _understood(reader.read(message["text"], replace(_listening(conversation, message, (item,)), pointed=True)), message["text"])
    said = [statement for statement in reading.statements if statement.item == item]
    record, spoken = conversation.record, in_language(guide, conversation.language)
    for statement in said:
        record = record.take(statement, corrects=True)
    if record.said(item) == conversation.record.said(item):
        return conversation, Hearing(not_corrected(spoken.items[item], record.heard(item), spoken), usage=reading.usage)
    hearing = Hearing(
        acknowledge(said[-1:], spoken, record, frozenset({item})), heard(said[-1:], record), usage=reading.usage
    )  # fmt: skip
    return conversation.with_(record=record), hearing


def decline(conversation: Conversation, message: Message, guide: Guide) -> tuple[Conversation, Hearing]:
    """Nobody has the part that this person will not have; their words are the evidence, whatever they are."""
    said = Statement(
        item=message["item"], state="absent", value="nobody", quote=message["text"], speaker=message["speaker"], turn=len(conversation.turns) + 1,
        said_on=message["today"],
    )  # fmt: skip
    record = conversation.record.take(said, corrects=True)
    spoken = in_language(guide, conversation.language)
    return conversation.with_(record=record), Hearing(acknowledge([said], spoken, record, frozenset({said.item})), heard([said], record))


def amend(conversation: Conversation, message: Message, guide: Guide, reader: Reader) -> tuple[Conversation, Hearing]:
    """Read a message again that its writer changed, or take back one that they deleted: what it had said no longer stands."""
    before = conversation.record
    hunches = {item: hunch for item, hunch in conversation.hunches.items() if hunch.turn != message["amends"]}
    conversation = conversation.with_(record=before.unsaid(message["amends"]), hunches=hunches)
    if message["text"]:
        return listen_to(conversation, message, guide, reader)
    gone = [item for item in before.entries if before.said(item) != conversation.record.said(item)]
    return conversation, Hearing(taken_back(gone, in_language(guide, conversation.language)))


def confirm(conversation: Conversation, message: Message, guide: Guide) -> tuple[Conversation, Message, Hearing]:
    """Take into the record what is right of a document; the turn's words are the document's own, so that every quote stands in a turn."""
    brought, spoken = conversation.brought, in_language(guide, conversation.language)
    if brought is None:
        return conversation, message, Hearing(spoken.wording.no_document)
    statements, words = confirmed(brought, message.get("chosen", ()), len(conversation.turns) + 1, message["today"], spoken.wording)
    record, taken, _ = _take(conversation, Reading(statements=statements), guide, None, message["decides"])
    hearing = Hearing(took_over(taken, brought.name, spoken, record), heard(taken, record))
    return conversation.with_(record=record, brought=None), {**message, "text": words}, hearing


def _listening(conversation: Conversation, message: Message, items: tuple[str, ...]) -> Listening:
    return Listening(
        asked=items, record=conversation.record, today=date.fromisoformat(message["today"]),
        speaker=conversation.speaker_names.get(message["speaker"], "") or message["speaker"],
        turn=len(conversation.turns) + 1, open_question=not conversation.turns, language=conversation.language,
    )  # fmt: skip


def _understood(reading: Reading, text: str) -> Reading:
    """Without a model only English is understood: what the built-in reader makes of another language is chance, and left out."""
    if reading.language or language_of(text) in ("", ENGLISH):
        return reading
    return Reading(without_model=reading.without_model, usage=reading.usage)


def _choices(conversation: Conversation, message: Message, guide: Guide) -> dict[str, str]:
    """Return what could be clicked instead of typing this message, as it is shown, and in English."""
    opened = conversation.open
    if opened is None or opened.mode == "opening":
        return {}
    upcoming, today = Next(guide.question(opened.question), opened.items, opened.mode), date.fromisoformat(message["today"])
    spoken, plain = (choices(upcoming, Case(conversation.record, one, today)) for one in (in_language(guide, conversation.language), guide))
    return dict(zip(spoken, plain, strict=False))


def _remembering(conversation: Conversation, reading: Reading, items: tuple[str, ...], speaker: str) -> Reading:
    """Where the person now knows nothing, what they seemed to say about it earlier counts: an "I don't know" erases nothing.

    So it does where they answer the rest of a question and pass over what they seem to have told already.
    """
    if reading.knows_nothing:
        statements = tuple(conversation.hunches.get(said.item, said) if said.state == "unknown" else said for said in reading.statements)
        return replace(reading, statements=statements)
    answered = {said.item for said in reading.statements}
    if not answered & {*items}:
        return reading
    seemed = [conversation.hunches[item] for item in items if item not in answered and item in conversation.hunches and not conversation.record.heard(item)]
    return replace(reading, statements=(*reading.statements, *(hunch for hunch in seemed if hunch.speaker == speaker)))


def _take(conversation: Conversation, reading: Reading, guide: Guide, asked: Asked | None, decides: bool) -> tuple[Record, list[Statement], frozenset[str]]:
    """Put the statements into the record; return those that changed it, and which replaced something."""
    record, taken, corrected = conversation.record, [], set()
    for statement in reading.statements:
        item, before = statement.item, record
        reopened = asked is not None and asked.mode in ("back", "conflict") and item in asked.items
        settles = reopened or item in reading.corrects or conversation.record.state(item) == "conflicting"
        may_replace = decides or all(one.speaker == statement.speaker for one in record.said(item))
        corrects = (settles and may_replace) or _refines(record, statement, guide)
        if guide.items[item].kind == "text" and record.known(item) is not None and not corrects:
            continue
        record = record.take(statement, corrects=corrects)
        if record.said(item) != before.said(item):
            taken.append(statement)
            if corrects and before.heard(item):
                corrected.add(item)
    return record, taken, frozenset(corrected)


def _refines(record: Record, statement: Statement, guide: Guide) -> bool:
    """A day in a month that was already said is more exact, not a contradiction."""
    old = record.known(statement.item)
    if guide.items[statement.item].kind != "date" or not isinstance(old, str) or not isinstance(statement.value, str):
        return False
    return old[:7] == statement.value[:7] and old[8:] in ("01", "15") and statement.value[8:] not in ("01", "15")


def _unknown(item: str, text: str, listening: Listening) -> Statement:
    """What could not be understood twice is unknown; the words stay as evidence."""
    return Statement(
        item=item, state="unknown", quote=text[:UNCLEAR_QUOTE], speaker=listening.speaker, turn=listening.turn, said_on=listening.today.isoformat()
    )
