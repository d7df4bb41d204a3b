"""Past projections against what the rollout came to."""

from collections.abc import Iterable

from agent.items import Frozen
from agent.judging.assessment import Assessment, Score


class Actual(Frozen):
    """What was measured at rollout on a day; shares and improvement in percent, money a month. What was not measured is None."""

    on: str
    improvement: float | None = None
    adoption: float | None = None
    requests: float | None = None
    cost: float | None = None


def scores(projected: Assessment, actuals: Iterable[Actual]) -> tuple[Score, ...]:
    """Score each actual figure that was projected, in the order they were recorded."""
    ranges = _ranges(projected)
    return tuple(
        Score(
            name=name,
            projected_on=projected.assessed_on,
            low=low,
            high=high,
            actual=value,
            actual_on=actual.on,
            inside=low <= value <= high,
            off_by=round(value - (low if value < low else high), 2) if not low <= value <= high else 0,
        )
        for actual in actuals
        for name, (low, high) in ranges.items()
        if (value := getattr(actual, name)) is not None
    )


def _ranges(projected: Assessment) -> dict[str, tuple[float, float]]:
    plan = projected.projection
    adoption = next((one for one in plan.assumptions if one.key == "adoption" and one.low is not None and one.high is not None), None)
    found = {
        "improvement": (plan.low_percent, plan.high_percent),
        "adoption": (adoption.low * 100, adoption.high * 100) if adoption and adoption.low is not None and adoption.high is not None else (None, None),
        "requests": (plan.requests_at_rollout, plan.requests_at_rollout),
        "cost": (plan.monthly_cost_low, plan.monthly_cost_high),
    }
    return {name: (round(low, 2), round(high, 2)) for name, (low, high) in found.items() if low is not None and high is not None}
