"""What a language model was used for stands in every report of an evaluation, and nowhere where none read."""

from rich.console import Console

from agent.usage import Usage
from evals.outcome import Outcome
from evals.reports.page import page
from evals.reports.terminal import print_results
from evals.results import Results, grouped

USED = Usage(calls=12, prompt=20_000, cached=15_000, completion=1_000, seconds=18.0, cost=0.0123, faults=1)
SAID = ("12, 1 failed", "21,000 (20,000 in, of them 15,000 cached; 1,000 out)", "10,500", "$0.0123", "1.50")


def results(usage: Usage) -> Results:
    outcomes = [Outcome(id=name, title="", voice="terse", file=name, usage=used) for name, used in (("a", usage), ("b", Usage()))]
    return Results(when="2026-11-21T10:00:00+00:00", version="0", options={}, seconds=1.0, groups=grouped(outcomes))


def test_calls_tokens_cost_and_seconds_are_in_terminal_page_and_json() -> None:
    console = Console(record=True, width=160)
    print_results(console, results(USED), verbose=False)
    terminal, drawn = console.export_text(), page(results(USED))
    assert [one for one in SAID if one not in terminal or one not in drawn] == []
    assert Results.model_validate_json(results(USED).model_dump_json()).groups[0].figures.usage == USED


def test_without_a_model_nothing_is_said_of_one() -> None:
    console = Console(record=True, width=160)
    print_results(console, results(Usage()), verbose=False)
    assert "calls of the model" not in console.export_text() + page(results(Usage()))
