"""`pilotcheck actuals`: write down what a rollout came to, and see how the projection did."""

import argparse
from typing import Any

from agent.errors import InputRefused
from ui.commands import command, day, interview

FIGURES = {
    "improvement": "improvement on the starting value, in percent",
    "adoption": "share of the rollout's users who use it regularly, in percent",
    "requests": "requests a day",
    "cost": "cost a month",
}


def register(commands: Any) -> None:
    actuals = command(
        commands,
        "actuals",
        "write down what a rollout came to, and score the projection",
        "pilotcheck actuals --thread ID --improvement 12 --adoption 50",
        run,
    )
    actuals.add_argument("--thread", required=True, metavar="ID", help="which conversation")
    for name, means in FIGURES.items():
        actuals.add_argument(f"--{name}", type=float, metavar="FIGURE", help=means.replace("%", "%%"))
    actuals.add_argument("--on", type=day, metavar="DATE", help="the day of the figures (today)")


def run(chosen: argparse.Namespace) -> int:
    from agent.judging.scoring import Actual

    figures = {name: getattr(chosen, name) for name in FIGURES if getattr(chosen, name) is not None}
    if not figures:
        raise InputRefused(f"No figure was given. There are: {', '.join(f'--{name}' for name in FIGURES)}.")
    talk = interview()
    scores = talk.record_actual(chosen.thread, Actual(on=(chosen.on or talk.today()).isoformat(), **figures))
    for one in scores:
        result = "inside the range" if one.inside else f"outside the range, off by {one.off_by:g}"
        print(f"{one.name}: projected {one.low:g} to {one.high:g} on {one.projected_on}, {one.actual:g} on {one.actual_on}: {result}.")
    without = [name for name in figures if name not in {one.name for one in scores}]
    if without:
        print(f"Kept, but nothing was projected to compare with: {', '.join(without)}.")
    return 0
