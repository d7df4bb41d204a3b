"""The first page: the verdict in one line, why in three, what stops the rollout, what to do this week, and the next date."""

from datetime import timedelta

from agent.judging.assessment import Assessment, CalendarEntry, FirstPage, Owner, WeekStep
from agent.judging.case import Case, join
from agent.judging.completeness import percent
from agent.judging.days import working_day
from agent.judging.figures import number
from agent.judging.gates import ADOPTION_ITEMS, IMPACT_ITEMS, KPI_ITEMS, REVIEWS, not_started
from agent.judging.lapses import lapsed

REASONS, STOPS, STEPS = 3, 3, 3
NAMES = {"kpi": "Primary measure"}
PARTS = (
    "adoption", "impact", "readiness", "business owner", "technical owner", "compliance owner", "production owner", "capability force", "culture force",
    "infrastructure force", "proof of scale",
)  # fmt: skip


def first_page(case: Case, found: Assessment) -> FirstPage:
    """Draw the first page from an assessment."""
    return FirstPage(
        headline=_headline(case, found),
        why=_why(case, found),
        stops=tuple(one.item for one in found.constraints[:STOPS]),
        this_week=_this_week(case, found),
        next_date=_next_date(case, found),
    )


def _headline(case: Case, found: Assessment) -> str:
    by_status = {status: [name for name, gate in found.gates.items() if gate.status == status] for status in ("fail", "unproven")}
    owners = [
        f"{name} owner {_status(case, name, owner)}" for name, owner in found.owners.items() if owner.status != "named" and case.record.heard(f"owners.{name}")
    ]
    unasked = [name for name in found.owners if not case.record.heard(f"owners.{name}")]
    lacking = [
        *owners,
        *([f"nobody asked about the {join(unasked)} owner"] if unasked else []),
        *(f"{name} force {force.severity}" for name, force in found.forces.items() if force.severity in ("high", "unknown")),
    ]
    return case.guide.headlines[found.verdict].format(
        failed=len(by_status["fail"]),
        unproven=len(by_status["unproven"]),
        gates=join(by_status["fail" if found.verdict == "rerun" else "unproven"]),
        lacking=join(lacking) or "the proof of scale does not hold",
        open=_open(len(found.constraints)),
    )


def _status(case: Case, name: str, owner: Owner) -> str:
    return {"conflicting": "not settled", "not_applicable": "said not to apply"}.get(case.record.state(f"owners.{name}"), owner.status)


def _open(points: int) -> str:
    return "no open point was heard" if not points else "one point stays open" if points == 1 else f"{points} points stay open"


def _why(case: Case, found: Assessment) -> tuple[str, ...]:
    """Three reasons: gates that are passed on what can't be counted on, those of the verdict, then what else weighs most."""
    reasons = [*_doubts(case, found), *(_named(reason) for reason in found.reasons)]
    shaky = [gate.confidence for gate in found.gates.values() if gate.confidence is not None and gate.confidence.word != "high"]
    more = [
        *(
            f"The {name} force is {force.severity}: {number(force.open)} of {force.heard} checks are open."
            for name, force in found.forces.items()
            if force.severity == "high"
        ),
        *([f"What the pilot claims is less certain than it sounds. {min(shaky, key=lambda one: one.level).reason}"] if shaky else []),
        found.projection.reason if found.projection.headline_percent is not None else "",
        f"Only {percent(found.completeness)} % of what matters has been heard." if found.completeness < 0.9 else "",
        f"Proof of scale: {found.proof_of_scale.reason}",
    ]
    for one in more:
        if one and len(reasons) < REASONS and one not in reasons:
            reasons.append(one)
    return tuple(reasons[:REASONS])


def _doubts(case: Case, found: Assessment) -> list[str]:
    """Say where the gates are passed on figures from before the pilot, or on evidence that was said too long ago to count on."""
    if any(gate.status != "pass" for gate in found.gates.values()):
        return []
    old = [one.label for one in lapsed(case) if one.item in (*KPI_ITEMS, *ADOPTION_ITEMS, *IMPACT_ITEMS, *REVIEWS)]
    too_old = [f"The gates are passed on what was said too long ago, to be asked again: {join(old)}."] if old else []
    return [*not_started(case), *too_old]


def _named(reason: str) -> str:
    """Turn "adoption: 40 % ..." into a sentence that stands for itself."""
    part, colon, rest = reason.partition(": ")
    name = NAMES.get(part, f"{part[:1].upper()}{part[1:]}")
    return f"{name}: {rest}" if colon and part in (*NAMES, *PARTS) else reason


def _this_week(case: Case, found: Assessment) -> tuple[WeekStep, ...]:
    """The articles' first steps as far as they are needed, then the first steps of what is most pressing."""
    by = working_day(case.today + timedelta(days=7)).isoformat()
    steps = [
        WeekStep(what=one.what, how=one.how, by=by, evidence=case.evidence(one.item), passages=(one.passage,))
        for one in case.guide.week
        if _needed(case, found, one.item)
    ]
    for one in found.constraints:
        if len(steps) >= STEPS:
            break
        steps.append(WeekStep(what=f"Begin on: {one.title}", how=one.first_step, by=one.first_step_by, evidence=one.evidence))
    return tuple(steps[:STEPS])


def _needed(case: Case, found: Assessment, item: str) -> bool:
    if item.startswith("friction."):
        return not any(case.record.heard(f"friction.{kind}") for kind in ("problems", "people", "systems", "data"))
    if item == "gates.adoption":
        return found.gates["adoption"].status != "pass"
    return case.check(item) != "met"


def _next_date(case: Case, found: Assessment) -> CalendarEntry | None:
    """The next date after today, or a checkpoint that is due today; it goes before anything else of the same day."""
    today = case.today.isoformat()
    ahead = [one for one in found.roadmap.calendar if one.on > today or (one.on == today and one.occasion == "checkpoint")]
    return min(ahead, key=lambda one: (one.on, one.occasion != "checkpoint"), default=None)
