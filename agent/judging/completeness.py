"""Which items matter for this pilot, and how many of them have been heard."""

from math import floor
from typing import Any

from agent.judging.case import HANGS_ON, Case

ALTERNATIVES = {
    "gates.adoption": ("gates.active_users", "gates.target_users"),
    "gates.active_users": ("gates.adoption",),
}


def set_aside(case: Case) -> set[str]:
    """Return the items that need no answer: they hang on an absent one, or another item already gives the figure."""
    aside = {item for cause, items in HANGS_ON.items() if case.absent(cause) for item in items}
    for heard, others in ALTERNATIVES.items():
        if case.known(heard) is not None and (heard != "gates.active_users" or _intended(case) is not None):
            aside.update(others)
    if case.known("charter.pilot_users") is not None and case.record.heard("gates.active_users"):
        aside.add("gates.target_users")
    if all(case.known(item) is not None for item in ("charter.baseline", "charter.target", "gates.kpi_now")):
        aside.add("gates.improvement")
    return {item for item in aside if not case.record.heard(item)}


def _intended(case: Case) -> Any:
    return case.known("gates.target_users") or case.known("charter.pilot_users")


def completeness(case: Case) -> float:
    """Return items heard over items that matter, from 0 to 1."""
    aside = set_aside(case)
    relevant = [item for item in case.guide.items if item not in aside and case.record.state(item) != "not_applicable"]
    heard = [item for item in relevant if case.record.heard(item)]
    return round(len(heard) / len(relevant), 3) if relevant else 1.0


def percent(completeness: float) -> int:
    """Return how much was heard in percent, rounded down, so that 100 means all of it."""
    return floor(round(completeness * 100, 6))
