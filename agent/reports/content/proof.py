"""Proof of scale: the checkpoint ninety days after the start, and its three conditions."""

from agent.judging.proof_of_scale import CONDITIONS
from agent.reports.document import Paragraph, Section, Table
from agent.reports.material import Material


def section(material: Material) -> Section:
    """Return when the checkpoint is due and which conditions are met."""
    words, proof = material.words, material.assessment.proof_of_scale
    if proof.due_on is None:
        due = words.sentences["due_unknown"]
    else:
        days = proof.days_left or 0
        due = words.say("due_past" if days < 0 else "due", day=words.day(proof.due_on), away=words.away(days))
    names = ("decisions", "incentives", "infrastructure")
    rows = tuple((words.conditions[name], words.name("check", _result(material, name))) for name in names)
    asked = proof.due_on or any(getattr(proof, name) != "unasked" for name in names)
    blocks = (
        Paragraph(text=f"{due} {proof.reason}"),
        Table(head=words.tables["conditions"], rows=rows),
        material.grounds(proof, silent="no_words" if asked else "nobody_yet"),
    )
    return Section(name="proof_of_scale", title=words.sections["proof_of_scale"], blocks=blocks)


def _result(material: Material, name: str) -> str:
    """Return a condition's result; one that was said not to apply was asked about."""
    assessment, (item, _) = material.assessment, CONDITIONS[name]
    checks = [*assessment.operations, *(check for force in assessment.forces.values() for check in force.checks)]
    set_aside = any(check.item == item and check.status == "not_applicable" for check in checks)
    return "not_applicable" if set_aside else getattr(assessment.proof_of_scale, name)
