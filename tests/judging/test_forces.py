"""The three forces and the proof of scale: the share of checks that is open, and the three conditions at day 90."""

from datetime import date
from typing import Any

import pytest

from agent.judging import assess
from tests.judging.pilots import ABSENT, GUIDE, NOT_APPLICABLE, SCALES, UNASKED, UNKNOWN, Both, changed, judged, record, span

CHECKS = {
    "capability": ["charter.production_data", "capability.ordinary_users_tested", "capability.full_mix_tested", "capability.support_removed", "capability.messy_data_tested"],
    "culture": [
        "culture.incentives_changed", "culture.coalition", "culture.users_shape_it", "culture.change_programme",
        "culture.replacement_message", "culture.shadow_ai", "culture.outside_interviews",
    ],
    "infrastructure": [
        "infrastructure.in_workflow", "infrastructure.data_formats", "infrastructure.approvals", "infrastructure.access_control",
        "infrastructure.exceptions", "infrastructure.commitment", "gates.load_test",
    ],
}  # fmt: skip
ANSWERS = {"y": "yes", "p": "partly", "n": "no", "?": UNKNOWN, "!": Both("yes", "no"), "-": NOT_APPLICABLE, ".": UNASKED}
# the answers to a force's checks, one letter each: open, heard, severity
SHARES = [
    ("capability", "yyyyy", 0, 5, "low"),
    ("capability", "nyyyy", 1, 5, "low"),
    ("capability", "ppyyy", 1, 5, "low"),
    ("capability", "npyyy", 1.5, 5, "medium"),
    ("capability", "pppyy", 1.5, 5, "medium"),
    ("capability", "nnyyy", 2, 5, "medium"),
    ("capability", "nnpyy", 2.5, 5, "high"),
    ("capability", "ppppp", 2.5, 5, "high"),
    ("capability", "nnnnn", 5, 5, "high"),
    ("capability", "?yyyy", 1, 5, "low"),
    ("capability", "??yyy", 2, 5, "medium"),
    ("capability", "!pyyy", 1.5, 5, "medium"),
    ("capability", "yyy..", 0, 3, "low"),
    ("capability", "nyy..", 1, 3, "medium"),
    ("capability", "ny...", 1, 2, "unknown"),
    ("capability", "nn...", 2, 2, "unknown"),
    ("capability", ".....", 0, 0, "unknown"),
    ("capability", "-nyyy", 1, 4, "medium"),
    ("capability", "-yyyy", 0, 4, "low"),
    ("infrastructure", "nyyyyyy", 1, 7, "low"),
    ("infrastructure", "npyyyyy", 1.5, 7, "medium"),
    ("infrastructure", "nnnyyyy", 3, 7, "medium"),
    ("infrastructure", "nnnpyyy", 3.5, 7, "high"),
    ("infrastructure", "yyy....", 0, 3, "unknown"),
    ("infrastructure", "yyyy...", 0, 4, "low"),
    ("infrastructure", "nyyy...", 1, 4, "medium"),
    ("infrastructure", "nnyy...", 2, 4, "high"),
]
INTERVIEWS: list[Any] = [
    (0, "open"), (1, "partly"), (3, "partly"), (4, "partly"), (5, "met"), (12, "met"), (span(4, 6), "partly"), (span(5, 8), "met"), (span(0, 2), "open"),
    (UNKNOWN, "open"), (Both(2, 8), "open"), (NOT_APPLICABLE, "not_applicable"), (UNASKED, "unasked"),
]  # fmt: skip
SHADOW_AI: list[Any] = [("no", "met"), ("partly", "partly"), ("yes", "open"), (UNKNOWN, "open"), (NOT_APPLICABLE, "not_applicable"), (UNASKED, "unasked")]
CONDITIONS = {"decisions": "owners.decision_rights", "incentives": "culture.incentives_changed", "infrastructure": "infrastructure.commitment"}
CONDITION: list[Any] = [("yes", "met"), ("partly", "open"), ("no", "open"), (UNKNOWN, "open"), (Both("yes", "no"), "open"), (UNASKED, "unasked")]


@pytest.mark.parametrize(("name", "answers", "opened", "heard", "severity"), SHARES)
def test_share_of_open_checks(name: str, answers: str, opened: float, heard: int, severity: str) -> None:
    force = judged(dict(zip(CHECKS[name], (ANSWERS[letter] for letter in answers), strict=True))).forces[name]
    assert (force.open, force.heard, force.severity) == (opened, heard, severity)
    assert force.share == (pytest.approx(opened / heard, abs=0.001) if heard else None)


@pytest.mark.parametrize("name", CHECKS)
def test_the_checks_of_a_force(name: str) -> None:
    assert sorted(check.item for check in judged({}).forces[name].checks) == sorted(CHECKS[name])


@pytest.mark.parametrize(
    ("item", "value", "status"), [*(("culture.outside_interviews", *row) for row in INTERVIEWS), *(("culture.shadow_ai", *row) for row in SHADOW_AI)]
)
def test_interviews_are_counted_and_shadow_ai_is_reversed(item: str, value: Any, status: str) -> None:
    assert {check.item: check.status for check in judged({item: value}).forces["culture"].checks}[item] == status


def test_shadow_ai_weighs_as_an_open_check() -> None:
    culture = changed({"culture.shadow_ai": "yes", "culture.outside_interviews": 3}).forces["culture"]
    assert (culture.open, culture.severity) == (1.5, "medium")


@pytest.mark.parametrize("name", CONDITIONS)
@pytest.mark.parametrize(("value", "status"), CONDITION)
def test_condition_of_the_proof_of_scale(name: str, value: Any, status: str) -> None:
    proof = changed({CONDITIONS[name]: value}).proof_of_scale
    assert getattr(proof, name) == status
    assert ("Not a scaling plan yet" in proof.reason) is (status != "met")


@pytest.mark.parametrize(
    ("started", "due", "left"),
    [
        ("2026-09-01", "2026-11-30", 9),
        ("2026-08-23", "2026-11-21", 0),
        ("2026-03-01", "2026-05-30", -175),
        ("2026-12-01", "2027-03-01", 100),
        ("2028-01-01", "2028-03-31", 496),
    ],
)
def test_the_proof_of_scale_is_due_90_days_after_the_start(started: str, due: str, left: int) -> None:
    proof = changed({"charter.started_on": started}).proof_of_scale
    assert (proof.due_on, proof.days_left) == (due, left)


@pytest.mark.parametrize("started", [UNASKED, UNKNOWN, ABSENT, Both("2026-09-01", "2026-10-01")])
def test_without_a_start_there_is_no_due_date(started: Any) -> None:
    assert changed({"charter.started_on": started}).proof_of_scale.due_on is None


def test_the_day_of_the_assessment_is_given_not_read_from_a_clock() -> None:
    assert assess(record(SCALES), GUIDE, date(2026, 9, 2)).proof_of_scale.days_left == 89
