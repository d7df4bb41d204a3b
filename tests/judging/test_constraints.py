"""What will stop the rollout: which points, in which order, and the three questions drawn from them."""

from typing import Any

import pytest

from agent.judging.assessment import Assessment
from tests.judging.pilots import ABSENT, GUIDE, SCALES, UNASKED, UNKNOWN, Both, changed, judged, minutes

MANY: dict[str, Any] = {
    "infrastructure.commitment": "no", "infrastructure.exceptions": "partly", "culture.incentives_changed": "no", "culture.coalition": UNKNOWN,
    "capability.support_removed": "no", "owners.technical": ABSENT, "owners.business": UNKNOWN, "owners.maintenance": "no", "gates.security_review": "no",
    "owners.feedback_channel": "partly", "culture.shadow_ai": "yes", "culture.outside_interviews": 2,
}  # fmt: skip
# item, value, what it belongs to, certainty
OPEN: list[Any] = [
    ("infrastructure.commitment", "no", "infrastructure force", 1),
    ("infrastructure.commitment", "partly", "infrastructure force", 0.6),
    ("infrastructure.commitment", UNKNOWN, "infrastructure force", 0.5),
    ("infrastructure.commitment", Both("yes", "no"), "infrastructure force", 0.5),
    ("culture.shadow_ai", "yes", "culture force", 1),
    ("culture.outside_interviews", 0, "culture force", 1),
    ("culture.outside_interviews", 3, "culture force", 0.6),
    ("charter.production_data", "no", "capability force", 1),
    ("gates.load_test", "no", "infrastructure force", 1),
    ("gates.security_review", "no", "readiness gate", 1),
    ("gates.adoption", 40, "adoption gate", 1),
    ("gates.kpi_now", minutes(40), "kpi gate", 1),
    ("charter.kpi", ABSENT, "kpi gate", 1),
    ("charter.target_before_launch", "no", "kpi gate", 1),
    ("owners.technical", ABSENT, "owners", 1),
    ("owners.technical", UNKNOWN, "owners", 0.5),
    ("owners.production", "BackSoft", "owners", 1),
    ("owners.maintenance", "no", "owners", 1),
    pytest.param("owners.technical", "nobody", "owners", 1),
]
SILENT: list[Any] = [
    ("infrastructure.commitment", "yes"), ("infrastructure.commitment", UNASKED), ("culture.shadow_ai", "no"), ("culture.shadow_ai", UNASKED),
    ("culture.outside_interviews", 5), ("gates.adoption", 70), ("gates.kpi_now", minutes(31)), ("owners.technical", UNASKED), ("owners.builder", ABSENT),
]  # fmt: skip


def constraint(found: Assessment, item: str) -> Any:
    return next((one for one in found.constraints if one.item == item), None)


@pytest.mark.parametrize(("item", "value", "belongs_to", "certainty"), OPEN)
def test_an_open_point_is_a_constraint(item: str, value: Any, belongs_to: str, certainty: float) -> None:
    found = constraint(changed({item: value}), item)
    work = GUIDE.items[item].open
    assert work
    assert (found.belongs_to, found.certainty) == (belongs_to, certainty)
    assert (found.title, found.severity, found.lead_weeks, found.first_step, found.owner) == (
        work.constraint,
        work.effect,
        work.weeks,
        work.first_step,
        work.owner,
    )
    assert [words.item for words in found.evidence][:1] == [item]


@pytest.mark.parametrize(("item", "value"), SILENT)
def test_what_is_in_place_or_was_not_asked_is_none(item: str, value: Any) -> None:
    assert constraint(changed({item: value}), item) is None


def test_nothing_heard_means_no_constraint() -> None:
    assert judged({}).constraints == ()


def test_the_ready_pilot_has_none() -> None:
    assert judged(SCALES).constraints == ()


@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"gates.adoption": UNASKED, "gates.active_users": 20, "gates.target_users": 60}, "adoption"),
        ({"gates.kpi_now": UNASKED, "gates.improvement": 5}, "impact"),
    ],
)
def test_a_gate_that_fails_is_a_constraint_whatever_it_failed_by(changes: dict[str, Any], gate: str) -> None:
    found = changed(changes)
    assert found.gates[gate].status == "fail"
    assert found.constraints


def test_the_order_follows_from_figures_that_are_shown() -> None:
    found = changed(MANY).constraints
    assert {one.item for one in found} == set(MANY)
    for one in found:
        assert one.priority == pytest.approx(one.severity * one.certainty * (1 + one.lead_weeks / 26), abs=0.01)
    assert [one.priority for one in found] == sorted((one.priority for one in found), reverse=True)


def test_the_heaviest_surest_and_slowest_comes_first() -> None:
    first = changed(MANY).constraints[0]
    assert (first.item, first.priority) == ("infrastructure.commitment", 8)


def test_equal_points_keep_the_order_of_the_guide() -> None:
    order = list(GUIDE.items)
    found = changed({"infrastructure.access_control": "no", "gates.integration_review": "no"}).constraints
    assert found[0].priority == found[1].priority
    assert [one.item for one in found] == sorted((one.item for one in found), key=order.index)


def test_three_questions_from_three_areas() -> None:
    found = changed(MANY)
    by_question = {one.board_question: one for one in found.constraints}
    assert len(found.executive_questions) == len(set(found.executive_questions)) == 3
    assert len({by_question[question].belongs_to for question in found.executive_questions}) == 3
    assert found.executive_questions[0] == found.constraints[0].board_question


def test_three_questions_from_one_area_where_there_is_no_other() -> None:
    found = changed({"culture.coalition": "no", "culture.users_shape_it": "no", "culture.change_programme": "no", "culture.replacement_message": "no"})
    assert list(found.executive_questions) == [one.board_question for one in found.constraints[:3]]


@pytest.mark.parametrize("gaps", [{}, {"culture.coalition": "no"}])
def test_no_question_without_a_gap_of_its_own(gaps: dict[str, Any]) -> None:
    assert len(changed(gaps).executive_questions) == len(gaps)
