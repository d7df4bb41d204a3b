"""The first page: the verdict in a line, why in three, the gates and forces, what stops the rollout, what to do now, the next date."""

from agent.heard import clip
from agent.judging.assessment import CalendarEntry, Constraint, FirstPage
from agent.reports.content import constraints, forces, gates
from agent.reports.content.roadmap import week_step
from agent.reports.content.verdict import TONES, reasons, sentences
from agent.reports.document import Beside, Block, Callout, Heading, Paragraph, Point, Points, Section, Table
from agent.reports.material import Material

THREE = 3
FITS = 200


def section(material: Material) -> Section:
    """Return what fits on one printed page; whatever is cut short here stands in full further on."""
    words, assessment = material.words, material.assessment
    page = assessment.first_page
    says, _, todo = sentences(material)
    line = clip(page.headline, FITS) if page else words.verdicts[assessment.verdict].line
    blocks: list[Block] = [
        Callout(title=line, text=f"{says} {todo}", tone=TONES[assessment.verdict]),
        Heading(text=words.headings["why"]),
        Points(items=_why(material, page)),
        Beside(left=(gates.levels(material),), right=(forces.shares(material),)),
    ]
    if stopping := _stopping(material, page):
        rows = tuple((clip(one.title, FITS), clip(one.first_step, FITS), one.first_step_by, clip(constraints.owner(material, one), 80)) for one in stopping)
        told = constraints.told_as(assessment)
        blocks += [Heading(text=words.headings[told]), Table(head=words.tables[told], rows=rows)]
    return Section(name="first_page", title=words.sections["first_page"], blocks=(*blocks, *_now(material, page)))


def _why(material: Material, page: FirstPage | None) -> tuple[Point, ...]:
    told = tuple(Point(label=about, text=text) for about, text in map(material.reason, page.why)) if page else reasons(material)
    return tuple(one.model_copy(update={"text": clip(one.text, FITS)}) for one in told[:THREE])


def _stopping(material: Material, page: FirstPage | None) -> list[Constraint]:
    found = {one.item: one for one in material.assessment.constraints}
    return [found[item] for item in page.stops if item in found] if page else list(found.values())[:THREE]


def _now(material: Material, page: FirstPage | None) -> list[Block]:
    """Return what to do this week, and the next date to keep."""
    words, calendar = material.words, material.assessment.roadmap.calendar
    upcoming = page.next_date if page else next((one for one in calendar if one.on >= material.assessment.assessed_on), None)
    date = Paragraph(text=_date(material, upcoming) if upcoming else words.sentences["no_next_date"])
    next_date: list[Block] = [Heading(text=words.headings["next_date"]), date]
    if not page or not page.this_week:
        return next_date
    steps = tuple(Point(label=week_step(material, one), text=clip(one.how, FITS)) for one in page.this_week)
    return [Heading(text=words.headings["this_week"]), Points(items=steps), *next_date]


def _date(material: Material, entry: CalendarEntry) -> str:
    return material.words.say("date_line", day=material.words.day(entry.on), title=entry.title, detail=entry.detail)
