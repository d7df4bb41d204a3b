"""Beside a weak model the result is never worse than without one.

weak_model.jsonl holds what Qwen2.5-Coder 1.5B, 4-bit, really said to each message of bakery-orders.yaml: dates a day off, "unknown" where it found
nothing, a wish where there was none. What was not recorded is answered by nothing.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.items import guide
from agent.language_model import LanguageModel
from agent.reading.model import ModelReader
from agent.settings import settings
from evals.outcome import Outcome
from evals.person import ScriptedPerson
from evals.scenario import load
from evals.stand_in import Request, StandIn, message_of, reading, sort_of
from evals.talking import talk
from tests.model.saying import claim, reads

HERE = Path(__file__).parent
SCENARIO, RECORDED = HERE / "bakery-orders.yaml", HERE / "weak_model.jsonl"
RESULTS = ("wrong", "missed", "right")


def weak(request: Request) -> str:
    """Say what the weak model said to what stands in the message."""
    if sort_of(request) != "reading":
        return "NOTHING"
    message, said = " ".join(message_of(request).split()), reading([])
    for one in map(json.loads, RECORDED.read_text(encoding="utf-8").splitlines()):
        if " ".join(one["message"].split()) in message:
            heard = json.loads(one["said"])
            said = {**heard, "statements": [*said["statements"], *heard["statements"]]}
    return json.dumps(said)


@pytest.fixture
def outcomes(parts, interview_at, tmp_path) -> Iterator[dict[str, Outcome]]:
    """Return how the scenario ends without the model, with it, and with it alone."""
    scenario, found = load(SCENARIO), {}
    with StandIn(weak) as stand_in:
        model = LanguageModel(settings({**stand_in.environment, "PILOTCHECK_HOME": str(tmp_path)}).model)
        readers = {"without": parts.reader(), "with": ModelReader(guide(), lambda: model, parts.reader()), "alone": ModelReader(guide(), lambda: model, None)}
        for name, reader in readers.items():
            with interview_at(tmp_path / name, reader) as interview:
                found[name] = talk(interview, scenario, ScriptedPerson(scenario), "t")
        yield found


def test_result_is_never_worse_with_a_weak_model_than_without(outcomes) -> None:
    without, with_model, alone = outcomes["without"], outcomes["with"], outcomes["alone"]
    for mine, plain in zip(with_model.items, without.items, strict=True):
        assert RESULTS.index(mine.result) >= RESULTS.index(plain.result), f"{mine.item}: {mine.value} instead of {plain.value}"
    assert with_model.verdict == without.verdict and not with_model.inventions and not with_model.not_verbatim
    assert len(with_model.exchanges) <= len(without.exchanges), "and it takes no longer"
    assert sum(item.result == "right" for item in alone.items) < sum(item.result == "right" for item in without.items), "a weak model it is"


def test_even_alone_a_weak_model_comes_to_an_end_and_invents_nothing(outcomes) -> None:
    assert outcomes["alone"].done and not outcomes["alone"].inventions and not outcomes["alone"].not_verbatim


@pytest.mark.parametrize(("intent", "told"), [
    ("why", "No rule agreed. The owner will decide."), ("question", "Controlling measures it. They're independent."),
    ("finish", "We looked at it for a while and in the end everybody in the two branches agreed that it had to go on like this."),
])  # fmt: skip
def test_a_wish_counts_where_the_words_can_mean_it(serve, talking, say, intent, told) -> None:
    interview = talking(serve(reads(intent=intent, about="charter.kpi")))
    first, second = say(interview, "Our AI pilot sorts motor claims in the claims department.", told)
    assert not second.done and ">" not in second.text and "found nothing" not in second.text


def test_that_a_model_found_nothing_does_not_say_that_the_person_knows_nothing(serve, talking) -> None:
    told = "Throw away less."
    interview = talking(serve(reads(claim("charter.use_case", "", told, "unknown"))))
    interview.say("t", told)
    assert interview.conversation("t").record.state("charter.use_case") != "unknown"
