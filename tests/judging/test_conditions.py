"""What made the pilot easier than the organisation will be, the friction ledger, and what is not known."""

from typing import Any

import pytest

from tests.judging.pilots import ABSENT, GUIDE, UNASKED, UNKNOWN, Both, Words, changed, judged

CONDITIONS: list[Any] = [
    ({"charter.team_selection": "volunteers"}, ["self-selected users"]),
    ({"charter.team_selection": "mixed"}, ["self-selected users"]),
    ({"charter.team_selection": "assigned"}, []),
    ({"charter.close_support": "yes"}, ["close support"]),
    ({"charter.close_support": "no"}, []),
    ({"capability.support_removed": "no"}, ["close support"]),
    ({"capability.support_removed": "no", "charter.close_support": "no"}, []),
    ({"charter.hard_cases": "no"}, ["curated cases"]),
    ({"charter.hard_cases": "yes", "charter.case_coverage": 95}, []),
    ({"charter.case_coverage": 30}, ["curated cases"]),
    ({"charter.case_coverage": 0}, ["curated cases"]),
    ({"capability.full_mix_tested": "no"}, ["curated cases"]),
    ({"gates.measured_independently": "no"}, ["favourable measurement"]),
    ({"gates.correction_time": "no"}, ["favourable measurement"]),
    ({"gates.measured_independently": "yes", "gates.correction_time": "yes"}, []),
    ({"charter.production_data": "no"}, ["cleaned data"]),
    ({"friction.data": ["scanned letters"]}, ["cleaned data"]),
    ({"friction.data": [], "charter.production_data": "yes"}, []),
    *(({item: "no"}, ["waived reviews"]) for item in ("gates.security_review", "gates.integration_review", "gates.compliance_review")),
    ({"charter.team_selection": UNKNOWN, "charter.close_support": UNKNOWN, "friction.data": UNKNOWN}, []),
    ({"charter.team_selection": Both("volunteers", "assigned")}, []),
    ({}, []),
    pytest.param(
        {"charter.case_coverage": {"value": 85, "low": 70, "high": 100}},
        ["curated cases"],
    ),
]


@pytest.mark.parametrize(("said", "kinds"), CONDITIONS)
def test_favourable_conditions(said: dict[str, Any], kinds: list[str]) -> None:
    found = judged(said).favourable_conditions
    assert [one.kind for one in found] == kinds
    assert all({words.item for words in one.evidence} == set(said) for one in found)


@pytest.mark.parametrize(
    ("said", "shows"),
    [
        ({"charter.case_coverage": 95, "charter.hard_cases": "no"}, "charter.hard_cases"),
        ({"gates.measured_independently": "yes", "gates.correction_time": "no"}, "gates.correction_time"),
        ({"charter.production_data": "yes", "friction.data": ["scanned letters"]}, "friction.data"),
    ],
)
def test_only_what_shows_the_condition_is_its_evidence(said: dict[str, Any], shows: str) -> None:
    (condition,) = judged(said).favourable_conditions
    assert [words.item for words in condition.evidence] == [shows]


def test_data_that_was_spared_is_not_called_prepared() -> None:
    (spared,) = judged({"charter.production_data": "yes", "friction.data": ["scanned letters"]}).favourable_conditions
    (prepared,) = judged({"charter.production_data": "no", "friction.data": ["scanned letters"]}).favourable_conditions
    assert "ran on data that was prepared" not in spared.reason
    assert "ran on data that was prepared" in prepared.reason


def test_every_item_of_the_audit_is_a_line_of_work() -> None:
    said = {
        "friction.problems": ["refunds"],
        "friction.people": Words(["the night shift", "the works council"], "nobody asked the night shift or the works council"),
        "friction.systems": ["SAP"],
        "friction.data": ["scanned letters", "old policies"],
    }
    ledger = judged(said).friction
    assert [(line.kind, line.what) for line in ledger] == [
        ("problems", "refunds"), ("people", "the night shift"), ("people", "the works council"),
        ("systems", "SAP"), ("data", "scanned letters"), ("data", "old policies"),
    ]  # fmt: skip
    assert all("to be found" in line.owner and line.evidence for line in ledger)
    assert ledger[1].evidence[0].quote == "nobody asked the night shift or the works council"


@pytest.mark.parametrize("nothing", [[], ABSENT, UNKNOWN, UNASKED])
def test_an_empty_audit_is_an_empty_ledger(nothing: Any) -> None:
    assert judged(dict.fromkeys(("friction.problems", "friction.people", "friction.systems", "friction.data"), nothing)).friction == ()


def test_what_is_not_known_comes_with_whom_to_ask() -> None:
    unknown = changed({"gates.kpi_now": UNKNOWN, "owners.technical": UNKNOWN, "culture.coalition": Both("yes", "no"), "owners.business": ABSENT}).unknown
    assert {one.item for one in unknown} == {"gates.kpi_now", "owners.technical", "culture.coalition"}
    assert all((one.ask, one.who) == (GUIDE.items[one.item].ask, GUIDE.items[one.item].who) for one in unknown)
