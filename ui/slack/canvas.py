"""The result as a canvas: a page of its own beside the channel, written anew with every result. Slack's Markdown, by headings and lists alone."""

from agent.heard import clip
from agent.judging import Assessment
from agent.judging.completeness import percent
from agent.judging.findings import Finding
from agent.judging.owners import OWNERS
from agent.reports import markdown
from agent.reports.content.constraints import told_as
from agent.reports.wording import capital, wording
from ui.slack.blocks import shorten
from ui.slack.result import Point, dates, reasons, stops
from ui.slack.wording import says

TITLE = 150
MOST_OPEN = 12


def title(pilot: str) -> str:
    return shorten(f"Pilotcheck: {pilot}" if pilot else "Pilotcheck", TITLE)


def canvas(assessment: Assessment, link: str) -> str:
    """Return the page; tables, and lists inside of quotations, are left out because Slack refuses them. `link` leads to the conversation."""
    words = wording()
    heard = words.say("heard", share=percent(assessment.completeness))
    lines = [f"**{_line(words.verdicts[assessment.verdict].line)}**", "", _line(words.say("subtitle", day=words.day(assessment.assessed_on), heard=heard))]
    lines += ["", f"[{says('canvas_thread')}]({link})"] if link else []
    lines += _part(words.headings["why"], reasons(assessment))
    gates = [(f"{words.gates[name].title}: {words.name('gate', gate.status)}.", gate.reason, gate) for name, gate in assessment.gates.items()]
    lines += _heading(words.sections["gates"]) + [_point(bold, text) + _said(gate) for bold, text, gate in gates]
    lines += _part(words.headings[told_as(assessment)], stops(assessment), numbered=True)
    lines += _heading(words.sections["owners"])
    for name in OWNERS:
        owner = assessment.owners[name]
        named = owner.name if owner.name and owner.status != "missing" else ""
        status = "" if owner.status == "named" else words.name("owner", owner.status)
        lines.append(_point(f"{words.owners[name]}:", f"{named} ({status})" if named and status else named or capital(status)))
    lines += _part(says("dates"), dates(assessment))
    lines += _part(words.sections["unknown"], [(f"{capital(one.label)}.", f"{one.ask} ({one.who})") for one in assessment.unknown[:MOST_OPEN]])
    return "\n".join([*lines, "", f"*{says('canvas_kept')}*"]) + "\n"


def _part(heading: str, points: list[Point], *, numbered: bool = False) -> list[str]:
    listed = [_point(bold, text, f"{place}." if numbered else "-") for place, (bold, text) in enumerate(points, start=1)]
    return [*_heading(heading), *listed] if points else []


def _heading(text: str) -> list[str]:
    return ["", f"## {_line(text)}", ""]


def _line(text: str) -> str:
    """Return what somebody said or we say as one line that is no markup."""
    return markdown.escape(" ".join(text.split()))


def _point(bold: str, text: str, mark: str = "-") -> str:
    return " ".join(part for part in (mark, f"**{_line(bold)}**" if bold else "", _line(text)) if part)


def _said(finding: Finding) -> str:
    """Return whose words a finding stands on, the latest of them."""
    if not finding.evidence:
        return ""
    last = finding.evidence[-1]
    by = f" ({_line(last.speaker)})" if last.speaker else ""
    return f" “{_line(clip(last.quote))}”{by}"
