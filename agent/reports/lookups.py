"""What a report looks up across an assessment: what lies behind a gate, what nobody could answer, who said what."""

from collections.abc import Iterable, Iterator, Sequence
from math import floor

from agent.judging.assessment import Assessment, CheckResult, Constraint, Evidence, Finding, Missing
from agent.reports.wording import CHECK_RESULTS, SHADOW_RESULTS


def heard(assessment: Assessment) -> str:
    """Say how much was heard, rounded down, so that 100 % means all of it."""
    return f"So far {floor(round(assessment.completeness * 100, 6))} % of what matters for this pilot has been heard."


def behind(assessment: Assessment, gate: str) -> Iterator[tuple[int, Constraint]]:
    """Yield the constraints that explain why a gate is not passed, with their places in the list."""
    if assessment.gates[gate].status == "pass":
        return
    for place, one in enumerate(assessment.constraints, start=1):
        if one.belongs_to == f"{gate} gate" or (gate == "impact" and one.belongs_to == "measurement"):
            yield place, one


def check_word(assessment: Assessment, result: CheckResult) -> str:
    """Name the result of a check; one that is open only for want of an answer says so."""
    if result.status == "open" and result.item in asked_in_vain(assessment):
        return "open, because the answers differ" if _quotes(result.evidence) > 1 else "open, because it is not known"
    return (SHADOW_RESULTS if result.item == "culture.shadow_ai" else CHECK_RESULTS)[result.status]


def asked_in_vain(assessment: Assessment) -> set[str]:
    """Return the items that were asked about and that nobody could settle."""
    return {one.item for one in assessment.unknown}


def gaps(assessment: Assessment) -> tuple[Missing, ...]:
    """Return what the gates lack beyond what nobody could settle, each item once."""
    asked = asked_in_vain(assessment)
    return tuple({one.item: one for gate in assessment.gates.values() for one in gate.missing if one.item not in asked}.values())


def why_open(said: Sequence[Evidence]) -> str:
    return "the answers differ" if _quotes(said) > 1 else "asked, but nobody could say"


def words_by_item(assessment: Assessment) -> dict[str, tuple[Evidence, ...]]:
    """Return the words that any finding quotes for an item."""
    found: dict[str, dict[Evidence, None]] = {}
    for finding in findings(assessment):
        for one in finding.evidence:
            found.setdefault(one.item, {})[one] = None
    return {item: tuple(words) for item, words in found.items()}


def findings(assessment: Assessment) -> Iterator[Finding]:
    """Yield every finding, in the order of the report."""
    yield from assessment.gates.values()
    yield from assessment.owners.values()
    yield from (*assessment.governance, *assessment.feedback, *assessment.operations)
    for force in assessment.forces.values():
        yield from (force, *force.checks)
    yield from (assessment.proof_of_scale, *assessment.favourable_conditions, *assessment.friction, *assessment.constraints)
    yield from (assessment.roadmap, *assessment.rollout, assessment.projection)


def _quotes(evidence: Iterable[Evidence]) -> int:
    return len({(one.quote, one.turn) for one in evidence})
