"""What was kept out of the pilot's way: the favourable conditions, and the friction ledger as lines of work."""

from collections import Counter

from agent.reports.charts.shapes import Bar, Bars
from agent.reports.document import Block, Chart, Paragraph, Point, Points, Section, Table
from agent.reports.material import Material
from agent.reports.wording import capital


def favourable_conditions(material: Material) -> Section:
    """Return what made the pilot easier than the rollout."""
    words, found = material.words, material.assessment.favourable_conditions
    points = tuple(Point(label=capital(one.kind), text=one.reason, under=(material.grounds(one),)) for one in found)
    blocks: tuple[Block, ...] = (Paragraph(text=words.introductions["favourable_conditions"]), Points(items=points))
    nothing = (Paragraph(text=words.nothing["favourable_conditions"]),)
    return Section(name="favourable_conditions", title=words.sections["favourable_conditions"], blocks=blocks if found else nothing)


def section(material: Material) -> Section:
    """Return the friction ledger; whom and by when is left to be filled in."""
    words, found = material.words, material.assessment.friction
    title = words.sections["friction"]
    if not found:
        return Section(name="friction", title=title, blocks=(Paragraph(text=words.nothing["friction"]),))
    rows = tuple((str(place), words.name("kind", one.kind), one.what, one.owner, "", "") for place, one in enumerate(found, start=1))
    blocks: list[Block] = [Paragraph(text=words.introductions["friction"]), Table(head=words.tables["friction"], rows=rows)]
    if len(found) > 1:
        blocks.append(_by_kind(material))
    blocks += material.shared_grounds(found, [f"{words.tables['friction'][0]} {row[0]}" for row in rows])
    return Section(name="friction", title=title, blocks=tuple(blocks))


def _by_kind(material: Material) -> Chart:
    words = material.words
    counts = Counter(one.kind for one in material.assessment.friction)
    rows = [(capital(words.name("kind", kind)), counts[kind]) for kind in ("problems", "people", "systems", "data")]
    part = words.charts["friction"]
    return Chart(
        title=part.title,
        description=part.asks,
        shape=Bars(bars=tuple(Bar(label=kind, value=count, text=str(count)) for kind, count in rows), top=float(max(counts.values()))),
        table=Table(head=words.tables["friction_kinds"], rows=tuple((kind, str(count)) for kind, count in rows), figures=(1,)),
    )
