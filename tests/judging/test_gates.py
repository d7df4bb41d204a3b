"""The four gates: every row of the rules' table, and the figures they stand on."""

from typing import Any

import pytest

from agent.judging.figures import adoption, measure, number
from tests.judging.pilots import ABSENT, GUIDE, NOT_APPLICABLE, SCALES, UNASKED, UNKNOWN, Both, case, changed, judged, minutes, quantity, span, weeks

NOBODY_KNOWS = [UNASKED, UNKNOWN]
KPI_ITEMS = [
    "charter.kpi", "charter.kpi_kind", "charter.baseline", "charter.baseline_before_launch",
    "charter.target", "charter.target_before_launch", "gates.kpi_now",
]  # fmt: skip
REVIEWS = ["gates.security_review", "gates.integration_review", "gates.compliance_review"]
NO_SHARE: dict[str, Any] = {"gates.adoption": UNASKED}

KPI: list[Any] = [
    ({}, "pass"),
    ({"gates.kpi_now": minutes(32)}, "pass"),
    ({"gates.kpi_now": minutes(32.5)}, "fail"),
    ({"gates.kpi_now": minutes(45)}, "fail"),
    ({"charter.kpi": ABSENT}, "fail"),
    ({"charter.baseline": ABSENT}, "fail"),
    ({"charter.target": ABSENT}, "fail"),
    ({"charter.kpi_kind": "model"}, "fail"),
    ({"charter.baseline_before_launch": "no"}, "fail"),
    ({"charter.target_before_launch": "no"}, "fail"),
    ({"charter.baseline_before_launch": "partly"}, "unproven"),
    ({"charter.target_before_launch": "partly"}, "unproven"),
    ({"charter.baseline_before_launch": "partly", "charter.target_before_launch": "no"}, "fail"),
    ({"gates.kpi_now": UNKNOWN, "charter.kpi_kind": "model"}, "fail"),
    ({"charter.baseline": UNKNOWN, "charter.target_before_launch": "no"}, "fail"),
    ({"charter.baseline": Both(minutes(42), minutes(48))}, "unproven"),
    ({"gates.kpi_now": Both(minutes(31), minutes(36))}, "unproven"),
    *(({item: state}, "unproven") for item in KPI_ITEMS for state in NOBODY_KNOWS),
    *(({item: NOT_APPLICABLE}, "unproven") for item in ("charter.baseline", "charter.target", "gates.kpi_now")),
    *(
        pytest.param({item: NOT_APPLICABLE}, "unproven")
        for item in ("charter.kpi", "charter.kpi_kind", "charter.baseline_before_launch", "charter.target_before_launch")
    ),
]
# direction and ranges: baseline, target, now
REACHED: list[Any] = [
    (minutes(42), minutes(32), minutes(31), "pass"),
    (quantity(60, "calls"), quantity(80, "calls"), quantity(80, "calls"), "pass"),
    (quantity(60, "calls"), quantity(80, "calls"), quantity(79, "calls"), "fail"),
    (quantity(-10, "points"), quantity(5, "points"), quantity(6, "points"), "pass"),
    (quantity(0, "refunds"), quantity(5, "refunds"), quantity(6, "refunds"), "pass"),
    (minutes(42), minutes(32), minutes(31, 30, 32), "pass"),
    (minutes(42), minutes(32), minutes(31, 29, 33), "fail"),
    (minutes(42), minutes(32, 30, 34), minutes(31), "fail"),
    (quantity(60, "calls"), quantity(80, "calls"), quantity(82, "calls", 78, 86), "fail"),
    (quantity(60, "calls"), quantity(80, "calls", 75, 85), quantity(84, "calls"), "fail"),
    (quantity(1, "hours"), minutes(45), minutes(44), "pass"),
    (quantity(1, "hours"), quantity(0.75, "hours"), minutes(46), "fail"),
    (quantity(40, "percent"), quantity(0.5, "share"), quantity(52, "percent"), "pass"),
    (minutes(42), minutes(42), minutes(42), "unproven"),
    (minutes(42), minutes(32), quantity(31, "calls"), "unproven"),
    (minutes(42), quantity(90, "percent"), minutes(31), "unproven"),
    (quantity(42, "minutes per ticket"), quantity(32, "minutes a ticket"), quantity(0.7, "hours per ticket"), "fail"),
    (quantity(42, "minutes per ticket"), minutes(32), quantity(0.5, "hours for each ticket"), "pass"),
    (quantity(100, "calls an hour"), quantity(120, "calls an hour"), quantity(800, "calls a day"), "unproven"),
    (quantity(100, "calls an hour"), quantity(120, "calls an hour"), quantity(2.5, "calls a minute"), "pass"),
    (quantity(5, "errors per 1000 cases"), quantity(4, "errors per 1,000 cases"), quantity(0.39, "errors per 100 cases"), "pass"),
    (quantity(5, "errors per thousand cases"), quantity(4, "errors out of 1000 cases"), quantity(0.41, "errors in a hundred cases"), "fail"),
    (quantity(5, "errors per 1000 cases"), quantity(4, "errors"), quantity(3, ""), "pass"),
    (quantity(5, "errors per 1000 cases"), quantity(4, "errors per 100 cases"), quantity(3, "errors"), "unproven"),
    (quantity(9, "EUR per case"), quantity(7, "EUR per case"), quantity(6, "USD per case"), "unproven"),
    (quantity(9, "refunds per agent a day"), quantity(7, "refunds per agent a day"), quantity(6, "refunds a day"), "unproven"),
]
IMPROVEMENT: list[Any] = [
    (minutes(42), minutes(32), minutes(31), 26.2),
    (minutes(42), minutes(32), minutes(44), -4.8),
    (minutes(42), minutes(32), minutes(42), 0),
    (quantity(60, "calls"), quantity(80, "calls"), quantity(78, "calls"), 30),
    (quantity(-10, "points"), quantity(5, "points"), quantity(-5, "points"), 50),
    (quantity(2, "hours"), minutes(60), minutes(90), 25),
    (quantity(2, "days"), quantity(24, "hours"), quantity(36, "hours"), 25),
    (quantity(0.4, "share"), quantity(50, "percent"), quantity(52, "percent"), 30),
    (quantity(100, "calls an hour"), quantity(120, "calls an hour"), quantity(800, "calls a day"), None),
    (quantity(5, "errors per 1000 cases"), quantity(4, "errors per 1000 cases"), quantity(0.39, "errors per 100 cases"), 22),
    (quantity(4, "errors per 1000000 parts"), quantity(3, "errors per million parts"), quantity(3, "errors"), 25),
    (quantity(24, "audits a year"), quantity(36, "audits a year"), quantity(3, "audits a month"), 50),
    (minutes(42), minutes(32), minutes(31, 28, 34), 19.0),
    (minutes(42, 40, 44), minutes(32), minutes(31), 22.5),
    (quantity(10, "calls", 8, 12), quantity(20, "calls"), quantity(16, "calls", 15, 17), 25),
    (quantity(0, "calls"), quantity(20, "calls"), quantity(16, "calls"), None),
    (minutes(42), UNASKED, minutes(31), None),
    (UNKNOWN, minutes(32), minutes(31), None),
    (minutes(42), minutes(32), UNKNOWN, None),
    (minutes(42), quantity(32, "calls"), minutes(31), None),
    pytest.param(minutes(42), minutes(32), quantity(31, ""), None),
    pytest.param(minutes(42), quantity(32, ""), quantity(31, ""), None),
]
IMPACT: list[Any] = [
    ({}, "pass"),
    ({"gates.kpi_now": minutes(33.6)}, "pass"),
    ({"gates.kpi_now": minutes(34)}, "fail"),
    ({"gates.kpi_now": minutes(43)}, "fail"),
    ({"charter.baseline": ABSENT}, "unproven"),
    *(({item: state}, "unproven") for item in ("charter.baseline", "gates.kpi_now") for state in NOBODY_KNOWS),
    ({"charter.baseline": quantity(10000, "cents"), "charter.target": quantity(8000, "cents"), "gates.kpi_now": quantity(8000, "cents")}, "pass"),
    pytest.param(
        {"charter.baseline": quantity(10000, "cents"), "charter.target": quantity(8000, "cents"), "gates.kpi_now": quantity(8004, "cents")},
        "fail",
    ),
]
STATED: list[Any] = [
    ({"gates.kpi_now": UNASKED, "gates.improvement": 25}, "pass", True),
    ({"gates.kpi_now": UNKNOWN, "gates.improvement": 20}, "pass", True),
    ({"gates.kpi_now": UNKNOWN, "gates.improvement": 12}, "fail", True),
    ({"gates.kpi_now": UNKNOWN, "gates.improvement": 0}, "fail", True),
    ({"gates.kpi_now": UNKNOWN, "gates.improvement": span(18, 30)}, "fail", True),
    ({"charter.target": UNASKED, "gates.improvement": 25}, "pass", True),
    ({"charter.target": ABSENT, "gates.improvement": 25}, "pass", True),
    ({"charter.baseline": ABSENT, "gates.improvement": 40}, "unproven", False),
    ({"charter.baseline": UNKNOWN, "gates.improvement": 40}, "unproven", False),
    ({"charter.baseline": minutes(0), "gates.improvement": 40}, "unproven", False),
    ({"charter.baseline": minutes(0), "gates.kpi_now": UNKNOWN, "gates.improvement": 40}, "unproven", False),
    ({"gates.kpi_now": quantity(31, "calls"), "gates.improvement": 40}, "unproven", False),
    ({"gates.improvement": 10}, "pass", False),
    ({"gates.kpi_now": minutes(40), "gates.improvement": 30}, "fail", False),
]
ADOPTION: list[Any] = [
    ({}, 78, "pass"),
    ({"gates.adoption": 70}, 70, "pass"),
    ({"gates.adoption": 69.5}, 69.5, "fail"),
    ({"gates.adoption": 0}, 0, "fail"),
    ({"gates.adoption": span(68, 75)}, 68, "fail"),
    ({"gates.adoption": span(71, 90)}, 71, "pass"),
    ({"gates.adoption_sustained": weeks(4)}, 78, "pass"),
    ({"gates.adoption_sustained": quantity(28, "days")}, 78, "pass"),
    ({"gates.adoption_sustained": quantity(1, "months")}, 78, "pass"),
    ({"gates.adoption_sustained": weeks(3)}, 78, "unproven"),
    ({"gates.adoption_sustained": quantity(27, "days")}, 78, "unproven"),
    ({"gates.adoption_sustained": weeks(4.5, 3, 6)}, 78, "unproven"),
    ({"gates.adoption_sustained": weeks(0)}, 78, "unproven"),
    *(({"gates.adoption_sustained": state}, 78, "unproven") for state in (*NOBODY_KNOWS, ABSENT)),
    ({"gates.adoption": 40, "gates.adoption_sustained": UNKNOWN}, 40, "fail"),
    *(({"gates.adoption": state}, None, "unproven") for state in NOBODY_KNOWS),
    ({"gates.adoption": Both(78, 55)}, None, "unproven"),
    ({**NO_SHARE, "gates.active_users": 48, "gates.target_users": 60}, 80, "pass"),
    ({**NO_SHARE, "gates.active_users": 30, "gates.target_users": 60}, 50, "fail"),
    ({**NO_SHARE, "gates.active_users": 48}, 80, "pass"),
    ({**NO_SHARE, "gates.active_users": 48, "gates.target_users": 80}, 60, "fail"),
    ({**NO_SHARE, "gates.active_users": 0}, 0, "fail"),
    ({**NO_SHARE, "gates.active_users": 48, "charter.pilot_users": UNASKED}, None, "unproven"),
    ({**NO_SHARE, "gates.active_users": span(40, 50)}, 66.7, "fail"),
    ({**NO_SHARE, "gates.active_users": 45, "gates.target_users": span(60, 70)}, 64.3, "fail"),
    ({"gates.adoption": UNKNOWN, "gates.active_users": 48}, 80, "pass"),
    ({"gates.active_users": 30}, 78, "pass"),
    pytest.param({**NO_SHARE, "gates.active_users": 6996, "gates.target_users": 10000}, 69.96, "fail"),
]
READINESS: list[Any] = [
    ({}, "pass"),
    *(({item: answer}, "fail") for item in REVIEWS for answer in ("no", "partly")),
    *(({item: state}, "unproven") for item in REVIEWS for state in NOBODY_KNOWS),
    ({REVIEWS[0]: Both("yes", "no")}, "unproven"),
    ({REVIEWS[0]: UNKNOWN, REVIEWS[1]: "no"}, "fail"),
    ({REVIEWS[0]: NOT_APPLICABLE}, "pass"),
    (dict.fromkeys(REVIEWS, NOT_APPLICABLE), "unproven"),
    pytest.param({REVIEWS[0]: ABSENT}, "fail"),
]


@pytest.mark.parametrize(("changes", "status"), KPI)
def test_kpi(changes: dict[str, Any], status: str) -> None:
    assert changed(changes).gates["kpi"].status == status


@pytest.mark.parametrize("item", ["charter.baseline_before_launch", "charter.target_before_launch"])
def test_a_figure_not_taken_before_launch_never_passes(item: str) -> None:
    assert changed({item: ABSENT}).gates["kpi"].status != "pass"


def test_none_is_no_measure() -> None:
    assert changed({"charter.kpi": "none"}).verdict == "demo"


@pytest.mark.parametrize(("baseline", "target", "now", "status"), REACHED)
def test_target_reached(baseline: Any, target: Any, now: Any, status: str) -> None:
    assert changed({"charter.baseline": baseline, "charter.target": target, "gates.kpi_now": now}).gates["kpi"].status == status


@pytest.mark.parametrize("state", [NOT_APPLICABLE, ABSENT])
def test_the_kpi_gate_gives_the_true_reason(state: Any) -> None:
    assert "same figure" not in changed({"gates.kpi_now": state}).gates["kpi"].reason


@pytest.mark.parametrize(("baseline", "target", "now", "percent"), IMPROVEMENT)
def test_improvement(baseline: Any, target: Any, now: Any, percent: float | None) -> None:
    found = measure(case({"charter.baseline": baseline, "charter.target": target, "gates.kpi_now": now})).improvement
    assert found == (None if percent is None else pytest.approx(percent, abs=0.05))


@pytest.mark.parametrize(("changes", "status"), IMPACT)
def test_impact(changes: dict[str, Any], status: str) -> None:
    assert changed(changes).gates["impact"].status == status


@pytest.mark.parametrize(("changes", "status", "marked"), STATED)
def test_stated_improvement(changes: dict[str, Any], status: str, marked: bool) -> None:
    gate = changed(changes).gates["impact"]
    assert (gate.status, "as stated" in gate.figures.get("improvement", "")) == (status, marked)


@pytest.mark.parametrize(
    ("stated", "reported"),
    [(25, False), (28, False), (22, False), (28.1, True), (21.9, True), (60, True), (span(24, 30), False), (span(15, 35), False), (span(28.5, 40), True)],
)
def test_a_difference_of_over_three_points_is_reported(stated: Any, reported: bool) -> None:
    gate = changed({"charter.baseline": minutes(40), "gates.kpi_now": minutes(30), "gates.improvement": stated}).gates["impact"]
    assert bool(gate.notes) is reported
    assert "25 %" in gate.figures["improvement"]


@pytest.mark.parametrize(("active", "reported"), [(45, False), (46, False), (44, True), (60, True)])
def test_a_share_that_differs_from_the_counts_is_reported_and_stands(active: int, reported: bool) -> None:
    gate = changed({"gates.active_users": active, "gates.target_users": 60, "gates.adoption": 78}).gates["adoption"]
    assert bool(gate.notes) is reported
    assert (gate.status, gate.figures["rate"]) == ("pass", "78 %")


@pytest.mark.parametrize(("changes", "rate", "status"), ADOPTION)
def test_adoption(changes: dict[str, Any], rate: float | None, status: str) -> None:
    assert adoption(case({**SCALES, **changes})).rate == (None if rate is None else pytest.approx(rate, abs=0.05))
    assert changed(changes).gates["adoption"].status == status


@pytest.mark.parametrize(("changes", "status"), READINESS)
def test_readiness(changes: dict[str, Any], status: str) -> None:
    assert changed(changes).gates["readiness"].status == status


@pytest.mark.parametrize(
    "changes", [{**NO_SHARE, "gates.active_users": 80}, {**NO_SHARE, "gates.active_users": 80, "gates.target_users": 60}, {"gates.adoption": 150}]
)
def test_more_users_than_it_is_meant_for_is_no_share(changes: dict[str, Any]) -> None:
    gate = changed(changes).gates["adoption"]
    assert (gate.status, gate.level, gate.missing[0].item) == ("unproven", None, "gates.target_users")
    assert "cannot be" in gate.notes[0]


@pytest.mark.parametrize(
    ("name", "changes", "says"),
    [
        ("kpi", {"gates.kpi_now": minutes(32.001)}, "32.001 minutes misses the target of 32 minutes."),
        (
            "kpi",
            {"charter.baseline": quantity(0.006, "share"), "charter.target": quantity(0.004, "share"), "gates.kpi_now": quantity(0.0045, "share")},
            "0.45 % misses the target of 0.4 %.",
        ),
        ("impact", {"charter.baseline": minutes(30000), "gates.kpi_now": minutes(24001)}, "An improvement of 19.997 % (computed"),
        ("impact", {"gates.kpi_now": UNKNOWN, "gates.improvement": span(18, 30)}, "An improvement of 18 to 30 % (as stated"),
        ("impact", {"charter.baseline": minutes(0)}, "From a baseline of zero no percentage can be computed."),
        ("adoption", {**NO_SHARE, "gates.active_users": 20996, "gates.target_users": 29995}, "69.998 % of the intended users"),
        ("adoption", {"gates.adoption": span(60, 80)}, "60 to 80 % of the intended users"),
        ("adoption", {"gates.adoption_sustained": quantity(6, "")}, "78 % use it regularly, but how long that has held is not known."),
    ],
)
def test_a_reason_does_not_contradict_its_result(name: str, changes: dict[str, Any], says: str) -> None:
    gate = changed(changes).gates[name]
    assert gate.status != "pass"
    assert gate.reason.startswith(says)


@pytest.mark.parametrize(
    ("now", "target", "way"),
    [
        (minutes(31), minutes(32), 110),
        (minutes(31, 29, 33), minutes(32), 90),
        (minutes(31, 30, 32), minutes(32), 100),
        (minutes(31), minutes(32, 30, 34), 91.7),
        (minutes(32.001), minutes(32), 99.9),
    ],
)
def test_how_far_the_target_is_reached_goes_by_the_less_favourable_end(now: Any, target: Any, way: float) -> None:
    level = changed({"gates.kpi_now": now, "charter.target": target}).gates["kpi"].level
    assert level
    assert level.reached == way


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.002, "0.002"),
        (0.0045, "0.0045"),
        (0.05, "0.05"),
        (0.266, "0.27"),
        (-0.0125, "-0.0125"),
        (0, "0"),
        (0.1 + 0.2 - 0.3, "0"),
        (41.999, "42"),
        (1234.5, "1,234.5"),
    ],
)
def test_a_small_figure_is_not_nothing(value: float, text: str) -> None:
    assert number(value) == text


FAILS = [("kpi", row[0]) for row in KPI if row[-1] == "fail"] + [("adoption", {"gates.adoption": 40}), ("impact", {"gates.kpi_now": minutes(40)})]


@pytest.mark.parametrize(("name", "changes"), [*FAILS, *(("readiness", {item: "no"}) for item in REVIEWS)])
def test_a_gate_that_fails_says_why_and_what_to_fix(name: str, changes: dict[str, Any]) -> None:
    gate = changed(changes).gates[name]
    assert gate.status == "fail"
    assert gate.reason
    assert gate.fix


@pytest.mark.parametrize("state", NOBODY_KNOWS)
@pytest.mark.parametrize(
    ("name", "item"),
    [
        *(("kpi", item) for item in KPI_ITEMS),
        *(("readiness", item) for item in REVIEWS),
        ("adoption", "gates.adoption"),
        ("adoption", "gates.adoption_sustained"),
        ("impact", "gates.kpi_now"),
    ],
)
def test_a_gate_that_is_unproven_names_what_is_missing_and_who_knows(name: str, item: str, state: Any) -> None:
    missing = {one.item: one for one in changed({item: state}).gates[name].missing}
    assert missing[item].who == GUIDE.items[item].who
    assert missing[item].label in changed({item: state}).gates[name].reason or name == "adoption"


def test_every_gate_is_unproven_while_nothing_is_known() -> None:
    assert {gate.status for gate in judged({}).gates.values()} == {"unproven"}


def test_a_gate_shows_the_words_it_rests_on() -> None:
    quotes = {one.item for one in changed({}).gates["kpi"].evidence}
    assert quotes == set(KPI_ITEMS)


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ({"charter.baseline_before_launch": "no"}, "charter.baseline_before_launch"),
        ({"charter.target_before_launch": "partly"}, "charter.target_before_launch"),
        ({"charter.kpi_kind": "model"}, "charter.kpi_kind"),
        ({}, "gates.kpi_now"),
    ],
)
def test_the_words_that_decided_a_gate_come_first(change: dict[str, Any], first: str) -> None:
    assert changed(change).gates["kpi"].evidence[0].item == first
