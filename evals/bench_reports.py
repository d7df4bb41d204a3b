"""The benchmark of the reports: how long each format takes in a process that has just started, and again when all is loaded.

Run it as `python -m evals.bench_reports`; the pilot is the scripted one with the most constraints and sources.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from evals.scenario import load

SCENARIO = Path(__file__).parent / "scenarios" / "container-yard.yaml"
TODAY = date(2026, 11, 21)
ROUNDS = 3


def told(home: Path) -> tuple[Any, Any, Any]:
    """Let a scripted person tell everything; return the conversation, its assessment and the guide."""
    from agent.assembly import interview
    from agent.settings import Settings
    from evals.person import ScriptedPerson

    talk, scenario = interview(Settings(home=home)), load(SCENARIO)
    person = ScriptedPerson(scenario)
    text, done = person.opening(), False
    while not done:
        reply = talk.say("bench", text, today=scenario.today)
        done, text = reply.done, person.answer(reply.asks)
    return *talk.assessment("bench", TODAY), talk.guide


def main() -> None:
    from agent.reports import FORMATS, render

    with tempfile.TemporaryDirectory() as home:
        conversation, assessment, guide = told(Path(home))
    print(f"{len(assessment.constraints)} constraints, {len(assessment.sources)} sources; seconds on the clock (of the processor)")
    for name, rounds in (("cold", 1), ("warm", ROUNDS)):
        total = [0.0, 0.0]
        for form in FORMATS:
            best = (float("inf"), float("inf"))
            for _ in range(rounds):
                clock, processor = time.perf_counter(), time.process_time()
                size = len(render(form, conversation, assessment, guide))
                best = min(best, (time.perf_counter() - clock, time.process_time() - processor))
            total = [total[0] + best[0], total[1] + best[1]]
            print(f"{name} {form:5} {best[0]:6.2f} ({best[1]:.2f})  {size:9,} bytes")
        print(f"{name} all   {total[0]:6.2f} ({total[1]:.2f})  (at most 3)")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
