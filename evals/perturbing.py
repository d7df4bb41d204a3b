"""Perturbing a scenario: the same person with typing mistakes, in small letters, or in another order, to see whether understanding is brittle.

A scenario goes in and a scenario comes out, so quotes must be exact spans of the perturbed text. Everything follows from the seed.
"""

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from evals.scenario import STATES, Scenario, Utterance

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 4
NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n",
    "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip


def perturbed(scenario: Scenario, *, typos: float = 0.0, lowercase: bool = False, shuffle: bool = False, seed: int = 0) -> Scenario:
    """Return the scenario as another version of the same person would say it; `typos` is the share of words with a mistake."""
    chance = random.Random(f"{scenario.id}-{seed}")
    if shuffle:
        scenario = scenario.model_copy(update={"says": tuple(_shuffled(scenario.says, chance))})
    if typos > 0:
        spared = _gold_words(scenario)
        scenario = _with_texts(scenario, lambda text: _mistyped(text, typos, spared, chance))
    if lowercase:  # last: names are told by their capital
        scenario = _with_texts(scenario, str.lower)
    return scenario


def _with_texts(scenario: Scenario, change: Callable[[str], str]) -> Scenario:
    says = tuple(one.model_copy(update={"text": change(one.text), "again": change(one.again) if one.again else None}) for one in scenario.says)
    return scenario.model_copy(update={"opening": change(scenario.opening), "says": says, "default": change(scenario.default)})


def _shuffled(says: tuple[Utterance, ...], chance: random.Random) -> list[Utterance]:
    """Return the utterances in another order; two about the same item keep theirs, because the later may correct the earlier."""
    rest, order = list(says), []
    while rest:
        free = [one for index, one in enumerate(rest) if not any(set(one.about) & set(before.about) for before in rest[:index])]
        order.append(chance.choice(free))
        rest.remove(order[-1])
    return order


def _mistyped(text: str, rate: float, spared: frozenset[str], chance: random.Random) -> str:
    """Put mistakes into words of four letters or more; never into names, whatever touches a digit, or the words the gold looks for."""

    def word(match: re.Match[str]) -> str:
        one = match.group()
        beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        safe = len(one) < SHORTEST or not one.islower() or one in spared or any(character.isdigit() or character in "@/_" for character in beside)
        return one if safe or chance.random() >= rate else _mistake(one, chance)

    return WORD.sub(word, text)


def _mistake(word: str, chance: random.Random) -> str:
    """Swap two letters, drop one, double one, or hit the key beside it; the first letter stays, as it mostly does."""
    at = chance.randrange(1, len(word) - 1)
    letter = word[at]
    return chance.choice(
        [
            word[:at] + word[at + 1] + letter + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + chance.choice(NEIGHBOURS.get(letter, letter)) + word[at + 1 :],
        ]
    )


def _gold_words(scenario: Scenario) -> frozenset[str]:
    """Return the words that the gold looks for in what was heard: a mistake in them would be the scenario's, not the listener's."""
    return frozenset(word.lower() for value in scenario.gold.items.values() for text in _texts(value) for word in WORD.findall(text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value not in STATES:
        yield value
    elif isinstance(value, dict):
        yield from (str(word) for word in value.get("any_of", ()))
        yield str(value.get("unit", ""))
    elif isinstance(value, list):
        yield from (str(word) for word in value)
