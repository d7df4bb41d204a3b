"""The result as Slack shows it: the verdict, the gates, what stops the rollout first, the owners, the dates; and a summary for the thread."""

import json

from agent.judging import Assessment
from agent.judging.owners import OWNERS
from agent.reports.wording import wording
from ui.slack.blocks import Block, actions, button, context, fields, header, sections
from ui.web.showing import LABELS

MOST_REASONS, MOST_STOPS, MOST_DATES = 6, 5, 8
GATE_MARKS = {"pass": ":large_green_circle:", "fail": ":red_circle:", "unproven": ":white_circle:"}


def result(assessment: Assessment, acknowledged: str = "", turn: int = 0) -> list[Block]:
    """Return the blocks of a result; `acknowledged` is what was heard last."""
    words = wording()
    blocks = sections(acknowledged) + [header(words.verdicts[assessment.verdict].line)]
    blocks += sections("\n".join(f"- {_reason(reason)}" for reason in assessment.reasons[:MOST_REASONS]))
    blocks += fields(
        f"{GATE_MARKS[gate.status]} **{words.gates[name].title}**: {words.name('gate', gate.status)}\n{gate.reason}" for name, gate in assessment.gates.items()
    )
    blocks.append(
        context(
            "Forces against a rollout. "
            + "; ".join(f"{words.forces[name].title}: {words.name('severity', one.severity)}" for name, one in assessment.forces.items())
        )
    )
    if stops := assessment.constraints[:MOST_STOPS]:
        blocks += sections(
            "**What stops the rollout first**\n" + "\n".join(f"{number}. **{one.title}.** {one.first_step}" for number, one in enumerate(stops, start=1))
        )
    blocks += _dates(assessment)
    blocks += _owners(assessment)
    commands = [button(LABELS[command], f"press:{command}", str(turn)) for command in ("back", "status")]
    more = [button("Correct a fact", "facts", "open"), button("Ask outside voices", "voices", "open"), button("The report as files", "report", "send")]
    return blocks + actions([*commands, *more])


def summary(assessment: Assessment) -> str:
    """Return the result in two lines, for a notification and for the list in the Home tab."""
    first = assessment.constraints[0].title if assessment.constraints else ""
    return wording().verdicts[assessment.verdict].line + (f" First: {first}." if first else "")


def next_date(assessment: Assessment) -> str:
    """Return the next date to keep, in words, or nothing."""
    coming = [entry for entry in assessment.roadmap.calendar if entry.on >= assessment.assessed_on]
    return f"{coming[0].on}: {coming[0].title}" if coming else ""


def _reason(reason: str) -> str:
    """Name a gate as the report does."""
    gate, colon, rest = reason.partition(": ")
    return f"**{wording().gates[gate].title}.** {rest}" if colon and gate in wording().gates else reason


def _dates(assessment: Assessment) -> list[Block]:
    proof = assessment.proof_of_scale
    due = [f"{proof.due_on}: **proof of scale.** {proof.reason}"] if proof.due_on else []
    coming = [f"{entry.on}: {entry.title}" for entry in assessment.roadmap.calendar if entry.on >= assessment.assessed_on and entry.occasion != "checkpoint"]
    lines = [*due, *coming[:MOST_DATES]]
    return sections("**Dates**\n" + "\n".join(f"- {line}" for line in lines)) if lines else []


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
