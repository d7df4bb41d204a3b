"""What the model costs: by turn and interview, the ceilings, and conversations saved before any of that was counted."""

import pytest

from agent.conversation import SCHEMA_VERSION, Conversation, restore
from agent.errors import StorageError
from agent.settings import settings
from agent.usage import NOTHING_USED, Usage, cost, shown
from tests.model.conftest import told_by_the_scenario

OPENING = "We have an AI pilot here."


def test_cost_is_by_the_longest_name_that_fits() -> None:
    assert cost("gpt-4.1-mini-2026-01-01", prompt=1_000_000, cached=500_000, completion=0) == pytest.approx(0.2 + 0.05)
    assert cost("gpt-4.1", prompt=0, cached=0, completion=1_000_000) == 8.0
    assert cost("qwen", prompt=1_000, cached=0, completion=10) is None


def test_sum_with_a_call_without_price_has_no_price() -> None:
    together = Usage(calls=1, prompt=10, cost=0.5) + Usage(calls=1, prompt=5, cost=None)
    assert together.prompt == 15 and together.cost is None and "no price known" in shown(together)
    assert NOTHING_USED + NOTHING_USED == NOTHING_USED


def test_ceiling_of_an_interview(serve, talking, say) -> None:
    stand_in = serve()
    interview = talking(stand_in, PILOTCHECK_TOKEN_LIMIT_INTERVIEW="2000")
    replies = say(interview, OPENING, "Sixty clerks.", "Well, sixty clerks, later nine hundred.", "It started on 1 September 2026.")
    assert len(stand_in.seen) == 2, "what began below the ceiling is finished"
    assert ["used up" in reply.text for reply in replies] == [False, False, True, False], "it is said once"
    assert say(interview, "what counts as sustained?")[0].text and len(stand_in.seen) == 2
    say(interview, OPENING, thread="another")
    assert len(stand_in.seen) == 3, "another interview has its own"


def test_interview_finishes_at_the_ceiling(serve, talking) -> None:
    outcome = told_by_the_scenario(talking(serve(), PILOTCHECK_TOKEN_LIMIT_INTERVIEW="9000"))
    assert outcome.done and outcome.verdict_right and 9000 <= outcome.usage.tokens < 12_000


def test_ceiling_of_a_day_holds_for_all_processes(serve, talking, say) -> None:
    stand_in = serve()
    one, other = (talking(stand_in, PILOTCHECK_TOKEN_LIMIT_DAY="3000") for _ in range(2))
    say(one, OPENING, thread="one")
    say(other, OPENING, thread="other")
    assert len(stand_in.seen) == 2
    assert "used up" in say(one, OPENING, thread="third")[0].text and len(stand_in.seen) == 2
    assert one.storage.tokens(one.today()) == sum(talk.conversation(thread).usage.tokens for talk, thread in ((one, "one"), (other, "other")))


def test_conversation_of_version_1_is_taken_up(interview, say) -> None:
    say(interview, OPENING)
    now = interview.conversation("t")
    old = now.model_dump(mode="json")
    for name in ("language", "told"):
        del old[name]
    for turn in old["turns"]:
        del turn["usage"]
    assert restore({**old, "schema_version": 1}) == now
    assert restore({**old, "schema_version": 1}).schema_version == SCHEMA_VERSION
    with pytest.raises(StorageError, match="newer"):
        restore({**old, "schema_version": SCHEMA_VERSION + 1})
    assert Conversation().usage == NOTHING_USED


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PILOTCHECK_TOKEN_LIMIT_DAY", "lots"),
        ("PILOTCHECK_TOKEN_LIMIT_INTERVIEW", "-5"),
        ("PILOTCHECK_MODEL_TIMEOUT", "soon"),
        ("PILOTCHECK_MODEL_TIMEOUT", "0"),
    ],
)
def test_setting_that_cannot_be_used_says_so(variable, value) -> None:
    with pytest.raises(Exception, match=f"{variable} is '{value}'; write"):
        settings({variable: value, "OPENAI_API_KEY": "sk-never-shown"})


@pytest.mark.parametrize(
    ("reader", "variables", "reads"),
    [
        ("auto", {}, False),
        ("auto", {"OPENAI_API_KEY": "k"}, True),
        ("auto", {"OPENAI_BASE_URL": "http://x/v1"}, True),
        ("builtin", {"OPENAI_API_KEY": "k"}, False),
        ("llm", {}, True),
    ],
)
def test_who_reads(reader, variables, reads) -> None:
    assert settings(variables).model_copy(update={"reader": reader}).with_model is reads
