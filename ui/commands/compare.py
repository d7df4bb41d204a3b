"""`pilotcheck compare`: what lies between two assessments of a pilot."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands import command, day, interview, json_file

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.judging import Assessment
    from agent.judging.assessment import Comparison
    from agent.record import Record


def register(commands: Any) -> None:
    compare = command(commands, "compare", "say what moved between two conversations or JSON reports", "pilotcheck compare claims claims-february", run)
    compare.add_argument("before", metavar="A", help="the earlier conversation, or a file of `pilotcheck assess --format json`")
    compare.add_argument("after", metavar="B", help="the later one")
    compare.add_argument("--today", type=day, metavar="DATE", help="judge B as of this day (the day of its last message)")
    compare.add_argument("--format", choices=["text", "json"], default="text", help="how to print it (text)")


def run(chosen: argparse.Namespace) -> int:
    from agent.judging.comparing import compare

    talk = interview()
    before, after = _judged(talk, chosen.before, None), _judged(talk, chosen.after, chosen.today)
    found = compare(*before, *after, talk.guide)
    print(found.model_dump_json(indent=2) if chosen.format == "json" else "\n".join(_lines(found)))
    return 0


def _judged(talk: "Interview", name: str, today: date | None) -> "tuple[Assessment, Record]":
    """Judge a conversation, or take a JSON report as it stands."""
    path = Path(name)
    if path.suffix == ".json" and path.exists():
        from agent.reproducing import read_report

        return read_report(json_file(path))
    from agent.judging import assess_for_report

    talk.storage.thread(name)
    conversation = talk.conversation(name)
    on = today or talk.day_of(conversation)
    return assess_for_report(conversation.record, talk.guide, on), conversation.record


def _lines(found: "Comparison") -> list[str]:
    lines = [f"{found.before_on}: {found.verdict_before}   {found.after_on}: {found.verdict_after}", ""]
    for one in found.moved:
        lines.append(f"{'+' if one.better else '-' if one.asked_again else '?'} {one.part}: {one.before}, now {one.after}")
        lines += [f"    {because}" for because in one.because]
    if not found.moved:
        lines.append("No gate, owner, force or condition has moved.")
    for title, entries in (
        ("Closed", found.closed),
        ("New", found.opened),
        ("Not asked about again", found.unheard),
        ("Too old to stand on", [f"{one.label}, said on {one.said_on}, held until {one.held_until}" for one in found.lapsed]),
    ):
        lines += ["", f"{title}:", *(f"  {entry}" for entry in entries)] if entries else []
    return lines
