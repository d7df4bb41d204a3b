"""What is found about a pilot: gates, owners, forces and conditions, as frozen data, each with the words it stands on."""

from typing import Literal

from pydantic import Field

from agent.items import Frozen

GateStatus = Literal["pass", "fail", "unproven"]
OwnerStatus = Literal["named", "missing", "conflict", "unasked"]
Check = Literal["met", "partly", "open", "unasked", "not_applicable"]
Severity = Literal["low", "medium", "high", "unknown"]
Condition = Literal["met", "open", "unasked"]
Favour = Literal["self-selected users", "close support", "curated cases", "favourable measurement", "cleaned data", "waived reviews"]


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


class Cap(Finding):
    """One reason why a claimed benefit is less certain than it sounds; `at` is the most the confidence can be, from 0 to 1."""

    name: str
    at: float = Field(ge=0, le=1)
    reason: str


class Confidence(Frozen):
    """How far a claimed benefit can be trusted: the lowest cap, less a little for each further one; `reason` says so in a sentence."""

    level: float = Field(ge=0, le=1)
    word: Literal["high", "medium", "low"]
    reason: str
    caps: tuple[Cap, ...] = ()


class Level(Frozen):
    """How far a gate has come against what it asks: percent, or reviews done of the reviews that apply."""

    reached: float
    asked: float
    unit: Literal["percent", "percent of the way", "reviews"]


class Gate(Finding):
    """One graduation gate. `figures` are label and text, `level` what a chart draws; `fix` is what to do before the re-run.

    `confidence` is None where no benefit is claimed: at the readiness gate, and where there is no figure yet.
    """

    status: GateStatus
    reason: str
    level: Level | None = None
    figures: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    fix: tuple[str, ...] = ()
    confidence: Confidence | None = None


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

    kind: Favour
    reason: str


class FrictionLine(Finding):
    """One thing that was taken out of the pilot's way: work that the organisation still has to do."""

    kind: Literal["problems", "people", "systems", "data"]
    what: str
    owner: str
