"""Whole conversations with the built-in reader, as a person sees them, and what must hold in each of them however it is worded.

`UPDATE_GOLDEN=1 pytest tests/conversations` writes the golden files anew; read the difference before you keep it.
"""

import os

import pytest

from agent.items import guide
from agent.judging import assess
from agent.reading.phrases import intent
from tests.conversations.holds import check_reply
from tests.conversations.talking import FOLDER, Step, load, scripts, shown, talk


@pytest.fixture(scope="module")
def real(interview_at, tmp_path_factory):
    """Return one interview for all scripts; each talks in a thread of its own, once."""
    with interview_at(tmp_path_factory.mktemp("conversations")) as opened:
        yield opened


@pytest.fixture(scope="module")
def gone_through(real):
    """Return how each script went, by its name."""
    return {name: talk(real, load(name), name) for name in scripts()}


@pytest.mark.parametrize("name", scripts())
def test_conversation_reads_as_before(real, gone_through, name) -> None:
    seen = shown(real.open("new"), load(name), gone_through[name])
    golden = FOLDER / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8"), "what the person sees has changed; if it is meant: UPDATE_GOLDEN=1 pytest tests/conversations"


@pytest.mark.parametrize("name", scripts())
def test_every_answer_holds(gone_through, name) -> None:
    for step in gone_through[name]:
        check_reply(step.before, step.reply, step.after)


@pytest.mark.parametrize("name", scripts())
def test_digressions_and_buttons_change_nothing_on_record(gone_through, name) -> None:
    for step in gone_through[name]:
        if step.move.press or intent(step.move.person)[0] != "answer":
            assert step.after.record == step.before.record, step.move


def last(steps: list[Step]):
    return steps[-1].after.record


def test_correction_replaces(gone_through) -> None:
    steps = gone_through["correction"]
    assert last(steps).known("gates.adoption") == 38
    assert 48 in [said.value for said in last(steps).entries["gates.adoption"].history]


def test_correction_twice_in_a_row(gone_through) -> None:
    record = last(gone_through["correction-twice"])
    assert record.known("gates.adoption") == 36
    assert [said.value for said in record.entries["gates.adoption"].history] == [48, 38]


def test_correction_cancelled(gone_through) -> None:
    record = last(gone_through["correction-cancelled"])
    assert record.known("gates.adoption") == 48
    assert not record.conflicts()


def test_contradiction_is_settled_by_one_question(gone_through) -> None:
    steps = gone_through["contradiction"]
    asked = [one for one in steps[-1].after.asked if one.mode == "conflict"]
    assert [one.items for one in asked] == [("charter.target",)]
    settling = next(step for step in steps if step.after.open and step.after.open.mode == "conflict")
    assert "32 minutes" in settling.reply.text and "30 minutes" in settling.reply.text
    assert last(steps).known("charter.target") == {"value": 30, "unit": "minutes"}


def test_digressions_leave_the_question_open_for_its_answer(gone_through) -> None:
    steps = gone_through["digressions"]
    aside = [step for step in steps if step.move.press or intent(step.move.person)[0] in ("why", "explain", "status", "help")]
    assert len(aside) >= 4
    assert all(step.reply.asks == step.before.open.items for step in aside)


def test_changed_answer_after_going_back_twice_changes_only_that(gone_through) -> None:
    steps = gone_through["back-twice"]
    before = next(step for step in steps if step.move.press == "back").before.record
    changed = {item for item, entry in before.entries.items() if entry.standing != last(steps).entries[item].standing}
    assert changed == {"charter.baseline"}
    assert last(steps).known("charter.baseline") == {"value": 45, "unit": "minutes"}


@pytest.mark.parametrize("name", ["refuses", "knows-nothing"])
def test_who_says_nothing_gets_an_honest_result(gone_through, today, name) -> None:
    steps = gone_through[name]
    assert steps[-1].reply.done
    assert {entry.state for entry in last(steps).entries.values()} == {"unknown"}
    assert "pass" not in {gate.status for gate in assess(last(steps), guide(), today).gates.values()}


def test_early_result_then_on(gone_through) -> None:
    steps = gone_through["early-result"]
    early = next(index for index, step in enumerate(steps) if step.reply.done)
    assert 0 < early < len(steps) - 2
    assert not steps[early + 1].reply.done
    assert set(steps[early].after.record.entries) < set(last(steps).entries)
