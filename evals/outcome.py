"""What came of scripted conversations, as plain facts: the talk, what was heard, and how it compares with the gold."""

from typing import Any, Literal

from agent.heard import Heard
from agent.items import Frozen, Stage
from agent.usage import NOTHING_USED, Usage

Result = Literal["right", "wrong", "missed"]
Fault = Literal["", "product", "person"]
Part = Literal["gates", "owners", "forces"]


class Worded(Frozen):
    """A message that a language model was asked to say: the script, what it offered, and why the script was said instead, if it was."""

    script: str
    offered: str = ""
    fallback: str = ""
    usage: Usage = NOTHING_USED

    @property
    def said(self) -> str:
        return self.script if self.fallback else self.offered


class Exchange(Frozen):
    """One message of the person and the reply to it. `repeated` says that the reply asks for what was asked or told before."""

    said: str
    worded: Worded | None = None
    about: tuple[str, ...] = ()
    clicked: bool = False
    heard: tuple[Heard, ...] = ()
    reply: str = ""
    asks: tuple[str, ...] = ()
    repeated: bool = False
    settles: bool = False
    seconds: float = 0.0


class ItemScore(Frozen):
    """One item of the gold, beside what the record holds at the end."""

    item: str
    kind: str
    stage: Stage
    gold: Any
    state: str
    value: Any = None
    quote: str = ""
    result: Result
    falsely_certain: bool = False


class Invention(Frozen):
    """A party, date or figure that the record holds as known and nobody said."""

    item: str
    value: Any
    quote: str
    why: str


class PartScore(Frozen):
    """A gate, an owner or a force: what it should be, and what it is."""

    part: Part
    name: str
    gold: str
    got: str

    @property
    def right(self) -> bool:
        return self.gold == self.got


class Outcome(Frozen):
    """One scripted conversation, scored. With `fault` it could not be held: `error` says why, and nothing of it is scored."""

    id: str
    title: str
    voice: str
    file: str
    holdout: bool = False
    repeat: int = 0
    fault: Fault = ""
    error: str = ""
    done: bool = False
    exchanges: tuple[Exchange, ...] = ()
    items: tuple[ItemScore, ...] = ()
    parts: tuple[PartScore, ...] = ()
    verdict_gold: str | None = None
    verdict: str = ""
    inventions: tuple[Invention, ...] = ()
    statements: int = 0
    not_verbatim: int = 0
    usage: Usage = NOTHING_USED
    contradictions: int = 0
    contradictions_caught: int = 0
    contradictions_imagined: int = 0

    @property
    def verdict_right(self) -> bool:
        return self.verdict_gold is None or self.verdict == self.verdict_gold

    @property
    def passed(self) -> bool:
        """Say whether the end is the one that a careful listener would reach: verdict and gates right, nothing invented."""
        gates_right = all(part.right for part in self.parts if part.part == "gates")
        return not self.fault and self.done and self.verdict_right and gates_right and not self.inventions and not self.not_verbatim
