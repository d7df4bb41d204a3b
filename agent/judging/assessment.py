"""The assessment: the verdict and everything it rests on, as frozen data that every report renders.

Its parts stand in three files: what is found (findings.py), what follows from it (plans.py), what a board decides on (decisions.py).
"""

from typing import Literal

from pydantic import Field

from agent.items import Frozen
from agent.judging.decisions import (
    Change,
    Comparison,
    FirstPage,
    HardQuestion,
    Lapsed,
    Manifest,
    Moved,
    Score,
    Way,
    WeekStep,
    WhatIf,
)  # fmt: skip
from agent.judging.findings import (
    Cap,
    Check,
    CheckResult,
    Condition,
    Confidence,
    Evidence,
    FavourableCondition,
    Finding,
    Force,
    FrictionLine,
    Gate,
    GateStatus,
    Level,
    Missing,
    Owner,
    OwnerStatus,
    ProofOfScale,
    Severity,
    Thresholds,
)  # fmt: skip
from agent.judging.plans import Assumption, CalendarEntry, Constraint, Origin, Peak, Phase, Projection, Roadmap, Step, Swing, UseCase

__all__ = [
    "Assessment", "Assumption", "CalendarEntry", "Cap", "Change", "Check", "CheckResult", "Comparison", "Condition", "Confidence", "Constraint", "Evidence",
    "FavourableCondition", "Finding", "FirstPage", "Force", "FrictionLine", "Gate", "GateStatus", "HardQuestion", "Lapsed", "Level", "Manifest", "Missing", "Moved",
    "Origin", "Owner", "OwnerStatus", "Peak", "Phase", "Projection", "ProofOfScale", "Roadmap", "Score", "Severity", "Source", "Step", "Swing", "Thresholds",
    "UseCase", "Verdict", "Way", "WeekStep", "WhatIf",
]  # fmt: skip

SCHEMA_VERSION = 1

Verdict = Literal["demo", "rerun", "unproven", "redesign", "scale"]


class Source(Frozen):
    """A passage of guidance that was used."""

    id: str
    article: str
    author: str
    title: str
    section: str
    text: str


class Assessment(Frozen):
    """The whole result for one record on one day.

    `assess` fills the parts up to `unknown` and is quick enough for every turn; `assess_for_report` fills `what_if`, `first_page`,
    `hard_questions` and `lapsed` as well. `manifest`, `since_last_time` and `scores` are added where the assessment is made for somebody
    to keep; they need the disk or an earlier assessment.
    """

    schema_version: int = SCHEMA_VERSION
    assessed_on: str
    verdict: Verdict
    reasons: tuple[str, ...]
    completeness: float = Field(ge=0, le=1)
    gates: dict[str, Gate]
    owners: dict[str, Owner]
    governance: tuple[CheckResult, ...]
    feedback: tuple[CheckResult, ...]
    operations: tuple[CheckResult, ...]
    forces: dict[str, Force]
    proof_of_scale: ProofOfScale
    favourable_conditions: tuple[FavourableCondition, ...]
    friction: tuple[FrictionLine, ...]
    constraints: tuple[Constraint, ...]
    roadmap: Roadmap
    rollout: tuple[UseCase, ...]
    projection: Projection
    executive_questions: tuple[str, ...]
    unknown: tuple[Missing, ...]
    what_if: tuple[WhatIf, ...] = ()
    first_page: FirstPage | None = None
    hard_questions: tuple[HardQuestion, ...] = ()
    lapsed: tuple[Lapsed, ...] = ()
    manifest: Manifest | None = None
    since_last_time: Comparison | None = None
    scores: tuple[Score, ...] = ()
    sources: tuple[Source, ...] = ()
