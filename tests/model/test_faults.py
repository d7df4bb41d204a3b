"""Everything that goes wrong with a server: the built-in reader takes the turn, the person is told in half a sentence, nothing is lost."""

import logging

import pytest

from agent.breaker import Breaker
from evals.stand_in import FAULTS
from tests.model.conftest import told_by_the_scenario
from tests.model.saying import claim, reads

OPENING = "We have an AI pilot here. 45% of the intended users work with it regularly."
TOLD = {
    "slow": "took too long", "closed": "cannot be reached", "reset": "cannot be reached", "half_body": "cannot be reached", "busy": "too busy",
    "failing": "had a fault", "denied": "turns us away", "refused": "would not read this", "rubbish": "was no use", "wrong_shape": "was no use",
    "html": "was no use", "null_choices": "was no use", "empty_choices": "said nothing", "empty_text": "said nothing",
}  # fmt: skip
READ_ALL_THE_SAME = ("no_schema", "fenced", "truncated", "broken_stream")


def patience(fault: str, seconds: float) -> str:
    """Return how long to wait for a reply: a stand-in that means to be slow need not be waited for, one on a busy machine must."""
    return str(seconds) if fault == "slow" else "20"


def test_every_fault_of_the_stand_in_is_tested() -> None:
    assert {*TOLD, *READ_ALL_THE_SAME} == set(FAULTS)


@pytest.mark.parametrize("fault", TOLD)
def test_built_in_reader_takes_the_turn(serve, talking, say, fault) -> None:
    interview = talking(serve(fault=lambda number: fault if number < 2 else "", slow_seconds=30), PILOTCHECK_MODEL_TIMEOUT=patience(fault, 3))
    first, second, third = say(interview, OPENING, "Sixty clerks use it.", "The pilot started on 1 September 2026.")
    assert TOLD[fault] in first.text
    assert "gates.adoption" in [one.item for one in first.heard], "what the built-in reader hears is heard"
    turns = interview.conversation("t").turns
    assert turns[0].usage.faults == 1 and turns[0].usage.calls == (2 if fault in ("rubbish", "wrong_shape") else 1)
    assert third.text.startswith("Thank you, that helps."), "the next turn tries again"
    assert len(turns) == 3 and turns[0].text == OPENING


@pytest.mark.parametrize("fault", FAULTS)
def test_interview_finishes_with_the_fault_on_every_turn(serve, talking, fault) -> None:
    interview = talking(serve(fault=fault, slow_seconds=3), PILOTCHECK_MODEL_TIMEOUT=patience(fault, 0.2))
    outcome = told_by_the_scenario(interview)
    assert outcome.done and outcome.verdict_right and not outcome.not_verbatim
    assert "missed" not in {item.result for item in outcome.items}


def test_reply_that_was_cut_short_counts_up_to_the_cut(serve, talking, say) -> None:
    told = "Sixty clerks use it, and after the rollout nine hundred would."
    answer = reads(claim("charter.pilot_users", "60", "Sixty clerks use it"), claim("charter.rollout_users", "900", "after the rollout nine hundred would"))
    stand_in = serve(answer, fault="truncated")
    interview = talking(stand_in)
    reply = say(interview, told)[0]
    assert "without it" not in reply.text and len(stand_in.seen) == 1
    assert interview.conversation("t").record.value("charter.pilot_users") == 60


def test_rubbish_is_mended_once(serve, talking, say) -> None:
    told = "The security review is passed."
    stand_in = serve(reads(claim("gates.security_review", "yes", told)), fault=lambda number: "rubbish" if number == 0 else "")
    reply = say(talking(stand_in), told)[0]
    assert "without it" not in reply.text
    first, second = stand_in.seen
    assert "no JSON object" in second.body["messages"][-1]["content"] and second.body["messages"][:2] == first.body["messages"]


def test_key_is_in_no_log_and_no_checkpoint(serve, talking, say, caplog, tmp_path) -> None:
    caplog.set_level(logging.DEBUG)
    stand_in = serve(fault=lambda number: ("denied", "failing", "busy")[number % 3])
    interview = talking(stand_in)
    say(interview, OPENING, "Sixty clerks use it.", "Since September.")
    assert [one for one in caplog.records if one.name == "agent.language_model"]
    key = stand_in.environment["OPENAI_API_KEY"]
    assert not [one.getMessage() for one in caplog.records if key in one.getMessage() or key in str(one.exc_text)]
    assert key not in repr(interview.settings) and key not in interview.settings.model_dump_json()
    assert all(key.encode() not in path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())


# The circuit breaker ----------------------------------------------------------------------------------------------------


def test_dead_server_costs_three_turns_not_all(serve, talking, say) -> None:
    now = [0.0]
    stand_in = serve(fault=lambda number: "failing" if number < 4 else "")
    interview = talking(stand_in, clock=lambda: now[0])
    replies = say(interview, OPENING, *["Well, let me think."] * 4)
    assert len(stand_in.seen) == 3
    assert ["had a fault" in reply.text for reply in replies] == [True, True, True, False, False], "nobody is told again and again"
    now[0] += 61
    say(interview, "Well.", "Hm.")
    assert len(stand_in.seen) == 4, "one call tries, and as it fails the circuit stays open"
    now[0] += 61
    assert say(interview, "Well.")[0].text.startswith("Thank you")
    say(interview, "Hm.")
    assert len(stand_in.seen) == 6, "once one call came through, it is closed"


def test_success_between_faults_keeps_it_closed() -> None:
    breaker = Breaker(clock=lambda: 0.0, most=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()


def test_only_one_call_tries_a_half_open_circuit() -> None:
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0], most=1, rest=10)
    breaker.failed()
    assert not breaker.allows()
    now[0] = 10.0
    assert [breaker.allows(), breaker.allows()] == [True, False]
