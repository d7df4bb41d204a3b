"""The benchmark: a turn of the interview beside a bare LangGraph graph, and the first prompt beside the imports, as ratios."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from evals.person import ScriptedPerson
from evals.scenario import Scenario, load

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.storage import Storage

SCENARIO = Path(__file__).parent / "scenarios" / "baggage-tracing.yaml"  # always the same one: figures of two days compare
ROUNDS = 5
OURS, MATCHER, BARE, ONCE = "ours", "ours without the encoder", "bare", "bare, saved once a turn as ours"


@dataclass(frozen=True)
class Taken:
    """What one turn took, in seconds: on the clock, and of the processor, all threads together."""

    wall: float
    processor: float


class Bare(TypedDict):
    """The state of the bare graph: which turn it is, and one blob as large as a conversation at that turn."""

    turn: int
    blob: dict[str, Any]


def measured(call: Callable[[], Any]) -> tuple[Any, Taken]:
    wall, processor = time.perf_counter(), time.process_time()
    result = call()
    return result, Taken(time.perf_counter() - wall, time.process_time() - processor)


def bare_graph(storage: "Storage", states: list[dict[str, Any]]) -> Any:
    """Return a graph that does nothing but write, in two nodes as ours, the state a conversation has at that turn, with the same checkpointer.

    LangGraph saves after every step unless it is told to save when the run ends, as ours is: it is timed both ways.
    """
    from langgraph.graph import END, START, StateGraph

    graph = StateGraph(Bare)
    graph.add_node("listen", lambda state: {"turn": state["turn"]})
    graph.add_node("answer", lambda state: {"blob": states[state["turn"]]})
    graph.add_edge(START, "listen")
    graph.add_edge("listen", "answer")
    graph.add_edge("answer", END)
    return graph.compile(checkpointer=storage.checkpointer)


def conversation(talk: "Interview", scenario: Scenario, thread: str, each: Callable[[], None] = lambda: None) -> list[Taken]:
    """Time the turns of a scripted conversation."""
    person, taken = ScriptedPerson(scenario), []
    text, done = person.opening(), False
    while not done:
        reply, time_taken = measured(lambda said=text: talk.say(thread, said, today=scenario.today))  # type: ignore[misc]
        taken.append(time_taken)
        done, text = reply.done, person.answer(reply.asks)
        each()
    return taken


def side_by_side() -> dict[str, list[Taken]]:
    """Time our turns, those without the encoder, and those of the bare graph, round by round, so that all meet the same noise of the machine."""
    from agent.assembly import interview
    from agent.settings import Settings
    from agent.storage import Storage

    scenario, states = load(SCENARIO), list[dict[str, Any]]()
    taken: dict[str, list[Taken]] = {OURS: [], MATCHER: [], BARE: [], ONCE: []}
    with tempfile.TemporaryDirectory() as folder:
        homes = {name: Settings(home=Path(folder) / str(number)) for number, name in enumerate(taken)}
        talks = {name: interview(homes[name]) for name in (OURS, MATCHER)}
        for talk in talks.values():
            talk.warm()
        talks[MATCHER]._reader().encoder = None  # type: ignore[attr-defined]  # no door leaves the encoder out
        conversation(talks[OURS], scenario, "first", lambda: states.append(talks[OURS].conversation("first").model_dump(mode="json")))
        stores = {name: Storage(homes[name]) for name in (BARE, ONCE)}
        saved: dict[str, dict[str, Any]] = {BARE: {}, ONCE: {"durability": "exit"}}
        graphs = {name: bare_graph(store, states) for name, store in stores.items()}
        for number in range(ROUNDS):
            for name, talk in talks.items():
                taken[name] += conversation(talk, scenario, f"round-{number}")
            for name, graph in graphs.items():
                run = partial(graph.invoke, config={"configurable": {"thread_id": f"round-{number}"}}, **saved[name])
                taken[name] += [measured(partial(run, {"turn": turn}))[1] for turn in range(len(states))]
        for kept in (*(talk.storage for talk in talks.values()), *stores.values()):
            kept.close()
    return taken


def first_prompt() -> tuple[float, float]:
    """Time `pilotcheck chat` until its first prompt, and the imports of langgraph and chromadb alone, each the best of three."""
    imports = min(_run([sys.executable, "-c", "import langgraph.graph, chromadb"]) for _ in range(3))
    with tempfile.TemporaryDirectory() as home:
        chat = min(_run([sys.executable, "-m", "ui", "chat"], PILOTCHECK_HOME=home) for _ in range(3))
    return chat, imports


def _run(command: list[str], **environment: str) -> float:
    import os

    started = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **environment}, text=True
    ) as process:
        assert process.stdout is not None
        if "ui" in command:
            while (character := process.stdout.read(1)) and character != ">":
                pass
        else:
            process.wait()
        taken = time.perf_counter() - started
        process.kill()
    return taken


def main() -> None:
    taken = side_by_side()
    print(f"{len(taken[OURS])} turns of a conversation, and as many of a bare graph with the same checkpointer and a state of the same size:")
    for kind in ("wall", "processor"):
        times = {name: statistics.median(getattr(one, kind) for one in ones) * 1000 for name, ones in taken.items()}
        print(f"  {kind:9} time of a turn: {', '.join(f'{name} {time:.1f} ms' for name, time in times.items())}")
        for name in (OURS, MATCHER):
            print(f"            {name}: {times[name] / times[BARE]:.2f} x bare (at most 4), {times[name] / times[ONCE]:.2f} x bare saved once a turn")
    chat, imports = first_prompt()
    print(f"first prompt: {chat:.2f} s, importing langgraph and chromadb alone: {imports:.2f} s, ratio {chat / imports:.2f} (at most 2)")


if __name__ == "__main__":
    main()
