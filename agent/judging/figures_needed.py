"""Which figures of the measure would pass: today's figure where baseline and target are known, figures that fit together where they are not."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from agent.judging.case import Case
from agent.judging.figures import MEASURE, Measure, decimals, measure, number, show, units
from agent.same import convert, dimension

# Figures that stand in for ones nobody has said, so that the rules can judge what would follow; they are never shown.
STAND_IN = 100.0
WELL_BEYOND = 0.7
WHOLE = 100.0


@dataclass(frozen=True)
class Needed:
    """A value that would do, and how to say what is needed."""

    value: dict[str, Any]
    text: str


def figures_needed(case: Case) -> dict[str, Needed]:
    """Return a value for each figure of the measure that is not known or does not do, so that together they pass kpi and impact."""
    found = measure(case)
    unit = next(iter(units(case).values()), "")
    if found.mixed_units:
        return _all_anew(case)
    baseline, target = _usable(found)
    needed: dict[str, Needed] = {}
    ends = {"baseline": baseline, "target": target, "now": found.now}
    if baseline is None:
        base = _baseline_for(target, found.now)
        ends["baseline"] = base, base
        needed["charter.baseline"] = Needed(
            _value(base, unit), "a starting value that today's figure improves on by at least " + number(case.thresholds.impact) + " %"
        )
    if target is None:
        aim = _target_for(ends["baseline"], found.now)
        ends["target"] = aim, aim
        needed["charter.target"] = Needed(_value(aim, unit), "a figure to reach, that today's figure does reach")
    wished = Measure(ends["baseline"], ends["target"], found.now, mixed_units=False)
    aim_now = _aim(case, wished)
    if aim_now is not None:
        needed["gates.kpi_now"] = _now_for(aim_now, unit, up=wished.direction > 0, stated=baseline is not None and target is not None)
    return needed


def out_of_reach(case: Case) -> str:
    """Say why no figure of today would do: no share is over 100 %. Empty where one would."""
    found = measure(case)
    if found.baseline is None or found.direction <= 0 or dimension(units(case)["baseline"]) != "share" or _limit(case, found) <= WHOLE:
        return ""
    base = number(found.baseline[1])
    return f"From {base} % no share can rise by {number(case.thresholds.impact)} %; measure what is left to improve, such as the share that still fails."


def _aim(case: Case, wished: Measure) -> float | None:
    """Return the figure to come to; None where today's does, or where no share could."""
    if out_of_reach(case):
        return wished.target[1] if wished.target and not wished.reached and wished.target[1] <= WHOLE else None
    return None if wished.reached and (wished.improvement or 0) >= case.thresholds.impact else _limit(case, wished)


def _limit(case: Case, wished: Measure) -> float:
    """Return the figure of today from which both gates pass, by the less favourable ends and in the base unit."""
    assert wished.baseline is not None and wished.target is not None
    up = wished.direction > 0
    base = wished.baseline[1] if up else wished.baseline[0]
    step = abs(base) * case.thresholds.impact / 100
    return max(wished.target[1], base + step) if up else min(wished.target[0], base - step)


def _usable(found: Measure) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """A baseline of zero, or a target that is the baseline, is no figure to judge by."""
    baseline = found.baseline if found.baseline is not None and 0 not in found.baseline else None
    target = found.target if baseline is None or found.direction or found.baseline is None else None
    return baseline, target


def _baseline_for(target: tuple[float, float] | None, now: tuple[float, float] | None) -> float:
    if now is None and target is None:
        return STAND_IN
    reached = now or target or (STAND_IN, STAND_IN)
    aim = target or reached
    if reached[1] <= aim[0]:
        return max(reached[1] / WELL_BEYOND, aim[1] * 1.1, 1.0) if reached[1] > 0 else max(abs(aim[1]) * 1.1, 1.0)
    return min(reached[0] * WELL_BEYOND, aim[0] * 0.9)


def _target_for(baseline: tuple[float, float] | None, now: tuple[float, float] | None) -> float:
    base = baseline or (STAND_IN, STAND_IN)
    if now is not None and now[1] < base[0]:
        return now[1]
    if now is not None and now[0] > base[1]:
        return now[0]
    return base[0] * 0.8 if base[0] > 0 else base[0] * 1.2


def _now_for(aim: float, unit: str, *, up: bool, stated: bool) -> Needed:
    """Return today's figure that comes to the aim, in the unit of the measure; where the aim is a stand-in it is not named."""
    figure = aim / convert(1.0, unit)
    fine = 10.0 ** decimals(figure)
    shown = ceil(figure * fine - 1e-6) / fine if up else floor(figure * fine + 1e-6) / fine
    if not stated:
        return Needed({"value": shown, "unit": unit}, "a figure that reaches the target")
    name = show({"value": shown, "unit": unit})
    return Needed({"value": shown, "unit": unit}, f"at least {name}" if up else f"at most {name}")


def _all_anew(case: Case) -> dict[str, Needed]:
    unit = next(iter(units(case).values()))
    shown = {"baseline": STAND_IN, "target": STAND_IN * 0.8, "now": STAND_IN * WELL_BEYOND}
    return {MEASURE[name]: Needed({"value": value, "unit": unit}, "the figure in the same unit as the others") for name, value in shown.items()}


def _value(figure: float, unit: str) -> dict[str, Any]:
    return {"value": figure / convert(1.0, unit), "unit": unit}
