"""What follows from the findings: constraints, roadmap, rollout design and projection, as frozen data."""

from typing import Literal

from pydantic import Field

from agent.items import Frozen
from agent.judging.findings import Confidence, Finding

Origin = Literal["stated", "computed", "default", "assumed"]


class Constraint(Finding):
    """What will stop the rollout. priority = effect x certainty x (1 + lead weeks / 26); `why` says it in figures.

    `owner` is a role; `owner_name` who has it, where somebody said so. `first_step_by` is the day of the first step, from today and
    the place in the list; `done_by` is the earliest day at which it can be closed. Dates are ISO 8601.
    """

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
    owner_name: str | None = None
    why: str = ""
    first_step_by: str = ""
    done_by: str = ""


class Phase(Frozen):
    """A stretch of the second wave; dates are ISO 8601, the end is included. `depends_on` names the phases that have to end before."""

    name: str
    starts_on: str
    ends_on: str
    track: Literal["sequence", "parallel"]
    work: tuple[str, ...]
    because: str
    depends_on: tuple[str, ...] = ()


class CalendarEntry(Frozen):
    """One date to keep."""

    on: str
    title: str
    detail: str
    occasion: Literal["step", "checkpoint", "start", "review", "hand-over", "watch"] = "step"


class Roadmap(Finding):
    """The second wave: phases in order, tracks beside them, and the calendar that follows."""

    phases: tuple[Phase, ...]
    calendar: tuple[CalendarEntry, ...]


class UseCase(Finding):
    """One segment of the rollout and the class it falls in. `starts` says with which phase it can begin, and not before what."""

    name: str
    shown: Literal["proven", "weak", "untested", "excluded", "not said"]
    placing: Literal["ready", "needs design work", "staged until", "out of scope"]
    condition: str
    reason: str
    segment: Literal["use case", "context", "department"] = "use case"
    starts: str = ""


class Assumption(Frozen):
    """One figure of the projection: where it comes from and what it is.

    `key` is its name for `--assume`; `low` and `high` are the figure in `unit`; `least` and `most` are what `--assume` accepts.
    Shares are from 0 to 1 in `low`, `high` and `--assume`, and in percent in `text`.
    """

    name: str
    text: str
    origin: Origin
    key: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None


class Step(Frozen):
    """One step of the waterfall from the pilot's headline to the effect at rollout, in percent of the starting value.

    `factor_low` and `factor_high` are what the value before is multiplied by; `low` and `high` are what is left after the step.
    """

    name: str
    factor_low: float
    factor_high: float
    low: float
    high: float
    because: str


class Swing(Frozen):
    """How much one assumption moves a result, all others in the middle of their range; the largest swing comes first."""

    key: str
    name: str
    result: Literal["effect at rollout, %", "cost a month at rollout"]
    low: float
    high: float
    result_low: float
    result_high: float
    swing: float


class Peak(Frozen):
    """The wait at the busiest time against what people bear, in seconds."""

    seconds: float
    bearable_seconds: float
    tested: bool
    bearable: bool


class Projection(Finding):
    """What is left of the headline at rollout; percentages, requests a day, money a month. None where it cannot be computed.

    `monthly_cost_low` and `monthly_cost_high` span the cost at rollout as the assumptions do; `budget_a_year` is twelve times the higher.
    """

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
    steps: tuple[Step, ...] = ()
    sensitivity: tuple[Swing, ...] = ()
    confidence: Confidence | None = None
    monthly_cost_low: float | None = None
    monthly_cost_high: float | None = None
    budget_a_year: float | None = None
    peak: Peak | None = None
