"""Many conversations at a time: one process a core, each with an interview and a database of its own.

A turn is almost all computing, so threads would wait for each other; and processes that shared one SQLite file would wait for its lock.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from agent.items import Frozen, guide
from evals.outcome import Outcome
from evals.own_words import OwnWords
from evals.person import ScriptedPerson
from evals.perturbing import perturbed
from evals.scenario import Scenario, ScenarioError, is_holdout, load
from evals.talking import talk

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.language_model import LanguageModel
    from agent.settings import Settings


class Conditions(Frozen):
    """Under which the person talks. `person` says whose words they are; `typos` is the share of words with a mistake; the repeat is added to the seed."""

    person: Literal["script", "llm"] = "script"
    clicks: bool = False
    typos: float = 0.0
    lowercase: bool = False
    shuffle: bool = False
    seed: int = 0


class Job(Frozen):
    """One conversation to hold."""

    file: Path
    scenario: Scenario
    repeat: int = 0
    conditions: Conditions = Conditions()


_interview: "Interview | None" = None
_speaker: "LanguageModel | None" = None


def workers() -> int:
    """Return how many processes are worth starting: one for each core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def prepare(files: Sequence[Path], conditions: Conditions, repeats: int) -> tuple[list[Job], list[Outcome]]:
    """Read the scenarios: the conversations to hold, and an outcome for every file that cannot be read."""
    jobs: list[Job] = []
    unreadable: list[Outcome] = []
    for file in files:
        try:
            scenario = load(file, guide())
        except ScenarioError as error:
            unreadable.append(Outcome(id=file.stem, title="", voice="", file=str(file), holdout=is_holdout(file), fault="person", error=str(error)))
            continue
        jobs += [Job(file=file, scenario=scenario, repeat=repeat, conditions=conditions) for repeat in range(repeats)]
    return jobs, unreadable


def run_jobs(jobs: Sequence[Job], settings: "Settings", processes: int) -> Iterator[Outcome]:
    """Hold every conversation and return the outcomes as they come; the conversations are thrown away at the end."""
    if not jobs:
        return
    with TemporaryDirectory(prefix="pilotcheck-eval-") as folder:
        begin = partial(_begin, settings, Path(folder), speaks=any(job.conditions.person == "llm" for job in jobs))
        # A fresh start, not a fork: Chroma and the tokenizer have threads of their own, which a fork would leave behind locked.
        with ProcessPoolExecutor(min(processes, len(jobs)), mp_context=get_context("spawn"), initializer=begin) as pool:
            waiting: set[Future[Outcome]] = {pool.submit(hold, job) for job in jobs}
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)


def _begin(settings: "Settings", folder: Path, *, speaks: bool) -> None:
    """Open the interview of this process, and the model that speaks for its people, where one does."""
    global _interview, _speaker
    from agent.assembly import interview

    if speaks:
        from agent.language_model import LanguageModel

        _speaker = LanguageModel(settings.model)
    _interview = interview(settings.model_copy(update={"home": folder / str(os.getpid()), "database_url": None}))
    _interview.warm()


def hold(job: Job) -> Outcome:
    """Hold one conversation in this process."""
    assert _interview is not None
    how = job.conditions
    scenario = perturbed(job.scenario, typos=how.typos, lowercase=how.lowercase, shuffle=how.shuffle, seed=how.seed + job.repeat)
    person, thread = ScriptedPerson(scenario, clicks=how.clicks), f"{job.file.stem[:40]}-{job.repeat}-{os.urandom(4).hex()}"
    words = OwnWords(scenario, _speaker) if _speaker else None
    return talk(_interview, scenario, person, thread, words=words, file=str(job.file), holdout=is_holdout(job.file), repeat=job.repeat)
