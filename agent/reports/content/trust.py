"""How far the figures can be trusted: what caps the confidence in every claimed benefit, and why."""

from agent.judging.assessment import Confidence
from agent.reports.document import Block, Heading, Paragraph, Point, Points, Section, Table
from agent.reports.material import Material
from agent.reports.wording import capital


def section(material: Material) -> Section | None:
    """Return the confidence in each gate's figure and in the projection; None where no benefit is claimed."""
    assessment, words = material.assessment, material.words
    claimed = {words.say("gate", name=words.gates[name].title): gate.confidence for name, gate in assessment.gates.items()}
    claimed[words.sections["projection"]] = assessment.projection.confidence
    found = {name: one for name, one in claimed.items() if one is not None}
    if not found:
        return None
    blocks: list[Block] = [Paragraph(text=words.introductions["confidence"])]
    blocks.append(Points(items=tuple(Point(label=name, text=told(material, one)) for name, one in found.items())))
    caps = {(cap.name, cap.at, cap.reason): cap for one in found.values() for cap in one.caps}
    if caps:
        rows = tuple((capital(cap.name), words.percent(round(cap.at * 100)), cap.reason) for cap in caps.values())
        blocks += [Heading(text=words.headings["caps"]), Table(head=words.tables["caps"], rows=rows, figures=(1,))]
        blocks += material.shared_grounds(list(caps.values()), [capital(cap.name) for cap in caps.values()])
    return Section(name="confidence", title=words.sections["confidence"], blocks=tuple(blocks))


def told(material: Material, confidence: Confidence) -> str:
    """Say how far a figure can be trusted, and why not further."""
    words = material.words
    level = words.percent(round(confidence.level * 100))
    return words.say("confidence", word=words.name("confidence", confidence.word), level=level, reason=confidence.reason)
