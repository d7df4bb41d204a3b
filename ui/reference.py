"""The reference pages of docs/, written from the code so that they cannot drift: items, rules' settings and commands."""

import argparse
from collections.abc import Iterator
from textwrap import dedent

from agent.items import Guide
from agent.reports.wording import capital

HEAD = "<!-- Written by tests/test_reference.py from the code; UPDATE_DOCS=1 make test writes it anew. -->\n"


def items(guide: Guide) -> str:
    """Return the page of what the interview can know, stage by stage."""
    lines = [HEAD, "# What the interview can know", "", "Each item is asked by one question; the id names it in scenarios, records and reports.", ""]
    for question in guide.questions:
        lines += [f"## {question.ask}", "", question.why, "", "| item | kind | means | who could know |", "| --- | --- | --- | --- |"]
        for name in question.asks:
            item = guide.items[name]
            kind = f"{item.kind}: {', '.join(item.options)}" if item.options else item.kind
            lines.append(f"| `{name}` | {kind} | {_cell(item.means)} | {_cell(item.who)} |")
        lines.append("")
    return "\n".join(lines)


def commands(parser: argparse.ArgumentParser) -> str:
    """Return the page of every command with its options, as `--help` says them."""
    lines = [HEAD, "# Commands", "", parser.description or "", ""]
    for name, command in _commands(parser):
        lines += [
            f"## pilotcheck {name}",
            "",
            command.description or "",
            "",
            "```",
            dedent((command.epilog or "").removeprefix("example:\n")).strip(),
            "```",
            "",
        ]
        plain, grouped = command._action_groups[:2], command._action_groups[2:]  # positional ones and options first, as argparse has them
        lines += _table([action for group in plain for action in group._group_actions])
        for group in grouped:
            lines += [f"**{capital(group.title or '')}.** {group.description or ''}".strip(), "", *_table(group._group_actions)]
    return "\n".join(lines)


def _table(actions: list[argparse.Action]) -> list[str]:
    rows = [f"| {_option(action)} | {_cell(action.help or '')} |" for action in actions if not isinstance(action, argparse._HelpAction)]
    return ["| option | |", "| --- | --- |", *rows, ""] if rows else []


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _option(action: argparse.Action) -> str:
    names = ", ".join(f"`{name}`" for name in action.option_strings) or f"`{action.metavar or action.dest}`"
    values = ", ".join(map(str, action.choices)) if action.choices else str(action.metavar or "") if action.option_strings and action.nargs != 0 else ""
    return f"{names} {_cell(values)}".strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
