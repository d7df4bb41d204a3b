"""Comparing two evaluations: what got better and what got worse, by figure, by scenario and by item. Pure functions."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from agent.items import Frozen
from evals.figures import Share
from evals.outcome import ItemScore
from evals.results import Group, Line, Results

COMPARED = ("heard", "right", "invented", "quotes", "gates", "owners", "forces", "verdict", "false_certainty", "repeated", "contradictions", "questions")
LESS_IS_BETTER = frozenset({"invented", "false_certainty", "repeated", "questions"})
WORTH = {"wrong": 0, "missed": 1, "right": 2}  # to have missed something is better than to have it wrong

Direction = Literal["better", "worse"]


class Change(Frozen):
    """One thing that is not as it was. `what` is a figure, a scenario, or a scenario and an item."""

    what: str
    before: str
    now: str
    direction: Direction


class Comparison(Frozen):
    """One group, then and now, over the scenarios that both evaluations have; the others are only named."""

    name: str
    figures: tuple[Change, ...]
    scenarios: tuple[Change, ...]
    items: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]


def compare(before: Results, now: Results) -> tuple[Comparison, ...]:
    """Compare the groups that both have. Items are compared where both evaluations have the details."""
    old = {group.name: group for group in before.groups}
    return tuple(_compared(old[group.name], group) for group in now.groups if group.name in old)


def _compared(before: Group, now: Group) -> Comparison:
    then, today = _by_name(before), _by_name(now)
    both = [name for name in today if name in then]
    return Comparison(
        name=now.name,
        figures=tuple(_figures(before, now)),
        scenarios=tuple(change for name in both for change in _scenario(name, then[name], today[name])),
        items=tuple(_items(_scores(before), _scores(now))),
        only_before=tuple(name for name in then if name not in today),
        only_now=tuple(name for name in today if name not in then),
    )


def _by_name(group: Group) -> dict[str, Line]:
    return {_name(line.id, line.repeat): line for line in group.lines}


def _name(id: str, repeat: int) -> str:
    return f"{id} #{repeat + 1}" if repeat else id


def _scores(group: Group) -> dict[tuple[str, str], ItemScore]:
    return {(_name(outcome.id, outcome.repeat), item.item): item for outcome in group.outcomes for item in outcome.items}


def _figures(before: Group, now: Group) -> Iterator[Change]:
    for name in COMPARED:
        old, new = getattr(before.figures, name), getattr(now.figures, name)
        change = (_rate(new) or 0.0) - (_rate(old) or 0.0)
        if change:
            yield Change(
                what=name.replace("_", " "), before=f"{old}", now=f"{new}", direction="better" if (change > 0) != (name in LESS_IS_BETTER) else "worse"
            )


def _rate(value: Share | float) -> float | None:
    return value.rate if isinstance(value, Share) else value


def _scenario(name: str, before: Line, now: Line) -> Iterator[Change]:
    if before.passed != now.passed:
        yield Change(what=name, before=_end(before), now=_end(now), direction="better" if now.passed else "worse")


def _end(line: Line) -> str:
    if line.fault:
        return f"{line.fault} error"
    verdict = f", verdict {line.verdict}" if line.verdict else ""
    return ("passed" if line.passed else "not passed") + verdict


def _items(before: Mapping[tuple[str, str], ItemScore], now: Mapping[tuple[str, str], ItemScore]) -> Iterator[Change]:
    for key, new in now.items():
        old = before.get(key)
        if old is not None and old.result != new.result:
            better = WORTH[new.result] > WORTH[old.result]
            yield Change(what=f"{key[0]}: {key[1]}", before=_shown(old), now=_shown(new), direction="better" if better else "worse")


def _shown(score: ItemScore) -> str:
    value: Any = score.value if score.state == "known" else score.state
    return f"{score.result} ({value})"
