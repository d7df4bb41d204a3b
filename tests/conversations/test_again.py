"""Judged again: a conversation that starts from the last record, what moved, what the rollout came to, and a report that can be verified."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.conversation import SCHEMA_VERSION, Conversation, restore
from agent.errors import InputRefused, ThreadNotFound
from agent.interview import Interview
from agent.items import guide
from agent.judging.case import Case
from agent.judging.scoring import Actual
from agent.portfolio import as_html, as_text
from agent.reassessing import to_ask
from agent.reports import render
from agent.reproducing import verify
from tests.conversations.plain import NoLibrary, plain_interview

TODAY = date(2026, 11, 21)
EARLIER, LATER = TODAY - timedelta(weeks=7), TODAY + timedelta(weeks=15)
FIRST = "\n".join(
    (
        'charter.use_case: claims', 'charter.kpi: handling time', 'charter.kpi_kind: business', 'charter.baseline: {value: 40, unit: minutes}',
        'charter.target: {value: 30, unit: minutes}', 'gates.kpi_now: {value: 30, unit: minutes}', 'gates.adoption: 60', 'gates.security_review: "no"',
        'gates.integration_review: "yes"', 'owners.business: Maria Lopez', 'charter.baseline_before_launch: "yes"', 'charter.rollout_users: 500',
    )
)  # fmt: skip


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Interview]:
    with plain_interview(tmp_path, TODAY) as interview:
        interview.say("claims", FIRST)
        yield interview


def document(talk: Interview, thread: str = "claims", **options: Any) -> dict[str, Any]:
    conversation, found = talk.assessment(thread, **options)
    return dict(json.loads(render("json", conversation, found, talk.guide)))


def test_it_asks_for_what_has_lapsed_and_what_was_open_and_keeps_the_rest(talk: Interview) -> None:
    reply = talk.again("claims", "claims-2", today=LATER)
    record = talk.conversation("claims-2").record
    assert not record.heard("gates.adoption") and not record.heard("gates.security_review")
    assert record.known("owners.business") == "Maria Lopez" and record.known("gates.integration_review") == "yes"
    assert reply.asks
    assert talk.conversation("claims").record.known("gates.adoption") == 60


@pytest.mark.parametrize(
    ("said", "anew"),
    [
        ("gates.adoption: 80\ngates.kpi_now: {value: 30, unit: minutes}\ncharter.baseline: {value: 40, unit: minutes}", ["gates.kpi_now", "gates.adoption"]),
        ("gates.active_users: 12\ngates.target_users: 50\nowners.business: Maria Lopez", ["gates.active_users", "gates.target_users"]),
        ('gates.security_review: "partly"\ngates.compliance_review: "yes"', ["gates.security_review"]),
        (
            "charter.kpi: accuracy\ncharter.kpi_kind: model\ncharter.baseline: {value: 80, unit: percent}",
            ["charter.kpi", "charter.kpi_kind", "charter.baseline"],
        ),
    ],
)
def test_on_the_day_to_judge_again_it_asks_for_what_moves(tmp_path: Path, said: str, anew: list[str]) -> None:
    with plain_interview(tmp_path, TODAY) as talk:
        talk.say("pilot", said)
        record = talk.conversation("pilot").record
    assert set(to_ask(Case(record, guide(), TODAY + timedelta(days=90)))) == set(anew)


def test_a_quote_of_the_first_time_still_leads_to_its_message(talk: Interview) -> None:
    talk.again("claims", "claims-2", today=LATER)
    after = talk.conversation("claims-2")
    for said in after.record.said("owners.business"):
        assert said.quote in after.turns[said.turn - 1].text


def test_the_report_says_what_moved_since(talk: Interview) -> None:
    talk.again("claims", "claims-2", today=LATER)
    talk.say("claims-2", "gates.adoption: 75\ngates.adoption_sustained: {value: 6, unit: weeks}", today=LATER)
    _, found = talk.assessment("claims-2", LATER)
    since = found.since_last_time
    assert since
    assert (since.before_on, since.after_on) == (TODAY.isoformat(), LATER.isoformat())
    assert ("adoption gate", "fail", "pass", True) in [(one.part, one.before, one.after, one.better) for one in since.moved]
    assert "The security review is not closed" in since.unheard


def test_a_name_that_is_taken_and_a_thread_that_is_not_there(talk: Interview) -> None:
    with pytest.raises(InputRefused, match="already"):
        talk.again("claims", "claims")
    with pytest.raises(ThreadNotFound):
        talk.again("nobody-knows")
    with pytest.raises(ThreadNotFound):
        talk.again("nobody-knows", owner="ana")


def test_it_belongs_to_whom_it_belonged(talk: Interview) -> None:
    talk.say("hers", "charter.use_case: yard", owner="ana")
    talk.again("hers", "hers-2", today=LATER)
    assert talk.storage.thread("hers-2").owner == "ana"


def test_the_portfolio_shows_the_newest_of_each_pilot(talk: Interview) -> None:
    talk.say("yard", 'charter.use_case: <b>yard</b>\ngates.security_review: "no"')
    talk.again("claims", "claims-2", today=LATER)
    found = talk.portfolio(TODAY)
    assert [one.id for one in found.pilots] == ["claims-2", "yard"]
    assert "<b>yard</b>" not in as_html(found) and "&lt;b&gt;yard" in as_html(found)
    assert "claims-2" in as_text(found)


def test_a_constraint_of_two_pilots_is_shared(talk: Interview) -> None:
    talk.say("yard", 'gates.security_review: "no"')
    assert ("The security review is not closed", 2) in talk.portfolio(TODAY).shared


def test_actual_figures_are_kept_and_score_the_projection(talk: Interview) -> None:
    first = talk.record_actual("claims", Actual(on=LATER.isoformat(), improvement=3, adoption=99))
    assert [(one.name, one.inside) for one in first] == [("improvement", True), ("adoption", False)]
    talk.record_actual("claims", Actual(on=LATER.isoformat(), improvement=90))
    assert len(talk.assessment("claims")[1].scores) == 3


def test_a_figure_is_scored_by_what_was_projected_before_it_came(talk: Interview) -> None:
    talk.say("claims", "gates.adoption: 90", today=LATER, decides=True)
    earlier, between, after = (talk.record_actual("claims", Actual(on=day.isoformat(), adoption=55)) for day in (EARLIER, TODAY + timedelta(weeks=1), LATER))
    assert earlier == ()
    assert [one.projected_on for one in between] == [TODAY.isoformat()]
    assert [one.projected_on for one in after] == [TODAY.isoformat(), LATER.isoformat()]


# A report that can be made again ---------------------------------------------------------------------------------------------


def test_a_report_holds_as_long_as_nobody_changes_it(talk: Interview) -> None:
    for options in ({}, {"assumptions": {"adoption": 0.4}}):
        found = verify(document(talk, **options), guide(), NoLibrary())
        assert (found.holds, found.changed, found.differs) == (True, (), ())


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("assessment", "verdict"), "scale", 'assessment.verdict: the file has "scale", the rules give "rerun"'),
        (("assessment", "gates", "adoption", "status"), "pass", "assessment.gates.adoption.status"),
        (("assessment", "constraints"), [], "assessment.constraints"),
        (("assessment", "manifest", "assumptions"), {"adoption": 0.9}, "assessment.projection"),
        (("record", "gates.adoption", "value"), 80, "record.gates.adoption.value: the file has 80, the rules give 60"),
        (("history", "gates.adoption", "standing", 0, "value"), 80, "history: it is not the record"),
    ],
)
def test_a_changed_report_does_not_hold_and_says_where(talk: Interview, path: tuple[Any, ...], value: Any, says: str) -> None:
    report = document(talk)
    inner: Any = report
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    found = verify(report, guide(), NoLibrary())
    assert not found.holds
    assert any(one.startswith(says) for one in found.changed), found.changed


def test_a_report_made_with_another_guide_says_so(talk: Interview) -> None:
    report = document(talk)
    report["assessment"]["manifest"]["guide"] = "0" * 64
    found = verify(report, guide(), NoLibrary())
    assert found.holds
    assert found.differs[0].startswith("the guide (000000000000 then")


@pytest.mark.parametrize("other", [{}, [], "text", {"record": {}, "assessment": {}}, {"history": {}, "assessment": {"manifest": {}}}])
def test_what_is_no_report_is_refused(other: Any) -> None:
    with pytest.raises(InputRefused, match="no report that can be verified"):
        verify(other, guide(), NoLibrary())


def test_a_conversation_of_the_first_version_goes_on(talk: Interview) -> None:
    old = Conversation(record=talk.conversation("claims").record).model_dump(mode="json")
    for name in ("before", "actuals"):
        old.pop(name)
    found = restore({**old, "schema_version": 1})
    assert (found.schema_version, found.before, found.actuals) == (SCHEMA_VERSION, None, ())
    assert found.record == talk.conversation("claims").record
