"""`pilotcheck reassess`: judge a pilot again, starting from its last record."""

import argparse
from typing import Any

from ui.commands import command, day, interview


def register(commands: Any) -> None:
    reassess = command(commands, "reassess", "judge a pilot again, starting from its last record", "pilotcheck reassess --thread ID --as claims-february", run)
    reassess.add_argument("--thread", required=True, metavar="OLD", help="the conversation to start from; it stays as it is")
    reassess.add_argument("--as", dest="name", metavar="NEW", help="the id of the new conversation (OLD and the date)")
    reassess.add_argument("--today", type=day, metavar="DATE", help="the day of the new conversation")


def run(chosen: argparse.Namespace) -> int:
    reply = interview().again(chosen.thread, chosen.name, today=chosen.today)
    print(
        f"{reply.text}\n\nAnswer with: pilotcheck chat --thread {reply.thread}\nWhat has moved, at any time: pilotcheck compare {chosen.thread} {reply.thread}"
    )
    return 0
