"""Scenario files: what a scripted person says, and what a careful listener would have at the end."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from agent.errors import PilotcheckError
from agent.items import Frozen, Guide, Item
from agent.judging.assessment import GateStatus, OwnerStatus, Severity, Verdict

STATES = ("unknown", "absent", "nobody")
ANSWERS = ("yes", "partly", "no")
SCENARIOS = Path(__file__).parent / "scenarios"
HOLDOUT = "holdout"

Gate = Literal["kpi", "adoption", "impact", "readiness"]
Owner = Literal["business", "technical", "compliance", "production"]
Force = Literal["capability", "culture", "infrastructure"]


class ScenarioError(PilotcheckError):
    """Name the scenario file and what is wrong in it."""


class Utterance(Frozen):
    """One thing the person can say, the items it is about, and how they put it when asked again."""

    about: tuple[str, ...]
    text: str
    again: str | None = None


class Gold(Frozen):
    """What holds at the end. Only what is listed is scored."""

    items: dict[str, Any] = Field(default_factory=dict)
    gates: dict[Gate, GateStatus] = Field(default_factory=dict)
    owners: dict[Owner, OwnerStatus] = Field(default_factory=dict)
    forces: dict[Force, Severity] = Field(default_factory=dict)
    verdict: Verdict | None = None


class Scenario(Frozen):
    """One scripted conversation. `contradicts` names the items about which the person says two things that cannot both hold."""

    id: str
    title: str
    today: date
    voice: str
    opening: str
    says: tuple[Utterance, ...]
    default: str
    gold: Gold
    contradicts: tuple[str, ...] = ()


def load(path: Path, guide: Guide | None = None) -> Scenario:
    """Load one scenario; a mistake raises ScenarioError with the field. With a guide, items that it does not have are mistakes too."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        scenario = Scenario.model_validate({"today": date.today(), **data})
    except (yaml.YAMLError, OSError, TypeError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path}: cannot be read as a scenario: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ScenarioError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if guide is not None and (mistake := _mistake(scenario, guide)):
        raise ScenarioError(f"{path}: {mistake}")
    return scenario


def find(paths: list[Path]) -> list[Path]:
    """Return the scenario files under files and folders, in order."""
    files = [file for path in paths for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    if not files:
        raise ScenarioError(f"No scenario files under {', '.join(map(str, paths))}.")
    return list(dict.fromkeys(files))


def is_holdout(path: Path) -> bool:
    """Say whether a file is one of those that nobody tunes on: it lies in a folder named holdout."""
    return HOLDOUT in path.resolve().parts[:-1]


def _mistake(scenario: Scenario, guide: Guide) -> str:
    named = [*(item for one in scenario.says for item in one.about), *scenario.gold.items, *scenario.contradicts]
    if stranger := next((item for item in named if item not in guide.items), None):
        return f"there is no item {stranger}"
    for name, gold in scenario.gold.items.items():
        if wrong := _wrong_gold(gold, guide.items[name]):
            return f"gold.items.{name}: {wrong}"
    return ""


def _wrong_gold(gold: Any, item: Item) -> str:
    """Say what is wrong with a gold value: a scenario that asks for the impossible would be counted against the listener."""
    if isinstance(gold, bool):
        return "put yes and no in quotes, or YAML makes booleans of them"
    if isinstance(gold, str) and gold in STATES:
        return ""
    if item.kind == "answer" and gold not in ANSWERS:
        return f"an answer is one of {', '.join((*ANSWERS, *STATES))}, not {gold!r}"
    if item.kind == "choice" and gold not in item.options:
        return f"it is one of {', '.join(item.options)}, not {gold!r}"
    needed = {"money": "amount", "quantity": "value", "duration": "value"}.get(item.kind)
    if needed and not (isinstance(gold, dict) and needed in gold):
        return f"a {item.kind} is written as a mapping with {needed!r}"
    return ""
