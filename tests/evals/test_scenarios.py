"""Scenario files: what comes with Pilotcheck can be read, and a mistake is named before it is counted against the listener."""

from pathlib import Path

import pytest

from agent.items import guide
from agent.judging.verdict import assess
from evals.scenario import SCENARIOS, ScenarioError, find, is_holdout, load
from tests.evals.gold import record_of

SCENARIO = """
id: letters
title: Letters
today: 2026-11-21
voice: terse
opening: We sort letters.
says:
  - about: [charter.pilot_users]
    text: Fourteen.
default: I don't know.
gold:
  items: {charter.pilot_users: 14}
  verdict: demo
"""


def written(folder: Path, old: str = "", new: str = "") -> Path:
    path = folder / "letters.yaml"
    path.write_text(SCENARIO.replace(old, new) if old else SCENARIO, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", find([SCENARIOS]), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_scenario_can_be_read(path: Path) -> None:
    assert load(path, guide()).gold.verdict


@pytest.mark.parametrize("path", find([SCENARIOS]), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_verdict_of_the_gold_follows_from_its_items(path: Path) -> None:
    scenario = load(path, guide())
    found = assess(record_of(scenario), guide(), scenario.today)
    assert found.verdict == scenario.gold.verdict
    assert {gate: found.gates[gate].status for gate in scenario.gold.gates} == scenario.gold.gates
    assert {force: found.forces[force].severity for force in scenario.gold.forces} == scenario.gold.forces


def test_no_id_stands_twice_in_a_group() -> None:
    for held_out in (False, True):
        ids = [load(path).id for path in find([SCENARIOS]) if is_holdout(path) == held_out]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("charter.pilot_users: 14", "charter.users: 14", "there is no item charter.users"),
        ("[charter.pilot_users]", "[charter.users]", "there is no item charter.users"),
        ("charter.pilot_users: 14", "gates.load_test: yes", r"gates\.load_test: put yes and no in quotes"),
        ("charter.pilot_users: 14", "gates.load_test: done", r"gates\.load_test: an answer is one of yes, partly, no, unknown, absent, nobody, not 'done'"),
        ("charter.pilot_users: 14", "charter.team_selection: some", r"charter\.team_selection: it is one of volunteers, mixed, assigned"),
        ("charter.pilot_users: 14", "charter.baseline: 50", r"charter\.baseline: a quantity is written as a mapping with 'value'"),
        ("verdict: demo", "verdict: maybe", r"gold\.verdict: Input should be"),
        ("voice: terse", "", "voice: Field required"),
        ("title: Letters", "title: [", "cannot be read as a scenario"),
        ("default:", "mood: sour\ndefault:", "mood: Extra inputs are not permitted"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, mistake: str) -> None:
    with pytest.raises(ScenarioError, match=mistake):
        load(written(tmp_path, old, new), guide())


def test_what_lies_in_a_folder_named_holdout_is_held_out(tmp_path: Path) -> None:
    (tmp_path / "holdout").mkdir()
    held_out = written(tmp_path / "holdout")
    assert is_holdout(held_out) and not is_holdout(written(tmp_path))
    assert find([tmp_path, held_out]) == [held_out, tmp_path / "letters.yaml"], "and no file is taken twice"
    with pytest.raises(ScenarioError, match="No scenario files under"):
        find([tmp_path / "holdout" / "nothing"]) if (tmp_path / "holdout" / "nothing").mkdir() is None else None
