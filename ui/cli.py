"""The command `pilotcheck`: its parser over ui/commands, and how what goes wrong is said."""

import argparse
import sys
from collections.abc import Sequence

from agent.errors import EXPECTED
from agent.tracing import flush
from ui.commands import actuals, assess, chat, compare, eval, library, people, portfolio, reassess, report, slack, threads, verify, warm, web

COMMANDS = (chat, web, slack, assess, report, verify, reassess, compare, actuals, portfolio, threads, library, eval, people, warm)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what is expected to go wrong is said in one line, without a traceback."""
    ours = parser()
    chosen = ours.parse_args(arguments)
    if not hasattr(chosen, "run"):
        ours.print_help()
        return 2
    try:
        return int(chosen.run(chosen) or 0)
    except EXPECTED as error:
        print(f"pilotcheck: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except OSError as error:
        about_a_file = f"{error.filename} cannot be read or written: {error.strerror}. Check the name and the permissions."
        print(f"pilotcheck: {about_a_file if error.filename else f'{error.strerror or error}. Check the address, the port and the network.'}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Everything you said is kept.", file=sys.stderr)
        return 130
    finally:
        flush()


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pilotcheck", description="Find out whether an AI pilot is ready to scale, and what has to change first.",
        epilog="Everything is kept in PILOTCHECK_HOME (by default your user data folder), or in the database of PILOTCHECK_DATABASE_URL.",
    )  # fmt: skip
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for one in COMMANDS:
        one.register(commands)
    return parser
