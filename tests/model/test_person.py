"""The person in a language model's own words: the script decides what is said, and stands in wherever the model does not say it."""

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from agent.interview import Interview
from agent.items import guide
from agent.language_model import LanguageModel
from agent.settings import settings
from evals.figures import Share, figures
from evals.own_words import OwnWords, script_in
from evals.person import ScriptedPerson
from evals.results import read_results
from evals.scenario import SCENARIOS, Gold, Scenario, load
from evals.stand_in import StandIn
from evals.talking import talk
from tests.evals.people import scenario
from ui.cli import main

REWORDED = {
    "We run an AI pilot that sorts letters.": "Letters, that's what our AI pilot sorts.",
    "Fourteen clerks use it.": "It is used by 14 clerks.",
    "Our sponsor is Orla Keane. Verdatext built it.": '"Orla Keane sponsors it, and it was Verdatext who built it."',
}


def told(request: dict[str, Any]) -> str:
    return str(request["messages"][1]["content"])


def rewords(request: dict[str, Any]) -> str:
    """Say what REWORDED has, else the script with a few words before it."""
    script = script_in(told(request))
    return REWORDED.get(script, f"Well, {script}")


@pytest.fixture
def put(serve: Callable[..., StandIn]) -> Callable[..., Any]:
    """Return put(answer, fault), which gives the words of the clerk behind a stand-in, and the stand-in."""

    def put(answer: Any = rewords, fault: str = "", script: Scenario | None = None) -> tuple[OwnWords, StandIn]:
        stand_in = serve(answer, fault)
        patience = "0.5" if fault == "slow" else "20"
        model = LanguageModel(settings({**stand_in.environment, "PILOTCHECK_MODEL_TIMEOUT": patience}).model)
        return OwnWords(script or scenario(), model), stand_in

    return put


def test_a_person_says_the_script_in_their_own_words_and_knows_nothing_else(put: Callable[..., Any]) -> None:
    words, stand_in = put()
    said = words.put("Our sponsor is Orla Keane. Verdatext built it.", "Who pays for it, and who built it?")
    assert said.said == "Orla Keane sponsors it, and it was Verdatext who built it." and not said.fallback
    (seen,) = stand_in.seen
    assert all(part in told(seen.body) for part in ("Who pays for it, and who built it?", "Our sponsor is Orla Keane.", "terse", "Keep: Orla Keane; Verdatext"))
    assert not any(other in json.dumps(seen.body) for other in ("Fourteen", "50 minutes", "rerun")), "what is not asked for is not theirs to tell"


def test_a_person_who_drops_a_figure_says_the_script(put: Callable[..., Any]) -> None:
    words, _ = put(lambda request: "Quite a few clerks use it.")
    said = words.put("Fourteen clerks use it.", "How many?")
    assert (said.said, said.fallback, said.offered) == ("Fourteen clerks use it.", "a figure left out", "Quite a few clerks use it.")


@pytest.mark.parametrize(
    ("offered", "why"), [("Fourteen clerks use it!", "the same words"), ("The question: How many?\n\nYou say: Clerks use it, fourteen.", "the prompt repeated")]
)
def test_words_that_are_nobodys_own_are_not_counted_as_such(put: Callable[..., Any], offered: str, why: str) -> None:
    words, _ = put(lambda request: offered)
    assert words.put("Fourteen clerks use it.", "How many?").fallback == why


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("slow", "the model: slow"), ("closed", "the model: down"), ("failing", "the model: failing"), ("denied", "the model: denied"),
        ("empty_text", "the model: empty"), ("truncated", "broken off"), ("rubbish", "a figure left out"),
    ],
)  # fmt: skip
def test_a_model_that_fails_leaves_the_script_and_is_counted(put: Callable[..., Any], fault: str, why: str) -> None:
    words, _ = put(fault=fault)
    said = words.put("Fourteen clerks use it.", "How many?")
    assert (said.said, said.fallback) == ("Fourteen clerks use it.", why) and said.usage.calls == 1


def test_a_whole_conversation_in_own_words(interview: Interview, put: Callable[..., Any]) -> None:
    words, _ = put(lambda request: "Lots." if "Fourteen" in told(request) else rewords(request))
    script = scenario()
    outcome = talk(interview, script, ScriptedPerson(script), "t", words=words)
    assert not outcome.error and outcome.exchanges[0].said == "Letters, that's what our AI pilot sorts."
    found = figures([outcome])
    assert found.fallbacks == {"a figure left out": 1} and found.own_words == Share(count=len(outcome.exchanges) - 1, of=len(outcome.exchanges))
    assert "Fourteen clerks use it." in [one.said for one in outcome.exchanges], "what the model left out was said as scripted"
    assert found.quotes.rate == 1.0, "quotes are spans of what was said, not of the script"
    assert found.person_usage.calls == len(outcome.exchanges) and found.usage.calls == 0


def test_a_button_needs_no_words(interview: Interview, put: Callable[..., Any]) -> None:
    script = scenario(says=(), gold=Gold(items=dict.fromkeys(guide().items, "unknown")))
    words, stand_in = put(script=script)
    outcome = talk(interview, script, ScriptedPerson(script, clicks=True), "t", words=words)
    clicked = [one for one in outcome.exchanges if one.clicked]
    assert clicked and all(one.worded is None for one in clicked) and len(stand_in.seen) == len(outcome.exchanges) - len(clicked)


def test_the_command_from_end_to_end(
    serve: Callable[..., StandIn], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def forgets(request: dict[str, Any]) -> str:
        return "It is better now." if "Thirty-four" in script_in(told(request)) else f"Well, {script_in(told(request))}"

    file = SCENARIOS / "seed-returns.yaml"
    assert "Thirty-four" in " ".join(one.text for one in load(file).says)
    with monkeypatch.context() as patched:
        stand_in = serve(forgets)
        for name, value in stand_in.environment.items():
            patched.setenv(name, value)
        arguments = ["eval", str(file), "--person", "llm", "--reader", "builtin", "--workers", "1"]
        assert main([*arguments, "--json", f"{tmp_path}/a.json", "--html", f"{tmp_path}/a.html"]) == 0
    printed, page = capsys.readouterr().out, unescape((tmp_path / "a.html").read_text())
    (group,) = read_results(tmp_path / "a.json").groups
    assert group.figures.own_words.of == len(stand_in.seen) == group.figures.own_words.count + group.figures.fallbacks["a figure left out"]
    counted = ("in own words", "the person's model", "as scripted instead", "a figure left out")
    assert [one for one in counted if one not in printed or one not in page] == []
    assert "the person talks in a language model's own words" in page and "It is better now." in page
    assert {one.sort for one in stand_in.seen} == {"person"}, "the built-in reader read"


@pytest.mark.parametrize(("more", "message"), [((), "needs a language model"), (("--typos",), "goes without --typos")])
def test_what_a_model_cannot_do_as_the_person_is_refused(
    more: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1" if more else "")
    assert main(["eval", str(SCENARIOS / "seed-returns.yaml"), "--person", "llm", *more]) == 1
    assert message in capsys.readouterr().err
