"""The projection: what is left of the pilot's headline at rollout, and what requests, cost and waiting become there."""

from typing import Any

from agent.judging.assessment import Assumption, Gate, Projection
from agent.judging.case import Case
from agent.judging.figures import adoption, measure, number, show
from agent.same import convert, ends

# Defaults stand in only where nobody said a figure; each is shown as a default. The 30 % plateau and the 20 % of cases a
# pilot is tuned for are figures of the article rollouts-fail.
PLATEAU_PERCENT = 30.0
TUNED_CASES_PERCENT = 20.0
WORKING_DAYS_A_MONTH = 21
PATIENCE_SECONDS = 10


def projection(case: Case, impact: Gate) -> Projection:
    """Compute improvement x case coverage x expected adoption as a range, with every assumption on show."""
    assumptions: list[Assumption] = []

    def assume(name: str, text: str, origin: Any) -> None:
        assumptions.append(Assumption(name=name, text=text, origin=origin))

    headline = _headline(case, impact, assume)
    coverage = _coverage(case, assume)
    expected = _expected_adoption(case, assume)
    low = high = None
    if headline is not None:
        low, high = (round(headline * coverage[end] / 100 * expected[end] / 100, 1) for end in (0, 1))
        low, high = sorted((low, high))
        reason = f"Of {number(headline)} % in the pilot, {number(low)} to {number(high)} % can be expected across the rollout, before anything is repaired."
    else:
        reason = "Without a measured improvement there is no headline to project."
    requests = case.known("gates.requests_per_user_day")
    cost = case.known("gates.cost_per_request")
    today = _load(requests, case.known("charter.pilot_users"), adoption(case).rate, assume)
    later = _load(requests, case.known("charter.rollout_users"), adoption(case).rate, None)
    if requests is not None:
        assume("requests", f"{show(requests)} requests a user and day", "stated")
    if cost is not None:
        assume("cost", f"{show(cost)} a request, {WORKING_DAYS_A_MONTH} working days a month", "stated")
    return Projection(
        headline_percent=headline,
        low_percent=low,
        high_percent=high,
        requests_today=today,
        requests_at_rollout=later,
        monthly_cost_today=_monthly(today, cost),
        monthly_cost_at_rollout=_monthly(later, cost),
        currency=cost["currency"] if cost else None,
        peak_wait=_peak(case),
        assumptions=tuple(assumptions),
        reason=reason,
        evidence=case.evidence(
            "charter.case_coverage", "gates.improvement", "gates.kpi_now", "charter.rollout_users", "gates.cost_per_request", "gates.peak_latency"
        ),
    )


def _headline(case: Case, gate: Gate, assume: Any) -> float | None:
    """The improvement that the impact gate stands on; without one there is no headline."""
    computed = measure(case).improvement
    stated = case.known("gates.improvement") if gate.status != "unproven" else None
    if computed is not None:
        computed = round(computed, 1)
        assume("improvement", f"{number(computed)} %, from baseline and today's figure", "computed")
        return computed
    if stated is not None:
        low = ends(stated)[0]
        assume("improvement", f"{number(low)} %, as stated", "stated")
        return low
    return None


def _coverage(case: Case, assume: Any) -> tuple[float, float]:
    stated = case.known("charter.case_coverage")
    if stated is not None:
        assume("case coverage", f"{show(stated)} % of the real cases", "stated")
        return ends(stated)
    if case.known("capability.full_mix_tested") == "yes":
        assume("case coverage", "100 % of the real cases, because the full mix was tested", "computed")
        return 100.0, 100.0
    assume("case coverage", f"{number(TUNED_CASES_PERCENT)} to 100 % of the real cases; nobody said how many", "default")
    return TUNED_CASES_PERCENT, 100.0


def _expected_adoption(case: Case, assume: Any) -> tuple[float, float]:
    pilot = adoption(case).rate
    if pilot is None:
        assume("adoption at rollout", f"{number(PLATEAU_PERCENT)} to 100 %; nobody said what it is in the pilot", "default")
        return PLATEAU_PERCENT, 100.0
    if case.known("capability.ordinary_users_tested") == "yes":
        assume("adoption at rollout", f"{number(pilot)} % as in the pilot, which included people who did not volunteer", "computed")
        return pilot, pilot
    low = min(PLATEAU_PERCENT, pilot)
    assume("adoption at rollout", f"{number(low)} %, where rollouts of this kind level off, to {number(pilot)} % as in the pilot", "default")
    return low, pilot


def _load(requests: Any, users: Any, rate: float | None, assume: Any) -> float | None:
    if requests is None or users is None:
        return None
    share = 1.0 if rate is None else rate / 100
    if assume:
        assume("users at work", f"{number(share * 100)} % of the users send requests", "default" if rate is None else "computed")
    return round(ends(requests)[1] * ends(users)[1] * share, 1)


def _monthly(requests: float | None, cost: Any) -> float | None:
    if requests is None or cost is None:
        return None
    return round(requests * WORKING_DAYS_A_MONTH * ends(cost)[1], 2)


def _peak(case: Case) -> str | None:
    wait = case.known("gates.peak_latency")
    if wait is None:
        return None
    tested = case.known("gates.load_test") == "yes"
    seconds = _longest_seconds(wait)
    verdict = "more than people bear before they do it by hand" if seconds >= PATIENCE_SECONDS else "bearable"
    where = "at the volume of the rollout" if tested else "at the pilot's volume; the rollout's was not tested, so expect more"
    return f"{show(wait)} {where}: {verdict}."


def _longest_seconds(duration: dict[str, Any]) -> float:
    """Return the longer end of a duration in seconds."""
    return convert(ends(duration)[1], duration["unit"])
