"""`pilotcheck threads`: list, show, export and delete conversations."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import PilotcheckError
from ui.commands import command, interview

if TYPE_CHECKING:
    from agent.interview import Interview


def register(commands: Any) -> None:
    threads = command(
        commands,
        "threads",
        "list, show, export and delete conversations",
        "pilotcheck threads list\n  pilotcheck threads export ID --as-scenario --output went-wrong.yaml",
        run,
    )
    threads.add_argument("action", choices=["list", "show", "export", "delete"], nargs="?", default="list", help="what to do (list)")
    threads.add_argument("id", nargs="?", metavar="ID", help="which conversation, for show, export and delete")
    threads.add_argument("--as-scenario", action="store_true", help="with export: the skeleton of a scenario for `pilotcheck eval` (the only form there is)")
    threads.add_argument("--output", type=Path, metavar="FILE", help="with export: write to a file instead")


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
    if chosen.action == "export":
        return _export(chosen, talk)
    conversation = talk.conversation(chosen.id)
    for turn in conversation.turns:
        print(f"{turn.speaker or 'You'}: {turn.text}\n\nPilotcheck: {turn.reply}\n")
    if conversation.usage.calls:
        from ui.terminal import used

        print(used(talk, chosen.id))
    return 0


def _export(chosen: argparse.Namespace, talk: "Interview") -> int:
    from evals.from_conversation import as_scenario

    if not chosen.as_scenario:
        raise PilotcheckError(f"Export it as what? `pilotcheck threads export {chosen.id} --as-scenario`; `pilotcheck assess` writes the report.")
    conversation, assessment = talk.assessment(chosen.id)
    text = as_scenario(chosen.id, conversation, assessment, talk.guide)
    if chosen.output:
        chosen.output.write_text(text, encoding="utf-8")
        print(f"Written to {chosen.output}. Its first lines say what to do next.")
    else:
        print(text, end="")
    return 0
