"""What the model's tests need: the stand-in for OpenAI's API, and an interview that is read through it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent.assembly import Parts
from agent.interview import Interview
from agent.items import guide
from agent.language_model import LanguageModel
from agent.reading.model import ModelReader
from agent.settings import settings
from agent.storage import Storage
from evals.outcome import Outcome
from evals.person import ScriptedPerson
from evals.scenario import load
from evals.stand_in import Listener, StandIn
from evals.talking import talk

SCENARIO = Path(__file__).parents[2] / "evals" / "scenarios" / "vet-notes.yaml"


def told_by_the_scenario(interview: Interview) -> Outcome:
    """Let the scripted person of the scenario talk until the interview is done."""
    scenario = load(SCENARIO)
    return talk(interview, scenario, ScriptedPerson(scenario), "t")


@pytest.fixture
def talking(parts: Parts, tmp_path: Path, today: date) -> Iterator[Callable[..., Interview]]:
    """Return talking(stand_in, **variables), which gives an interview read by the model behind a stand-in, with the built-in reader beside it."""
    with ExitStack() as stack:

        def talking(stand_in: StandIn, clock: Callable[[], float] | None = None, home: str = "home", **variables: str) -> Interview:
            chosen = settings({**stand_in.environment, "PILOTCHECK_HOME": str(tmp_path / home), "PILOTCHECK_MODEL_TIMEOUT": "20", **variables})
            model = LanguageModel(chosen.model, clock) if clock else LanguageModel(chosen.model)
            reader = ModelReader(guide(), lambda: model, parts.reader())
            storage = stack.enter_context(closing(Storage(chosen)))
            spoken = guide().model_copy(update={"languages": chosen.home / "languages"})
            return Interview(storage, spoken, lambda: reader, parts.library, chosen, today=lambda: today, model=lambda: model)

        yield talking


@pytest.fixture
def serve() -> Iterator[Callable[..., StandIn]]:
    """Return serve(answer, fault), which starts a stand-in; `answer` is a function of the request, or what a reading says."""
    with ExitStack() as stack:

        def serve(answer: Any = None, fault: str | Callable[[int], str] = "", **options: Any) -> StandIn:
            faults = fault if callable(fault) else lambda number: fault
            return stack.enter_context(StandIn(answer or Listener(load(SCENARIO)), faults=faults, **options))

        yield serve
