"""What is not known and who to ask, and the evidence that has grown too old to count on."""

from agent.judging.assessment import Finding, Lapsed
from agent.reports.document import Block, Paragraph, Point, Points, Section, Table
from agent.reports.lookups import gaps, words_by_item
from agent.reports.material import Material, quotes
from agent.reports.wording import capital


def unknown(material: Material) -> Section:
    """Return the open questions, each with whom to ask and the words that were said about it."""
    assessment, words = material.assessment, material.words
    said, lacking = words_by_item(assessment), gaps(assessment)
    rows = [(one, "differ" if quotes(said.get(one.item, ())) > 1 else "asked_in_vain") for one in assessment.unknown]
    rows += [(one, "not_asked") for one in lacking]
    kind = "unknown" if assessment.unknown and lacking else "unknown_asked" if assessment.unknown else "unknown_gaps" if lacking else "unknown_none"
    blocks: list[Block] = [Paragraph(text=" ".join(part for part in (material.heard(), words.introductions[kind], _elsewhere(material)) if part))]
    if rows:
        listed = tuple((capital(one.label), one.ask, one.who, words.sentences[why]) for one, why in rows)
        blocks.append(Table(head=words.tables["unknown"], rows=listed))
    points = tuple(
        Point(label=capital(one.label), under=(material.grounds(Finding(evidence=said[one.item])),)) for one in assessment.unknown if one.item in said
    )
    blocks += [Points(items=points)] if points else []
    return Section(name="unknown", title=words.sections["unknown"], blocks=tuple(blocks))


def _elsewhere(material: Material) -> str:
    assessment, words = material.assessment, material.words
    checks = [*assessment.governance, *assessment.feedback, *assessment.operations, *(check for force in assessment.forces.values() for check in force.checks)]
    unasked = sum(check.status == "unasked" for check in checks)
    return words.say("not_asked_elsewhere", checks=words.counted(unasked, "check")) if unasked else ""


def lapsed(material: Material) -> Section | None:
    """Return the evidence that is too old; None where there is none."""
    words, found = material.words, material.assessment.lapsed
    if not found:
        return None
    return Section(name="lapsed", title=words.sections["lapsed"], blocks=(Paragraph(text=words.introductions["lapsed"]), *lapsed_ones(material, found)))


def lapsed_ones(material: Material, found: tuple[Lapsed, ...]) -> tuple[Block, ...]:
    """Return when each piece of evidence was said and until when it held, and the words."""
    rows = tuple((capital(one.label), one.said_on, one.held_until) for one in found)
    return Table(head=material.words.tables["lapsed"], rows=rows), *material.shared_grounds(found, [capital(one.label) for one in found])
