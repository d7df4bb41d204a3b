"""The interview guide: what can be known about a pilot and the questions that ask for it, loaded from guide/*.yaml."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.wording import ENGLISH, Wording, wording
from agent.yaml_file import YamlFile

Kind = Literal["text", "choice", "answer", "count", "percent", "quantity", "money", "duration", "date", "party", "list"]
Stage = Literal["charter", "gates", "owners", "forces"]

STAGES: tuple[Stage, ...] = ("charter", "gates", "owners", "forces")
GUIDE = Path(__file__).parent / "guide"


class Frozen(BaseModel):
    """A fact: it cannot be changed, and unknown fields are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Open(Frozen):
    """What follows for the rollout when the item is not in place."""

    constraint: str
    first_step: str
    owner: str
    weeks: int = Field(ge=0, le=104, description="honest lead time")
    effect: int = Field(ge=1, le=5, description="how strongly it stops the rollout")
    board: str


class Item(Frozen):
    """One thing the diagnosis can know."""

    id: str
    kind: Kind
    label: str
    means: str
    who: str
    ask: str
    options: tuple[str, ...] = ()
    open: Open | None = None


class Question(Frozen):
    """One question of the interview, about items that people answer in one breath."""

    id: str
    stage: Stage
    asks: tuple[str, ...] = Field(min_length=1)
    ask: str
    why: str
    probe: str
    choices: tuple[str, ...] = ()


class FirstStep(Frozen):
    """A first step of the articles, for this week; it is needless where the item is in place."""

    item: str
    what: str
    how: str
    passage: str


class BoardQuestion(Frozen):
    """A hard question of somebody on the board, the items that answer it, and the computed figures that do."""

    asked_by: Literal["the CFO", "the CISO", "a line manager"]
    question: str
    items: tuple[str, ...] = Field(min_length=1)
    figures: tuple[Literal["cost", "effect", "wait"], ...] = ()


class Guide(Frozen):
    """The whole interview guide, in the order of the files; `keeps` is for how many weeks the evidence for an item holds.

    `languages` is the folder of what a model has put into other languages (agent/languages/speaking.py), where there is one.
    """

    items: dict[str, Item]
    questions: tuple[Question, ...]
    headlines: dict[str, str] = Field(default_factory=dict)
    week: tuple[FirstStep, ...] = ()
    board: tuple[BoardQuestion, ...] = ()
    keeps: dict[str, int] = Field(default_factory=dict)
    language: str = ENGLISH
    wording: Wording = Field(default_factory=wording)
    languages: Path | None = None

    def question_for(self, item: str) -> Question:
        """Return the question that asks for the item."""
        return next(question for question in self.questions if item in question.asks)

    def question(self, id: str) -> Question:
        return next(question for question in self.questions if question.id == id)

    def label(self, item: str) -> str:
        return self.items[item].label


@cache
def guide(folder: Path = GUIDE) -> Guide:
    """Load and validate the guide; a mistake raises GuideError with file and line."""
    items: dict[str, Item] = {}
    questions: list[Question] = []
    for stage in STAGES:
        source = YamlFile(folder / f"{stage}.yaml")
        for name, entry in source.mapping("items"):
            if name in items:
                raise source.mistake(("items", name), f"the item {name} stands in the guide twice")
            items[name] = source.build(Item, ("items", name), {"id": name, **entry})
        for index, entry in enumerate(source.data.get("questions") or []):
            if not isinstance(entry, dict):
                raise source.mistake(("questions", index), "a question must be a mapping of fields")
            if entry.get("id") in {question.id for question in questions}:
                raise source.mistake(("questions", index, "id"), f"the question {entry['id']} stands in the guide twice")
            questions.append(source.build(Question, ("questions", index), {"stage": stage, **entry}))
    for question in questions:
        _check(question, items, folder)
    asked = [item for question in questions for item in question.asks]
    for name in items:
        if asked.count(name) != 1:
            source = YamlFile(folder / f"{_stage_of(name, folder)}.yaml")
            raise source.mistake(("items", name), f"{name} must be asked by exactly one question, not by {asked.count(name)}")
    return Guide(items=items, questions=tuple(questions), keeps=_keeps(folder, items), **_board(folder, items))


def _check(question: Question, items: dict[str, Item], folder: Path) -> None:
    for position, name in enumerate(question.asks):
        if name not in items:
            source = YamlFile(folder / f"{question.stage}.yaml")
            index = [entry.get("id") for entry in source.data["questions"]].index(question.id)
            raise source.mistake(("questions", index, "asks", position), f"the question asks for {name}, which is no item of the guide")


def _stage_of(name: str, folder: Path) -> Stage:
    return next(stage for stage in STAGES if name in (YamlFile(folder / f"{stage}.yaml").data.get("items") or {}))


def _board(folder: Path, items: dict[str, Item]) -> dict[str, Any]:
    """Read what a board is told and asked; every item named there is one of the guide."""
    source = YamlFile(folder / "board.yaml")
    week = [source.build(FirstStep, ("week", place), entry) for place, entry in enumerate(source.data.get("week") or [])]
    board = [source.build(BoardQuestion, ("questions", place), entry) for place, entry in enumerate(source.data.get("questions") or [])]
    named = [
        *(("week", place, one.item) for place, one in enumerate(week)),
        *(("questions", place, item) for place, one in enumerate(board) for item in one.items),
    ]
    for section, place, item in named:
        if item not in items:
            raise source.mistake((section, place), f"{item} is no item of the guide")
    return {"headlines": source.data.get("headlines") or {}, "week": tuple(week), "board": tuple(board)}


def _keeps(folder: Path, items: dict[str, Item]) -> dict[str, int]:
    """Read for how many weeks the evidence for an item holds; what is not listed does not age."""
    source = YamlFile(folder / "keeps.yaml")
    keeps: dict[str, int] = {}
    for place, entry in enumerate(source.data.get("keeps") or []):
        for item in entry["items"]:
            if item not in items or item in keeps:
                raise source.mistake(("keeps", place), f"{item} stands here twice, or is no item of the guide")
            keeps[item] = int(entry["weeks"])
    return keeps
