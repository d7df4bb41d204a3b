"""Pilots for the tests of the judging: a record from item values, each said in made-up words, and one pilot that is ready to scale."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from agent.items import guide
from agent.judging import Assessment, assess
from agent.judging.case import Case
from agent.record import Entry, Record, Said, Statement

TODAY = date(2026, 11, 21)
GUIDE = guide()


@dataclass(frozen=True)
class State:
    """What stands for an item instead of a value; `unasked` takes the item out of the pilot."""

    name: str


UNASKED, UNKNOWN, ABSENT, NOT_APPLICABLE = State("unasked"), State("unknown"), State("absent"), State("not_applicable")


@dataclass(frozen=True)
class Words:
    """A value with the words it was read from."""

    value: Any
    quote: str


@dataclass(frozen=True)
class Both:
    """Two values that cannot both hold."""

    one: Any
    other: Any


def minutes(value: float, *ends: float) -> dict[str, Any]:
    return quantity(value, "minutes", *ends)


def weeks(value: float, *ends: float) -> dict[str, Any]:
    return quantity(value, "weeks", *ends)


def quantity(value: float, unit: str, *ends: float) -> dict[str, Any]:
    return {"value": value, "unit": unit, **dict(zip(("low", "high"), ends, strict=False))}


def span(low: float, high: float) -> dict[str, Any]:
    """Return a count or a share that was said as a range."""
    return {"value": (low + high) / 2, "low": low, "high": high}


SCALES: dict[str, Any] = {
    "charter.kpi": "handling time", "charter.kpi_kind": "business",
    "charter.baseline": minutes(42), "charter.baseline_before_launch": "yes",
    "charter.target": minutes(32), "charter.target_before_launch": "yes",
    "charter.started_on": "2026-09-01", "charter.pilot_users": 60, "charter.rollout_users": 900,
    "gates.kpi_now": minutes(31), "gates.adoption": 78, "gates.adoption_sustained": weeks(6),
    "gates.security_review": "yes", "gates.integration_review": "yes", "gates.compliance_review": "yes",
    "owners.business": "Maria Lopez", "owners.technical": "Jon Berg", "owners.compliance": "Ines Roth", "owners.production": "Tom Hill",
    "owners.sponsor": "Ada King", "owners.builder": "BackSoft", "owners.decision_rights": "yes",
    "charter.production_data": "yes", "capability.ordinary_users_tested": "yes", "capability.full_mix_tested": "yes",
    "capability.support_removed": "yes", "capability.messy_data_tested": "yes",
    "culture.incentives_changed": "yes", "culture.coalition": "yes", "culture.outside_interviews": 5, "culture.users_shape_it": "yes",
    "culture.change_programme": "yes", "culture.replacement_message": "yes", "culture.shadow_ai": "no",
    "infrastructure.in_workflow": "yes", "infrastructure.data_formats": "yes", "infrastructure.approvals": "yes",
    "infrastructure.access_control": "yes", "infrastructure.exceptions": "yes", "infrastructure.commitment": "yes", "gates.load_test": "yes",
}  # fmt: skip


def record(items: dict[str, Any]) -> Record:
    """Return a record in which each item has the value, said in a message of its own."""
    said = {}
    for turn, (item, value) in enumerate(items.items(), start=1):
        if value is not UNASKED:
            values = (value.one, value.other) if isinstance(value, Both) else (value,)
            said[item] = Entry(standing=tuple(_statement(item, one, turn) for one in values))
    return Record(entries=said)


def _statement(item: str, value: Any, turn: int) -> Statement:
    quote = value.quote if isinstance(value, Words) else f"as for the {item}, {value}"
    state: Said = value.name if isinstance(value, State) else "known"  # type: ignore[assignment]
    plain = value.value if isinstance(value, Words) else None if isinstance(value, State) else value
    return Statement(item=item, state=state, value=plain, quote=quote, speaker="Anna Berg", turn=turn)


def case(items: dict[str, Any]) -> Case:
    return Case(record(items), GUIDE, TODAY)


def judged(items: dict[str, Any]) -> Assessment:
    return assess(record(items), GUIDE, TODAY)


def changed(changes: dict[str, Any]) -> Assessment:
    """Judge the pilot that is ready to scale, after these changes."""
    return judged({**SCALES, **changes})
