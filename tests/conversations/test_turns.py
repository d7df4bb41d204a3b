"""How a conversation goes, with a reader that understands everything: back, skip, contradiction, the early result, any order of them."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from agent.errors import InputRefused
from agent.interview import Interview
from agent.items import guide
from tests.conversations.holds import check_reply, loses_nothing
from tests.conversations.plain import answer, answers, plain_interview

FIRST = ("charter.use_case", "charter.department")
SECOND = ("charter.outcome", "charter.kpi", "charter.kpi_kind")


@pytest.fixture
def plain(tmp_path: Path, today: date) -> Iterator[Interview]:
    with plain_interview(tmp_path / "home", today) as opened:
        yield opened


def record(interview: Interview):
    return interview.conversation("t").record


def test_opening_is_not_asked_again(plain, say) -> None:
    told = answers("charter.use_case", "charter.kpi", "gates.adoption", "gates.adoption_sustained", "owners.business")
    asked = set(say(plain, told)[0].asks)
    for _ in range(80):
        reply = say(plain, "hm")[0]
        asked |= set(reply.asks)
        if reply.done:
            break
    assert reply.done
    assert not asked & {"charter.use_case", "charter.kpi", "gates.adoption", "gates.adoption_sustained", "owners.business"}


def test_whole_interview_ends_with_everything_heard(plain, say) -> None:
    reply = say(plain, "hello")[0]
    while not reply.done:
        reply = say(plain, answers(*reply.asks))[0]
    assert all(record(plain).heard(item) for item in ("charter.use_case", "gates.kpi_now", "owners.production", "culture.coalition", "rollout.use_cases"))


def test_what_is_not_understood_is_asked_once_more_and_then_unknown(plain, say) -> None:
    first, again, after = say(plain, "hello", "mumble", "mumble mumble")
    assert set(first.asks) == set(again.asks) == set(FIRST)
    assert not set(after.asks) & set(FIRST)
    assert [record(plain).state(item) for item in FIRST] == ["unknown", "unknown"]
    assert record(plain).said(FIRST[0])[0].quote == "mumble mumble"


def test_what_is_left_of_a_question_is_asked_once_more_where_it_decides(plain, say) -> None:
    say(plain, answers(*FIRST, *SECOND, "charter.target"))
    reply = say(plain, answer("charter.baseline"))[0]
    assert reply.asks == ("charter.baseline_before_launch",)
    reply = say(plain, "mumble")[0]
    assert "charter.baseline_before_launch" not in reply.asks
    assert record(plain).state("charter.baseline_before_launch") == "unknown"


def test_back_reopens_the_question_and_keeps_what_was_said(plain, say) -> None:
    say(plain, "hello", answers(*FIRST))
    before = record(plain)
    reply = say(plain, "/back")[0]
    assert reply.asks == FIRST
    assert record(plain) == before
    say(plain, answer("charter.department", "logistics"))
    assert record(plain).known("charter.department") == "logistics"
    assert record(plain).known("charter.use_case") == before.known("charter.use_case")
    loses_nothing(before, record(plain))


def test_back_twice_then_a_changed_answer_changes_only_that(plain, say) -> None:
    say(plain, "hello", answers(*FIRST), answers(*SECOND))
    before = record(plain)
    once, twice = say(plain, "/back", "/back")
    assert (once.asks, twice.asks) == (SECOND, FIRST)
    say(plain, answer("charter.department", "logistics"))
    changed = {item for item in before.entries if before.value(item) != record(plain).value(item)}
    assert changed == {"charter.department"}


@pytest.mark.parametrize("said", [answers(*FIRST), answer("charter.department", "logistics")])
def test_after_going_back_the_question_that_was_open_comes_again(plain, say, said) -> None:
    say(plain, "hello", answers(*FIRST), "/back")
    assert say(plain, said)[0].asks == SECOND


def test_back_at_the_first_question_says_that_there_is_no_earlier_one(plain, say) -> None:
    assert "no earlier question" in say(plain, "hello", "/back")[1].text


def test_back_before_anything_was_said(plain, say) -> None:
    reply = say(plain, "/back")[0]
    assert "no earlier question" in reply.text
    assert reply.asks == FIRST


def test_back_from_a_contradiction_goes_to_the_question_before_it(plain, say) -> None:
    say(plain, "hello", answers(*FIRST), answers(*SECOND))
    assert say(plain, answer("charter.kpi_kind", "model"))[0].asks == ("charter.kpi_kind",)
    assert say(plain, "/back")[0].asks[0] == "charter.baseline"


def test_skip_and_back(plain, say) -> None:
    say(plain, "hello")
    skipped = say(plain, "/skip")[0]
    assert not set(skipped.asks) & set(FIRST)
    assert not record(plain).entries
    assert say(plain, "/back")[0].asks == FIRST
    say(plain, answers(*FIRST))
    assert all(record(plain).known(item) for item in FIRST)


def test_skipped_questions_do_not_return(plain, say) -> None:
    replies, reply = [], say(plain, "hello")[0]
    while not reply.done:
        replies.append(reply)
        reply = say(plain, "/skip")[0]
    asked = [item for one in replies for item in one.asks]
    assert len(asked) == len(set(asked))
    assert not record(plain).entries


def test_back_from_a_contradiction_returns_to_the_question_it_interrupted(plain, say) -> None:
    say(plain, "gates.adoption: 62", answers(*FIRST))
    assert say(plain, "gates.adoption: 45")[0].asks == ("gates.adoption",)
    assert say(plain, "/back")[0].asks == SECOND
    assert say(plain, answers(*SECOND))[0].asks == ("gates.adoption",), "what nobody has settled comes again"


def test_skipped_contradiction_leaves_its_question(plain, say) -> None:
    question = guide().question_for("gates.adoption")
    say(plain, "gates.adoption: 62", "gates.adoption: 45", "/skip")
    assert question.id not in plain.conversation("t").skipped


# One fact put right or cleared ------------------------------------------------------------------------------------------


def test_one_fact_is_put_right_and_the_open_question_comes_again(plain, say) -> None:
    opened = say(plain, "gates.adoption: 62", answers(*FIRST))[1]
    reply = plain.correct("t", "gates.adoption", "gates.adoption: 45\ngates.improvement: 7", "Maria", turn_id="c1")
    assert (reply.asks, reply.stage, reply.choices) == (opened.asks, opened.stage, opened.choices)
    assert [(one.item, one.value) for one in reply.heard] == [("gates.adoption", 45)]
    entry = record(plain).entries["gates.adoption"]
    assert (entry.value, [said.value for said in entry.history]) == (45, [62])
    assert not record(plain).heard("gates.improvement"), "only the one fact is read"
    assert plain.correct("t", "gates.adoption", "gates.adoption: 45", turn_id="c1").turn == reply.turn, "the same turn counts once"
    assert len(plain.conversation("t").turns) == 3


def test_correction_of_what_is_open_moves_on(plain, say) -> None:
    say(plain, "hello", answers(FIRST[0]))
    assert plain.correct("t", FIRST[1], answers(FIRST[1])).asks == SECOND


def test_correction_settles_a_contradiction(plain, say) -> None:
    say(plain, f"{answers(*FIRST)}\ngates.adoption: 62", "gates.adoption: 45")
    assert plain.correct("t", "gates.adoption", "gates.adoption: 45").asks == SECOND
    assert record(plain).known("gates.adoption") == 45


@pytest.mark.parametrize("text", ["mumble", "gates.adoption: unknown"])
def test_correction_that_cannot_be_read_changes_nothing(plain, say, text) -> None:
    opened = say(plain, "gates.adoption: 62")[0]
    before = record(plain)
    reply = plain.correct("t", "gates.adoption", text)
    assert reply.asks == opened.asks
    assert "stands" in reply.text
    assert record(plain) == before


def test_cleared_fact_is_unheard_and_asked_for_again(plain, say) -> None:
    say(plain, "hello", answers(*FIRST), answers(*SECOND))
    opened = plain.open("t")
    reply = plain.clear("t", SECOND[0])
    assert reply.asks == opened.asks
    assert record(plain).state(SECOND[0]) == "unasked"
    assert all(record(plain).heard(item) for item in (*FIRST, *SECOND[1:]))
    while SECOND[0] not in reply.asks and not reply.done:
        reply = say(plain, answers(*reply.asks))[0]
    assert reply.asks == SECOND[:1]


def test_clearing_one_side_of_the_result_judges_anew(plain, say) -> None:
    say(plain, "gates.adoption: 45", "/finish")
    reply = plain.clear("t", "gates.adoption")
    assert reply.done
    assert reply.verdict == plain.storage.thread("t").verdict == "unproven"
    assert plain.correct("t", "gates.adoption", "gates.adoption: 45").verdict == "rerun"


def test_clearing_what_nobody_said_changes_nothing(plain, say) -> None:
    opened = say(plain, "hello")[0]
    reply = plain.clear("t", "gates.adoption")
    assert reply.asks == opened.asks
    assert "nothing on record" in reply.text


def test_unknown_item_is_refused(plain) -> None:
    with pytest.raises(InputRefused, match="no item"):
        plain.clear("t", "gates.nothing")
    with pytest.raises(InputRefused, match="no item"):
        plain.correct("t", "nothing", "x")


@pytest.mark.parametrize("digression", ["/why", "/status", "why do you ask?", "what counts as adoption?", "where are we?", "help", "what can I say?"])
def test_digression_keeps_the_question_open(plain, say, digression) -> None:
    opened = say(plain, "hello", answers(*FIRST))[1]
    before = record(plain)
    aside = say(plain, digression)[0]
    assert (aside.asks, aside.stage, aside.choices) == (opened.asks, opened.stage, opened.choices)
    assert aside.text != opened.text
    assert record(plain) == before
    say(plain, digression, digression)
    say(plain, answers(*SECOND))
    assert all(record(plain).known(item) for item in SECOND)


def test_contradiction_gets_one_neutral_question_with_both_quotes(plain, say) -> None:
    say(plain, "gates.adoption: 62")
    asked = say(plain, "gates.adoption: 45")[0]
    assert asked.asks == ("gates.adoption",)
    assert "gates.adoption: 62" in asked.text and "gates.adoption: 45" in asked.text
    assert asked.choices == ("62 %", "45 %", "I don't know")
    assert record(plain).state("gates.adoption") == "conflicting"
    settled = say(plain, "gates.adoption: 45")[0]
    assert "gates.adoption" not in settled.asks
    assert record(plain).known("gates.adoption") == 45
    assert [said.value for said in record(plain).entries["gates.adoption"].history] == [62, 45]


def test_unsettled_contradiction_stays_and_is_not_asked_again(plain, say) -> None:
    say(plain, "gates.adoption: 62", "gates.adoption: 45")
    for _ in range(80):
        reply = say(plain, "no idea")[0]
        assert "gates.adoption" not in reply.asks
        if reply.done:
            break
    assert record(plain).state("gates.adoption") == "conflicting"
    assert plain.assessment("t")[1].gates["adoption"].status != "pass"


def test_question_that_a_contradiction_interrupted_comes_again(plain, say) -> None:
    opened = say(plain, "gates.adoption: 62", answers(*FIRST))[1]
    assert opened.asks == SECOND
    say(plain, "gates.adoption: 45")
    assert say(plain, "gates.adoption: 45")[0].asks == SECOND


def test_correction_is_no_contradiction(plain, say) -> None:
    say(plain, "gates.adoption: 48", "no, gates.adoption: 38")
    assert record(plain).known("gates.adoption") == 38
    say(plain, "no, gates.adoption: 36", "no, gates.adoption: 48")
    assert record(plain).known("gates.adoption") == 48
    assert [said.value for said in record(plain).entries["gates.adoption"].history] == [48, 38, 36]


def test_not_knowing_never_erases_what_was_known(plain, say) -> None:
    say(plain, "gates.adoption: 48", "no, gates.adoption: unknown")
    assert record(plain).known("gates.adoption") == 48


def test_result_can_be_had_at_once_and_the_conversation_goes_on(plain, say) -> None:
    result = say(plain, "gates.adoption: 45", "/finish")[1]
    assert result.done
    assert "70 %" in result.text
    before = record(plain)
    reply = say(plain, "gates.adoption_sustained: {value: 6, unit: weeks}")[0]
    assert not reply.done
    loses_nothing(before, record(plain))
    assert record(plain).known("gates.adoption_sustained") == {"value": 6, "unit": "weeks"}


def test_after_an_early_result_the_question_that_was_open_comes_again(plain, say) -> None:
    say(plain, "hello", "/finish")
    assert say(plain, "gates.adoption: 45")[0].asks == FIRST


def test_after_an_early_result_the_question_that_was_asked_twice_comes_again(plain, say) -> None:
    say(plain, "hello", "mumble", "/finish")
    assert say(plain, "gates.adoption: 45")[0].asks == FIRST


def test_back_after_the_result_opens_the_last_question(plain, say) -> None:
    say(plain, "hello", answers(*FIRST), "/finish")
    assert say(plain, "/back")[0].asks == SECOND


@pytest.mark.parametrize(("question", "answered"), [("what counts as adoption?", "trying it once"), ("where are we?", "on record;")])
def test_questions_after_the_result_are_answered(plain, say, question, answered) -> None:
    reply = say(plain, "hello")[0]
    while not reply.done:
        reply = say(plain, "/skip")[0]
    assert answered in say(plain, question)[0].text


def test_answers_after_the_end_still_count(plain, say) -> None:
    reply = say(plain, "hello")[0]
    while not reply.done:
        reply = say(plain, "/skip")[0]
    say(plain, "gates.adoption: 45")
    assert plain.assessment("t")[1].gates["adoption"].status == "fail"


@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_anything(plain, say, seed) -> None:
    """Say, press, correct, contradict and mumble at random: what must hold holds after every message."""
    chance, items = random.Random(seed), list(guide().items)
    reply = say(plain, "hello")[0]
    for number in range(40):
        if number % 8 == 7:
            reply = plain.clear("t", chance.choice(items))
        told = [chance.choice(items), *chance.sample(reply.asks, min(len(reply.asks), chance.randint(0, 2)))]
        item = chance.choice(told)
        other = "no" if guide().items[item].kind == "answer" else 7 if guide().items[item].kind in ("count", "percent") else None
        moves = [
            answers(*reply.asks) or "hello", answers(*told), answers(*told), answer(item, other), f"no, {answer(item, other)}", f"{item}: unknown",
            "mumble", "/back", "/skip", "/why", "/status", "/finish", "what counts as adoption?", "x" * 60_000,
        ]  # fmt: skip
        move, before = chance.choice(moves), plain.conversation("t")
        with suppress(InputRefused):
            reply = say(plain, move)[0]
            after = plain.conversation("t")
            check_reply(before, reply, after)
            if move.startswith(("/", "what")):
                assert after.record == before.record
