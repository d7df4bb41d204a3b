"""What will stop the rollout: the constraints in their order, with the figures of the order and the first step of each."""

from agent.judging.assessment import Assessment, Constraint
from agent.judging.figures import number
from agent.reports.document import Block, Heading, Paragraph, Point, Points, Section, Table
from agent.reports.material import Material
from agent.reports.wording import capital


def section(material: Material) -> Section:
    """Return the constraints as a table, and each as a piece of work."""
    words, found = material.words, material.assessment.constraints
    title = words.headings["settle"] if told_as(material.assessment) == "settle" else words.sections["constraints"]
    if not found:
        return Section(name="constraints", title=title, blocks=(Paragraph(text=words.nothing["constraints"]),))
    rows = tuple(
        (str(place), one.title, part(material, one), str(one.severity), number(one.certainty), str(one.lead_weeks), number(one.priority))
        for place, one in enumerate(found, start=1)
    )
    blocks: list[Block] = [
        Paragraph(text=words.introductions["constraints"]),
        Table(head=words.tables["constraints"], rows=rows, figures=(0, 3, 4, 5, 6)),
    ]
    for place, one in enumerate(found, start=1):
        blocks += _constraint(material, place, one)
    return Section(name="constraints", title=title, blocks=tuple(blocks))


def told_as(assessment: Assessment) -> str:
    """Return under which heading the open points stand: nothing stops what is ready for a staged rollout."""
    return "settle" if assessment.verdict == "scale" else "stops"


def _constraint(material: Material, place: int, one: Constraint) -> list[Block]:
    labels, words = material.words.labels, material.words
    points = [
        Point(label=labels["first_step"], text=one.first_step),
        Point(label=labels["owner"], text=owner(material, one)),
        *(Point(label=labels[name], text=words.day(day)) for name, day in (("first_step_by", one.first_step_by), ("done_by", one.done_by)) if day),
        Point(label=labels["board_question"], text=one.board_question),
        *([Point(label=labels["why"], text=one.why)] if one.why else []),
        Point(label=labels["from"], text=f"{part(material, one)} ({material.label(one.item)})."),
    ]
    return [Heading(text=f"{place}. {one.title}"), Points(items=tuple(points)), material.grounds(one, silent="no_words")]


def owner(material: Material, one: Constraint) -> str:
    """Name the role that should own a constraint, and who has it where somebody said so."""
    role = capital(one.owner)
    return material.words.say("owner_named", role=role, name=one.owner_name) if one.owner_name else role


def part(material: Material, one: Constraint) -> str:
    return material.part(one.belongs_to)
