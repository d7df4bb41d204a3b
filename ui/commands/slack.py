"""`pilotcheck slack`: the diagnosis in Slack."""

import argparse
from typing import Any

from ui.commands import command


def register(commands: Any) -> None:
    slack = command(commands, "slack", "answer in Slack, over Socket Mode or HTTP", "pilotcheck slack\n  pilotcheck slack --http --port 3000", run)
    slack.add_argument("--http", action="store_true", help="take Slack's requests at POST /slack/events instead of opening a connection (Socket Mode)")
    slack.add_argument("--port", type=int, default=3000, help="port for --http (3000)")
    slack.add_argument("--host", default="localhost", help="address to listen on for --http (this computer only)")


def run(chosen: argparse.Namespace) -> int:
    from agent.settings import settings
    from ui.slack.server import serve

    return serve(settings(), http=chosen.http, host=chosen.host, port=chosen.port)
