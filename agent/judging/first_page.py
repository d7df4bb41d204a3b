"""The first page: the verdict in one line, why in three, what stops the rollout, what to do this week, and the next date."""

from datetime import timedelta

from agent.judging.assessment import Assessment, CalendarEntry, FirstPage, WeekStep
from agent.judging.case import Case, join
from agent.judging.days import working_day
from agent.judging.figures import number

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
        why=_why(found),
        stops=tuple(one.item for one in found.constraints[:STOPS]),
        this_week=_this_week(case, found),
        next_date=_next_date(case, found),
    )


def _headline(case: Case, found: Assessment) -> str:
    by_status = {status: [name for name, gate in found.gates.items() if gate.status == status] for status in ("fail", "unproven")}
    owners = [f"{name} owner {owner.status}" for name, owner in found.owners.items() if owner.status in ("missing", "conflict")]
    unasked = [name for name, owner in found.owners.items() if owner.status == "unasked"]
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
    )


def _why(found: Assessment) -> tuple[str, ...]:
    """Three reasons: those of the verdict first, then what else weighs most."""
    reasons = [_named(reason) for reason in found.reasons]
    shaky = [gate.confidence for gate in found.gates.values() if gate.confidence is not None and gate.confidence.word != "high"]
    more = [
        *(
            f"The {name} force is {force.severity}: {number(force.open)} of {force.heard} checks are open."
            for name, force in found.forces.items()
            if force.severity == "high"
        ),
        *([f"What the pilot claims is less certain than it sounds. {min(shaky, key=lambda one: one.level).reason}"] if shaky else []),
        found.projection.reason if found.projection.headline_percent is not None else "",
        f"Only {int(found.completeness * 100)} % of what matters has been heard." if found.completeness < 0.9 else "",
        f"Proof of scale: {found.proof_of_scale.reason}",
    ]
    for one in more:
        if one and len(reasons) < REASONS and one not in reasons:
            reasons.append(one)
    return tuple(reasons[:REASONS])


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
    """The next date after today; a checkpoint goes before anything else of the same day."""
    ahead = [one for one in found.roadmap.calendar if one.on > case.today.isoformat()]
    return min(ahead, key=lambda one: (one.on, one.occasion != "checkpoint"), default=None)
