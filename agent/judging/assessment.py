"""What an assessment holds: the verdict and everything it rests on, as frozen data that every report renders."""

from typing import Literal

from pydantic import Field

from agent.items import Frozen

SCHEMA_VERSION = 1

Verdict = Literal["demo", "rerun", "unproven", "redesign", "scale"]
GateStatus = Literal["pass", "fail", "unproven"]
OwnerStatus = Literal["named", "missing", "conflict", "unasked"]
Check = Literal["met", "partly", "open", "unasked", "not_applicable"]
Severity = Literal["low", "medium", "high", "unknown"]
Condition = Literal["met", "open", "unasked"]


class Thresholds(Frozen):
    """The figures of the rules. Shares are in percent."""

    adoption: float = 70
    adoption_weeks: float = 4
    impact: float = 20
    discrepancy_points: float = 3
    outside_interviews: int = 5
    proof_of_scale_days: int = 90
    high_share: float = 0.5
    medium_share: float = 0.2


class Evidence(Frozen):
    """Somebody's own words: an exact span of one message."""

    item: str
    quote: str
    speaker: str
    turn: int


class Finding(Frozen):
    """Anything the report claims, with the words and the passages it stands on."""

    evidence: tuple[Evidence, ...] = ()
    passages: tuple[str, ...] = ()


class Missing(Frozen):
    """Something nobody could say, and who could."""

    item: str
    label: str
    ask: str
    who: str


class Level(Frozen):
    """How far a gate has come against what it asks: percent, or reviews done of the reviews that apply."""

    reached: float
    asked: float
    unit: Literal["percent", "percent of the way", "reviews"]


class Gate(Finding):
    """One graduation gate. `figures` are label and text, `level` what a chart draws; `fix` is what to do before the re-run."""

    status: GateStatus
    reason: str
    level: Level | None = None
    figures: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    fix: tuple[str, ...] = ()


class Owner(Finding):
    """One owner in production."""

    status: OwnerStatus
    name: str | None = None
    reason: str = ""


class CheckResult(Finding):
    """One question of governance, of a force or of the operations."""

    item: str
    label: str
    status: Check


class Force(Finding):
    """One of the three forces. `open` counts a partly met check as half; `share` is open over heard, None if nothing was heard."""

    severity: Severity
    open: float
    heard: int
    share: float | None
    checks: tuple[CheckResult, ...]


class ProofOfScale(Finding):
    """The checkpoint 90 days after the start."""

    due_on: str | None
    days_left: int | None
    decisions: Condition
    incentives: Condition
    infrastructure: Condition
    reason: str


class FavourableCondition(Finding):
    """What made the pilot easier than the organisation will be."""

    kind: Literal["self-selected users", "close support", "curated cases", "favourable measurement", "cleaned data", "waived reviews"]
    reason: str


class FrictionLine(Finding):
    """One thing that was taken out of the pilot's way: work that the organisation still has to do."""

    kind: Literal["problems", "people", "systems", "data"]
    what: str
    owner: str


class Constraint(Finding):
    """What will stop the rollout. priority = effect x certainty x (1 + lead weeks / 26)."""

    item: str
    title: str
    belongs_to: str
    severity: int = Field(ge=1, le=5)
    certainty: float = Field(ge=0, le=1)
    lead_weeks: int
    priority: float
    first_step: str
    owner: str
    board_question: str


class Phase(Frozen):
    """A stretch of the second wave; dates are ISO 8601, the end is included."""

    name: str
    starts_on: str
    ends_on: str
    track: Literal["sequence", "parallel"]
    work: tuple[str, ...]
    because: str


class CalendarEntry(Frozen):
    """One date to keep."""

    on: str
    title: str
    detail: str


class Roadmap(Finding):
    """The second wave: phases in order, tracks beside them, and the calendar that follows."""

    phases: tuple[Phase, ...]
    calendar: tuple[CalendarEntry, ...]


class UseCase(Finding):
    """One use case of the rollout and the class it falls in."""

    name: str
    shown: Literal["proven", "weak", "untested", "excluded", "not said"]
    placing: Literal["ready", "needs design work", "staged until", "out of scope"]
    condition: str
    reason: str


class Assumption(Frozen):
    """One figure of the projection: where it comes from and what it is."""

    name: str
    text: str
    origin: Literal["stated", "computed", "default"]


class Projection(Finding):
    """What is left of the headline at rollout; percentages, requests a day, money a month. None where it cannot be computed."""

    headline_percent: float | None
    low_percent: float | None
    high_percent: float | None
    requests_today: float | None
    requests_at_rollout: float | None
    monthly_cost_today: float | None
    monthly_cost_at_rollout: float | None
    currency: str | None
    peak_wait: str | None
    assumptions: tuple[Assumption, ...]
    reason: str


class Source(Frozen):
    """A passage of guidance that was used."""

    id: str
    article: str
    author: str
    title: str
    section: str
    text: str


class Assessment(Frozen):
    """The whole result for one record on one day."""

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
    sources: tuple[Source, ...] = ()
