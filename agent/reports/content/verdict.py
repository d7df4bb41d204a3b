"""The verdict: what it says, why it is so here, and what to do next."""

from agent.judging.assessment import Assessment
from agent.reports.document import Block, Paragraph, Point, Points, Section, Tone
from agent.reports.material import Material

TONES: dict[str, Tone] = {"demo": "bad", "rerun": "bad", "unproven": "open", "redesign": "open", "scale": "good"}


def section(material: Material) -> Section:
    """Return the verdict with everything that decided it, and how the report is to be read."""
    assessment, words = material.assessment, material.words
    says, why, todo = sentences(material)
    blocks: list[Block] = [Paragraph(text=words.verdicts[assessment.verdict].line, weight="strong"), Paragraph(text=f"{says} {why} {todo}")]
    if why != " ".join(assessment.reasons):
        blocks += [Paragraph(text=words.sentences["decided"]), Points(items=reasons(material))]
    blocks.append(Paragraph(text=words.introductions["report"], weight="note"))
    return Section(name="verdict", title=words.sections["verdict"], blocks=tuple(blocks), starts_page=True)


def sentences(material: Material) -> tuple[str, str, str]:
    """Say in three sentences what the verdict says, why it is so here, and what to do next."""
    fixed = material.words.verdicts[material.assessment.verdict]
    return fixed.says, why_here(material), fixed.next


def reasons(material: Material) -> tuple[Point, ...]:
    return tuple(Point(label=about, text=text) for about, text in map(material.reason, material.assessment.reasons))


def why_here(material: Material) -> str:
    """Say in one sentence what decided the verdict for this pilot."""
    assessment, words = material.assessment, material.words
    if assessment.completeness == 0:
        return words.sentences["why_empty"]
    status = {"rerun": "fail", "unproven": "unproven"}.get(assessment.verdict)
    if status:
        found = [words.within(words.gates[name].title) for name, gate in assessment.gates.items() if gate.status == status]
        return words.say(
            f"why_{assessment.verdict}",
            count=words.count(len(found)),
            of=words.count(len(assessment.gates)),
            gates=words.join(found),
        )
    if assessment.verdict == "redesign":
        return words.say("why_redesign", open="; ".join(_not_ready(material)))
    return " ".join(assessment.reasons)


def _not_ready(material: Material) -> list[str]:
    assessment, words = material.assessment, material.words
    owners = [words.name("answerable", name) for name, owner in assessment.owners.items() if owner.status != "named"]
    found = [words.say("owner_not_settled" if len(owners) == 1 else "owners_not_settled", owners=words.join(owners))] if owners else []
    for severity, told in (("high", "forces_high"), ("unknown", "forces_unheard")):
        forces = [words.within(words.forces[name].title) for name, force in assessment.forces.items() if force.severity == severity]
        found += [words.say(told, forces=words.join(forces))] if forces else []
    return found if proof_holds(assessment) else [*found, words.sentences["proof_open"]]


def proof_holds(assessment: Assessment) -> bool:
    proof = assessment.proof_of_scale
    return proof.decisions == proof.incentives == proof.infrastructure == "met"
