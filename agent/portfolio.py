"""Many pilots on one page: their verdicts and gates, their next dates, and the constraints they share."""

from collections import Counter
from html import escape
from pathlib import Path
from string import Template

from agent.items import Frozen
from agent.judging import Assessment

PAGE = Path(__file__).parent / "portfolio.html"


class Pilot(Frozen):
    """One pilot of the portfolio."""

    id: str
    title: str
    verdict: str
    headline: str
    gates: dict[str, str]
    heard: float
    next_on: str
    next_title: str
    constraints: tuple[str, ...]


class Portfolio(Frozen):
    """All of them, and how many pilots each constraint holds back, most first."""

    on: str
    pilots: tuple[Pilot, ...]
    shared: tuple[tuple[str, int], ...]


def portfolio(assessed: list[tuple[str, str, Assessment]], on: str) -> Portfolio:
    """Return the portfolio over assessments for a report, each with its thread and title; what holds up one pilot only is not shared."""
    pilots = tuple(_pilot(thread, title, found) for thread, title, found in assessed)
    counted = Counter(title for one in pilots for title in one.constraints)
    shared = sorted(((title, number) for title, number in counted.items() if number > 1), key=lambda pair: (-pair[1], pair[0]))
    return Portfolio(on=on, pilots=pilots, shared=tuple(shared))


def _pilot(thread: str, title: str, found: Assessment) -> Pilot:
    page = found.first_page
    assert page is not None, "a portfolio is made of assessments for a report"
    return Pilot(
        id=thread,
        title=title,
        verdict=found.verdict,
        headline=page.headline,
        gates={name: str(gate.status) for name, gate in found.gates.items()},
        heard=found.completeness,
        next_on=page.next_date.on if page.next_date else "",
        next_title=page.next_date.title if page.next_date else "",
        constraints=tuple(one.title for one in found.constraints),
    )


def as_html(found: Portfolio) -> str:
    """Return one self-contained page."""
    rows = "\n".join(
        f'<tr><td><strong>{escape(one.title)}</strong><br><span class="quiet">{escape(one.id)}</span></td><td>{escape(one.headline)}</td>'
        + "".join(f'<td class="{status}">{status}</td>' for status in one.gates.values())
        + f"<td>{int(one.heard * 100)} %</td><td>{one.next_on}<br>{escape(one.next_title)}</td></tr>"
        for one in found.pilots
    )
    shared = "\n".join(f"<tr><td>{escape(title)}</td><td>{number} of {len(found.pilots)}</td></tr>" for title, number in found.shared)
    nothing = '<tr><td colspan="2">No constraint is shared by two pilots.</td></tr>'
    return Template(PAGE.read_text(encoding="utf-8")).substitute(on=found.on, count=len(found.pilots), rows=rows, shared=shared or nothing)


def as_text(found: Portfolio) -> str:
    """Return the portfolio as lines for a terminal."""
    lines = [
        f"{one.id}  {one.verdict:9} {' '.join(f'{name} {status}' for name, status in one.gates.items())}  next {one.next_on} {one.next_title}\n    {one.title}"
        for one in found.pilots
    ]
    shared = [f"  {number} of {len(found.pilots)}: {title}" for title, number in found.shared]
    return "\n".join([*lines, "", "What holds up more than one of them:", *(shared or ["  nothing"])])
