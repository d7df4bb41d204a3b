"""Scenario files: what a scripted person says, and what a careful listener would have at the end."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.errors import PilotcheckError

STATES = ("unknown", "absent", "nobody")


class ScenarioError(PilotcheckError):
    """Name the scenario file and what is wrong in it."""


class Utterance(BaseModel):
    """One thing the person can say, the items it is about, and how they put it when asked again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: tuple[str, ...]
    text: str
    again: str | None = None


class Gold(BaseModel):
    """What holds at the end. Only what is listed is scored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    items: dict[str, Any] = Field(default_factory=dict)
    gates: dict[str, str] = Field(default_factory=dict)
    owners: dict[str, str] = Field(default_factory=dict)
    forces: dict[str, str] = Field(default_factory=dict)
    verdict: str | None = None


class Scenario(BaseModel):
    """One scripted conversation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    today: date
    voice: str
    opening: str
    says: tuple[Utterance, ...]
    default: str
    gold: Gold


def load(path: Path) -> Scenario:
    """Load one scenario; a mistake raises ScenarioError with the field."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Scenario.model_validate({"today": date.today(), **data})
    except (yaml.YAMLError, OSError, TypeError) as error:
        raise ScenarioError(f"{path}: cannot be read as a scenario: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ScenarioError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def find(paths: list[Path]) -> list[Path]:
    """Return the scenario files under files and folders, in order."""
    files = [file for path in paths for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    if not files:
        raise ScenarioError(f"No scenario files under {', '.join(map(str, paths))}.")
    return files
