"""The command as its user types it: files, exit codes, and a page that needs nobody else."""

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.figures import Share
from evals.results import read_results
from evals.scenario import SCENARIOS, load
from ui.cli import main


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of one evaluation's files: of a scenario, one held out, and one that cannot be read."""
    scenarios, out = tmp_path_factory.mktemp("scenarios"), tmp_path_factory.mktemp("out")
    (scenarios / "holdout").mkdir()
    shutil.copy(SCENARIOS / "seed-returns.yaml", scenarios)
    shutil.copy(SCENARIOS / "holdout" / "care-rota.yaml", scenarios / "holdout")
    (scenarios / "broken.yaml").write_text("id: broken\n")
    assert main(["eval", str(scenarios), "--workers", "1", "--json", f"{out}/a.json", "--html", f"{out}/a.html", "--junit", f"{out}/a.xml"]) == 1
    return out


def test_a_broken_scenario_is_an_error_of_its_own_and_the_others_still_run(written: Path) -> None:
    development, holdout = read_results(written / "a.json").groups
    assert (development.figures.person_errors, development.figures.product_errors, development.figures.finished) == (1, 0, Share(count=1, of=1))
    assert development.lines[0].error.endswith("broken.yaml: title: Field required") and holdout.figures.finished.rate == 1.0


def test_the_files_hold_both_groups_and_nothing_of_what_the_holdout_said(written: Path) -> None:
    results = read_results(written / "a.json")
    assert [(group.name, len(group.lines), len(group.outcomes)) for group in results.groups] == [("development", 2, 2), ("holdout", 1, 0)]
    suites = ElementTree.parse(written / "a.xml").getroot()
    assert [(suite.get("name"), suite.get("tests"), suite.get("errors")) for suite in suites] == [("development", "2", "1"), ("holdout", "1", "0")]
    assert "Seeds and bulbs by mail order." in (written / "a.html").read_text()
    said = [one.text.split(".")[0] for one in load(SCENARIOS / "holdout" / "care-rota.yaml").says]
    assert not any(text in (written / name).read_text() for name in ("a.json", "a.html", "a.xml") for text in said)


def test_the_page_asks_nobody_for_anything(written: Path) -> None:
    page = (written / "a.html").read_text()
    assert not any(word in page for word in ("<script", "http:", "https:", "@import", "url("))


def test_a_threshold_that_is_not_reached_is_exit_code_1_and_a_second_run_changes_nothing(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = ["eval", str(SCENARIOS / "seed-returns.yaml"), "--workers", "1", "--compare", str(written / "a.json")]
    assert main([*again, "--min-heard", "0.5", "--min-right", "1.01"]) == 1
    captured = capsys.readouterr()
    assert "no change in items" in captured.out
    assert "not reached, development: right is" in captured.err and "heard is" not in captured.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["eval", "no-such.yaml", "--compare", "CHANGELOG.md"], "CHANGELOG.md is no result of `pilotcheck eval --json`"),
        (["eval", "no-such.yaml"], "no-such.yaml: cannot be read as a scenario"),
        (["threads", "export", "no-such-thread", "--as-scenario"], "There is no conversation no-such-thread"),
    ],
)
def test_mistakes_are_said_plainly(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILOTCHECK_HOME", str(tmp_path))
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert message in captured.out + captured.err and "Traceback" not in captured.out + captured.err
