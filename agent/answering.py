"""Answers to the person's own questions: worded by the model from the library, every sentence checked before it is shown, the references written by code."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from agent.acknowledging import MARKUP, repeats_prompt
from agent.language_model import LanguageModel, ModelFault
from agent.languages import ENGLISH
from agent.prompts import prompt
from agent.reading.orders import is_order, without_orders
from agent.usage import NOTHING_USED, Usage
from knowledge.guidance import Passage

OnText = Callable[[str], None]

PASSAGES = 4
MOST_SENTENCES, LONGEST_SENTENCE = 5, 400
NOTHING = "NOTHING"
SENTENCE = re.compile(r"\s*(.+?[.!?…。][\"”»)]*(?:\s*\[\d+\])*)(?=\s+[^\s\[])", re.DOTALL)  # what follows says that no citation comes any more
CITATION = re.compile(r"\s*\[(\d+)\]")
# Judging this pilot is the rules' part: "your pilot passes", "the verdict is", "you are ready".
JUDGES = re.compile(
    r"\b(?:verdict|urteil|your (?:pilot|rollout|gates?|result|team)|you(?:'re| are| have| may| can| should)|ihr pilot|sie (?:sind|haben|können|dürfen)|dein pilot|du (?:bist|hast))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answered:
    """An answer as it is shown, without its references, and the passages it cites by their numbers in it. `fault` says why there is no text, or why it broke off."""

    text: str = ""
    passages: tuple[Passage, ...] = ()
    numbers: tuple[int, ...] = ()
    usage: Usage = NOTHING_USED
    found_nothing: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Answering:
    """What it takes to answer: a model, if there is one, and somebody who reads along, if there is."""

    model: Callable[[], LanguageModel | None] | None = None
    on_text: OnText | None = None

    def answer(self, question: str, passages: Sequence[Passage], language: str, before: str = "") -> Answered | None:
        """Answer from the passages, sentence by sentence; `before` is shown first. None where there is no model: then the best passage is quoted."""
        model = self.model() if self.model else None
        if model is None or not question:
            return None
        if is_order(question):  # asked for our instructions or a result: there is nothing about that in the library
            return Answered(found_nothing=True)
        sieve = _Sieve(tuple(passages), self.on_text or (lambda text: None), f"{before}\n\n" if before else "")
        try:
            spoken = model.stream(_messages(question, passages, language), sieve.take)
        except ModelFault as fault:
            sieve.end()
            return Answered(sieve.text, sieve.cited, tuple(sorted(sieve.numbers)), fault.usage, fault=fault.fault)
        sieve.end()
        found_nothing = NOTHING in spoken.text and not sieve.text
        cited = () if found_nothing else sieve.cited or tuple(passages[:1])
        return Answered(sieve.text, cited, tuple(sorted(sieve.numbers)), spoken.usage, found_nothing)


def _messages(question: str, passages: Sequence[Passage], language: str) -> list[tuple[str, str]]:
    numbered = "\n\n".join(f"[{number}] {passage.heading}\n{_plain(without_orders(passage.text))}" for number, passage in enumerate(passages, start=1))
    return [("system", prompt("answering").format(language=language or ENGLISH)), ("user", f"{numbered}\n\nThe question: {_plain(question)}")]


@dataclass
class _Sieve:
    """Lets through whole sentences that can be shown, as the text comes in."""

    passages: tuple[Passage, ...]
    on_text: OnText
    before: str
    shown: list[str] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    waiting: str = ""

    def take(self, piece: str) -> None:
        self.waiting += piece
        while sentence := SENTENCE.match(self.waiting):
            self.waiting = self.waiting[sentence.end() :]
            self._show(sentence[1])

    def end(self) -> None:
        """Take what is left as the last sentence; half a sentence is not shown."""
        if re.search(r"[.!?…。\]][\"”»)]*\s*$", self.waiting):
            self._show(self.waiting)
        self.waiting = ""

    @property
    def text(self) -> str:
        return " ".join(self.shown)

    @property
    def cited(self) -> tuple[Passage, ...]:
        return tuple(self.passages[number - 1] for number in sorted(self.numbers))

    def _show(self, sentence: str) -> None:
        cites = [int(number) for number in CITATION.findall(sentence)]
        real = [number for number in cites if 1 <= number <= len(self.passages)]
        words = _plain(CITATION.sub("", sentence))
        if not real or len(self.shown) >= MOST_SENTENCES or not _can_be_shown(words):
            return
        order = sorted(dict.fromkeys(real))
        checked = f"{words} {''.join(f'[{number}]' for number in order)}"
        self.on_text(checked if self.shown == [] and not self.before else f"{self.before or ' '}{checked}")
        self.before = ""
        self.shown.append(checked)
        self.numbers.update(order)


def _can_be_shown(sentence: str) -> bool:
    bad = MARKUP.search(sentence) or JUDGES.search(sentence) or is_order(sentence) or repeats_prompt(sentence)
    return 3 < len(sentence) <= LONGEST_SENTENCE and not bad


def _plain(text: str) -> str:
    return " ".join(text.split())
