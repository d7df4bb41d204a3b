"""Figures of a pilot: improvement and adoption as the rules compute them, and how a value reads in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from agent.judging.case import Case, join
from agent.same import convert, dimension, ends, in_full


@dataclass(frozen=True)
class Measure:
    """The primary measure in comparable figures. `direction` is 1 where more is better, -1 where less is, 0 where nobody can say."""

    baseline: tuple[float, float] | None
    target: tuple[float, float] | None
    now: tuple[float, float] | None
    mixed_units: bool

    @property
    def direction(self) -> int:
        if self.baseline is None or self.target is None:
            return 0
        gap = sum(self.target) - sum(self.baseline)
        return (gap > 0) - (gap < 0)

    @property
    def reached(self) -> bool | None:
        """Whether the figure today reaches the target, by its less favourable end; None where it can't be said."""
        if self.now is None or self.target is None or not self.direction:
            return None
        return self.now[0] >= self.target[1] if self.direction > 0 else self.now[1] <= self.target[0]

    @property
    def way(self) -> float | None:
        """How much of the way to the target is done, in percent, by the less favourable ends; None where it can't be said."""
        if self.baseline is None or self.target is None or self.now is None or not self.direction:
            return None
        start = sum(self.baseline) / 2
        now, target = (self.now[0], self.target[1]) if self.direction > 0 else (self.now[1], self.target[0])
        done = round((now - start) / (target - start) * 100, 1)
        return done if self.reached else min(done, 99.9)

    @property
    def improvement(self) -> float | None:
        """Percent of the baseline gained in the direction of the target, by the less favourable ends."""
        if self.baseline is None or self.now is None or not self.direction or 0 in self.baseline:
            return None
        base, now = (self.baseline[1], self.now[0]) if self.direction > 0 else (self.baseline[0], self.now[1])
        return round((now - base) * self.direction / abs(base) * 100, 6)


def measure(case: Case) -> Measure:
    """Read baseline, target and today's figure in one unit; figures of different dimensions are left out and flagged."""
    said = units(case)
    if len({dimension(unit) for unit in said.values()}) > 1:
        return Measure(None, None, None, mixed_units=True)
    found = {name: (convert(low, said[name]), convert(high, said[name])) for name in said for low, high in [ends(case.known(MEASURE[name]))]}
    return Measure(found.get("baseline"), found.get("target"), found.get("now"), mixed_units=False)


MEASURE = {"baseline": "charter.baseline", "target": "charter.target", "now": "gates.kpi_now"}


def units(case: Case) -> dict[str, str]:
    """Return the unit of each known figure of the measure, in full where it was said in short."""
    raw = {name: value["unit"] or "" for name, item in MEASURE.items() if isinstance(value := case.known(item), dict)}
    return dict(zip(raw, in_full(raw.values()), strict=True))


@dataclass(frozen=True)
class Adoption:
    """How many of the intended users use it regularly, in percent, by the less favourable end.

    `spread` holds both ends; `counted` is what the counts say beside a stated share; `misfit` is a share above 100 %, which is no rate.
    """

    rate: float | None
    stated: bool
    counted: float | None
    spread: tuple[float, float] | None = None
    misfit: float | None = None


def adoption(case: Case) -> Adoption:
    """Return the stated share, else active users over intended users, else over the pilot's users."""
    active = case.known("gates.active_users")
    intended = case.known("gates.target_users") or case.known("charter.pilot_users")
    by_count = None
    if active is not None and intended is not None and ends(intended)[1] > 0:
        fewest, most = ends(intended)
        by_count = round(ends(active)[0] / most * 100, 6), round(ends(active)[1] / (fewest if fewest > 0 else most) * 100, 6)
    counted = by_count[0] if by_count else None
    share = case.known("gates.adoption")
    spread = by_count if share is None else ends(share)
    if spread is None:
        return Adoption(None, False, counted)
    if spread[0] > 100:
        return Adoption(None, share is not None, counted, misfit=spread[0])
    return Adoption(spread[0], share is not None, counted, (spread[0], min(spread[1], 100.0)))


def differs(stated: tuple[float, float], figure: float) -> float:
    """Return how far a figure lies outside the ends that were stated."""
    return max(stated[0] - figure, figure - stated[1], 0.0)


def days(duration: Any) -> float | None:
    """Return a duration in days, by its shorter end; a number without a unit of time is none."""
    if not isinstance(duration, dict) or dimension(duration.get("unit") or "") != "time":
        return None
    return convert(ends(duration)[0], duration["unit"]) / 86_400


def number(value: float) -> str:
    """Write a figure as people do: no needless decimals, thousands apart, and what is small not as nothing."""
    if SMALLEST <= abs(value) < SMALL:
        return f"{value:.{decimals(value)}f}".rstrip("0")
    return f"{value:,.0f}" if abs(value - round(value)) < 0.005 else f"{value:,.2f}".rstrip("0").rstrip(".")


SMALL, SMALLEST = 0.1, 1e-9


def decimals(value: float) -> int:
    """Return how many decimals a figure needs: two, or as many as show three digits of a small one."""
    return 2 - floor(log10(abs(value))) if SMALLEST <= abs(value) < SMALL else 2


def apart(value: float, other: float) -> str:
    """Write a figure with as many decimals as tell it from another."""
    for more in range(3, 10) if value != other and number(value) == number(other) else ():
        if (text := f"{value:,.{more}f}") != f"{other:,.{more}f}":
            return text.rstrip("0").rstrip(".")
    return number(value)


def both_ends(spread: tuple[float, float], beside: float | None = None) -> str:
    """Write a figure that may be a range, its lower end told apart from a threshold."""
    low, high = spread
    text = number(low) if beside is None else apart(low, beside)
    return text if low == high else f"{text} to {number(high)}"


def show(value: Any, write: Callable[[float], str] = number) -> str:
    """Write a value in its JSON form as a sentence has it: 42 minutes, USD 0.02, 6 to 8 weeks; a share in percent."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value) if value else "none"
    if isinstance(value, int | float):
        return write(value)
    if not isinstance(value, dict):
        return str(value)
    unit = value.get("unit") or ""
    times = 100 if unit == "share" else 1
    middle = float(value["value"] if "value" in value else value["amount"])
    figure = f"{write(value['low'] * times)} to {write(value['high'] * times)}" if "low" in value else write(middle * times)
    if value.get("currency"):
        return f"{value['currency']} {figure}"
    if figure == "1" and unit in ("seconds", "minutes", "hours", "days", "weeks", "months", "years"):
        unit = unit[:-1]
    return f"{figure} {unit}".strip() if unit not in ("percent", "share") else f"{figure} %"


def show_as(kind: str, value: Any) -> str:
    """Write a value of an item of this kind; a share has its percent sign."""
    return f"{show(value)} %" if kind == "percent" else show(value)


def both_answers(case: Case, item: str) -> str:
    """Say which answers stand against each other, where nobody has settled it."""
    kind = case.guide.items[item].kind
    answers = [show_as(kind, said.value) if said.state == "known" else "nobody" if kind == "party" else "none" for said in case.record.said(item)]
    return f"{'Two' if len(answers) == 2 else 'Several'} answers stand: {join(answers, 'or')}."
