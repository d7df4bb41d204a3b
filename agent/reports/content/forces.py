"""The three forces: capability, culture and infrastructure, each with its checks."""

from agent.judging.assessment import Force, Thresholds
from agent.judging.figures import number
from agent.reports.charts.shapes import Bar, Bars, Colour
from agent.reports.document import Block, Chart, Heading, Paragraph, Section, Table
from agent.reports.material import Material

COLOURS: dict[str, Colour] = {"low": "good", "medium": "open", "high": "bad", "unknown": "soft"}


def section(material: Material) -> Section:
    """Return the forces as a table, and each with its checks and grounds."""
    assessment, words = material.assessment, material.words
    rows = tuple(
        (words.forces[name].title, words.forces[name].asks, words.name("severity", force.severity), _open_of_heard(material, force), str(len(force.checks)))
        for name, force in assessment.forces.items()
    )
    blocks: list[Block] = [Paragraph(text=words.introductions["forces"]), Table(head=words.tables["forces"], rows=rows, figures=(4,))]
    for name, force in assessment.forces.items():
        blocks.append(Heading(text=f"{words.forces[name].title}: {words.name('severity', force.severity)}"))
        if force.evidence or force.passages:
            blocks.append(material.grounds(force, guidance_only=True))
        blocks.append(material.checks(force.checks))
    return Section(name="forces", title=words.sections["forces"], blocks=tuple(blocks))


def shares(material: Material) -> Chart:
    """Draw the open share of each force against the shares from which it is medium or high."""
    words, limits = material.words, Thresholds()
    bars, rows = [], []
    for name, force in material.assessment.forces.items():
        title, strength = words.forces[name].title, words.name("severity", force.severity)
        share = None if force.share is None else round(force.share * 100, 1)
        bars.append(Bar(label=title, value=share, text=strength if share is None else f"{words.percent(share)}, {strength}", colour=COLOURS[force.severity]))
        rows.append((title, words.percent(share), strength))
    part = words.charts["forces"]
    marks = ((limits.medium_share * 100, words.labels["medium"]), (limits.high_share * 100, words.labels["high"]))
    return Chart(
        title=part.title,
        description=part.asks,
        shape=Bars(bars=tuple(bars), top=100.0, marks=marks),
        table=Table(head=words.tables["force_shares"], rows=tuple(rows), figures=(1,)),
        table_in="forces",
    )


def _open_of_heard(material: Material, force: Force) -> str:
    words = material.words
    if force.share is None:
        return words.sentences["none_heard"]
    return words.say("open_of_heard", open=number(force.open), heard=force.heard, share=words.percent(force.share * 100))
