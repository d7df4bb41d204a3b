"""The report as one document: its parts in their order, one file a part."""

from agent.reports.content import (
    constraints,
    decision,
    first_page,
    forces,
    friction,
    gates,
    leftovers,
    moved,
    owners,
    projection,
    proof,
    questions,
    roadmap,
    rollout,
    sources,
    trust,
    verdict,
    what_if,
)  # fmt: skip
from agent.reports.document import Document
from agent.reports.material import Material

# The first two are for a board; what follows is what an auditor traces.
PARTS = (
    first_page.section, decision.section, verdict.section, moved.section, gates.section, trust.section, owners.section, forces.section, proof.section,
    friction.favourable_conditions, friction.section, constraints.section, what_if.section, roadmap.section, rollout.section, projection.section,
    questions.section, leftovers.unknown, leftovers.lapsed, sources.said, sources.section, sources.manifest,
)  # fmt: skip


def document(material: Material) -> Document:
    """Build the report; a part that has nothing to tell and is expected by nobody is left out."""
    assessment, words = material.assessment, material.words
    return Document(
        title=material.title,
        subtitle=words.say("subtitle", day=words.day(assessment.assessed_on), heard=material.heard()),
        language=words.language,
        dated=assessment.assessed_on,
        labels=words.labels,
        sections=tuple(section for part in PARTS if (section := part(material)) is not None),
    )
