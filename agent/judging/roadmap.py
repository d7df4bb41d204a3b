"""The second wave: stress test, infrastructure build and staged rollout, with decisions, incentives and infrastructure beside them."""

from datetime import date, timedelta

from agent.judging.assessment import Constraint, Force, Owner, Phase, ProofOfScale, Roadmap, Verdict
from agent.judging.calendar import calendar
from agent.judging.case import Case
from agent.judging.days import working_day

# The articles: the infrastructure is a six-month project, each stage has to work before the next.
BUILD_WEEKS = {"high": 26, "unknown": 26, "medium": 16, "low": 6}
STRESS_WEEKS = {"open": 2.0, "partly": 2.0, "unasked": 1.0}
STRESS_WEEKS_AT_LEAST = 4
RERUN_WEEKS, EVIDENCE_WEEKS, CONFIRM_WEEKS = 8, 4, 2
STAGE_WEEKS = 8
STAGES = ("where value is shown best", "the next segment", "everybody else in scope")
# A pilot that has not started is planned from its day 90; one that starts later than this is not planned at all.
FAR_OFF_DAYS = 730
BESIDE = (
    ("Decision rights", "owners.decision_rights", "people need to know what the AI decides, what they decide and what is escalated"),
    ("Incentives", "culture.incentives_changed", "people do what they are judged and paid for"),
    ("Infrastructure timeline", "infrastructure.commitment", "without a date from the infrastructure team there is no date for the rollout"),
)


class Plan:
    """Phases laid one after the other from a day on."""

    def __init__(self, start: date):
        self.start = start
        self.phases: list[Phase] = []

    def then(self, name: str, weeks: int, work: list[str], because: str, after: tuple[str, ...] = ()) -> date:
        """Add a phase behind the last one and return the day it starts on; it depends on that one, and on the tracks named."""
        begins = self.start
        before = tuple(one.name for one in self.phases[-1:])
        self.phases.append(_phase(name, begins, weeks, "sequence", work, because, (*before, *after)))
        self.start = begins + timedelta(weeks=weeks)
        return begins


def roadmap(
    case: Case, verdict: Verdict, ranked: tuple[Constraint, ...], forces: dict[str, Force], proof: ProofOfScale, owners: dict[str, Owner], adoption_held: bool
) -> Roadmap:
    """Lay the phases one after the other from today, as long as the open points take, and draw the calendar from them."""
    beside = [_beside(case, *track) for track in BESIDE]
    plan = Plan(working_day(case.today))
    _before(case, plan, verdict, ranked, adoption_held)
    stress_from = _stress_test(plan, verdict, forces["capability"])
    _build(plan, verdict, ranked, forces["infrastructure"], beside)
    rollout_from = plan.start
    for stage, users in enumerate(STAGES, start=1):
        plan.then(
            f"Staged rollout, stage {stage}",
            STAGE_WEEKS,
            [f"Bring in {users}; go on only when the stage before works"],
            "each stage has to work before the next one starts",
            after=tuple(one.name for one in beside) if stage == 1 else (),
        )
    phases = (*plan.phases, *beside)
    return Roadmap(
        phases=phases, calendar=calendar(case, phases, proof, owners, ranked, stress_from, rollout_from), evidence=case.evidence("charter.started_on")
    )


def _before(case: Case, plan: Plan, verdict: Verdict, ranked: tuple[Constraint, ...], adoption_held: bool) -> None:
    """What has to come before any scaling: the pilot itself, a new run, or the evidence that is missing."""
    starts = _starts_later(case)
    if starts:
        plan.start = working_day(starts)
        weeks = -(-case.thresholds.proof_of_scale_days // 7)
        plan.then("Run the pilot", weeks, ["Run it to its day 90, and write down what was kept out of its way"], "the pilot has not started yet")
    repairs = [one for one in ranked if one.belongs_to.endswith("gate")]
    waiting = "" if adoption_held else "; adoption has to hold for four weeks"
    if verdict in ("demo", "rerun"):
        plan.then(
            "Set up a charter that can be passed, then run" if verdict == "demo" else "Repair the causes, then run again",
            max([RERUN_WEEKS, *(one.lead_weeks + 4 for one in repairs)]),
            [one.first_step for one in repairs[:4]] or ["Agree on one business measure, its starting value and a target"],
            f"a pilot that did not graduate is not scaled{waiting}",
        )
    elif verdict == "unproven" and not starts:
        plan.then(
            "Find the missing evidence",
            EVIDENCE_WEEKS,
            ["Ask the people named under the gates, and judge again"],
            f"what is not proven is not scaled{waiting}",
        )


def _starts_later(case: Case) -> date | None:
    """Return the day on which a pilot begins that has not started yet."""
    started = case.known("charter.started_on")
    ahead = (date.fromisoformat(started) - case.today).days if started else 0
    return date.fromisoformat(started) if 0 < ahead <= FAR_OFF_DAYS else None


def _stress_test(plan: Plan, verdict: Verdict, capability: Force) -> date:
    left = [one for one in capability.checks if one.status in STRESS_WEEKS]
    least = CONFIRM_WEEKS if verdict == "scale" else STRESS_WEEKS_AT_LEAST
    weeks = max(least, round(sum(STRESS_WEEKS[one.status] for one in left)))
    unheard = sum(one.status == "unasked" for one in left)
    why = f"{len(left)} of {len(capability.checks)} checks of capability are not fully met" + (f", {unheard} of them not asked about yet" if unheard else "")
    return plan.then("Stress test", weeks, [f"Test: {one.label}" for one in left] or ["Confirm the results with one more ordinary team"], why)


def _build(plan: Plan, verdict: Verdict, ranked: tuple[Constraint, ...], force: Force, beside: list[Phase]) -> None:
    """The build takes as long as its slowest part, and the rollout waits for the tracks beside it too."""
    parts = [one for one in ranked if one.belongs_to in ("infrastructure force", "readiness gate")]
    slowest = max((one.lead_weeks for one in parts if one.belongs_to == "infrastructure force"), default=0)
    least = CONFIRM_WEEKS if verdict == "scale" and not parts else BUILD_WEEKS[force.severity]
    weeks = max(least, slowest)
    known = f"the infrastructure force is {force.severity}" if force.severity != "unknown" else "nothing certain is known about the infrastructure"
    why = f"{known}, which is planned as {BUILD_WEEKS[force.severity]} weeks" if least > CONFIRM_WEEKS else f"{known}, so this only confirms it"
    if slowest > least:
        why = f"{known}, and its slowest part takes {slowest} weeks"
    last = max(beside, key=lambda one: one.ends_on)
    waits = -(-((date.fromisoformat(last.ends_on) - plan.start).days + 1) // 7)
    if waits > weeks:
        weeks, why = waits, f"{why}; the rollout waits for the track {last.name.lower()}, which takes longer"
    plan.then("Infrastructure build", weeks, [one.first_step for one in parts][:5] or ["Keep the connections, rights and logging under review"], why)


def _beside(case: Case, name: str, item: str, because: str) -> Phase:
    work, met = case.guide.items[item].open, case.check(item) == "met"
    if met or work is None:
        return _phase(name, working_day(case.today), CONFIRM_WEEKS, "parallel", ["Keep it as settled"], "in place already")
    return _phase(name, working_day(case.today), work.weeks, "parallel", [work.first_step], because)


def _phase(name: str, start: date, weeks: int, track: str, work: list[str], because: str, after: tuple[str, ...] = ()) -> Phase:
    end = start + timedelta(weeks=weeks, days=-1)
    return Phase(name=name, starts_on=start.isoformat(), ends_on=end.isoformat(), track=track, work=tuple(work), because=because, depends_on=after)  # type: ignore[arg-type]
