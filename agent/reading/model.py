"""The model reader: one call a message, held against the words, with the built-in reader beside it and in its place where the model fails."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from agent.acknowledging import acknowledgement
from agent.items import Guide, Item
from agent.judging.figures import show
from agent.language_model import LanguageModel, ModelFault
from agent.languages import ENGLISH, code, language_of, names, tells
from agent.languages.speaking import comes_with_us
from agent.prompts import prompt
from agent.reading.checking import check
from agent.reading.merging import merge
from agent.reading.orders import without_orders
from agent.reading.phrases import Intent
from agent.reading.reading import Listening, Reader, Reading
from agent.reading.text import sentences
from agent.reading.understanding import SCHEMA, Understood, understand
from agent.usage import Usage

LINE = "--------"
LONGEST_ABOUT = 200
LONGEST_WISH = 15  # words; whoever tells more than that is not pressing a button
QUESTION_MARK = re.compile("[?？؟]")
INTENTS: dict[str, Intent] = {"question": "explain"}


class ModelReader:
    """Reads with a language model. What the model says is data: nothing of it counts that the person's words do not bear out."""

    def __init__(self, guide: Guide, model: Callable[[], LanguageModel], beside: Reader | None):
        """Take the built-in reader as `beside`; None, for measuring, reads with the model alone."""
        self.name = "llm"
        self.guide = guide
        self._model = model
        self._beside = beside

    def read(self, message: str, listening: Listening) -> Reading:
        """Turn a message into statements by one call at most; one more only mends a reply that could not be read."""
        chosen = _choice(message, listening)
        if chosen and self._beside:  # a click on one of our own choices needs no model, in whichever language it is
            return _quoting(self._beside.read(chosen, listening), message)
        builtin = self._beside.read(message, listening) if self._beside else Reading()
        if listening.document:  # a call for each paragraph would be too many; what it proposes is confirmed by the person anyway
            return builtin
        if listening.ceiling_reached:
            return replace(builtin, without_model="ceiling")
        readable = without_orders(message)
        if not any(char.isalnum() for char in readable):
            return builtin
        try:
            messages = [("system", self._instructions), ("user", self._turn(readable, listening))]
            understood, usage = self._model().structured(messages, SCHEMA, understand)
        except ModelFault as fault:
            return replace(builtin, without_model=fault.fault, usage=fault.usage)
        return self._together(understood, usage, readable, message, builtin, listening)

    def _together(self, understood: Understood, usage: Usage, readable: str, message: str, builtin: Reading, listening: Listening) -> Reading:
        language = language_of(message) or _named(understood.language, message, listening.language)
        statements, corrects = check(understood.statements, readable, listening, self.guide, language or ENGLISH)
        if readable != message:  # somebody gave orders: what they did not even ask for is not trusted
            statements = [said for said in statements if said.item in listening.asked]
        mine = Reading(
            statements=tuple(statements),
            corrects=corrects,
            intent=_wish(understood.intent, message),
            about=" ".join(understood.about.split())[:LONGEST_ABOUT] or _question_in(message),
            acknowledgement=acknowledgement(understood.acknowledgement, message) if len(statements) == len(understood.statements) else "",
            language=language,
            usage=usage,
        )
        foreign = language_of(message) not in ("", ENGLISH) or (tells(message) and language not in ("", ENGLISH))
        if foreign:  # the built-in reader knows English only; what it makes of other words is chance
            return mine
        return merge(mine, builtin, self.guide, listening.today)

    @cached_property
    def _instructions(self) -> str:
        """The part that is the same in every call of every interview, so that servers can keep it in their cache."""
        sections: dict[str, list[str]] = {}
        for item in self.guide.items.values():
            section, _, name = item.id.partition(".")
            options = f" ({', '.join(item.options)})" if item.options else ""
            sections.setdefault(section, []).append(f"{name} {item.kind}: {item.label}{options}")
        catalogue = "\n".join("\n".join([f"# {section}", *lines]) for section, lines in sections.items())
        return prompt("reading").replace("{catalogue}", catalogue)

    def _turn(self, message: str, listening: Listening) -> str:
        """The part that is this message's own: what was asked, what is on record about that or was said last, and the words."""
        items = [self.guide.items[item] for item in listening.asked]
        question = self.guide.question_for(listening.asked[0]).ask if listening.asked else "to tell about the pilot in their own words"
        return prompt("turn").format(
            today=listening.today.isoformat(),
            speaker=listening.speaker or "not named",
            question=question,
            asked="; ".join(_described(item) for item in items) or "anything of the catalogue",
            before=self._before(listening) or "nothing",
            message=message.replace(LINE, "- - - -"),
        )

    def _before(self, listening: Listening) -> str:
        """Say what stands for the items that were asked for, and what was heard in the last turn: that is what people correct."""
        said = [
            f"{item} {show(one.value) if one.value is not None else one.state}"
            for item, entry in listening.record.entries.items() for one in entry.standing
            if item in listening.asked or one.turn == listening.turn - 1
        ]  # fmt: skip
        return "; ".join(said[-8:])


def message_in(turn: str) -> str:
    """Return the person's message in what the model is told of a turn."""
    return turn.split(f"\n{LINE}\n")[1].removesuffix(f"\n{LINE}")


def _wish(said: str, message: str) -> Intent:
    """Return what the person wants, as the model says, where the words can mean it: a question is asked with a mark, a wish is short."""
    possible = QUESTION_MARK.search(message) if said in ("question", "why") else len(message.split()) <= LONGEST_WISH
    return INTENTS.get(said, said) if possible else "answer"  # type: ignore[arg-type]


def _named(said: str, message: str, before: str) -> str:
    """Return the language that the model names, where the small words tell none: a name or a figure has none of its own, and is in the one spoken so far."""
    language = code(said)
    known = comes_with_us(language) or language in (ENGLISH, *names())
    return language if known and (language == before or tells(message)) else before


def _described(item: Item) -> str:
    return f"{item.id} ({item.means})"


def _choice(message: str, listening: Listening) -> str:
    """Return the choice that a message is word for word, in English; nothing for any other message."""
    return next((english for shown, english in listening.choices.items() if shown.casefold() == message.strip().casefold()), "")


def _quoting(reading: Reading, message: str) -> Reading:
    """Return the reading with the words that were really said as its quotes."""
    statements = tuple(said.model_copy(update={"quote": message}) for said in reading.statements)
    return replace(reading, statements=statements, language=language_of(message))


def _question_in(message: str) -> str:
    """Return the question in a message, as it was asked."""
    return next((sentence.text for sentence in sentences(message) if sentence.text.rstrip().endswith("?")), message)[:LONGEST_ABOUT]
