"""The projection: improvement x case coverage x expected adoption, and requests, cost and waiting at rollout."""

from typing import Any

import pytest

from agent.judging import assess_for_report
from tests.judging.pilots import ABSENT, GUIDE, SCALES, TODAY, UNASKED, UNKNOWN, changed, judged, minutes, quantity, record, span

# baseline 40 and 30 today are an improvement of 25 percent
QUARTER: dict[str, Any] = {"charter.baseline": minutes(40), "gates.kpi_now": minutes(30), "charter.case_coverage": 50, "gates.adoption": 80}
NOT_ORDINARY: dict[str, Any] = {"capability.ordinary_users_tested": "no"}
HEADLINE: list[Any] = [
    (QUARTER, 25, 10, 10),
    ({**QUARTER, "charter.case_coverage": 100, "gates.adoption": 100}, 25, 25, 25),
    ({**QUARTER, "charter.case_coverage": span(40, 60)}, 25, 8, 12),
    ({**QUARTER, "charter.case_coverage": 0}, 25, 0, 0),
    ({**QUARTER, "charter.case_coverage": UNASKED}, 25, 20, 20),
    ({**QUARTER, "charter.case_coverage": UNASKED, "capability.full_mix_tested": "no"}, 25, 4, 20),
    ({**QUARTER, **NOT_ORDINARY}, 25, 3.8, 10),
    ({**QUARTER, **NOT_ORDINARY, "gates.adoption": 20}, 25, 2.5, 2.5),
    ({**QUARTER, "gates.adoption": UNKNOWN}, 25, 3.8, 12.5),
    ({**QUARTER, "gates.kpi_now": UNKNOWN, "gates.improvement": 20}, 20, 8, 8),
    ({**QUARTER, "gates.kpi_now": UNKNOWN, "gates.improvement": span(20, 40)}, 20, 8, 8),
    ({**QUARTER, "gates.kpi_now": minutes(44)}, -10, None, None),
    ({**QUARTER, "charter.case_coverage": 250}, 25, 20, 20),
    ({**QUARTER, "gates.adoption": 150}, 25, 3.8, 12.5),
    ({**QUARTER, "gates.kpi_now": UNKNOWN}, None, None, None),
    ({**QUARTER, "charter.baseline": ABSENT}, None, None, None),
    *(
        pytest.param({**QUARTER, "gates.improvement": 30, **changes}, None, None, None)
        for changes in ({"charter.baseline": ABSENT}, {"charter.baseline": minutes(0)}, {"gates.kpi_now": quantity(9, "calls")})
    ),
]
LOAD: dict[str, Any] = {"gates.requests_per_user_day": 10, "gates.cost_per_request": {"amount": 0.02, "currency": "USD"}, "gates.adoption": 75}


@pytest.mark.parametrize(("changes", "headline", "low", "high"), HEADLINE)
def test_what_is_left_of_the_headline(changes: dict[str, Any], headline: float | None, low: float | None, high: float | None) -> None:
    found = changed(changes).projection
    assert (found.headline_percent, found.low_percent, found.high_percent) == (headline, low, high)


@pytest.mark.parametrize("changes", [row[0] for row in HEADLINE[:12]])
def test_every_assumption_is_on_show(changes: dict[str, Any]) -> None:
    assumptions = {one.name: one for one in changed(changes).projection.assumptions}
    assert {"improvement", "case coverage", "adoption at rollout"} <= set(assumptions)
    assert all(one.text for one in assumptions.values())


@pytest.mark.parametrize(
    ("changes", "name", "origin"),
    [
        ({}, "improvement", "computed"),
        ({"gates.kpi_now": UNKNOWN, "gates.improvement": 20}, "improvement", "stated"),
        ({"charter.case_coverage": 40}, "case coverage", "stated"),
        ({"capability.full_mix_tested": "no"}, "case coverage", "default"),
        (NOT_ORDINARY, "adoption at rollout", "default"),
        ({}, "adoption at rollout", "computed"),
        (LOAD, "cost", "stated"),
        (LOAD, "requests", "stated"),
    ],
)
def test_an_assumption_says_where_it_comes_from(changes: dict[str, Any], name: str, origin: str) -> None:
    assert {one.name: one.origin for one in changed(changes).projection.assumptions}[name] == origin


def test_requests_and_cost_at_rollout_against_today() -> None:
    found = changed(LOAD).projection  # 60 people today, 900 at rollout
    assert (found.requests_today, found.requests_at_rollout) == (450, 6750)
    assert (found.monthly_cost_today, found.monthly_cost_at_rollout, found.currency) == (189, 2835, "USD")


@pytest.mark.parametrize(
    ("changes", "today"),
    [
        ({"gates.active_users": 45, "gates.target_users": 90, "charter.pilot_users": 45}, 450),
        ({"gates.active_users": UNASKED, "gates.target_users": 90, "charter.pilot_users": 45, "gates.adoption": 50}, 450),
        ({"gates.active_users": span(30, 40), "charter.pilot_users": 50}, 400),
        ({"gates.active_users": 80, "charter.pilot_users": 60}, 600),
    ],
)
def test_requests_today_come_from_the_people_at_work_in_the_pilot(changes: dict[str, Any], today: float) -> None:
    assert changed({**LOAD, "gates.adoption": UNASKED, **changes}).projection.requests_today == today


def test_a_measure_that_got_worse_has_no_gain_to_project() -> None:
    found = changed({"gates.kpi_now": minutes(50)}).projection
    assert found.reason == "It got worse by 19 % in the pilot, so there is no gain to project."
    assert (found.steps, found.confidence, found.sensitivity) == ((), None, ())


def test_an_improvement_of_over_a_hundred_percent_is_never_cut_below_what_it_is() -> None:
    calls = {"charter.baseline": quantity(60, "calls"), "charter.target": quantity(80, "calls"), "gates.kpi_now": quantity(150, "calls")}
    moved = {one.key: (one.low, one.high) for one in changed(calls).projection.sensitivity}
    assert moved["improvement"] == (135, 150)


def test_an_amount_without_a_currency_breaks_nothing() -> None:
    found = assess_for_report(record({**SCALES, **LOAD, "gates.cost_per_request": {"amount": 0.02}}), GUIDE, TODAY)
    assert (found.projection.currency, found.projection.monthly_cost_at_rollout) == (None, 2835)
    assert "Computed: up to 2,835 a month" in " ".join(one.answer for one in found.hard_questions)


def test_load_and_cost_take_the_upper_end() -> None:
    changes = {
        **LOAD,
        "gates.requests_per_user_day": span(5, 20),
        "gates.cost_per_request": {"amount": 0.03, "currency": "USD", "low": 0.02, "high": 0.04},
        "charter.rollout_users": span(800, 1000),
    }
    found = changed(changes).projection
    assert found.requests_at_rollout == 15000
    assert found.monthly_cost_at_rollout == 12600


@pytest.mark.parametrize("item", ["gates.requests_per_user_day", "charter.rollout_users"])
def test_without_a_figure_there_is_no_load(item: str) -> None:
    found = changed({**LOAD, item: UNKNOWN}).projection
    assert (found.requests_at_rollout, found.monthly_cost_at_rollout) == (None, None)


def test_the_wait_at_peak_says_whether_the_volume_was_tested() -> None:
    wait = {"gates.peak_latency": quantity(12, "seconds")}
    tested, untested = str(changed(wait).projection.peak_wait), str(changed({**wait, "gates.load_test": "no"}).projection.peak_wait)
    assert ("12 seconds" in tested, "not tested" in tested) == (True, False)
    assert ("12 seconds" in untested, "not tested" in untested) == (True, True)


@pytest.mark.parametrize("unknown", [UNKNOWN, UNASKED])
def test_no_wait_without_a_figure(unknown: Any) -> None:
    assert changed({"gates.peak_latency": unknown}).projection.peak_wait is None


def test_nothing_known_projects_nothing() -> None:
    found = judged({}).projection
    assert (found.headline_percent, found.low_percent, found.requests_today, found.monthly_cost_at_rollout) == (None, None, None, None)


def test_the_words_behind_it_are_shown() -> None:
    assert {one.item for one in judged({**SCALES, "charter.case_coverage": 40}).projection.evidence} >= {"charter.case_coverage", "gates.kpi_now"}
