"""For the decision: the second page a board reads, with what would change the verdict, the plan, the figures and the questions."""

from agent.reports.content import projection, questions, roadmap, what_if
from agent.reports.document import Block, Heading, Paragraph, Point, Points, Section
from agent.reports.material import Material
from agent.reports.wording import capital


def section(material: Material) -> Section:
    """Return one page of what follows from the verdict; every line of it is traced further on."""
    words, assessment = material.words, material.assessment
    blocks: list[Block] = [Paragraph(text=words.introductions["decision"], weight="note")]
    if ways := _cheapest(material):
        blocks += [Heading(text=words.sections["what_if"]), ways]
    if assessment.roadmap.phases:
        blocks += [Heading(text=words.sections["roadmap"]), roadmap.gantt(material)]
    blocks += [Heading(text=words.headings["effect"]), Paragraph(text=assessment.projection.reason)]
    if assessment.projection.steps:
        blocks.append(projection.waterfall(material))
    blocks += [Heading(text=words.headings["questions"]), questions.to_put(material)]
    return Section(name="decision", title=words.sections["decision"], blocks=tuple(blocks), starts_page=True)


def _cheapest(material: Material) -> Points | None:
    """Return the cheapest way for the verdict and for each gate that is not passed."""
    words = material.words
    points = []
    for one in material.assessment.what_if:
        if not one.ways:
            continue
        way = one.ways[0]
        todo = "; ".join(f"{change.label}: {change.what.rstrip('.')}" for change in way.changes)
        cost = words.say("way_cost", weeks=words.counted(way.weeks, "week"), effort=way.effort)
        points.append(Point(label=what_if.turn(material, one), text=f"{capital(todo)} ({cost})"))
    return Points(items=tuple(points)) if points else None
