"""The state machine of the interview: listen, then the node of the stage still worth asking about, or the assessment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from langgraph.channels import UntrackedValue
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from agent.answering import Answering, OnText
from agent.citing import Guidance
from agent.conversation import Conversation, Message
from agent.items import STAGES, Guide
from agent.language_model import LanguageModel
from agent.reading.reading import AtCeiling, Reader
from agent.replies import Reply
from agent.replying import ask, conclude
from agent.steering import Moment, take_in
from agent.usage import NOTHING_USED, Usage


class Given(TypedDict):
    """What a run is given."""

    message: Message


class Kept(Given):
    """What a checkpoint keeps: plain JSON, the conversation with a schema version. It is validated when a run begins and written when it ends."""

    conversation: dict[str, Any]
    reply: dict[str, Any]


class State(Kept):
    """What a run works on; the moment lives from `listen` to the end of the run."""

    moment: Annotated[Moment, UntrackedValue]


@dataclass(frozen=True)
class Circumstances:
    """What holds for one run and is kept nowhere: who reads along while a reply is written, whether tokens may be spent, and what was, since the last message."""

    on_text: OnText | None = None
    ceiling_reached: bool = False
    meanwhile: Usage = NOTHING_USED


def build(
    guide: Guide, reader: Callable[[], Reader], library: Callable[[], Guidance], model: Callable[[], LanguageModel | None] = lambda: None
) -> StateGraph[State, Circumstances, Given, Kept]:
    """Wire the state machine. Reader, library and model come as functions, so that they load when a run first needs them."""

    def listen(state: State, runtime: Runtime[Circumstances]) -> dict[str, Any]:
        now = _circumstances(runtime)
        moment = take_in(state.get("conversation"), state["message"], guide, (lambda: AtCeiling(reader())) if now.ceiling_reached else reader)
        return {"moment": moment.charged(now.meanwhile)}

    def asking(state: State, runtime: Runtime[Circumstances]) -> dict[str, Any]:
        return _kept(*ask(state["moment"], library(), answering(runtime)))

    def assessment(state: State, runtime: Runtime[Circumstances]) -> dict[str, Any]:
        return _kept(*conclude(state["moment"], library(), answering(runtime)))

    def answering(runtime: Runtime[Circumstances]) -> Answering:
        now = _circumstances(runtime)
        return Answering(None if now.ceiling_reached else model, now.on_text)

    graph = StateGraph(State, Circumstances, input_schema=Given, output_schema=Kept)
    graph.add_node("listen", listen)
    for stage in STAGES:
        graph.add_node(stage, asking)
    graph.add_node("assessment", assessment)

    graph.add_edge(START, "listen")
    graph.add_conditional_edges("listen", lambda state: state["moment"].stage, [*STAGES, "assessment"])
    for last in (*STAGES, "assessment"):
        graph.add_edge(last, END)
    return graph


def _circumstances(runtime: Runtime[Circumstances]) -> Circumstances:
    return runtime.context or Circumstances()


def _kept(conversation: Conversation, reply: Reply) -> dict[str, Any]:
    return {"conversation": conversation.model_dump(mode="json"), "reply": reply.model_dump(mode="json")}
