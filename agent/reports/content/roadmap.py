"""The roadmap: the phases one after the other and beside each other, as a chart and as a calendar."""

from agent.judging.assessment import Phase, WeekStep
from agent.reports.charts.shapes import Span, Spans
from agent.reports.document import Block, Chart, Heading, Paragraph, Point, Points, Section, Table
from agent.reports.material import Material
from agent.reports.wording import capital, sentence


def section(material: Material) -> Section:
    """Return the phases with their work, and the calendar that follows from them."""
    words, plan = material.words, material.assessment.roadmap
    title = words.sections["roadmap"]
    if not plan.phases and not plan.calendar:
        return Section(name="roadmap", title=title, blocks=(Paragraph(text=words.nothing["roadmap"]),))
    blocks: list[Block] = [Paragraph(text=f"{words.verdicts[material.assessment.verdict].plan} {words.introductions['roadmap']}")]
    for track in ("sequence", "parallel"):
        phases = [phase for phase in plan.phases if phase.track == track]
        blocks += [Heading(text=words.headings[track]), *(_phases(material, track, phases) if phases else [Paragraph(text=words.nothing["phases"])])]
    if page := material.assessment.first_page:
        steps = tuple(Point(label=week_step(material, one), text=one.how, under=(material.grounds(one),)) for one in page.this_week)
        blocks += [Heading(text=words.headings["this_week"]), Points(items=steps)] if steps else []
    rows = tuple((one.on, capital(words.name("occasion", one.occasion)), one.title, one.detail) for one in plan.calendar)
    blocks += [
        Heading(text=words.headings["calendar"]),
        Table(head=words.tables["calendar"], rows=rows) if rows else Paragraph(text=words.nothing["calendar"]),
        material.grounds(plan, silent="no_start"),
    ]
    return Section(name="roadmap", title=title, blocks=tuple(blocks))


def week_step(material: Material, step: WeekStep) -> str:
    """Name something to do this week, with its day."""
    return material.words.say("step_by", what=step.what, by=material.words.day(step.by))


def _phases(material: Material, track: str, phases: list[Phase]) -> list[Block]:
    words = material.words
    work = tuple(Point(label=one.name, under=(Points(items=tuple(Point(text=sentence(todo)) for todo in one.work)),)) for one in phases if one.work)
    return [Paragraph(text=words.sentences[track]), _table(material, phases), *([Points(items=work)] if work else [])]


def _table(material: Material, phases: list[Phase]) -> Table:
    rows = tuple((one.name, one.starts_on, one.ends_on, ", ".join(one.depends_on), capital(one.because)) for one in phases)
    return Table(head=material.words.tables["phases"], rows=rows)


def gantt(material: Material) -> Chart:
    """Draw the phases under one calendar, with today and the checkpoint across them."""
    words, assessment = material.words, material.assessment
    phases = sorted(assessment.roadmap.phases, key=lambda one: one.track != "sequence")
    spans = tuple(Span(label=one.name, starts_on=one.starts_on, ends_on=one.ends_on, colour="plain" if one.track == "sequence" else "soft") for one in phases)
    marks = [(assessment.assessed_on, words.labels["today"])]
    proof = assessment.proof_of_scale
    if proof.due_on and (proof.days_left or 0) > 0:
        marks.append((proof.due_on, words.sections["proof_of_scale"]))
    part = words.charts["roadmap"]
    return Chart(title=part.title, description=part.asks, shape=Spans(spans=spans, marks=tuple(marks)), table=_table(material, phases), table_in="roadmap")
