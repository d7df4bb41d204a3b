"""The model benchmark: tokens of an interview beside a plain agent's on the same messages, and the time that reading adds to a bare model call.

The plain agent is LangGraph's prebuilt one with a retrieval tool and its whole history. Both talk to the stand-in, whose tokens a real tokenizer counts;
the stand-in's answers cost nothing, so the figures are of what is sent. `python -m evals.model_bench [SCENARIO ...]`.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.items import Frozen, guide
from evals.person import ScriptedPerson
from evals.scenario import Scenario, find, load
from evals.stand_in import Listener, StandIn
from evals.talking import talk

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.settings import Settings

SCENARIOS = Path(__file__).parent / "scenarios"
FIRST = 3
ROUNDS = 30
PASSAGES = 3
TASK = (
    "You interview somebody about their AI pilot: charter, graduation gates, owners in production, and the forces that stop a rollout. Ask one question at "
    "a time. Search the guidance before each question. At the end, say whether the pilot is ready to scale and why."
)


class Tokens(Frozen):
    """What one scenario cost, ours and the plain agent's."""

    scenario: str
    turns: int
    ours: int
    prompt_a_turn: float
    stable: float
    plain: int

    @property
    def ratio(self) -> float:
        return self.ours / self.plain


def ours(settings: "Settings", scenario: Scenario, stand_in: StandIn) -> tuple[list[str], "Interview"]:
    """Hold the interview through the model and return what the person said."""
    from agent.assembly import interview

    talker = interview(settings)
    outcome = talk(talker, scenario, ScriptedPerson(scenario), "bench")
    return [exchange.said for exchange in outcome.exchanges], talker


def plain(settings: "Settings", messages: list[str], library: Any) -> None:
    """Let the plain agent hear the same messages."""
    from langchain_core.tools import tool
    from langchain_openai import ChatOpenAI
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.prebuilt import create_react_agent

    @tool
    def search_guidance(query: str) -> str:
        """Search the guidance for passages about scaling AI pilots."""
        return "\n\n".join(found.passage.text for found in library.search(query, limit=PASSAGES))

    model = ChatOpenAI(model=settings.model.name, base_url=settings.model.base_url, api_key=settings.model.key, max_retries=0, use_responses_api=False)
    agent: Any = create_react_agent(model, [search_guidance], prompt=TASK, checkpointer=InMemorySaver())
    for message in messages:
        agent.invoke({"messages": [("user", message)]}, {"configurable": {"thread_id": "plain"}})


def tokens(scenario: Scenario, home: Path) -> Tokens:
    """Count both on one scenario. The plain agent's own words are as long as the guide's questions."""
    from agent.settings import settings

    with StandIn(Listener(scenario)) as stand_in:
        chosen = settings({**stand_in.environment, "PILOTCHECK_HOME": str(home)})
        messages, talker = ours(chosen, scenario, stand_in)
        used, seen = talker.conversation("bench").usage, list(stand_in.seen)
    questions = [question.ask for question in guide().questions]
    with StandIn(lambda request: questions[len(request["messages"]) % len(questions)]) as stand_in:
        plain(settings({**stand_in.environment, "PILOTCHECK_HOME": str(home)}), messages, talker.library())
        sent = sum(one.prompt for one in stand_in.seen) + stand_in.completion
    prompts = sum(one.prompt for one in seen)
    return Tokens(
        scenario=scenario.id, turns=len(messages), ours=used.tokens, prompt_a_turn=prompts / len(messages),
        stable=sum(one.stable for one in seen) / prompts, plain=sent,
    )  # fmt: skip


def added_time(home: Path) -> tuple[float, float]:
    """Return the seconds of a bare model call and of the model reader around the same call, without the built-in reader: medians, taken in turns."""
    from agent.language_model import LanguageModel
    from agent.reading.model import ModelReader
    from agent.reading.reading import Listening
    from agent.reading.understanding import SCHEMA
    from agent.record import Record
    from agent.settings import settings

    scenario = load(find([SCENARIOS])[0])
    with StandIn(Listener(scenario)) as stand_in:
        model = LanguageModel(settings({**stand_in.environment, "PILOTCHECK_HOME": str(home)}).model)
        reader, listening = ModelReader(guide(), lambda: model, None), Listening(scenario.says[0].about, Record(), scenario.today, turn=2)
        bare, whole = [], []
        for number in range(ROUNDS + 1):
            text = f"{scenario.says[number % len(scenario.says)].text}"
            started = time.perf_counter()
            reader.read(text, listening)
            whole.append(time.perf_counter() - started)
            messages = stand_in.seen[-1].body["messages"]
            started = time.perf_counter()
            model.structured([(message["role"], message["content"]) for message in messages], SCHEMA, str)
            bare.append(time.perf_counter() - started)
    return statistics.median(bare[1:]), statistics.median(whole[1:])


def main(paths: list[str]) -> int:
    files = find([Path(path) for path in paths]) if paths else find([SCENARIOS])[:FIRST]
    with tempfile.TemporaryDirectory() as home:
        for number, file in enumerate(files):
            one = tokens(load(file), Path(home) / str(number))
            print(
                f"{one.scenario:22} {one.turns:3} turns  {one.prompt_a_turn:6.0f} prompt tokens a turn (at most 1,800), {one.stable:.0%} of them stable (at least 60 %)  "
                f"{one.ours:9,} tokens, plain agent {one.plain:9,}, ratio {one.ratio:.2f} (at most 0.33)"
            )
        bare, whole = added_time(Path(home))
    print(f"reading around a model call: {(whole - bare) * 1000:+.1f} ms beside the bare call's {bare * 1000:.1f} ms (at most 15 ms added)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
