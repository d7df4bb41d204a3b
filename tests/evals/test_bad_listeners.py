"""A scorer that gives credit for nothing is caught: each bad listener scores badly on the very figure that it spoils."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.assembly import Parts
from agent.interview import Interview
from agent.items import guide
from agent.reading.reading import Reader
from agent.settings import Settings
from agent.storage import Storage
from evals.figures import Figures, figures
from evals.outcome import Outcome
from evals.person import ScriptedPerson
from evals.scenario import Scenario
from evals.talking import talk
from tests.evals.people import HearsNothing, Listens, Twisting, YesToAll, scenario

Holding = Callable[..., tuple[Outcome, Figures]]


@pytest.fixture
def hold(parts: Parts, tmp_path: Path) -> Iterator[Holding]:
    """Return hold(reader, scenario), which lets the person talk to an interview that listens with that reader."""
    settings = Settings(home=tmp_path / "home")
    with closing(Storage(settings)) as storage:

        def hold(reader: Reader, script: Scenario | None = None) -> tuple[Outcome, Figures]:
            interview = Interview(storage, guide(), lambda: reader, parts.library, settings)
            script = script or scenario()
            outcome = talk(interview, script, ScriptedPerson(script), f"thread-{id(reader)}")
            return outcome, figures([outcome])

        yield hold


def test_a_good_listener_scores_well(hold: Holding) -> None:
    outcome, scores = hold(Listens(scenario()))
    assert scores.heard.rate == scores.right.rate == scores.quotes.rate == scores.verdict.rate == scores.gates.rate == 1.0
    assert (scores.invented, scores.false_certainty.count, scores.false_certainty.of) == (0, 0, 3)
    assert outcome.passed and scores.pass_k == (1.0,)


def test_who_hears_nothing_gets_no_credit(hold: Holding) -> None:
    outcome, scores = hold(HearsNothing())
    assert scores.right.count == 3, "only what the person does not know either"
    assert scores.right.rate is not None and scores.right.rate <= 0.3
    assert scores.gates.rate == 0.0 and not outcome.passed
    assert scores.repeated.rate is not None and scores.repeated.rate > 0.4, "and everything is asked twice"


def test_who_hears_everything_as_yes_is_falsely_certain(hold: Holding) -> None:
    _, scores = hold(YesToAll(guide()))
    assert scores.false_certainty.count == 1, "monitoring, of which the person knows nothing"
    assert scores.right.rate is not None and scores.right.rate < 0.5


def test_who_swaps_two_parties_has_both_wrong(hold: Holding) -> None:
    outcome, scores = hold(Twisting(Listens(scenario()), {"owners.sponsor": "owners.builder", "owners.builder": "owners.sponsor"}))
    assert {item.item for item in outcome.items if item.result == "wrong"} == {"owners.sponsor", "owners.builder"}
    assert scores.invented == 0, "both were said, in the wrong place"


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("owners.sponsor", "Maria Lopez"),
        ("owners.compliance", "Maria Lopez"),
        ("charter.pilot_users", 41),
        ("gates.kpi_now", {"value": 22, "unit": "minutes"}),
        ("gates.adoption_sustained", {"value": 14, "unit": "weeks"}),
    ],
)
def test_what_nobody_said_or_the_person_does_not_know_is_invented(hold: Holding, item: str, value: object) -> None:
    outcome, scores = hold(Twisting(Listens(scenario()), values={item: value}))
    assert [(one.item, one.value) for one in outcome.inventions] == [(item, value)]
    assert scores.invented == 1 and not outcome.passed


def test_a_quote_in_other_words_is_not_verbatim(hold: Holding) -> None:
    outcome, scores = hold(Twisting(Listens(scenario()), quote="Something along those lines."))
    assert scores.quotes.count == 0 and scores.quotes.of > 5 and not outcome.passed


def test_a_reader_that_fails_is_an_error_of_the_product(hold: Holding) -> None:
    class Fails:
        name = "fails"

        def read(self, message: str, listening: object) -> object:
            raise RuntimeError("out of order")

    outcome, scores = hold(Fails())
    assert (outcome.fault, outcome.error, outcome.passed) == ("product", "RuntimeError: out of order", False)
    assert (scores.product_errors, scores.person_errors, scores.heard.rate, scores.pass_k) == (1, 0, None, (0.0,))
