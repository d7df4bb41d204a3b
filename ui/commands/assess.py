"""`pilotcheck assess`: the assessment of a conversation as it stands now."""

import argparse
from pathlib import Path
from typing import Any

from ui.commands import assume, command, day, interview, language
from ui.commands.report import hand_out


def register(commands: Any) -> None:
    assess = command(commands, "assess", "print the assessment of a conversation, at any time", "pilotcheck assess --thread ID --format markdown", run)
    assess.add_argument("--thread", required=True, metavar="ID", help="which conversation")
    assess.add_argument("--format", choices=["json", "markdown"], default="markdown", help="how to print it (markdown)")
    assess.add_argument("--today", type=day, metavar="DATE", help="judge as of this day")
    assume(assess)
    language(assess)
    assess.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead")


def run(chosen: argparse.Namespace) -> int:
    from agent.reports import render

    talk = interview()
    conversation, assessment = talk.assessment(chosen.thread, chosen.today, assumptions=dict(chosen.assume))
    hand_out(render("json" if chosen.format == "json" else "md", conversation, assessment, talk.guide, language=chosen.language), chosen.output)
    return 0
