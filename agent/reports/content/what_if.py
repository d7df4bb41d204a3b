"""What would change the verdict: the smallest sets of facts and actions that turn a gate or the verdict, cheapest first."""

from agent.judging.assessment import WhatIf
from agent.reports.document import Block, Heading, Paragraph, Section, Table
from agent.reports.material import Material
from agent.reports.wording import capital


def section(material: Material) -> Section | None:
    """Return every way that was found, each change with what it costs; None where nobody has looked for ways."""
    words, found = material.words, material.assessment.what_if
    if not found:
        return None
    blocks: list[Block] = [Paragraph(text=words.introductions["what_if"])]
    for one in found:
        blocks.append(Heading(text=turn(material, one)))
        if one.note:
            blocks.append(Paragraph(text=one.note))
        if one.ways:
            blocks.append(Table(head=words.tables["what_if"], rows=_rows(material, one), figures=(6, 7)))
        blocks.append(material.grounds(one, silent="no_words"))
    return Section(name="what_if", title=words.sections["what_if"], blocks=tuple(blocks))


def turn(material: Material, one: WhatIf) -> str:
    """Name what turns, from what into what."""
    words = material.words
    of = "verdict" if one.part == "verdict" else "gate"
    return words.say(
        "way", part=capital(material.part(one.part)), now=words.names[of].get(one.now, one.now), becomes=words.names[of].get(one.becomes, one.becomes)
    )


def _rows(material: Material, one: WhatIf) -> tuple[tuple[str, ...], ...]:
    words = material.words
    rows = []
    for place, way in enumerate(one.ways, start=1):
        for first, change in enumerate(way.changes):
            number = "" if first else str(place)
            rows.append(
                (number, words.name("change", change.kind), f"{capital(change.label)}: {change.what}", change.today, change.needed, change.who)
                + (str(change.weeks), str(change.effort))
            )
        if len(way.changes) > 1:
            rows.append(("", "", words.sentences["way_whole"], "", "", "", str(way.weeks), str(way.effort)))
    return tuple(rows)
