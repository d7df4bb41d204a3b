"""The scripted person: answers a question by what the scenario lets them say about its items."""

from evals.scenario import Scenario


class ScriptedPerson:
    """Discloses as the scenario format says: what has not been said yet about the items asked for, in file order."""

    def __init__(self, scenario: Scenario):
        self.scenario = scenario
        self._said: set[int] = set()
        self._asked: set[str] = set()

    def opening(self) -> str:
        return self.scenario.opening.strip()

    def answer(self, asks: tuple[str, ...] | list[str]) -> str:
        """Return the answer to a question; an item asked for a second time gets its utterance again."""
        about = [(index, utterance) for index, utterance in enumerate(self.scenario.says) if set(utterance.about) & set(asks)]
        fresh = [(index, utterance) for index, utterance in about if index not in self._said]
        again = [(index, utterance) for index, utterance in about if index in self._said and set(utterance.about) & set(asks) & self._asked]
        chosen = fresh or again
        self._asked.update(asks)
        self._said.update(index for index, _ in chosen)
        if not chosen:
            return self.scenario.default
        return " ".join((utterance.again if not fresh and utterance.again else utterance.text).strip() for _, utterance in chosen)
