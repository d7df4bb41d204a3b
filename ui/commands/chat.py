"""`pilotcheck chat`: talk in the terminal, or let a program talk in JSON lines."""

import argparse
import sys
from pathlib import Path
from typing import Any

from agent.errors import InputRefused
from ui.commands import command, day, interview, reader


def register(commands: Any) -> None:
    chat = command(
        commands,
        "chat",
        "talk in the terminal, or let a program talk",
        'pilotcheck chat\n  echo \'{"say": "We run a pilot in claims."}\' | pilotcheck chat --jsonl',
        run,
    )
    chat.add_argument("--jsonl", action="store_true", help="one JSON object a line in and out, for programs")
    chat.add_argument("--thread", metavar="ID", help="take a conversation up again, or name a new one")
    chat.add_argument("--document", type=Path, metavar="FILE", help="begin with a charter, deck, minutes or sheet; what it says is shown for confirmation")
    reader(chat, "who reads your words")
    chat.add_argument("--stats", action="store_true", help="say at the end what the language model was used for")
    chat.add_argument("--today", type=day, metavar="DATE", help="the day of the conversation, as 2026-11-21, for “since March”")
    chat.add_argument(
        "--depth", choices=["quick", "full"], help="quick stops when the verdict cannot change any more; full asks everything worth asking (default)"
    )


def run(chosen: argparse.Namespace) -> int:
    if chosen.jsonl and chosen.document:
        raise InputRefused("--jsonl takes no document. Begin with `pilotcheck chat --thread ID --document FILE`, then go on with --jsonl --thread ID.")
    if chosen.jsonl:
        from ui.jsonl import serve

        return serve(
            interview(chosen.reader), sys.stdin, sys.stdout, thread=chosen.thread, today=chosen.today, depth=chosen.depth or "full", stats=chosen.stats
        )
    from ui.terminal import talk

    return talk(interview(chosen.reader), thread=chosen.thread, today=chosen.today, depth=chosen.depth or "full", document=chosen.document, stats=chosen.stats)
