"""The full path over real HTTP: one structured call a turn, what it understood held against the words, and what it cost."""

import json

import pytest

from agent.items import guide
from agent.judging import assess
from tests.model.conftest import told_by_the_scenario
from tests.model.saying import claim, reads

OPENING = "We have an AI pilot here."
MOST_PROMPT, LEAST_STABLE = 1_800, 0.6


def test_whole_interview_through_the_model(serve, talking, today) -> None:
    stand_in = serve()
    interview = talking(stand_in)
    outcome = told_by_the_scenario(interview)
    conversation = interview.conversation("t")
    assert outcome.passed and outcome.usage == conversation.usage
    assert {item.result for item in outcome.items} == {"right"}
    assert len(stand_in.seen) == len(conversation.turns), "one call a turn"
    prompts = sum(one.prompt for one in stand_in.seen)
    assert prompts / len(stand_in.seen) <= MOST_PROMPT
    assert sum(one.stable for one in stand_in.seen) / prompts >= LEAST_STABLE
    assert conversation.usage.prompt == prompts
    assert conversation.usage.calls == len(stand_in.seen)


def test_same_record_same_assessment_with_and_without_a_model(serve, talking, interview, say, today) -> None:
    told = "The security review is passed."
    read = talking(serve(reads(claim("gates.security_review", "yes", told))))
    for one in (read, interview):
        say(one, OPENING, told)
    mine, theirs = (assess(one.conversation("t").record, guide(), today) for one in (read, interview))
    assert mine.gates["readiness"] == theirs.gates["readiness"]
    assert read.conversation("t").record.value("gates.security_review") == "yes"


def test_call_is_structured_and_carries_what_was_asked(serve, talking, say) -> None:
    stand_in = serve()
    say(talking(stand_in), OPENING, "Sixty clerks, later nine hundred.")
    body = stand_in.seen[1].body
    assert body["response_format"]["type"] == "json_schema" and body["response_format"]["json_schema"]["strict"]
    system, turn = (message["content"] for message in body["messages"])
    assert "Sixty clerks" in turn and "Sixty clerks" not in system
    assert OPENING not in turn, "the history is not sent"
    assert system == stand_in.seen[0].body["messages"][0]["content"], "the prefix is the same in every call"
    assert all(item.partition(".")[2] in system for item in guide().items)


def test_click_needs_no_call(serve, talking, say) -> None:
    stand_in = serve()
    interview = talking(stand_in)
    reply = say(interview, OPENING)[0]
    while reply.choices[:1] != ("Yes",):
        reply = say(interview, "/skip")[0]
    calls = len(stand_in.seen)
    reply = say(interview, "Yes")[0]
    assert len(stand_in.seen) == calls
    assert [(one.value, one.quote) for one in reply.heard] == [("yes", "Yes")]


@pytest.mark.parametrize("fault", ["fenced", "no_schema"])
def test_servers_that_are_not_quite_openai(serve, talking, say, fault) -> None:
    stand_in = serve(reads(claim("gates.security_review", "yes", "security review is passed")), fault=fault)
    interview = talking(stand_in)
    say(interview, OPENING, "Well, the security review is passed.", "The security review is passed, as I said.")
    assert interview.conversation("t").record.value("gates.security_review") == "yes"
    if fault == "no_schema":
        assert [bool(one.body.get("response_format")) for one in stand_in.seen] == [True, False, False, False], "it is asked without a schema from then on"


def test_usage_is_shown(serve, talking, say) -> None:
    interview = talking(serve())
    say(interview, OPENING)
    usage = interview.conversation("t").turns[0].usage
    assert usage.calls == 1 and usage.prompt > 1000 and usage.completion > 5 and usage.cost > 0
    assert json.loads(interview.conversation("t").model_dump_json())["turns"][0]["usage"]["prompt"] == usage.prompt


def test_greeting_says_who_reads(serve, talking, interview) -> None:
    assert "gpt-4.1-mini at 127.0.0.1" in talking(serve()).open("t").text
    assert "language model" not in interview.open("t").text
