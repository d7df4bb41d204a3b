"""What an auditor traces: everything that was said, the passages of guidance in full, and what the report was made from."""

from itertools import groupby

from agent.judging.figures import number
from agent.reports.document import Block, Heading, Paragraph, Passage, Section, Table
from agent.reports.lookups import findings
from agent.reports.material import Material


def said(material: Material) -> Section:
    """Return every quote that a finding stands on, once, in the order of the conversation."""
    words = material.words
    about: dict[tuple[int, str, str], list[str]] = {}
    for finding in findings(material.assessment):
        for one in finding.evidence:
            labels = about.setdefault((one.turn, one.speaker, one.quote), [])
            labels += [label for label in [material.label(one.item)] if label not in labels]
    title = words.sections["said"]
    if not about:
        return Section(name="said", title=title, blocks=(Paragraph(text=words.nothing["said"]),))
    ordered = sorted(about.items(), key=lambda one: one[0][0])
    rows = tuple((str(turn), speaker, quote, ", ".join(labels)) for (turn, speaker, quote), labels in ordered)
    blocks = (Paragraph(text=words.introductions["said"]), Table(head=words.tables["said"], rows=rows, figures=(0,)))
    return Section(name="said", title=title, blocks=blocks)


def section(material: Material) -> Section:
    """Return the passages that were used, under their articles, with the numbers they are cited by."""
    words, found = material.words, material.assessment.sources
    if not found:
        return Section(name="sources", title=words.sections["sources"], blocks=(Paragraph(text=words.nothing["sources"]),))
    blocks: list[Block] = []
    for (title, author), group in groupby(enumerate(found, start=1), key=lambda pair: (pair[1].title, pair[1].author)):
        blocks.append(Heading(text=words.say("source", title=title, author=author)))
        for place, source in group:
            about = words.say("section", section=source.section, id=source.id, article=source.article)
            blocks.append(Passage(number=place, about=about, lines=tuple(line for line in source.text.splitlines() if line.strip())))
    return Section(name="sources", title=words.sections["sources"], blocks=tuple(blocks))


def manifest(material: Material) -> Section | None:
    """Return the hashes of what the assessment was made from; None where it was made without them."""
    words, found = material.words, material.assessment.manifest
    if found is None:
        return None
    rows = [(words.labels[name], getattr(found, name)) for name in ("version", "record", "rules", "guide", "library")]
    rows += [(words.say("assumed", name=name), number(value)) for name, value in found.assumptions.items()]
    blocks = (Paragraph(text=words.introductions["manifest"]), Table(head=words.tables["manifest"], rows=tuple(rows)))
    return Section(name="manifest", title=words.sections["manifest"], blocks=blocks)
