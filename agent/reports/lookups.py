"""What a report looks up across an assessment: what lies behind a gate, what nobody could answer, who said what."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from agent.judging.assessment import Assessment, Constraint, Evidence, Finding, Missing


def behind(assessment: Assessment, gate: str) -> Iterator[tuple[int, Constraint]]:
    """Yield the constraints that explain why a gate is not passed, with their places in the list."""
    if assessment.gates[gate].status == "pass":
        return
    for place, one in enumerate(assessment.constraints, start=1):
        if one.belongs_to == f"{gate} gate" or (gate == "impact" and one.belongs_to == "measurement"):
            yield place, one


def asked_in_vain(assessment: Assessment) -> set[str]:
    """Return the items that were asked about and that nobody could settle."""
    return {one.item for one in assessment.unknown}


def gaps(assessment: Assessment) -> tuple[Missing, ...]:
    """Return what the gates lack beyond what nobody could settle, each item once."""
    asked = asked_in_vain(assessment)
    return tuple({one.item: one for gate in assessment.gates.values() for one in gate.missing if one.item not in asked}.values())


def words_by_item(assessment: Assessment) -> dict[str, tuple[Evidence, ...]]:
    """Return the words that any finding quotes for an item."""
    found: dict[str, dict[Evidence, None]] = {}
    for finding in findings(assessment):
        for one in finding.evidence:
            found.setdefault(one.item, {})[one] = None
    return {item: tuple(words) for item, words in found.items()}


def findings(part: Any) -> Iterator[Finding]:
    """Yield every finding inside a part of an assessment, wherever it stands, in the order of the fields."""
    if isinstance(part, Finding):
        yield part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from findings(getattr(part, name))
    elif isinstance(part, dict):
        for one in part.values():
            yield from findings(one)
    elif isinstance(part, tuple):
        for one in part:
            yield from findings(one)
