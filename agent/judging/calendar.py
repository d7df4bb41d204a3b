"""The dates to keep: first steps, proof of scale, reviews, hand-overs between owners, and the watch from month four to month seven."""

from datetime import date, timedelta
from typing import Any

from agent.judging.assessment import CalendarEntry, Constraint, Owner, Phase, ProofOfScale
from agent.judging.case import Case, join
from agent.judging.days import working_day, working_day_before
from agent.judging.owners import ME

STALL_MONTHS = (4, 7)
HANDOVER_MONTHS = 6
AGAIN_DAYS = 90
# The first steps of the constraints on the first page have a date of their own.
BEGUN = 3


def calendar(
    case: Case, phases: tuple[Phase, ...], proof: ProofOfScale, owners: dict[str, Owner], ranked: tuple[Constraint, ...], stress_from: date, rollout_from: date
) -> tuple[CalendarEntry, ...]:
    """Return the dates in order; none of them lies before today but the day on which the proof of scale was due."""
    found = [
        *_first_steps(case),
        *_proof(case, proof),
        *_owners(case, owners, ranked, rollout_from),
        _entry(stress_from, "Stress test begins", "From here on without favourable conditions.", "start"),
        _entry(rollout_from, "Staged rollout begins", "Only if the phases before are done.", "start"),
        _entry(
            _months(rollout_from, STALL_MONTHS[0] - 1), "Watch for the stall: month four", "Rollouts tend to stall between month four and month seven.", "watch"
        ),
        _entry(_months(rollout_from, STALL_MONTHS[1]), "End of the stall watch: month seven", "What still grows now tends to last.", "watch"),
        _entry(
            working_day(case.today + timedelta(days=AGAIN_DAYS)),
            "Judge the pilot again",
            "Ask what has changed and which evidence has become too old; compare with this assessment.",
            "review",
        ),
    ]
    found += [
        _entry(working_day_before(date.fromisoformat(one.ends_on)), f"Review: {one.name}", "Go on, repair or stop.", "review")
        for one in phases
        if one.track == "sequence"
    ]
    found += [_entry(date.fromisoformat(one.first_step_by), f"Begin: {one.title}", one.first_step) for one in ranked[:BEGUN]]
    return tuple(sorted(found, key=lambda entry: (entry.on, entry.title)))


def _first_steps(case: Case) -> list[CalendarEntry]:
    found = []
    if case.check("culture.outside_interviews") != "met":
        about = "Ask what would change if the AI ran in their part of the organisation."
        found.append(_entry(working_day(case.today + timedelta(days=7)), "Five interviews outside the pilot", about))
    if not any(case.record.heard(f"friction.{kind}") for kind in ("problems", "people", "systems", "data")):
        about = "48 hours with the pilot team: what was taken out of the pilot's way?"
        found.append(_entry(working_day(case.today + timedelta(days=30)), "Friction audit done", about))
    return found


def _proof(case: Case, proof: ProofOfScale) -> list[CalendarEntry]:
    if not proof.due_on:
        return []
    late = (proof.days_left or 0) < 0
    lacking = [name for name in ("decisions", "incentives", "infrastructure") if getattr(proof, name) != "met"]
    note = f"Still lacking: {join(lacking)}." if lacking else "All three conditions are met."
    found = [_entry(date.fromisoformat(proof.due_on), "Proof of scale was due" if late else "Proof of scale", note, "checkpoint")]
    if late and lacking:
        found.append(_entry(case.today + timedelta(days=case.thresholds.proof_of_scale_days), "Proof of scale, new date", note, "checkpoint"))
    return found


def _owners(case: Case, owners: dict[str, Owner], ranked: tuple[Constraint, ...], rollout_from: date) -> list[CalendarEntry]:
    """Owners who are still to be named, and the hand-over to the one who lives with the system."""
    found = [
        _entry(min(date.fromisoformat(one.done_by), rollout_from), f"Named by now: the {one.item.removeprefix('owners.')} owner", one.first_step, "hand-over")
        for one in ranked
        if one.item.removeprefix("owners.") in owners
    ]
    to = owners["production"]
    named = "the production owner" if to.name == ME else to.name
    who = named if to.status == "named" and named else "the production owner, still to be named"
    found.append(
        _entry(rollout_from, f"Hand-over to {who}", "From here on the production owner answers for it day by day, not the team that built it.", "hand-over")
    )
    later = "Somebody whose daily work it is still answers for it, six months after the hand-over."
    found.append(_entry(_months(rollout_from, HANDOVER_MONTHS), "Six months after the hand-over", later, "checkpoint"))
    return found


def _entry(day: date, title: str, detail: str, occasion: Any = "step") -> CalendarEntry:
    return CalendarEntry(on=day.isoformat(), title=title, detail=detail, occasion=occasion)


def _months(day: date, months: int) -> date:
    """Return the working day so many months later."""
    year, month = divmod(day.month - 1 + months, 12)
    return working_day(date(day.year + year, month + 1, min(day.day, 28)))
