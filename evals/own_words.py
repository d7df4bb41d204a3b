"""A scripted message in a language model's own words: the script decides what is said, the model only says it, and code checks that it did."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from agent.language_model import LanguageModel, ModelFault
from evals.faithful import Meaning
from evals.outcome import Worded
from evals.scenario import Scenario

QUESTION, YOU_SAY, KEEP = "\n\nThe question: ", "\n\nYou say: ", "\n\nKeep: "
PROMPT = Path(__file__).parent / "prompts" / "person.md"


@cache
def prompt() -> str:
    """Return the prompt as it stands in its file."""
    return PROMPT.read_text(encoding="utf-8").strip()


@dataclass(frozen=True)
class OwnWords:
    """The model as one scenario's person. It is told what may be said now, the question and the voice, and nothing else of the scenario."""

    scenario: Scenario
    model: LanguageModel

    @cached_property
    def _meaning(self) -> Meaning:
        return Meaning(self.scenario)

    def put(self, script: str, question: str) -> Worded:
        """Put a scripted message into own words; a model that does not answer, or changes what is said, leaves the script."""
        try:
            spoken = self.model.stream(self._messages(script, question), lambda piece: None)
        except ModelFault as fault:
            return Worded(script=script, fallback=f"the model: {fault.fault}", usage=fault.usage)
        said = spoken.text.strip().strip('"“”').strip()
        useless = _useless(script, said, cut_short=spoken.cut_short)
        return Worded(script=script, offered=said, fallback=useless or self._meaning.changed(script, said), usage=spoken.usage)

    def _messages(self, script: str, question: str) -> list[tuple[str, str]]:
        kept = "; ".join(self._meaning.to_keep(script)) or "-"
        told = f"Voice: {self.scenario.voice}{QUESTION}{question or '-'}{YOU_SAY}{script}{KEEP}{kept}"
        return [("system", prompt()), ("user", told)]


def _useless(script: str, said: str, *, cut_short: bool) -> str:
    """Say why words are nobody's own, whatever they mean."""
    if cut_short:
        return "broken off"
    if any(label.strip() in said for label in (QUESTION, YOU_SAY, KEEP)):
        return "the prompt repeated"
    return "the same words" if re.findall(r"\w+", said.lower()) == re.findall(r"\w+", script.lower()) else ""


def script_in(told: str) -> str:
    """Return the scripted message in what the model is told."""
    return told.split(YOU_SAY, 1)[1].rsplit(KEEP, 1)[0]
