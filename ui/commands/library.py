"""`pilotcheck library`: search the guidance, add and remove texts of your own."""

import argparse
from pathlib import Path
from typing import Any

from agent.errors import PilotcheckError
from ui.commands import command


def register(commands: Any) -> None:
    library = command(
        commands,
        "library",
        "search the guidance, add your own texts",
        'pilotcheck library search "who owns it in production"\n  pilotcheck library add our-ai-policy.pdf',
        run,
    )
    library.add_argument("action", choices=["search", "add", "remove", "list"], help="what to do")
    library.add_argument("what", nargs="?", metavar="QUERY|FILE|NAME", help="what to search for, which file to add, which of your texts to remove")
    library.add_argument("--item", action="append", default=[], metavar="ITEM", help="only passages that speak to this item, such as gates.adoption")
    library.add_argument("--stage", choices=["charter", "gates", "owners", "forces"], help="only passages of this stage")
    library.add_argument("--limit", type=int, default=5, help="how many passages (5)")


def run(chosen: argparse.Namespace) -> int:
    from agent.assembly import Parts
    from agent.settings import settings

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
