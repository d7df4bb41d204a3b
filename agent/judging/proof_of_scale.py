"""The proof-of-scale checkpoint: due 90 days after the start, with three conditions."""

from datetime import date, timedelta

from agent.judging.assessment import Condition, ProofOfScale
from agent.judging.case import Case, join

CONDITIONS = {
    "decisions": ("owners.decision_rights", "who decides what, with the AI in the loop"),
    "incentives": ("culture.incentives_changed", "one measure that rewards the new way"),
    "infrastructure": ("infrastructure.commitment", "a timeline from the infrastructure team"),
}


def proof_of_scale(case: Case) -> ProofOfScale:
    """Judge the three conditions: met on a plain yes, unasked if never heard, otherwise open."""
    states = {name: _condition(case, item) for name, (item, _) in CONDITIONS.items()}
    due = _due(case)
    return ProofOfScale(
        due_on=due.isoformat() if due else None,
        days_left=(due - case.today).days if due else None,
        reason=_reason(case, states),
        evidence=case.evidence("charter.started_on", *(item for item, _ in CONDITIONS.values())),
        decisions=states["decisions"],
        incentives=states["incentives"],
        infrastructure=states["infrastructure"],
    )


def _reason(case: Case, states: dict[str, Condition]) -> str:
    """Say what is lacking; a condition that was said not to apply is not met either, but nobody owes it."""
    not_met = [(item, words) for name, (item, words) in CONDITIONS.items() if states[name] != "met"]
    set_aside = [words for item, words in not_met if case.record.state(item) == "not_applicable"]
    lacking = [words for _, words in not_met if words not in set_aside]
    if not not_met:
        return "All three conditions are met."
    says = f"Not a scaling plan yet; it lacks {join(lacking)}." if lacking else "Not a scaling plan yet."
    return f"{says} Said not to apply: {join(set_aside)}." if set_aside else says


def _due(case: Case) -> date | None:
    started = case.known("charter.started_on")
    try:
        return date.fromisoformat(started) + timedelta(days=case.thresholds.proof_of_scale_days) if started else None
    except OverflowError:  # a start in the year 9999 has no day 90
        return None


def _condition(case: Case, item: str) -> Condition:
    if case.record.state(item) in ("unasked", "not_applicable"):
        return "unasked"
    return "met" if case.known(item) == "yes" else "open"
