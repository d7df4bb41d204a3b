"""The commands: one module each, with `register` for its options and `run` for what it does."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import InputRefused

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.settings import ReaderChoice


def command(commands: Any, name: str, help_text: str, example: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    """Add a command whose help ends with an example."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_text,
        description=f"{help_text[:1].upper()}{help_text[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def day(text: str) -> date:
    """Read an option that is a day."""
    try:
        if 1900 <= (said := date.fromisoformat(text)).year <= 2200:
            return said
        raise ValueError
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-11-21") from None


def assume(parser: argparse.ArgumentParser) -> None:
    """Add the option that puts a figure in place of an assumption of the projection; it may be given several times."""
    parser.add_argument(
        "--assume", type=_assumption, action="append", default=[], metavar="NAME=FIGURE", help="put a figure in place of an assumption, as adoption=0.45"
    )


def language(parser: argparse.ArgumentParser) -> None:
    """Add the option that says which language a report is in."""
    from agent.reports.wording import languages

    parser.add_argument("--language", choices=languages(), default="", help="the language of the report; without it, the conversation's")


def json_file(path: Path) -> Any:
    """Read a file that has to be JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputRefused(f"{path} is no JSON ({error}).") from error


def reader(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the option that says who reads the words of a conversation."""
    parser.add_argument(
        "--reader",
        choices=["auto", "builtin", "llm"],
        default="auto",
        help=f"{what}: the built-in reader, or a language model beside it (auto: a model where OPENAI_API_KEY or OPENAI_BASE_URL is set)",
    )


def _assumption(text: str) -> tuple[str, float]:
    name, _, figure = text.partition("=")
    try:
        return name.strip(), float(figure)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no assumption; write it as adoption=0.45") from None


def interview(reader: "ReaderChoice" = "auto") -> "Interview":
    """Return the interview over the settings of the environment; what is heavy loads here, not at import."""
    from agent.assembly import interview
    from agent.settings import settings

    return interview(settings().model_copy(update={"reader": reader}))
