"""`pilotcheck threads`: list, show and delete conversations."""

import argparse
from typing import Any

from agent.errors import PilotcheckError
from ui.commands import command, interview


def register(commands: Any) -> None:
    threads = command(commands, "threads", "list, show and delete conversations", "pilotcheck threads list", run)
    threads.add_argument("action", choices=["list", "show", "delete"], nargs="?", default="list", help="what to do (list)")
    threads.add_argument("id", nargs="?", metavar="ID", help="which conversation, for show and delete")


def run(chosen: argparse.Namespace) -> int:
    talk = interview()
    if chosen.action == "list":
        found = talk.storage.threads()
        for thread in found:
            print(f"{thread.id}  {thread.updated_on}  {thread.verdict or 'open':9}  {thread.turns:3} messages  {thread.title}")
        if not found:
            print("No conversations yet. `pilotcheck chat` starts one.")
        return 0
    if not chosen.id:
        raise PilotcheckError(f"Which conversation? `pilotcheck threads {chosen.action} ID`; `pilotcheck threads list` shows the ids.")
    if chosen.action == "delete":
        talk.storage.delete(chosen.id)
        print(f"Deleted {chosen.id}: nothing of it is kept.")
        return 0
    talk.storage.thread(chosen.id)
    for turn in talk.conversation(chosen.id).turns:
        print(f"{turn.speaker or 'You'}: {turn.text}\n\nPilotcheck: {turn.reply}\n")
    return 0
