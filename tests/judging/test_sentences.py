"""The sentences behind a result say what was said: two answers, an answer that nobody has, and none at all are different things."""

from datetime import timedelta
from typing import Any

import pytest

from agent.judging import Assessment, assess_for_report
from tests.judging.pilots import ABSENT, GUIDE, NOT_APPLICABLE, SCALES, TODAY, UNKNOWN, Both, changed, minutes, record
from tests.judging.test_for_report import dated

TWO_BASELINES, TWO_TARGETS = Both(minutes(42), minutes(48)), Both(minutes(32), minutes(30))
BOTH_ABSENT = "There is neither a baseline nor a target, so nothing was set up that could be passed."
# baseline, target, why it is a demonstration
NOTHING_TO_PASS: list[Any] = [
    (ABSENT, ABSENT, BOTH_ABSENT),
    (UNKNOWN, UNKNOWN, "Nothing can be passed as it stands: the baseline is not known; the target is not known."),
    (ABSENT, UNKNOWN, "Nothing can be passed as it stands: there is no baseline; the target is not known."),
    (
        TWO_BASELINES,
        TWO_TARGETS,
        "Nothing can be passed as it stands: the baseline is not settled, the answers differ; the target is not settled, the answers differ.",
    ),
]


@pytest.mark.parametrize(("baseline", "target", "reason"), NOTHING_TO_PASS)
def test_a_demonstration_says_what_is_wrong_with_baseline_and_target(baseline: Any, target: Any, reason: str) -> None:
    found = changed({"charter.baseline": baseline, "charter.target": target})
    assert (found.verdict, found.reasons) == ("demo", (reason,))


def test_two_names_for_an_owner_are_both_told() -> None:
    found = changed({"owners.business": Both("Maria Lopez", "Peter Gray")})
    assert found.owners["business"].reason == "Two answers stand: Maria Lopez or Peter Gray."
    (open_point,) = found.constraints
    assert "the answers differ, so it has to be settled first" in open_point.why


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"gates.adoption": Both(40, 80)}, "Two answers stand: 40 % or 80 %."),
        ({"gates.adoption": UNKNOWN}, "Nobody could say how many of the intended users use it regularly."),
        ({"gates.security_review": Both("yes", "no")}, "Not settled, the answers differ: security review."),
        ({"gates.security_review": Both("yes", "no"), "gates.compliance_review": UNKNOWN}, "Not known: compliance review. Not settled, the answers differ: security review."),
    ],
)  # fmt: skip
def test_a_gate_tells_what_nobody_knows_from_what_two_people_say(changes: dict[str, Any], reason: str) -> None:
    gate = changed(changes).gates["adoption" if "gates.adoption" in changes else "readiness"]
    assert (gate.status, gate.reason) == ("unproven", reason)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "no open point was heard."),
        ({"gates.load_test": "no"}, "one point stays open."),
        ({"culture.coalition": "no", "owners.maintenance": "no", "owners.feedback_channel": "no"}, "3 points stay open."),
    ],
)
def test_ready_for_a_rollout_says_how_much_stays_open(changes: dict[str, Any], told: str) -> None:
    found = for_report(changes)
    assert found.verdict == "scale"
    assert found.first_page
    assert found.first_page.headline.endswith(f"no owner is missing and no force is high; {told}")


@pytest.mark.parametrize(("weeks", "old"), [(12, False), (14, True)])
def test_gates_that_are_passed_on_old_words_say_so_first(weeks: int, old: bool) -> None:
    page = assess_for_report(dated(SCALES, TODAY - timedelta(weeks=weeks)), GUIDE, TODAY).first_page
    assert page
    assert (page.why[0] == "The gates are passed on what was said too long ago, to be asked again: current value, adoption and level held for.") == old


def test_what_was_said_not_to_apply_was_asked_about() -> None:
    found = for_report({"owners.compliance": NOT_APPLICABLE, "infrastructure.commitment": NOT_APPLICABLE, "owners.decision_rights": "no"})
    assert found.first_page
    assert "(compliance owner said not to apply)" in found.first_page.headline
    assert "compliance owner: Said not to apply." in found.reasons
    lacking = "it lacks who decides what, with the AI in the loop. Said not to apply: a timeline from the infrastructure team."
    assert found.proof_of_scale.reason == f"Not a scaling plan yet; {lacking}"


def for_report(changes: dict[str, Any]) -> Assessment:
    return assess_for_report(record({**SCALES, **changes}), GUIDE, TODAY)
