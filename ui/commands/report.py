"""`pilotcheck report`: the report of a conversation as a file to read, to pass on, to edit or to import."""

import argparse
import sys
from pathlib import Path
from typing import Any

from agent.errors import InputRefused
from ui.commands import assume, command, day, interview, language


def register(commands: Any) -> None:
    from agent.reports import FORMATS

    report = command(commands, "report", "write the report of a conversation", "pilotcheck report --thread ID --format pdf --output report.pdf", run)
    report.add_argument("--thread", required=True, metavar="ID", help="which conversation")
    report.add_argument("--format", choices=FORMATS, help="what to write; without it, what the name of the file says, or else md")
    report.add_argument("--output", type=Path, metavar="FILE", help="the file to write; without it, standard output")
    report.add_argument("--today", type=day, metavar="DATE", help="judge as of this day")
    assume(report)
    language(report)


def run(chosen: argparse.Namespace) -> int:
    from agent.reports import render

    form = chosen.format or _by_name(chosen.output)
    _refuse_a_screen(form, chosen.output)
    talk = interview()
    conversation, assessment = talk.assessment(chosen.thread, chosen.today, assumptions=dict(chosen.assume))
    hand_out(render(form, conversation, assessment, talk.guide, language=chosen.language), chosen.output)
    return 0


def _by_name(output: Path | None) -> Any:
    """Return the format that a file's name ends in."""
    from agent.reports import FORMATS

    if output is None:
        return "md"
    ending = output.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        raise InputRefused(f"{output} does not end in a format. Name one with --format: {', '.join(FORMATS)}.")
    return ending


def _refuse_a_screen(form: str, output: Path | None) -> None:
    """A terminal shows text; other files would only fill it with signs."""
    from agent.reports import READABLE

    if output is None and form not in READABLE and sys.stdout.isatty():
        raise InputRefused(f"A {form} file is for another program, not for the terminal. Name a file with --output report.{form}.")


def hand_out(content: bytes, output: Path | None) -> None:
    """Write a report to its file or to standard output."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
        sys.stdout.buffer.flush()
        return
    output.write_bytes(content)
    print(f"Written to {output}.")
