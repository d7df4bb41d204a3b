"""Owners: who answers for the system in production, and how it is governed, heard and run."""

from agent.judging.assessment import Owner
from agent.reports.document import Block, Heading, Paragraph, Section, Table
from agent.reports.material import Material, quotes


def section(material: Material) -> Section:
    """Return the four owners, then governance, feedback and operations."""
    assessment, words = material.assessment, material.words
    titles = [words.owners[name] for name in assessment.owners]
    rows = tuple(
        (
            words.owners[name],
            owner.name or words.labels["not_known" if quotes(owner.evidence) > 1 else "nobody"],
            words.name("owner", owner.status),
            owner.reason,
        )
        for name, owner in assessment.owners.items()
    )
    found = list(assessment.owners.values())
    blocks: list[Block] = [Paragraph(text=words.introductions["owners"]), Table(head=words.tables["owners"], rows=rows)]
    blocks += material.shared_grounds(found, titles, [_silence(one) for one in found])
    for name, results in (("governance", assessment.governance), ("feedback", assessment.feedback), ("operations", assessment.operations)):
        part = words.checks[name]
        blocks += [Heading(text=f"{part.title}: {part.asks}"), material.checks(results)]
    return Section(name="owners", title=words.sections["owners"], blocks=tuple(blocks))


def _silence(owner: Owner) -> str:
    """Say why there are no words: an owner that was asked about without an answer is not one that nobody spoke about."""
    return "no_words" if owner.status != "unasked" or owner.reason == "Said not to apply." else "nobody_yet"
