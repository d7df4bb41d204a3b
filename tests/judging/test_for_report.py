"""What only a report has: the first page, the hard questions, and the evidence that has become too old."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from agent.judging import Assessment, assess, assess_for_report
from agent.record import Entry, Record
from knowledge.guidance import load_guidance
from tests.judging.pilots import ABSENT, GUIDE, SCALES, TODAY, UNKNOWN, record
from tests.judging.test_properties import records, some_examples

PILOTS: dict[str, dict[str, Any]] = {
    "empty": {},
    "demo": {"charter.kpi": ABSENT},
    "rerun": {**SCALES, "gates.adoption": 40},
    "unproven": {**SCALES, "gates.security_review": UNKNOWN},
    "redesign": {**SCALES, "owners.production": "BackSoft"},
    "scale": SCALES,
}


def judged(items: dict[str, Any]) -> Assessment:
    return assess_for_report(record(items), GUIDE, TODAY)


@pytest.mark.parametrize("name", PILOTS)
def test_the_first_page_says_it_in_a_line_in_three_and_what_to_do(name: str) -> None:
    found = judged(PILOTS[name])
    page = found.first_page
    assert page
    assert "{" not in page.headline
    assert 1 <= len(page.why) <= 3
    assert page.stops == tuple(one.item for one in found.constraints[:3])
    assert len(page.this_week) <= 3
    assert page.next_date
    assert page.next_date.on > TODAY.isoformat()


def test_the_articles_first_steps_come_with_their_passage_and_only_where_they_are_needed() -> None:
    passages = {one.id for one in load_guidance()}
    assert {one.passage for one in GUIDE.week} <= passages
    page, done = judged({}).first_page, judged({**SCALES, "friction.data": ["scans"]}).first_page
    assert page and done
    assert [one.passages for one in page.this_week] == [(one.passage,) for one in GUIDE.week]
    assert done.this_week == ()


def test_a_hard_question_is_answered_by_what_was_said_and_by_nothing_else() -> None:
    access: dict[str, Any] = {"infrastructure.access_control": "yes", "owners.compliance": "Ines Roth"}
    found = judged({**access, "gates.security_review": "yes", "gates.integration_review": "no"})
    (reviews,) = [one for one in found.hard_questions if "reviews has the system passed" in one.question]
    assert reviews.answer == "Security review: yes. Integration review: no. Not known: compliance review."
    assert (reviews.known, reviews.who) == ("partly", GUIDE.items["gates.compliance_review"].who)
    assert [one.item for one in reviews.evidence] == ["gates.security_review", "gates.integration_review"]


def test_with_nothing_heard_no_hard_question_is_answered() -> None:
    found = judged({}).hard_questions
    assert {one.known for one in found} == {"not known"}
    assert all(one.answer.startswith("Not known: ") and one.who and not one.evidence for one in found)


def test_each_of_them_asks_three_and_the_board_asks_about_this_pilots_gaps() -> None:
    found = judged({**SCALES, "owners.production": "BackSoft", "gates.load_test": UNKNOWN})
    by_whom = {who: [one for one in found.hard_questions if one.asked_by == who] for who in {one.asked_by for one in found.hard_questions}}
    assert {who: len(asked) for who, asked in by_whom.items()} == {"the board": 2, "the CFO": 3, "the CISO": 3, "a line manager": 3}
    assert [one.question for one in by_whom["the board"]] == list(found.executive_questions)


def dated(items: dict[str, Any], day: date) -> Record:
    """Return the record, said on a day."""
    plain = record(items)
    return Record(
        entries={
            item: Entry(standing=tuple(one.model_copy(update={"said_on": day.isoformat()}) for one in entry.standing)) for item, entry in plain.entries.items()
        }
    )


@pytest.mark.parametrize(("weeks", "lapsed"), [(12, False), (14, True)])
def test_figures_lapse_after_a_quarter_and_reviews_do_not(weeks: int, lapsed: bool) -> None:
    items = {"gates.adoption": 80, "gates.security_review": "yes", "charter.baseline_before_launch": "yes"}
    found = assess_for_report(dated(items, TODAY - timedelta(weeks=weeks)), GUIDE, TODAY).lapsed
    assert [one.item for one in found] == (["gates.adoption"] if lapsed else [])
    assert all(one.evidence for one in found)


def test_every_kind_of_evidence_that_ages_is_an_item_of_the_guide() -> None:
    assert set(GUIDE.keeps) <= set(GUIDE.items)
    assert not {item for item in GUIDE.keeps if item.endswith("before_launch")}


@some_examples
@given(records)
def test_a_report_holds_what_a_turn_does(some: Record) -> None:
    full, turn = assess_for_report(some, GUIDE, TODAY), assess(some, GUIDE, TODAY)
    added = ("what_if", "first_page", "hard_questions", "lapsed")
    assert full.model_copy(update={name: getattr(turn, name) for name in added}) == turn
    assert type(full).model_validate_json(full.model_dump_json()) == full
