"""`pilotcheck portfolio`: many pilots on one page."""

import argparse
from pathlib import Path
from typing import Any

from agent.errors import PilotcheckError
from ui.commands import command, day, interview


def register(commands: Any) -> None:
    portfolio = command(commands, "portfolio", "show all pilots on one page", "pilotcheck portfolio --html pilots.html", run)
    portfolio.add_argument("--html", type=Path, metavar="FILE", help="write a page instead of printing")
    portfolio.add_argument("--today", type=day, metavar="DATE", help="judge as of this day")


def run(chosen: argparse.Namespace) -> int:
    from agent.portfolio import as_html, as_text

    talk = interview()
    found = talk.portfolio(chosen.today)
    if not found.pilots:
        raise PilotcheckError("No conversations yet, so there is nothing to show. `pilotcheck chat` starts one.")
    if chosen.html:
        chosen.html.write_text(as_html(found), encoding="utf-8")
        print(f"Written to {chosen.html}.")
    else:
        print(as_text(found))
    return 0
