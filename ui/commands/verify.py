"""`pilotcheck verify`: make the assessment of a JSON report again, and say whether it holds."""

import argparse
from pathlib import Path
from typing import Any

from ui.commands import command, interview, json_file


def register(commands: Any) -> None:
    verify = command(commands, "verify", "make the assessment of a JSON report again, and say whether it holds", "pilotcheck verify report.json", run)
    verify.add_argument("report", type=Path, metavar="REPORT.json", help="what `pilotcheck assess --format json` wrote")


def run(chosen: argparse.Namespace) -> int:
    from agent.reproducing import verify

    talk = interview()
    found = verify(json_file(chosen.report), talk.guide, talk.library())
    for what in found.differs:
        print(f"Made with something else than is here: {what}.")
    for what in found.changed:
        print(f"Not as the rules give it: {what}.")
    if found.holds:
        print(f"It holds: the record gives the verdict {found.verdict}, and every figure and finding of the report.")
        return 0
    where = "the report was changed, or was made with other rules" if found.differs else "the report was changed after it was made"
    print(f"It does not hold: {where}. The record gives the verdict {found.verdict}.")
    return 1
