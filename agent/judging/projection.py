"""The projection: what is left of the pilot's headline at rollout, and what requests, cost and waiting become there."""

from collections.abc import Mapping
from math import prod

from agent.judging.assumptions import assumptions, checked
from agent.judging.case import Case
from agent.judging.confidence import TOLD_BY, caps, confidence
from agent.judging.figures import both_ends, number, show
from agent.judging.findings import Cap, FavourableCondition, Gate
from agent.judging.plans import Assumption, Peak, Projection, Step, Swing
from agent.same import convert, ends

# An assumption without a range of its own is moved by a tenth either way, to show what hangs on it.
NUDGE = 0.1
DEFAULTS_CAP = 0.5
BEHIND = ("charter.case_coverage", "gates.improvement", "gates.kpi_now", "charter.rollout_users", "gates.cost_per_request", "gates.peak_latency")

RESULTS = {
    "effect at rollout, %": ("improvement", "coverage", "adoption"),
    "cost a month at rollout": ("rollout_users", "adoption", "requests", "cost", "working_days"),
}

Made = dict[str, Assumption]


def projection(case: Case, impact: Gate, conditions: tuple[FavourableCondition, ...] = (), put_in: Mapping[str, float] | None = None) -> Projection:
    """Compute improvement x case coverage x expected adoption as a range, with every assumption on show and open to change."""
    made = assumptions(case, impact, checked(put_in))
    steps = _waterfall(made)
    headline = steps[0].low if steps else None
    gain = headline is None or headline >= 0
    left = (round(steps[-1].low, 1), round(steps[-1].high, 1)) if steps and gain else (None, None)
    today, later, least = _load(case, made)
    price, days = made.get("cost"), made.get("working_days")
    cost = case.known("gates.cost_per_request")
    monthly = {name: _monthly(load, price, days) for name, load in (("today", today), ("later", later))}
    return Projection(
        headline_percent=headline,
        low_percent=left[0],
        high_percent=left[1],
        requests_today=today,
        requests_at_rollout=later,
        monthly_cost_today=monthly["today"],
        monthly_cost_at_rollout=monthly["later"],
        currency=cost.get("currency") if cost else None,
        peak_wait=_peak_text(case, _peak(case, made)),
        assumptions=tuple(made.values()),
        reason=_reason(headline, left),
        evidence=case.evidence(*BEHIND),
        steps=steps if gain else (),
        sensitivity=_sensitivity(made),
        confidence=confidence(_caps(case, made, conditions)) if steps and gain else None,
        monthly_cost_low=_monthly(least, price, days, least=True),
        monthly_cost_high=monthly["later"],
        budget_a_year=None if monthly["later"] is None else round(monthly["later"] * 12, 2),
        peak=_peak(case, made),
    )


def _reason(headline: float | None, left: tuple[float | None, float | None]) -> str:
    low, high = left
    if headline is not None and headline < 0:
        return f"It got worse by {number(-headline)} % in the pilot, so there is no gain to project."
    if headline is None or low is None or high is None:
        return "Without a measured improvement there is no headline to project."
    return f"Of {number(headline)} % in the pilot, {both_ends((low, high))} % can be expected across the rollout, before anything is repaired."


def _waterfall(made: Made) -> tuple[Step, ...]:
    """Return what is left after each step, or nothing where there is no headline."""
    first = made.get("improvement")
    if first is None:
        return ()
    headline = low = high = _end(first, 0)
    steps = [Step(name="Headline of the pilot", factor_low=1, factor_high=1, low=headline, high=headline, because=first.text)]
    for key, name in (("coverage", "Cases it covers"), ("adoption", "People who use it")):
        share = made[key]
        low, high = sorted((low * _end(share, 0), high * _end(share, 1)))
        steps.append(Step(name=name, factor_low=_end(share, 0), factor_high=_end(share, 1), low=round(low, 4), high=round(high, 4), because=share.text))
    return tuple(steps)


def _caps(case: Case, made: Made, conditions: tuple[FavourableCondition, ...]) -> tuple[Cap, ...]:
    guessed = [made[key].name for key in ("coverage", "adoption") if made[key].origin == "default"]
    found = caps(case, tuple(TOLD_BY), conditions, stated=made["improvement"].origin == "stated")
    if guessed:
        found = (*found, Cap(name="defaults", at=DEFAULTS_CAP, reason=f"Nobody could give a figure for: {', '.join(guessed)}."))
    return found


def _load(case: Case, made: Made) -> tuple[float | None, float | None, float | None]:
    """Return requests a day today, at rollout, and the least at rollout; load is counted by its upper end."""
    requests, people = made.get("requests"), case.known("charter.pilot_users")
    if requests is None:
        return None, None, None
    today = round(_end(requests, 1) * ends(people)[1] * _end(made["use_today"], 1), 1) if people is not None and "use_today" in made else None
    users, share = made.get("rollout_users"), made["adoption"]
    if users is None:
        return today, None, None
    most, least = (round(_end(requests, end) * _end(users, end) * _end(share, end), 1) for end in (1, 0))
    return today, most, least


def _monthly(load: float | None, price: Assumption | None, days: Assumption | None, *, least: bool = False) -> float | None:
    if load is None or price is None or days is None:
        return None
    return round(load * _end(days, 0 if least else 1) * _end(price, 0 if least else 1), 2)


def _sensitivity(made: Made) -> tuple[Swing, ...]:
    """Return how much each assumption moves the effect and the cost, all others in the middle; what moves nothing is left out."""
    swings = []
    for result, keys in RESULTS.items():
        if any(key not in made for key in keys) or ("improvement" in keys and _end(made["improvement"], 0) < 0):
            continue
        middle = {key: (_end(made[key], 0) + _end(made[key], 1)) / 2 for key in keys}
        for key in keys:
            low, high = _moved(made[key])
            others = prod(middle[other] for other in keys if other != key)
            one = Swing(
                key=key,
                name=made[key].name,
                result=result,  # type: ignore[arg-type]
                low=low,
                high=high,
                result_low=round(low * others, 2),
                result_high=round(high * others, 2),
                swing=round(abs(high - low) * abs(others), 2),
            )
            if one.swing:
                swings.append(one)
    return tuple(sorted(swings, key=lambda one: (list(RESULTS).index(one.result), -one.swing, one.key)))


def _moved(one: Assumption) -> tuple[float, float]:
    low, high = _end(one, 0), _end(one, 1)
    if low == high:
        low, high = sorted((low * (1 - NUDGE), high * (1 + NUDGE)))
        low, high = max(low, min(one.low or 0, one.least or 0)), min(high, max(one.high or 0, high if one.most is None else one.most))
    return round(low, 4), round(high, 4)


def _end(one: Assumption, end: int) -> float:
    value = one.high if end else one.low
    assert value is not None, "every assumption that judging makes has its figures"
    return value


def _peak(case: Case, made: Made) -> Peak | None:
    wait = case.known("gates.peak_latency")
    if wait is None:
        return None
    seconds, bearable = convert(ends(wait)[1], wait["unit"]), _end(made["patience"], 0)
    return Peak(seconds=seconds, bearable_seconds=bearable, tested=case.known("gates.load_test") == "yes", bearable=seconds < bearable)


def _peak_text(case: Case, peak: Peak | None) -> str | None:
    if peak is None:
        return None
    verdict = "bearable" if peak.bearable else "more than people bear before they do it by hand"
    where = "at the volume of the rollout" if peak.tested else "at the pilot's volume; the rollout's was not tested, so expect more"
    return f"{show(case.known('gates.peak_latency'))} {where}: {verdict}."
