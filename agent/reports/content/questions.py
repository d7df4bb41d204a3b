"""The executive meeting: three questions from this pilot's own gaps, and the hardest that will be put, with what can be answered."""

from itertools import groupby

from agent.reports.document import Block, Heading, Paragraph, Point, Points, Section, Table
from agent.reports.material import Material
from agent.reports.wording import capital


def section(material: Material) -> Section:
    """Return the questions to put, then those to be ready for."""
    words, assessment = material.words, material.assessment
    blocks: list[Block] = [Heading(text=words.headings["questions"]), to_put(material)]
    if assessment.hard_questions:
        blocks += [Heading(text=words.headings["hard_questions"]), Paragraph(text=words.introductions["hard_questions"])]
        for role, group in groupby(assessment.hard_questions, key=lambda one: one.asked_by):
            asked = tuple(group)
            rows = tuple((capital(role), one.question, one.answer, words.name("known", one.known), one.who) for one in asked)
            blocks += [Table(head=words.tables["hard_questions"], rows=rows), *material.shared_grounds(asked, [one.question for one in asked])]
    return Section(name="executive_questions", title=words.sections["executive_questions"], blocks=tuple(blocks))


def to_put(material: Material) -> Points | Paragraph:
    """Return the three questions, numbered."""
    found = material.assessment.executive_questions
    if not found:
        return Paragraph(text=material.words.nothing["executive_questions"])
    return Points(items=tuple(Point(text=one) for one in found), numbered=True)
