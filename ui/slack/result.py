"""The result as Slack shows it: the verdict, the gates, what stops the rollout first, the owners, the dates; and a summary for the thread."""

import json

from agent.judging import Assessment
from agent.judging.owners import OWNERS
from agent.reports.content.constraints import told_as
from agent.reports.wording import wording
from ui.slack.blocks import Block, actions, button, context, fields, header, link_button, sections
from ui.slack.wording import says
from ui.web.showing import LABELS

Point = tuple[str, str]  # what stands in bold, and what follows; either may be empty

MOST_REASONS, MOST_STOPS, MOST_DATES = 6, 5, 8
GATE_MARKS = {"pass": ":large_green_circle:", "fail": ":red_circle:", "unproven": ":white_circle:"}


def result(assessment: Assessment, acknowledged: str = "", turn: int = 0, canvas: str = "") -> list[Block]:
    """Return the blocks of a result; `acknowledged` is what was heard last, `canvas` the address of the same as a canvas."""
    words = wording()
    blocks = sections(acknowledged) + [header(words.verdicts[assessment.verdict].line)]
    blocks += sections(_listed(reasons(assessment)))
    blocks += fields(
        f"{GATE_MARKS[gate.status]} **{words.gates[name].title}**: {words.name('gate', gate.status)}\n{gate.reason}" for name, gate in assessment.gates.items()
    )
    blocks.append(
        context(
            "Forces against a rollout. "
            + "; ".join(f"{words.forces[name].title}: {words.name('severity', one.severity)}" for name, one in assessment.forces.items())
        )
    )
    if first := stops(assessment):
        blocks += sections(f"**{words.headings[told_as(assessment)]}**\n{_listed(first, numbered=True)}")
    if coming := dates(assessment):
        blocks += sections(f"**{says('dates')}**\n{_listed(coming)}")
    blocks += _owners(assessment)
    commands = [button(LABELS[command], f"press:{command}", str(turn)) for command in ("back", "status")]
    more = [button("Correct a fact", "facts", "open"), button("Ask outside voices", "voices", "open"), button("The report as files", "report", "send")]
    return blocks + actions([*commands, *more, *([link_button(says("canvas_open"), canvas)] if canvas else [])])


def summary(assessment: Assessment) -> str:
    """Return the result in two lines, for a notification and for the list in the Home tab."""
    first = assessment.constraints[0].title if assessment.constraints else ""
    return wording().verdicts[assessment.verdict].line + (f" First: {first}." if first else "")


def next_date(assessment: Assessment) -> str:
    """Return the next date to keep, in words, or nothing."""
    coming = [entry for entry in assessment.roadmap.calendar if entry.on >= assessment.assessed_on]
    return f"{wording().day(coming[0].on)}: {coming[0].title}" if coming else ""


def reasons(assessment: Assessment) -> list[Point]:
    """Return what decided it; a gate is named as the report does."""
    titles, split = wording().gates, [(reason, *reason.partition(": ")) for reason in assessment.reasons[:MOST_REASONS]]
    return [(f"{titles[gate].title}.", rest) if gate in titles else ("", whole) for whole, gate, _, rest in split]


def stops(assessment: Assessment) -> list[Point]:
    return [(f"{one.title}.", one.first_step) for one in assessment.constraints[:MOST_STOPS]]


def dates(assessment: Assessment) -> list[Point]:
    """Return the proof of scale, and the next dates."""
    proof, day = assessment.proof_of_scale, wording().day
    due = [(f"{day(proof.due_on)}: proof of scale.", proof.reason)] if proof.due_on else []
    coming = [entry for entry in assessment.roadmap.calendar if entry.on >= assessment.assessed_on and entry.occasion != "checkpoint"]
    return [*due, *((f"{day(entry.on)}:", entry.title) for entry in coming[:MOST_DATES])]


def _listed(points: list[Point], *, numbered: bool = False) -> str:
    bold = [(f"**{name}** {text}" if name else text) for name, text in points]
    return "\n".join(f"{f'{place}.' if numbered else '-'} {line}" for place, line in enumerate(bold, start=1))


def _owners(assessment: Assessment) -> list[Block]:
    """Let the people who are named say whether they take it on."""
    blocks, unsettled, words = [], [], wording()
    for name in OWNERS:
        owner, title = assessment.owners[name], words.owners[name]
        status = words.name("owner", owner.status)
        if owner.name and owner.status != "missing":
            value = json.dumps({"item": f"owners.{name}", "name": owner.name[:200]}, ensure_ascii=False)
            blocks += sections(f"**{title}**: {owner.name}" + (f" ({status})" if owner.status != "named" else ""))
            blocks += actions([button("I take it on", f"accept:{name}", value, "primary"), button("I decline", f"decline:{name}", value)])
        else:
            unsettled.append(f"{title}: {status}")
    return blocks + ([context("; ".join(unsettled))] if unsettled else [])
