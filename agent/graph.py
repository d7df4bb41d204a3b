"""The state machine of the interview: listen, then the node of the stage still worth asking about, or the assessment."""

from collections.abc import Callable
from typing import Annotated, Any, TypedDict

from langgraph.channels import UntrackedValue
from langgraph.graph import END, START, StateGraph

from agent.citing import Guidance
from agent.conversation import Conversation, Message
from agent.items import STAGES, Guide
from agent.reading.reading import Reader
from agent.replies import Reply
from agent.replying import ask, conclude
from agent.steering import Moment, take_in


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


def build(guide: Guide, reader: Callable[[], Reader], library: Callable[[], Guidance]) -> StateGraph[State, None, Given, Kept]:
    """Wire the state machine. The reader and the library come as functions, so that they load when a run first needs them."""

    def listen(state: State) -> dict[str, Any]:
        return {"moment": take_in(state.get("conversation"), state["message"], guide, reader)}

    def asking(state: State) -> dict[str, Any]:
        return _kept(*ask(state["moment"], library()))

    def assessment(state: State) -> dict[str, Any]:
        return _kept(*conclude(state["moment"], library()))

    graph = StateGraph(State, input_schema=Given, output_schema=Kept)
    graph.add_node("listen", listen)
    for stage in STAGES:
        graph.add_node(stage, asking)
    graph.add_node("assessment", assessment)

    graph.add_edge(START, "listen")
    graph.add_conditional_edges("listen", lambda state: state["moment"].stage, [*STAGES, "assessment"])
    for last in (*STAGES, "assessment"):
        graph.add_edge(last, END)
    return graph


def _kept(conversation: Conversation, reply: Reply) -> dict[str, Any]:
    return {"conversation": conversation.model_dump(mode="json"), "reply": reply.model_dump(mode="json")}
