"""How far a claimed benefit can be trusted: the conditions of the pilot cap it, and the cap is explained."""

from collections.abc import Iterable

from agent.judging.case import Case, join
from agent.judging.figures import measure, number
from agent.judging.findings import Cap, Confidence, FavourableCondition, Gate

FULL, PARTLY, NOT_CHECKED, MODEL_ONLY = 0.5, 0.7, 0.8, 0.2
STEP, FLOOR = 0.05, 0.1
HIGH, MEDIUM = 0.75, 0.5
# Where a condition is neither shown nor ruled out, nobody has said anything about these.
TOLD_BY = {
    "self-selected users": ("charter.team_selection",),
    "close support": ("charter.close_support", "capability.support_removed"),
    "curated cases": ("charter.case_coverage", "charter.hard_cases", "capability.full_mix_tested"),
    "favourable measurement": ("gates.measured_independently",),
    "cleaned data": ("charter.production_data",),
}
WEIGHS_ON = {
    "kpi": tuple(TOLD_BY),
    "impact": tuple(TOLD_BY),
    "adoption": ("self-selected users", "close support", "favourable measurement"),
}


def with_confidence(case: Case, gates: dict[str, Gate], conditions: tuple[FavourableCondition, ...]) -> dict[str, Gate]:
    """Return the gates with the confidence of the benefit that each claims; readiness claims none."""
    claimed = {name for name, gate in gates.items() if gate.level is not None and name in WEIGHS_ON}
    return {
        name: gate.model_copy(update={"confidence": confidence(caps(case, WEIGHS_ON[name], conditions, stated=name == "impact"))}) if name in claimed else gate
        for name, gate in gates.items()
    }


def caps(case: Case, relevant: tuple[str, ...], conditions: tuple[FavourableCondition, ...], *, stated: bool) -> tuple[Cap, ...]:
    """Return what keeps a benefit from being certain: each condition that was shown, what was not checked, and a figure that is only stated."""
    found = [
        Cap(name=one.kind, at=PARTLY if _only_partly(case, one) else FULL, reason=one.reason, evidence=one.evidence)
        for one in conditions
        if one.kind in relevant
    ]
    if stated and measure(case).improvement is None:
        found.append(
            Cap(
                name="stated figure",
                at=FULL,
                reason="The improvement was stated; no figures were given that it could be computed from.",
                evidence=case.evidence("gates.improvement"),
            )
        )
    if case.known("charter.kpi_kind") == "model" and "curated cases" in relevant:
        reason = "What was measured is the model, not the work; a better model need not change anything in the business."
        found.append(Cap(name="measure of the model", at=MODEL_ONLY, reason=reason, evidence=case.evidence("charter.kpi_kind")))
    shown = {one.kind for one in conditions}
    silent = [kind for kind in relevant if kind not in shown and all(case.known(item) is None for item in TOLD_BY[kind])]
    if silent:
        found.append(Cap(name="what was not checked", at=NOT_CHECKED, reason=f"Nobody has said whether it was free of {join(silent, 'or')}."))
    return tuple(found)


def confidence(found: tuple[Cap, ...]) -> Confidence:
    """Return the lowest cap, less a little for each further one."""
    if not found:
        return Confidence(level=1.0, word="high", reason="None of the conditions that make a pilot look better than a rollout was found.")
    lowest = min(found, key=lambda one: one.at)
    level = round(max(FLOOR, lowest.at - STEP * (len(found) - 1)), 2)
    others = [one.name for one in found if one is not lowest]
    less = f"; each further one takes off {number(STEP * 100)} ({', '.join(others)})" if others else ""
    reason = f"At most {number(level * 100)} of 100. The lowest cap is {number(lowest.at * 100)} ({lowest.name}){less}."
    return Confidence(level=level, word="high" if level >= HIGH else "medium" if level >= MEDIUM else "low", reason=reason, caps=found)


def _only_partly(case: Case, condition: FavourableCondition) -> bool:
    """Say whether everything that shows the condition shows it in part: some volunteers, some of the data."""
    return _all_in(("partly", "mixed"), (case.known(item) for item in TOLD_BY[condition.kind] if case.known(item) not in (None, "yes")))


def _all_in(allowed: tuple[str, ...], values: Iterable[object]) -> bool:
    found = list(values)
    return bool(found) and all(value in allowed for value in found)
