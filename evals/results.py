"""The results of one evaluation, as every report renders them and as the JSON file holds them.

Development scenarios and the holdout are never added up. What a holdout conversation said, missed or got wrong is not in the results
unless it was asked for, so no report can show it by mistake.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from agent.errors import PilotcheckError
from agent.items import Frozen
from evals.figures import Cut, Figures, by_item, figures
from evals.outcome import Fault, Outcome

SCHEMA_VERSION = 1

GroupName = Literal["development", "holdout"]


class Line(Frozen):
    """One conversation in figures; `verdict` and `verdict_gold` are empty where its details are kept back."""

    id: str
    title: str
    voice: str
    file: str
    repeat: int
    passed: bool
    fault: Fault
    error: str
    verdict: str
    verdict_gold: str
    figures: Figures


class Group(Frozen):
    """The development scenarios or the holdout: totals, cuts by voice, stage and kind of item, a line a conversation, and the conversations."""

    name: GroupName
    figures: Figures
    cuts: dict[str, dict[str, Cut]]
    lines: tuple[Line, ...]
    outcomes: tuple[Outcome, ...] = ()


class Results(Frozen):
    """One evaluation: when, of what, under which options, and each group."""

    schema_version: int = SCHEMA_VERSION
    when: str
    version: str
    options: dict[str, Any]
    seconds: float
    groups: tuple[Group, ...]


def grouped(outcomes: Sequence[Outcome], *, show_holdout: bool = False) -> tuple[Group, ...]:
    """Return the groups that have conversations, the holdout without its details unless they are to be shown."""
    development = [outcome for outcome in outcomes if not outcome.holdout]
    holdout = [outcome for outcome in outcomes if outcome.holdout]
    groups = [
        *([_group("development", development, open_=True)] if development else []),
        *([_group("holdout", holdout, open_=show_holdout)] if holdout else []),
    ]
    return tuple(groups)


def read_results(path: Path) -> Results:
    """Read the JSON file of an earlier evaluation."""
    try:
        return Results.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise PilotcheckError(f"{path} is no result of `pilotcheck eval --json`, or of another version of it. Run it again with --json.") from error


def _group(name: GroupName, outcomes: Sequence[Outcome], *, open_: bool) -> Group:
    cuts = {
        "voice": by_item(outcomes, lambda outcome, item: outcome.voice),
        "stage": by_item(outcomes, lambda outcome, item: item.stage),
        "kind of item": by_item(outcomes, lambda outcome, item: item.kind),
    }
    lines = tuple(_line(outcome, open_=open_) for outcome in outcomes)
    return Group(name=name, figures=figures(outcomes), cuts=cuts, lines=lines, outcomes=tuple(outcomes) if open_ else ())


def _line(outcome: Outcome, *, open_: bool) -> Line:
    return Line(
        id=outcome.id, title=outcome.title, voice=outcome.voice, file=outcome.file, repeat=outcome.repeat, passed=outcome.passed,
        fault=outcome.fault, error=outcome.error, verdict=outcome.verdict if open_ else "", verdict_gold=outcome.verdict_gold or "" if open_ else "",
        figures=figures([outcome]),
    )  # fmt: skip
