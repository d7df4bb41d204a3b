"""The rollout design: every segment ready, needing design work, staged until a condition holds, or out of scope."""

from agent.reports.document import Paragraph, Section, Table
from agent.reports.material import Material


def section(material: Material) -> Section:
    """Return where each segment stands, and why."""
    words, found = material.words, material.assessment.rollout
    title = words.sections["rollout"]
    if not found:
        return Section(name="rollout", title=title, blocks=(Paragraph(text=words.nothing["rollout"]),))
    rows = tuple(
        (one.name, words.name("segment", one.segment), words.name("shown", one.shown), one.placing)
        + (one.condition or words.labels["no_condition"], one.starts, one.reason)
        for one in found
    )
    blocks = (Table(head=words.tables["rollout"], rows=rows), *material.shared_grounds(found, [one.name for one in found]))
    return Section(name="rollout", title=title, blocks=blocks)
