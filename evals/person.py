"""The scripted person: answers a question by what the scenario lets them say about its items, typing or clicking."""

from collections.abc import Sequence
from typing import Any

from evals.scenario import Scenario

CLICKS = {"yes": "Yes", "partly": "Partly", "no": "No", "unknown": "I don't know"}
CLICKS_FOR_ALL = {"yes": "Yes, all of them", "no": "No, none of them", "unknown": "I don't know"}


class ScriptedPerson:
    """Discloses as the scenario format says: what has not been said yet about the items asked for, in file order.

    With `clicks` they press a button wherever one says exactly what the gold says, and type everywhere else.
    After each message `about` holds the items that it was about, and `clicked` whether it was a button.
    """

    def __init__(self, scenario: Scenario, *, clicks: bool = False):
        self.scenario = scenario
        self.clicks = clicks
        self.about: tuple[str, ...] = ()
        self.clicked = False
        self._said: set[int] = set()
        self._asked: set[str] = set()

    def opening(self) -> str:
        return self.scenario.opening.strip()

    def answer(self, asks: Sequence[str], choices: Sequence[str] = ()) -> str:
        """Return the answer to a question; an item asked for a second time gets its utterance again."""
        about = [(index, utterance) for index, utterance in enumerate(self.scenario.says) if set(utterance.about) & set(asks)]
        fresh = [(index, utterance) for index, utterance in about if index not in self._said]
        again = [(index, utterance) for index, utterance in about if index in self._said and set(utterance.about) & set(asks) & self._asked]
        chosen = fresh or again
        self._asked.update(asks)
        button = self._button(asks, choices) if self.clicks else None
        self.clicked = button is not None
        if button is not None:
            # What stands in the utterance besides is still unsaid.
            self._said.update(index for index, utterance in chosen if set(utterance.about) <= set(asks))
            self.about = tuple(asks)
            return button
        self._said.update(index for index, _ in chosen)
        self.about = tuple(dict.fromkeys(item for _, utterance in chosen for item in utterance.about))
        if not chosen:
            return self.scenario.default
        return " ".join((utterance.again if not fresh and utterance.again else utterance.text).strip() for _, utterance in chosen)

    def _button(self, asks: Sequence[str], choices: Sequence[str]) -> str | None:
        """Return the choice that says what the gold says about everything that is asked, if there is one."""
        golds: list[Any] = [self.scenario.gold.items.get(item) for item in asks]
        if not golds or any(not isinstance(gold, str) or gold != golds[0] for gold in golds):
            return None
        label = CLICKS_FOR_ALL.get(golds[0]) if len(golds) > 1 else CLICKS.get(golds[0], golds[0].capitalize())
        return label if label in choices else None
