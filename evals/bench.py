"""The benchmark: a turn of the interview beside a bare LangGraph graph, and the first prompt beside the imports, as ratios."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, TypedDict

from evals.scenario import find, load

SCENARIOS = Path(__file__).parent / "scenarios"
ROUNDS = 5


class Bare(TypedDict):
    """The state of the bare graph: one blob as large as a conversation, and the message."""

    blob: dict[str, Any]
    message: str


def bare_turns(folder: Path, size: dict[str, Any], turns: int) -> list[float]:
    """Time turns of a graph that does nothing, with the same checkpointer and a state of the same size."""
    from langgraph.graph import END, START, StateGraph

    from agent.settings import Settings
    from agent.storage import Storage

    graph = StateGraph(Bare)
    graph.add_node("listen", lambda state: {"blob": {**state["blob"], "last": state["message"]}})
    graph.add_node("answer", lambda state: {"blob": {**state["blob"], "turn": 1}})
    graph.add_edge(START, "listen")
    graph.add_edge("listen", "answer")
    graph.add_edge("answer", END)
    storage = Storage(Settings(home=folder))
    compiled: Any = graph.compile(checkpointer=storage.checkpointer)
    config = {"configurable": {"thread_id": "bare"}}
    compiled.invoke({"blob": size, "message": "begin"}, config, durability="exit")
    taken = []
    for turn in range(turns):
        started = time.perf_counter()
        compiled.invoke({"message": f"message {turn}"}, config, durability="exit")
        taken.append(time.perf_counter() - started)
    storage.close()
    return taken


def interview_turns(folder: Path) -> tuple[list[float], dict[str, Any]]:
    """Time the turns of a scripted conversation; also return its state at the end."""
    from agent.assembly import interview
    from agent.settings import Settings
    from evals.person import ScriptedPerson

    talk = interview(Settings(home=folder))
    talk.warm()
    scenario = load(find([SCENARIOS])[0])
    taken: list[float] = []
    for round_number in range(ROUNDS):
        person, thread = ScriptedPerson(scenario), f"bench-{round_number}"
        text, done = person.opening(), False
        while not done:
            started = time.perf_counter()
            reply = talk.say(thread, text, today=scenario.today)
            taken.append(time.perf_counter() - started)
            done, text = reply.done, person.answer(reply.asks)
    return taken, talk.conversation("bench-0").model_dump(mode="json")


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
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        ours, state = interview_turns(Path(one))
        bare = bare_turns(Path(other), state, len(ours))
    ours_ms, bare_ms = (statistics.median(taken) * 1000 for taken in (ours, bare))
    print(f"a turn: {ours_ms:.1f} ms, of a bare graph with the same checkpointer and state: {bare_ms:.1f} ms, ratio {ours_ms / bare_ms:.2f} (at most 4)")
    chat, imports = first_prompt()
    print(f"first prompt: {chat:.2f} s, importing langgraph and chromadb alone: {imports:.2f} s, ratio {chat / imports:.2f} (at most 2)")


if __name__ == "__main__":
    main()
