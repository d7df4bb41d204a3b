"""The guidance behind every finding: retrieved by what the finding says, listed by code."""

from collections.abc import Sequence
from typing import Any, Protocol

from agent.judging.assessment import Assessment, Finding, Source
from knowledge.guidance import Passage


class Guidance(Protocol):
    """What the interview needs of a library."""

    def search(self, query: str, *, items: tuple[str, ...] = (), stage: str | None = None, limit: int = 3) -> list[Any]: ...

    def passage(self, id: str) -> Passage | None: ...

    def passages(self) -> Sequence[Passage]: ...


# What a finding speaks to where nobody has said anything that would tell.
ITEMS = {
    "kpi": ("charter.kpi", "charter.target", "charter.baseline"),
    "adoption": ("gates.adoption", "gates.adoption_sustained"),
    "impact": ("gates.improvement",),
    "readiness": ("gates.security_review", "gates.integration_review", "gates.compliance_review"),
    "business": ("owners.business",), "technical": ("owners.technical",), "compliance": ("owners.compliance",), "production": ("owners.production",),
    "capability": ("capability.ordinary_users_tested", "capability.full_mix_tested", "capability.support_removed"),
    "culture": ("culture.incentives_changed", "culture.coalition"),
    "infrastructure": ("infrastructure.systems", "infrastructure.commitment"),
    "proof_of_scale": ("charter.started_on", "owners.decision_rights", "infrastructure.commitment"),
    "roadmap": ("infrastructure.commitment", "charter.started_on"),
    "projection": ("charter.case_coverage", "gates.cost_per_request"),
    "self-selected users": ("charter.team_selection",), "close support": ("charter.close_support",), "curated cases": ("charter.case_coverage", "charter.hard_cases"),
    "favourable measurement": ("gates.measured_independently",), "cleaned data": ("charter.production_data",), "waived reviews": ("gates.security_review",),
    "problems": ("friction.problems",), "people": ("friction.people",), "systems": ("friction.systems",), "data": ("friction.data",),
    "use case": ("rollout.use_cases",), "verdict": ("charter.decision_rule",),
    "stated figure": ("gates.improvement",), "measure of the model": ("charter.kpi_kind",), "what was not checked": ("gates.measured_independently",), "defaults": ("charter.case_coverage",),
}  # fmt: skip


def cite(assessment: Assessment, library: Guidance) -> Assessment:
    """Return the assessment with a passage under every finding, and the sources they come from."""
    used: dict[str, Source] = {}
    remembered: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def passages(query: str, items: tuple[str, ...]) -> tuple[str, ...]:
        key = (query, items)
        if key not in remembered:
            found = [one.passage for one in library.search(query, items=items, limit=1)]
            used.update({one.id: _source(one) for one in found})
            remembered[key] = tuple(one.id for one in found)
        return remembered[key]

    def with_passage(finding: Any, query: str, items: tuple[str, ...]) -> Any:
        assert isinstance(finding, Finding)
        return finding.model_copy(update={"passages": passages(query, items)})

    def checks(results: Any) -> tuple[Any, ...]:
        return tuple(with_passage(one, one.label, (one.item,)) for one in results)

    forces = {
        name: with_passage(force, f"{name} force", ITEMS[name]).model_copy(update={"checks": checks(force.checks)}) for name, force in assessment.forces.items()
    }

    def named(finding: Any) -> Any:
        """Cite the passage that the guide itself names, where it names one; otherwise what the finding is about."""
        own = [passage for id in finding.passages if (passage := library.passage(id))]
        used.update({one.id: _source(one) for one in own})
        about = tuple(dict.fromkeys(one.item for one in finding.evidence))
        return finding if own else with_passage(finding, getattr(finding, "question", "") or getattr(finding, "what", ""), about)

    def gate(name: str, one: Any) -> Any:
        found = with_passage(one, f"{name} gate", ITEMS[name])
        return found.model_copy(update={"confidence": trusted(one.confidence)}) if one.confidence else found

    def trusted(confidence: Any) -> Any:
        return confidence.model_copy(update={"caps": tuple(with_passage(cap, cap.name, ITEMS.get(cap.name, ITEMS["projection"])) for cap in confidence.caps)})

    def turning(one: Any) -> Any:
        return with_passage(one, f"what the {one.part} asks for", ITEMS.get(one.part, ITEMS["verdict"]))

    planned = with_passage(assessment.projection, "honest projection of adoption and cost at rollout", ITEMS["projection"])
    page = assessment.first_page
    changed = {
        "gates": {name: gate(name, one) for name, one in assessment.gates.items()},
        "owners": {name: with_passage(owner, f"{name} owner in production", ITEMS[name]) for name, owner in assessment.owners.items()},
        "governance": checks(assessment.governance),
        "feedback": checks(assessment.feedback),
        "operations": checks(assessment.operations),
        "forces": forces,
        "proof_of_scale": with_passage(assessment.proof_of_scale, "proof of scale checkpoint at ninety days", ITEMS["proof_of_scale"]),
        "favourable_conditions": tuple(with_passage(one, one.kind, ITEMS[one.kind]) for one in assessment.favourable_conditions),
        "friction": tuple(with_passage(one, "friction audit", ITEMS[one.kind]) for one in assessment.friction),
        "constraints": tuple(with_passage(one, one.title, (one.item,)) for one in assessment.constraints),
        "roadmap": with_passage(assessment.roadmap, "scaling sequence, infrastructure takes six months", ITEMS["roadmap"]),
        "rollout": tuple(with_passage(one, "which use cases are ready, need design work or are staged", ITEMS["use case"]) for one in assessment.rollout),
        "projection": planned.model_copy(update={"confidence": trusted(planned.confidence)}) if planned.confidence else planned,
        "what_if": tuple(turning(one) for one in assessment.what_if),
        "first_page": page.model_copy(update={"this_week": tuple(named(one) for one in page.this_week)}) if page else None,
        "hard_questions": tuple(named(one) for one in assessment.hard_questions),
        "lapsed": tuple(with_passage(one, one.label, (one.item,)) for one in assessment.lapsed),
    }
    return assessment.model_copy(update={**changed, "sources": tuple(used[key] for key in sorted(used))})


def _source(passage: Passage) -> Source:
    return Source(id=passage.id, article=passage.article, author=passage.author, title=passage.title, section=passage.section, text=passage.text)
