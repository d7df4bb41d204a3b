"""`pilotcheck web`: the chat page in the browser."""

import argparse
from typing import Any

from ui.commands import command


def register(commands: Any) -> None:
    web = command(commands, "web", "open the chat page in the browser", "pilotcheck web --port 8000", run)
    web.add_argument("--port", type=int, default=8000, help="port of the page (8000)")
    web.add_argument("--host", default="localhost", help="address to listen on (this computer only); any other needs PILOTCHECK_LOGIN")
    web.add_argument("--no-browser", action="store_true", help="do not open a browser window")


def run(chosen: argparse.Namespace) -> int:
    from agent.settings import settings
    from ui.web.server import serve

    return serve(settings(), port=chosen.port, browser=not chosen.no_browser, host=chosen.host)
