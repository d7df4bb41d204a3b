"""A real conversation as a scenario: exported, read, held again, it ends where it ended."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.interview import Interview
from agent.items import guide
from evals.from_conversation import as_scenario
from evals.person import ScriptedPerson
from evals.scenario import SCENARIOS, Scenario, load
from evals.talking import talk

TALKS = ["seed-returns", "vet-notes", "transfer-credits"]


def exported(interview: Interview, thread: str, folder: Path) -> Scenario:
    conversation, assessment = interview.assessment(thread)
    path = folder / f"{thread}.yaml"
    path.write_text(as_scenario(thread, conversation, assessment, guide()), encoding="utf-8")
    return load(path, guide())


@pytest.mark.parametrize("name", TALKS)
def test_a_conversation_exported_and_held_again_has_the_same_result(interview: Interview, tmp_path: Path, name: str) -> None:
    script = load(SCENARIOS / f"{name}.yaml")
    first = talk(interview, script, ScriptedPerson(script), "first")
    again = exported(interview, "first", tmp_path)
    second = talk(interview, again, ScriptedPerson(again), "second")
    assert [(one.said, one.asks) for one in second.exchanges] == [(one.said, one.asks) for one in first.exchanges]
    assert [item for item in second.items if item.result != "right"] == []
    assert second.passed and second.verdict == first.verdict and len(second.items) > 50


def test_a_probe_a_button_and_a_text_of_several_lines_survive(interview: Interview, say: Callable[..., object], tmp_path: Path) -> None:
    say(
        interview,
        'We run a pilot: "letters".\nIt sorts them.',
        "/why",
        "Hmm.",
        "It's the mail room: 14 clerks # more or less.",
        "/skip",
        "No idea.",
        thread="probed",
    )
    script = exported(interview, "probed", tmp_path)
    assert script.opening == 'We run a pilot: "letters".\nIt sorts them.\n'
    assert (script.says[0].text, script.says[0].again) == ("Hmm.", "It's the mail room: 14 clerks # more or less.")
    assert not any("why" in one.text or "skip" in one.text for one in script.says)


def test_an_empty_record_is_a_scenario_too(interview: Interview, say: Callable[..., object], tmp_path: Path) -> None:
    say(interview, "Hello there.", thread="short")
    script = exported(interview, "short", tmp_path)
    assert script.says == () and script.gold.items == {} and script.gold.verdict == "unproven"
