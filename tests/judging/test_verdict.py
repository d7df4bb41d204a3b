"""The five verdicts and their order, and completeness."""

from typing import Any

import pytest

from tests.judging.pilots import ABSENT, GUIDE, NOT_APPLICABLE, SCALES, UNASKED, UNKNOWN, Both, changed, judged, minutes, quantity

FAILED_GATE: dict[str, Any] = {"gates.adoption": 40}
UNPROVEN_GATE: dict[str, Any] = {"gates.security_review": UNKNOWN}
NO_OWNER: dict[str, Any] = {"owners.technical": ABSENT}
HIGH_FORCE: dict[str, Any] = dict.fromkeys(("capability.ordinary_users_tested", "capability.full_mix_tested", "capability.support_removed"), "no")
NO_FIGURES: dict[str, Any] = {"charter.baseline": UNKNOWN, "charter.target": ABSENT}

VERDICTS: list[Any] = [
    ({}, "scale"),
    ({"charter.kpi": ABSENT}, "demo"),
    *(({"charter.baseline": one, "charter.target": other}, "demo") for one in (ABSENT, UNKNOWN) for other in (ABSENT, UNKNOWN)),
    ({"charter.baseline": Both(minutes(42), minutes(50)), "charter.target": UNKNOWN}, "demo"),
    ({"charter.baseline": ABSENT, "charter.target": UNASKED}, "rerun"),
    ({"charter.baseline": UNKNOWN, "charter.target": UNASKED}, "unproven"),
    ({"charter.kpi": UNKNOWN}, "unproven"),
    (FAILED_GATE, "rerun"),
    ({"gates.compliance_review": "partly"}, "rerun"),
    ({"gates.kpi_now": minutes(40)}, "rerun"),
    (UNPROVEN_GATE, "unproven"),
    ({"gates.adoption_sustained": UNASKED}, "unproven"),
    (NO_OWNER, "redesign"),
    ({"owners.business": UNKNOWN}, "redesign"),
    ({"owners.compliance": UNASKED}, "redesign"),
    ({"owners.production": "BackSoft"}, "redesign"),
    (HIGH_FORCE, "redesign"),
    (dict.fromkeys(("infrastructure.in_workflow", "infrastructure.data_formats", "infrastructure.approvals", "infrastructure.exceptions"), UNASKED), "redesign"),
    *(({item: answer}, "redesign") for item in ("owners.decision_rights", "culture.incentives_changed", "infrastructure.commitment") for answer in ("no", "partly", UNKNOWN, UNASKED)),
    ({"capability.messy_data_tested": "no", "capability.support_removed": "partly"}, "scale"),
    # the first that holds
    ({"charter.kpi": ABSENT, **FAILED_GATE, **UNPROVEN_GATE, **NO_OWNER}, "demo"),
    ({**NO_FIGURES, **FAILED_GATE, **UNPROVEN_GATE, **NO_OWNER}, "demo"),
    ({**FAILED_GATE, **UNPROVEN_GATE, **NO_OWNER, **HIGH_FORCE}, "rerun"),
    ({**UNPROVEN_GATE, **NO_OWNER, **HIGH_FORCE}, "unproven"),
]  # fmt: skip
ALL: dict[str, Any] = {
    item.id: {
        "text": "claims", "choice": item.options[:1] and item.options[0], "answer": "yes", "count": 8, "percent": 80, "quantity": quantity(4, "calls"),
        "money": {"amount": 0.02, "currency": "EUR"}, "duration": quantity(6, "weeks"), "date": "2026-09-01", "party": "Eva Lind", "list": [],
    }[item.kind]
    for item in GUIDE.items.values()
}  # fmt: skip
SET_ASIDE: list[Any] = [
    ({"charter.kpi": ABSENT}, ("charter.kpi_kind", "gates.kpi_now")),
    ({"charter.baseline": ABSENT}, ("charter.baseline_before_launch",)),
    ({"charter.target": ABSENT}, ("charter.target_before_launch",)),
    ({"owners.production": ABSENT}, ("owners.production_in_room",)),
    ({}, ("gates.improvement",)),
    ({}, ("gates.active_users", "gates.target_users")),
    ({}, ("gates.adoption",)),
]


@pytest.mark.parametrize(("changes", "verdict"), VERDICTS)
def test_verdict(changes: dict[str, Any], verdict: str) -> None:
    found = changed(changes)
    assert found.verdict == verdict
    assert found.reasons


def test_nothing_known_is_unproven() -> None:
    found = judged({})
    assert (found.verdict, found.completeness) == ("unproven", 0)


def test_everything_heard_is_complete() -> None:
    assert judged(ALL).completeness == 1
    assert judged(dict.fromkeys(ALL, UNKNOWN)).completeness == 1


def test_one_item_is_a_little() -> None:
    assert judged({"charter.use_case": "claims"}).completeness == pytest.approx(1 / 79, abs=0.0005)


@pytest.mark.parametrize(("heard", "hanging"), SET_ASIDE)
def test_what_needs_no_answer_is_not_missed(heard: dict[str, Any], hanging: tuple[str, ...]) -> None:
    assert judged({**ALL, **heard, **dict.fromkeys(hanging, UNASKED)}).completeness == 1


@pytest.mark.parametrize("item", ["charter.started_on", "charter.baseline_before_launch", "owners.production_in_room", "gates.kpi_now"])
def test_what_matters_and_was_not_heard_is_missed(item: str) -> None:
    assert judged({**ALL, item: UNASKED}).completeness == pytest.approx(78 / 79, abs=0.0005)


def test_what_does_not_apply_counts_nowhere() -> None:
    assert judged({**ALL, "infrastructure.access_control": NOT_APPLICABLE}).completeness == 1


def test_a_rerun_names_every_gate_that_fails() -> None:
    reasons = " ".join(changed({**FAILED_GATE, "gates.security_review": "no"}).reasons)
    assert all(word in reasons for word in ("adoption", "readiness"))


def test_a_redesign_names_owner_force_and_proof() -> None:
    reasons = " ".join(changed({**NO_OWNER, **HIGH_FORCE, "owners.decision_rights": "no"}).reasons)
    assert all(word in reasons for word in ("technical owner", "capability force", "proof of scale"))


def test_the_ready_pilot_is_ready_in_every_part() -> None:
    found = judged(SCALES)
    assert {gate.status for gate in found.gates.values()} == {"pass"}
    assert {owner.status for owner in found.owners.values()} == {"named"}
    assert {force.severity for force in found.forces.values()} == {"low"}
