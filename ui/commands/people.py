"""`pilotcheck people`: who may log in to the chat page with a password."""

import argparse
import getpass
import sys
from typing import Any

from agent.errors import PilotcheckError
from ui.commands import command


def register(commands: Any) -> None:
    people = command(commands, "people", "say who may log in to the chat page", "PILOTCHECK_PASSWORDS=people.txt pilotcheck people add maria", run)
    people.add_argument("action", choices=["add"], help="let somebody in, or give them a new password")
    people.add_argument("name", help="how they log in")


def run(chosen: argparse.Namespace) -> int:
    from agent.settings import settings
    from ui.web.people import add_person

    path = settings().passwords
    if path is None:
        raise PilotcheckError("Say where the file of passwords is: PILOTCHECK_PASSWORDS=people.txt pilotcheck people add NAME")
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    add_person(path, chosen.name, password)
    print(f"{chosen.name} can log in now. Start the page with PILOTCHECK_LOGIN=password PILOTCHECK_PASSWORDS={path} pilotcheck web")
    return 0
