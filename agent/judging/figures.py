"""Figures of a pilot: improvement and adoption as the rules compute them, and how a value reads in a sentence."""

from dataclasses import dataclass
from typing import Any

from agent.judging.case import Case
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
        """How much of the way from baseline to target is done, in percent, by the middles; None where it can't be said."""
        if self.baseline is None or self.target is None or self.now is None or not self.direction:
            return None
        start = sum(self.baseline)
        return round((sum(self.now) - start) / (sum(self.target) - start) * 100, 1)

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
    """How many of the intended users use it regularly, in percent. `counted` is what the counts say beside a stated share."""

    rate: float | None
    stated: bool
    counted: float | None


def adoption(case: Case) -> Adoption:
    """Return the stated share, else active users over intended users, else over the pilot's users."""
    active = case.known("gates.active_users")
    intended = case.known("gates.target_users") or case.known("charter.pilot_users")
    counted = None
    if active is not None and intended is not None and ends(intended)[1] > 0:
        counted = round(ends(active)[0] / ends(intended)[1] * 100, 6)
    share = case.known("gates.adoption")
    if share is not None:
        return Adoption(ends(share)[0], True, counted)
    return Adoption(counted, False, counted)


def days(duration: Any) -> float | None:
    """Return a duration in days, by its shorter end."""
    if not isinstance(duration, dict):
        return None
    return convert(ends(duration)[0], duration["unit"]) / 86_400


def number(value: float) -> str:
    """Write a figure as people do: no needless decimals, thousands apart."""
    return f"{value:,.0f}" if abs(value - round(value)) < 0.005 else f"{value:,.2f}".rstrip("0").rstrip(".")


def show(value: Any) -> str:
    """Write a value in its JSON form as a sentence has it: 42 minutes, USD 0.02, 6 to 8 weeks."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value) if value else "none"
    if isinstance(value, int | float):
        return number(value)
    if not isinstance(value, dict):
        return str(value)
    figure = f"{number(value['low'])} to {number(value['high'])}" if "low" in value else number(float(value["value"] if "value" in value else value["amount"]))
    if "currency" in value:
        return f"{value['currency']} {figure}"
    unit = value.get("unit") or ""
    if figure == "1" and unit in ("seconds", "minutes", "hours", "days", "weeks", "months", "years"):
        unit = unit[:-1]
    return f"{figure} {unit}".strip() if unit != "percent" else f"{figure} %"
