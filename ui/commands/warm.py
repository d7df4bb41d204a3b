"""`pilotcheck warm`: learn the examples and build the index now rather than at first use."""

import argparse
import json
import sys
from typing import Any

from ui.commands import command


def register(commands: Any) -> None:
    command(commands, "warm", "learn the examples and build the index now rather than at first use", "pilotcheck warm", run)


def run(chosen: argparse.Namespace) -> int:
    from agent.assembly import Parts
    from agent.settings import settings

    print("Learning the examples and building the index, some ten seconds the first time ...", file=sys.stderr)
    Parts(settings()).warm()
    print(json.dumps({"ready": True}))
    return 0
