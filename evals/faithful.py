"""Whether a message in other words still says what the script says, as far as code can tell: the same figures, names, terms and denials."""

import re
from functools import cached_property

from agent.items import guide
from agent.languages import ENGLISH, reading_words
from agent.reading.parties import find_parties
from agent.reading.values import Mention, find_values
from agent.same import SMALL_WORDS, TITLES, same_value
from evals.scenario import STATES, Scenario

LONGEST = 3.0, 200  # times as many letters as the script, and so many more
BEGINS = re.compile(r"(?:^|[.?!:…\n])[\s\"“(]*$")
SMALL = re.compile(r"\b[a-zà-ÿ][a-zà-ÿ'’]*")


class Meaning:
    """What other words may not change about a scenario's messages, or its gold would no longer hold."""

    def __init__(self, scenario: Scenario):
        self.scenario = scenario

    def to_keep(self, script: str) -> tuple[str, ...]:
        """Return the figures, names and terms of a scripted message, as it has them."""
        figures = [script[one.start : one.end].strip(" .,;") for one in self._figures(script)]
        terms = [word for words in self._terms for word in words if _stands(word, script)]
        return tuple(dict.fromkeys([*figures, *sorted(self._names(script)), *terms]))

    def changed(self, script: str, said: str) -> str:
        """Say what a message has changed that stands for a scripted one; nothing where it may stand for it."""
        if len(said) > LONGEST[0] * len(script) + LONGEST[1]:
            return "far too long"
        if self._figures_beyond(script, said):
            return "a figure left out"
        if self._figures_beyond(said, script):
            return "a figure added"
        if any(not _words(name) <= _words(said) for name in self._names(script)):
            return "a name left out"
        if any(not _words(name) <= _words(script) for name in self._names(said)):
            return "a name added"
        if any(_any_stands(words, script) and not _any_stands(words, said) for words in self._terms):
            return "a term left out"
        if _denies(script) != _denies(said):
            return "a no left out" if _denies(script) else "a no added"
        if script.strip() == self.scenario.default.strip() and _unsure(script) and not _unsure(said):
            return "not knowing left out"
        return ""

    @cached_property
    def _terms(self) -> tuple[tuple[str, ...], ...]:
        """What the gold looks for in the person's words: one of these, for each item of text and each entry of a list."""
        found: list[tuple[str, ...]] = []
        for gold in self.scenario.gold.items.values():
            if isinstance(gold, dict) and "any_of" in gold:
                found.append(tuple(map(str, gold["any_of"])))
            elif isinstance(gold, list):
                found += [(str(entry),) for entry in gold]
        return tuple(found)

    @cached_property
    def _parties(self) -> tuple[str, ...]:
        gold = self.scenario.gold.items
        return tuple(one for item, one in gold.items() if guide().items[item].kind == "party" and isinstance(one, str) and one not in STATES and _words(one))

    @cached_property
    def _one_counts(self) -> bool:
        """Say whether "one" is a figure here; mostly it stands for a thing."""
        golds = self.scenario.gold.items.values()
        return any(1 in ((gold.get("value"), gold.get("amount")) if isinstance(gold, dict) else (gold,)) for gold in golds)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        """Words that this person writes in small letters too: with a capital they are still no names."""
        texts = (self.scenario.opening, self.scenario.default, *(one.text for one in self.scenario.says))
        return frozenset(word for text in texts for word in SMALL.findall(text))

    def _names(self, text: str) -> set[str]:
        """Return the names of a text, and the parties of the gold. One word at the start of a sentence has its capital from there."""
        found = [one for one in find_parties(text, self._small_words) if one.sort == "name"]
        names = {one.name for one in found if " " in one.name or not BEGINS.search(text[: one.start])}
        return names | {name for name in self._parties if _words(name) <= _words(text)}

    def _figures(self, text: str) -> list[Mention]:
        found = find_values(text, self.scenario.today)
        return [one for one in found if self._one_counts or one.kind != "count" or one.value != 1]

    def _figures_beyond(self, text: str, other: str) -> list[Mention]:
        """Return the figures and days of a text that the other does not have."""
        there = self._figures(other)
        return [one for one in self._figures(text) if not any(_same(one, other) for other in there)]


def _same(one: Mention, other: Mention) -> bool:
    """Say whether two figures are one, in convertible units; a range is not its middle."""
    ranged = [isinstance(mention.value, dict) and "low" in mention.value for mention in (one, other)]
    return one.kind == other.kind and ranged[0] == ranged[1] and same_value(one.value, other.value)


def _stands(word: str, text: str) -> bool:
    """Say whether the gold would find a word in a text, as scoring does: its beginning counts."""
    return bool(re.search(rf"\b{re.escape(word.lower())}", text.lower()))


def _any_stands(words: tuple[str, ...], text: str) -> bool:
    return any(_stands(word, text) for word in words)


def _words(text: str) -> set[str]:
    return {*re.findall(r"[^\W_]+", text.lower())} - TITLES - SMALL_WORDS


def _denies(text: str) -> bool:
    words = reading_words(ENGLISH)
    return bool(words and words.none & _said(text))


def _unsure(text: str) -> bool:
    words = reading_words(ENGLISH)
    return bool(words and words.unsure & _said(text))


def _said(text: str) -> set[str]:
    return {*re.findall(r"[^\W\d_]+(?:['/][^\W\d_]+)?", text.lower().replace("’", "'"))}
