"""The interview guide: what can be known about a pilot and the questions that ask for it, loaded from guide/*.yaml."""

from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.errors import GuideError

Kind = Literal["text", "choice", "answer", "count", "percent", "quantity", "money", "duration", "date", "party", "list"]
Stage = Literal["charter", "gates", "owners", "forces"]

Model = TypeVar("Model", bound=BaseModel)

STAGES: tuple[Stage, ...] = ("charter", "gates", "owners", "forces")
GUIDE = Path(__file__).parent / "guide"
ANSWER_CHOICES = ("Yes", "Partly", "No", "I don't know")


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


class Guide(Frozen):
    """The whole interview guide, in the order of the files."""

    items: dict[str, Item]
    questions: tuple[Question, ...]

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
    return Guide(items=items, questions=tuple(questions))


def _check(question: Question, items: dict[str, Item], folder: Path) -> None:
    for position, name in enumerate(question.asks):
        if name not in items:
            source = YamlFile(folder / f"{question.stage}.yaml")
            index = [entry.get("id") for entry in source.data["questions"]].index(question.id)
            raise source.mistake(("questions", index, "asks", position), f"the question asks for {name}, which is no item of the guide")


def _stage_of(name: str, folder: Path) -> Stage:
    return next(stage for stage in STAGES if name in (YamlFile(folder / f"{stage}.yaml").data.get("items") or {}))


class YamlFile:
    """A YAML file that remembers its lines, so that a mistake can be shown where it stands."""

    def __init__(self, path: Path):
        self.path = path
        try:
            text = path.read_text(encoding="utf-8")
            self.data: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader) or {}
        except (OSError, UnicodeDecodeError) as error:
            raise GuideError(f"{path}:1: the file cannot be read as UTF-8 text ({error}).") from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise GuideError(f"{path}:{line}: this is not valid YAML: {getattr(error, 'problem', error)}.") from error
        if not isinstance(self.data, dict):
            raise GuideError(f"{path}:1: the file must be a mapping of names to entries.")
        self._text = text
        self._refuse_twins(yaml.compose(text, Loader=yaml.CSafeLoader))

    def _refuse_twins(self, node: yaml.Node | None) -> None:
        """YAML keeps the last of two equal keys without a word; here it is a mistake."""
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    raise GuideError(f"{self.path}:{key.start_mark.line + 1}: {key.value} stands here twice.")
                seen.add(key.value)
                self._refuse_twins(value)

    def mapping(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the entries under a key; each must be a mapping itself."""
        entries = self.data.get(key) or {}
        if not isinstance(entries, dict):
            raise self.mistake((key,), f"{key} must be a mapping of names to entries")
        for name, entry in entries.items():
            if not isinstance(entry, dict):
                raise self.mistake((key, name), f"{name} must be a mapping of fields")
        return list(entries.items())

    def build(self, model: type[Model], path: tuple[str | int, ...], entry: Any) -> Model:
        """Validate one entry; a mistake is reported at the line of the field that has it."""
        try:
            return model.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            where = (*path, *first["loc"])
            name = ".".join(str(part) for part in first["loc"]) or "entry"
            raise self.mistake(where, f"{name}: {first['msg']}") from error

    def mistake(self, path: tuple[str | int, ...], message: str) -> GuideError:
        return GuideError(f"{self.path}:{self._line(path)}: {message}.")

    def _line(self, path: tuple[str | int, ...]) -> int:
        node = yaml.compose(self._text, Loader=yaml.CSafeLoader)
        line = 1
        for part in path:
            found = None
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                found = (node.value[part], node.value[part])
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        return line
