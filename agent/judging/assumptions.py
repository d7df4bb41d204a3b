"""The figures a projection assumes: what was said, what follows from it, a default where nobody knows, or what somebody puts in their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.errors import InputRefused
from agent.judging.case import Case
from agent.judging.figures import adoption, both_ends, measure, number, show
from agent.judging.findings import Gate
from agent.judging.plans import Assumption, Origin
from agent.same import ends

# Defaults stand in only where nobody said a figure; each is shown as a default. The 30 % plateau and the 20 % of cases a
# pilot is tuned for are figures of the article rollouts-fail, the ten seconds one of execution-gap.
PLATEAU = 0.30
TUNED_CASES = 0.20
WORKING_DAYS_A_MONTH = 21
PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Kind:
    """What can be assumed under one key: its name in the report, its unit, and the range that is accepted."""

    name: str
    unit: str
    least: float
    most: float


KINDS = {
    "improvement": Kind("improvement", "%", -100, 100),
    "coverage": Kind("case coverage", "share", 0, 1),
    "adoption": Kind("adoption at rollout", "share", 0, 1),
    "use_today": Kind("users at work", "share", 0, 1),
    "rollout_users": Kind("people at rollout", "people", 1, 10_000_000),
    "requests": Kind("requests", "a user and day", 0, 10_000),
    "cost": Kind("cost", "a request", 0, 1_000),
    "working_days": Kind("working days", "a month", 1, 31),
    "patience": Kind("patience", "seconds", 1, 600),
}


def checked(assumptions: Mapping[str, float] | None) -> dict[str, float]:
    """Return the assumptions somebody put in, or raise InputRefused with the names and ranges there are."""
    ranges = ", ".join(f"{key} ({number(kind.least)} to {number(kind.most)} {kind.unit})" for key, kind in KINDS.items())
    for key, value in (assumptions or {}).items():
        if key not in KINDS:
            raise InputRefused(f"Nothing is assumed under the name {key!r}. There are: {ranges}.")
        if not KINDS[key].least <= value <= KINDS[key].most:
            kind = KINDS[key]
            raise InputRefused(f"{key}={value:g} is out of range: it goes from {number(kind.least)} to {number(kind.most)} {kind.unit}. There are: {ranges}.")
    return dict(sorted((key, float(value)) for key, value in (assumptions or {}).items()))


def assumptions(case: Case, impact: Gate, put_in: Mapping[str, float]) -> dict[str, Assumption]:
    """Return every assumption that the projection can make, by key; one that nobody can make is left out."""
    found = {key: one for key, one in _from_record(case, impact).items() if one is not None}
    for key, value in put_in.items():
        found[key] = _figure(key, f"{_text(key, value)}, put in for this report", "assumed", (value, value))
    return {key: found[key] for key in KINDS if key in found}


def _from_record(case: Case, impact: Gate) -> dict[str, Assumption | None]:
    requests, cost, users = (case.known(item) for item in ("gates.requests_per_user_day", "gates.cost_per_request", "charter.rollout_users"))
    rate = adoption(case).rate
    loaded = requests is not None and case.known("charter.pilot_users") is not None
    return {
        "improvement": _improvement(case, impact),
        "coverage": _coverage(case),
        "adoption": _adoption(case, rate),
        "use_today": _use_today(case, rate) if loaded else None,
        "rollout_users": None if users is None else _figure("rollout_users", f"{show_ends(users)} people", "stated", ends(users)),
        "requests": None if requests is None else _figure("requests", f"{show_ends(requests)} requests a user and day", "stated", ends(requests)),
        "cost": None if cost is None else _figure("cost", f"{show(cost)} a request", "stated", ends(cost)),
        "working_days": None
        if requests is None
        else _figure("working_days", f"{WORKING_DAYS_A_MONTH} working days a month", "default", (WORKING_DAYS_A_MONTH,) * 2),
        "patience": None
        if case.known("gates.peak_latency") is None
        else _figure("patience", f"{PATIENCE_SECONDS} seconds, after which people do it by hand", "default", (PATIENCE_SECONDS,) * 2),
    }


def _improvement(case: Case, gate: Gate) -> Assumption | None:
    """The improvement that the impact gate stands on; without one there is no headline."""
    computed = measure(case).improvement
    if computed is not None:
        value = round(computed, 1)
        return _figure("improvement", f"{number(value)} %, from baseline and today's figure", "computed", (value, value))
    stated = case.known("gates.improvement") if gate.status != "unproven" else None
    if stated is None:
        return None
    low = ends(stated)[0]
    return _figure("improvement", f"{number(low)} %, as stated", "stated", (low, low))


def _coverage(case: Case) -> Assumption:
    stated = case.known("charter.case_coverage")
    if stated is not None:
        low, high = (max(0.0, min(100.0, end)) for end in ends(stated))
        return _figure("coverage", f"{both_ends((low, high))} % of the real cases", "stated", (low / 100, high / 100))
    if case.known("capability.full_mix_tested") == "yes":
        return _figure("coverage", "100 % of the real cases, because the full mix was tested", "computed", (1, 1))
    return _figure("coverage", f"{number(TUNED_CASES * 100)} to 100 % of the real cases; nobody said how many", "default", (TUNED_CASES, 1))


def _adoption(case: Case, pilot: float | None) -> Assumption:
    if pilot is None:
        return _figure("adoption", f"{number(PLATEAU * 100)} to 100 %; nobody said what it is in the pilot", "default", (PLATEAU, 1))
    if case.known("capability.ordinary_users_tested") == "yes":
        return _figure("adoption", f"{number(pilot)} % as in the pilot, which included people who did not volunteer", "computed", (pilot / 100, pilot / 100))
    low = min(PLATEAU * 100, pilot)
    text = f"{number(low)} %, where rollouts of this kind level off, to {number(pilot)} % as in the pilot"
    return _figure("adoption", text if low < pilot else f"{number(pilot)} % as in the pilot", "default", (low / 100, pilot / 100))


def _use_today(case: Case, rate: float | None) -> Assumption:
    """The share of the pilot's users who are at work; the rate is one of the intended users, who may be more than those."""
    pilot = ends(case.known("charter.pilot_users"))[1]
    active, intended = case.known("gates.active_users"), case.known("gates.target_users")
    at_work = (pilot, pilot)
    if active is not None:
        at_work = ends(active)
    elif rate is not None:
        at_work = (rate / 100 * (ends(intended)[1] if intended is not None else pilot),) * 2
    low, high = (round(min(1.0, end / pilot), 6) if pilot > 0 else 1.0 for end in at_work)
    said = active is not None or rate is not None
    return _figure("use_today", f"{both_ends((low * 100, high * 100))} % of the pilot's users send requests", "computed" if said else "default", (low, high))


def show_ends(value: Any) -> str:
    return both_ends(ends(value))


def _text(key: str, value: float) -> str:
    unit = KINDS[key].unit
    return f"{number(value * 100)} %" if unit == "share" else f"{number(value)} {unit}"


def _figure(key: str, text: str, origin: Origin, spread: tuple[float, float]) -> Assumption:
    kind = KINDS[key]
    low, high = spread
    return Assumption(key=key, name=kind.name, text=text, origin=origin, unit=kind.unit, low=low, high=high, least=kind.least, most=kind.most)
