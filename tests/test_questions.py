"""The next question: never about what is known, once more at most, conflicts first, and an end."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.conversation import Asked, Conversation
from agent.items import Item, guide
from agent.judging.case import Case
from agent.judging.verdict import quick_verdict
from agent.questions import Next, asked, minutes_left, next_question
from agent.record import Record, Said, Statement

TODAY = date(2026, 11, 21)
GUIDE = guide()
some_examples = settings(derandomize=True, max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


def value(item: Item) -> Any:
    """Return the item's good answer."""
    figures = {"charter.baseline": 42, "charter.target": 32, "gates.kpi_now": 31, "gates.active_users": 40}
    return {
        "text": "claims", "choice": item.options[:1] and item.options[0], "answer": "no" if item.id == "culture.shadow_ai" else "yes", "count": figures.get(item.id, 50), "percent": 80,
        "quantity": {"value": figures.get(item.id, 1), "unit": "minutes"}, "money": {"amount": 0.02, "currency": "EUR"}, "duration": {"value": 6, "unit": "weeks"},
        "date": "2026-09-01", "party": item.label, "list": ["one"],
    }[item.kind]  # fmt: skip


GOOD = {item.id: value(item) for item in GUIDE.items.values()}
GATES = {item: GOOD[item] for item in GUIDE.items if item.startswith(("charter.", "gates."))}


def told(values: dict[str, Any], state: Said = "known", record: Record | None = None) -> Record:
    record = record or Record()
    for item, one in values.items():
        record = record.take(Statement(item=item, state=state, value=one if state == "known" else None, quote=f"{item}: {one}"))
    return record


def upcoming(record: Record, **conversation: Any) -> Next | None:
    return next_question(Case(record, GUIDE, TODAY), Conversation(record=record, **conversation))


def interview(record: Record, answer: dict[str, Any], **conversation: Any) -> tuple[list[Next], Record]:
    """Ask until nothing is worth asking; items without an answer stay unheard. Return what was asked and the record."""
    talk = Conversation(**conversation)
    questions: list[Next] = []
    while question := next_question(Case(record, GUIDE, TODAY), talk):
        questions.append(question)
        assert len(questions) < 200, "the interview does not end"
        now = asked(question, len(questions))
        talk = talk.with_(asked=(*talk.asked, now), open=now)
        record = told({item: answer[item] for item in question.items if item in answer and not record.heard(item)}, record=record)
    return questions, record


entries = st.fixed_dictionaries({}, optional={item: st.sampled_from(["known", "unknown", "absent"]) for item in GUIDE.items})


@some_examples
@given(entries)
def test_never_asks_what_was_heard(states: dict[str, Said]) -> None:
    record = Record()
    for item, state in states.items():
        record = told({item: GOOD[item]}, state, record)
    questions, _ = interview(record, {})
    figures_that_disagree = {item for one in questions if one.mode == "conflict" for item in one.items}
    assert not {item for one in questions for item in one.items} & set(states) - figures_that_disagree


def test_who_answers_everything_is_asked_everything_once() -> None:
    questions, record = interview(Record(), GOOD)
    items = [item for one in questions for item in one.items]
    assert len(items) == len(set(items))
    assert {one.mode for one in questions} == {"question"}
    assert set(GUIDE.items) - set(record.entries) <= {"gates.improvement"}


def test_who_told_everything_is_asked_nothing() -> None:
    assert upcoming(told(GOOD)) is None


def test_a_silent_person_is_asked_again_once_only() -> None:
    questions, _ = interview(Record(), {})
    times = {item: sum(item in one.items for one in questions) for item in GUIDE.items}
    assert set(times.values()) == {2}
    for first, second in zip(questions[::2], questions[1::2], strict=True):
        assert (first.mode, second.mode, first.question) == ("question", "again", second.question)


def test_asks_again_only_for_what_is_left() -> None:
    first = Asked(question="baseline", items=("charter.baseline", "charter.baseline_before_launch"), mode="question", turn=1)
    question = upcoming(told({"charter.baseline": GOOD["charter.baseline"]}), asked=(first,), open=first)
    assert question
    assert (question.mode, question.items) == ("again", ("charter.baseline_before_launch",))


def test_does_not_ask_again_for_what_only_fills_the_report() -> None:
    first = Asked(question="cost", items=("gates.cost_per_request", "gates.cost_ceiling"), mode="question", turn=1)
    question = upcoming(told({"gates.cost_ceiling": "yes"}), asked=(first,), open=first)
    assert question
    assert question.question.id != "cost"


def test_i_do_not_know_is_an_answer() -> None:
    first = Asked(question="baseline", items=("charter.baseline", "charter.baseline_before_launch"), mode="question", turn=1)
    question = upcoming(told(dict.fromkeys(first.items), "unknown"), asked=(first,), open=first)
    assert question
    assert question.question.id != "baseline"


CONFLICTS: list[Any] = [
    ({"gates.adoption": 78, "owners.technical": "Jon Berg"}, {"owners.technical": "Ada King"}, "owners.technical"),
    ({"gates.adoption": 78, "gates.active_users": 30, "gates.target_users": 60}, {}, "gates.adoption"),
    ({**GATES, "gates.kpi_now": {"value": 31, "unit": "calls"}, "gates.active_users": 40, "gates.target_users": 50}, {}, "gates.kpi_now"),
]


@pytest.mark.parametrize(("first", "second", "item"), CONFLICTS)
@pytest.mark.parametrize("depth", ["quick", "full"])
def test_what_does_not_fit_together_is_asked_first_and_once(first: dict[str, Any], second: dict[str, Any], item: str, depth: Any) -> None:
    record = told(second, record=told(first))
    opened = Asked(question="size", items=("charter.pilot_users", "charter.rollout_users", "charter.started_on"), mode="question", turn=1)
    question = upcoming(record, asked=(opened,), open=opened, depth=depth)
    assert question
    assert (question.mode, question.items) == ("conflict", (item,))
    after = upcoming(record, asked=(opened, asked(question, 2)), open=asked(question, 2), depth=depth)
    assert after is None or after.mode != "conflict"


def test_shares_that_agree_are_no_conflict() -> None:
    question = upcoming(told({"gates.adoption": 78, "gates.active_users": 45, "gates.target_users": 60}))
    assert question
    assert question.mode == "question"


SKIPPED = [question.id for question in GUIDE.questions]


@pytest.mark.parametrize("skipped", SKIPPED)
def test_a_skipped_question_is_not_asked(skipped: str) -> None:
    questions, _ = interview(Record(), GOOD, skipped=(skipped,))
    assert skipped not in {one.question.id for one in questions}
    assert len(questions) >= len(GUIDE.questions) - 2


def test_a_question_skipped_while_open_is_not_asked_again() -> None:
    first = Asked(question="size", items=("charter.pilot_users", "charter.rollout_users", "charter.started_on"), mode="question", turn=1)
    question = upcoming(Record(), asked=(first,), open=first, skipped=("size",))
    assert question
    assert question.question.id != "size"


def test_skipping_everything_ends_the_interview() -> None:
    assert upcoming(Record(), skipped=tuple(SKIPPED)) is None


HANGING = [
    ("charter.kpi", ("charter.kpi_kind", "gates.kpi_now")),
    ("charter.baseline", ("charter.baseline_before_launch",)),
    ("charter.target", ("charter.target_before_launch",)),
    ("owners.production", ("owners.production_in_room",)),
]


@pytest.mark.parametrize(("absent", "hanging"), HANGING)
def test_what_hangs_on_an_absent_item_is_never_asked(absent: str, hanging: tuple[str, ...]) -> None:
    record = told({absent: None}, "absent")
    for answer in ({}, {item: one for item, one in GOOD.items() if item != absent}):
        questions, _ = interview(record, answer)
        assert not {item for one in questions for item in one.items} & set(hanging)


def test_what_hangs_on_an_item_is_not_asked_again_either() -> None:
    first = Asked(question="baseline", items=("charter.baseline", "charter.baseline_before_launch"), mode="question", turn=1)
    question = upcoming(told({"charter.baseline": None}, "absent"), asked=(first,), open=first)
    assert question
    assert question.question.id != "baseline"


@pytest.mark.parametrize("known", [{"gates.adoption": 80}, {"gates.active_users": 40, "gates.target_users": 50}])
def test_adoption_is_asked_one_way(known: dict[str, Any]) -> None:
    questions, _ = interview(told(known), GOOD)
    assert not {item for one in questions for item in one.items} & {"gates.adoption", "gates.active_users", "gates.target_users"}


def test_begins_with_what_the_pilot_is_about() -> None:
    question = upcoming(Record())
    assert question
    assert question.items == ("charter.use_case", "charter.department")


def test_what_can_change_the_verdict_comes_before_what_fills_the_report() -> None:
    questions, _ = interview(Record(), GOOD)
    order = {item: position for position, one in enumerate(questions) for item in one.items}
    assert max(order[item] for item in ("charter.kpi", "charter.baseline", "charter.target")) < min(
        order[item] for item in ("gates.security_review", "gates.adoption")
    )
    assert max(order[item] for item in ("gates.security_review", "gates.adoption", "gates.kpi_now")) < order["owners.technical"]
    assert max(order[item] for item in ("owners.technical", "culture.coalition", "infrastructure.commitment")) < order["friction.data"]


FAILED = {**GATES, "gates.security_review": "no"}
UNPROVEN = {item: one for item, one in GATES.items() if item != "gates.security_review"}


def test_quick_stops_when_a_gate_has_failed() -> None:
    assert quick_verdict(Case(told(FAILED), GUIDE, TODAY)) == "rerun"
    assert upcoming(told(FAILED), depth="quick") is None
    assert upcoming(told(FAILED), depth="full") is not None


def test_quick_stops_at_a_demonstration() -> None:
    record = told({"charter.kpi": None}, "absent", told({"charter.use_case": "claims"}))
    assert quick_verdict(Case(record, GUIDE, TODAY)) == "demo"
    assert upcoming(record, depth="quick") is None


def test_quick_stops_when_a_gate_stays_unproven() -> None:
    record = told({"gates.security_review": None}, "unknown", told(UNPROVEN))
    assert upcoming(record, depth="quick") is None


def test_quick_stops_when_the_organisation_has_to_be_redesigned() -> None:
    record = told({"owners.technical": None}, "absent", told(GATES))
    assert quick_verdict(Case(record, GUIDE, TODAY)) == "redesign"
    assert upcoming(record, depth="quick") is None


def test_quick_does_not_ask_for_a_target_once_a_gate_failed_and_there_is_a_baseline() -> None:
    record = told({"charter.use_case": "claims", "charter.kpi": "handling time", "charter.baseline": GOOD["charter.baseline"], "gates.security_review": "no"})
    assert upcoming(record, depth="quick") is None


def test_quick_asks_on_while_the_verdict_is_open() -> None:
    for record in (Record(), told(UNPROVEN), told(GATES)):
        assert upcoming(record, depth="quick") is not None


def test_quick_is_shorter_and_comes_to_the_same_verdict() -> None:
    quick, quick_record = interview(Record(), GOOD, depth="quick")
    full, full_record = interview(Record(), GOOD)
    assert len(quick) < len(full)
    assert quick_verdict(Case(quick_record, GUIDE, TODAY)) == quick_verdict(Case(full_record, GUIDE, TODAY)) == "scale"


def test_minutes_left_go_down_to_none() -> None:
    everything, nothing = (minutes_left(Case(record, GUIDE, TODAY), Conversation(record=record)) for record in (Record(), told(GOOD)))
    assert 10 < everything < 30
    assert nothing == 0
