"""The command: pilotcheck chat, web, assess, threads, library."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import EXPECTED, PilotcheckError
from agent.settings import Settings, settings

if TYPE_CHECKING:
    from agent.interview import Interview


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what is expected to go wrong is said in one line, without a traceback."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if not hasattr(chosen, "run"):
        parser.print_help()
        return 2
    try:
        return int(chosen.run(chosen) or 0)
    except EXPECTED as error:
        print(f"pilotcheck: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"pilotcheck: {error.filename or 'A file'} cannot be read or written: {error.strerror}. Check the name and the permissions.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Everything you said is kept.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pilotcheck", description="Find out whether an AI pilot is ready to scale, and what has to change first.",
        epilog="Everything is kept in PILOTCHECK_HOME (by default your user data folder), or in the database of PILOTCHECK_DATABASE_URL.",
    )  # fmt: skip
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    chat = _command(
        commands,
        "chat",
        "talk in the terminal, or let a program talk",
        'pilotcheck chat\n  echo \'{"say": "We run a pilot in claims."}\' | pilotcheck chat --jsonl',
        _chat,
    )
    chat.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out, for programs")
    chat.add_argument("--thread", metavar="ID", help="take a conversation up again, or name a new one")
    chat.add_argument("--reader", choices=["builtin"], default="builtin", help="who reads your words (the reader without a model)")
    chat.add_argument("--today", type=_day, metavar="DATE", help="the day of the conversation, as 2026-11-21, for “since March”")
    chat.add_argument(
        "--depth", choices=["quick", "full"], help="quick stops when the verdict cannot change any more; full asks everything worth asking (default)"
    )

    web = _command(commands, "web", "open the chat page in the browser", "pilotcheck web --port 8000", _web)
    web.add_argument("--port", type=int, default=8000, help="port of the page (8000)")
    web.add_argument("--no-browser", action="store_true", help="do not open a browser window")

    assess = _command(commands, "assess", "print the assessment of a conversation, at any time", "pilotcheck assess --thread ID --format markdown", _assess)
    assess.add_argument("--thread", required=True, metavar="ID", help="which conversation")
    assess.add_argument("--format", choices=["json", "markdown"], default="markdown", help="how to print it (markdown)")
    assess.add_argument("--today", type=_day, metavar="DATE", help="judge as of this day")
    assess.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead")

    threads = _command(commands, "threads", "list, show and delete conversations", "pilotcheck threads list", _threads)
    threads.add_argument("action", choices=["list", "show", "delete"], nargs="?", default="list", help="what to do (list)")
    threads.add_argument("id", nargs="?", metavar="ID", help="which conversation, for show and delete")

    library = _command(
        commands,
        "library",
        "search the guidance, add your own texts",
        'pilotcheck library search "who owns it in production"\n  pilotcheck library add our-ai-policy.md',
        _library,
    )
    library.add_argument("action", choices=["search", "add", "remove", "list"], help="what to do")
    library.add_argument("what", nargs="?", metavar="QUERY|FILE|NAME", help="what to search for, which file to add, which of your texts to remove")
    library.add_argument("--item", action="append", default=[], metavar="ITEM", help="only passages that speak to this item, such as gates.adoption")
    library.add_argument("--stage", choices=["charter", "gates", "owners", "forces"], help="only passages of this stage")
    library.add_argument("--limit", type=int, default=5, help="how many passages (5)")

    _command(commands, "warm", "learn the examples and build the index now rather than at first use", "pilotcheck warm", _warm)
    return parser


def _command(commands: Any, name: str, help_text: str, example: str, run: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_text,
        description=f"{help_text[:1].upper()}{help_text[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    return command


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-11-21") from None


def _interview(chosen: Settings | None = None) -> "Interview":
    from agent.assembly import interview

    return interview(chosen or settings())


def _chat(chosen: argparse.Namespace) -> int:
    if chosen.jsonl:
        from ui.jsonl import serve

        return serve(_interview(), sys.stdin, sys.stdout, thread=chosen.thread, today=chosen.today, depth=chosen.depth or "full")
    from ui.terminal import talk

    return talk(_interview(), thread=chosen.thread, today=chosen.today, depth=chosen.depth or "full")


def _web(chosen: argparse.Namespace) -> int:
    from ui.serve_web import serve

    return serve(settings(), port=chosen.port, browser=not chosen.no_browser)


def _assess(chosen: argparse.Namespace) -> int:
    from agent.reports import render

    interview = _interview()
    conversation, assessment = interview.assessment(chosen.thread, chosen.today)
    text = render(chosen.format, conversation, assessment, interview.guide)
    if chosen.output:
        chosen.output.write_text(text, encoding="utf-8")
        print(f"Written to {chosen.output}.")
    else:
        print(text)
    return 0


def _threads(chosen: argparse.Namespace) -> int:
    interview = _interview()
    if chosen.action == "list":
        found = interview.storage.threads()
        for thread in found:
            print(f"{thread.id}  {thread.updated_on}  {thread.verdict or 'open':9}  {thread.turns:3} messages  {thread.title}")
        if not found:
            print("No conversations yet. `pilotcheck chat` starts one.")
        return 0
    if not chosen.id:
        raise PilotcheckError(f"Which conversation? `pilotcheck threads {chosen.action} ID`; `pilotcheck threads list` shows the ids.")
    if chosen.action == "delete":
        interview.storage.delete(chosen.id)
        print(f"Deleted {chosen.id}: nothing of it is kept.")
        return 0
    interview.storage.thread(chosen.id)
    for turn in interview.conversation(chosen.id).turns:
        print(f"{turn.speaker or 'You'}: {turn.text}\n\nPilotcheck: {turn.reply}\n")
    return 0


def _library(chosen: argparse.Namespace) -> int:
    from agent.assembly import Parts

    library = Parts(settings()).library()
    if chosen.action != "list" and not chosen.what:
        raise PilotcheckError(f"`pilotcheck library {chosen.action}` needs one more word; see `pilotcheck library --help`.")
    if chosen.action == "search":
        found = library.search(chosen.what, items=tuple(chosen.item), stage=chosen.stage, limit=chosen.limit)
        for one in found:
            print(f"{one.passage.id}  {one.passage.heading}\n  {one.passage.text}\n  {one.passage.author}, {one.passage.title}, {one.passage.section}\n")
        if not found:
            print("Nothing found. Try other words, or leave out the filter.")
    elif chosen.action == "add":
        added = library.add(Path(chosen.what))
        print(f"Added {len(added)} passages of {chosen.what}.")
    elif chosen.action == "remove":
        library.remove(chosen.what)
        print(f"Removed {chosen.what}.")
    else:
        for passage in library.passages():
            print(f"{passage.id}  {passage.heading}")
    return 0


def _warm(chosen: argparse.Namespace) -> int:
    from agent.assembly import Parts

    print("Learning the examples and building the index, some ten seconds the first time ...", file=sys.stderr)
    Parts(settings()).warm()
    print(json.dumps({"ready": True}))
    return 0
