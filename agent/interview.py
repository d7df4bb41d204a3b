"""The graph of the interview, and Interview: the one door for every interface."""

import time
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any, Literal, TypedDict

from langgraph.graph import END, START, StateGraph

from agent import replies
from agent.citing import Guidance, cite
from agent.conversation import Asked, Conversation, Depth, Turn, restore
from agent.errors import InputRefused, StorageError
from agent.items import STAGES, Guide
from agent.judging import Assessment, assess
from agent.judging.case import Case
from agent.listening import listen_to
from agent.questions import Next, asked, minutes_left, next_question
from agent.reading.phrases import Intent, intent
from agent.reading.reading import Reader
from agent.reading.text import clean
from agent.replies import Reply
from agent.settings import Settings
from agent.storage import Storage, Thread, check_thread_id, told
from knowledge.guidance import Passage

Command = Literal["back", "skip", "why", "status", "finish"]
COMMANDS: tuple[Command, ...] = ("back", "skip", "why", "status", "finish")


class Message(TypedDict):
    """What a door hands in: the narrow input of one run."""

    thread: str
    text: str
    command: str
    speaker: str
    turn_id: str
    today: str
    depth: str


class State(TypedDict):
    """What a run works on. `conversation` is plain JSON with a schema version; it is validated in every node that reads it."""

    message: Message
    conversation: dict[str, Any]
    reply: dict[str, Any]
    stage: str


def build(guide: Guide, reader: Callable[[], Reader], library: Callable[[], Guidance]) -> StateGraph[State]:
    """Wire the state machine: listen, then the node of the stage that is still worth asking about, or the assessment."""

    def listen(state: State) -> dict[str, Any]:
        return _listen(state, guide, reader)

    def ask(state: State) -> dict[str, Any]:
        return _ask(state, guide, library)

    def assessment(state: State) -> dict[str, Any]:
        return _conclude(state, guide, library)

    def route(state: State) -> str:
        return state["stage"]

    graph = StateGraph(State)
    graph.add_node("listen", listen)
    graph.add_edge(START, "listen")
    for stage in STAGES:
        graph.add_node(stage, ask)
        graph.add_edge(stage, END)
    graph.add_node("assessment", assessment)
    graph.add_edge("assessment", END)
    graph.add_conditional_edges("listen", route, [*STAGES, "assessment"])
    return graph


def _case(conversation: Conversation, guide: Guide, state: State) -> Case:
    return Case(conversation.record, guide, date.fromisoformat(state["message"]["today"]))


def _listen(state: State, guide: Guide, reader: Callable[[], Reader]) -> dict[str, Any]:
    """Take the message in and decide where to go on."""
    message = state["message"]
    conversation = restore(state.get("conversation"))
    if message["depth"] in ("quick", "full"):
        conversation = conversation.with_(depth=message["depth"])
    wish, about = _wish(message)
    if wish == "answer":
        conversation, reply = listen_to(conversation, message, guide, reader())
    else:
        conversation, reply = _digress(conversation, message, wish, about, guide)
    case = _case(conversation, guide, state)
    upcoming = _upcoming(case, conversation, wish)
    if upcoming:
        reply["upcoming"] = {"question": upcoming.question.id, "items": upcoming.items, "mode": upcoming.mode}
    conversation = conversation.with_(done=upcoming is None)
    return {"conversation": conversation.model_dump(mode="json"), "reply": reply, "stage": upcoming.stage if upcoming else "assessment"}


def _wish(message: Message) -> tuple[Intent, str]:
    return (message["command"], "") if message["command"] else intent(message["text"])  # type: ignore[return-value]


def _digress(conversation: Conversation, message: Message, wish: Intent, about: str, guide: Guide) -> tuple[Conversation, dict[str, Any]]:
    """Do what a button does. Nothing that was said is lost by any of them."""
    reply: dict[str, Any] = {"wish": wish, "about": about}
    if wish == "skip" and conversation.open:
        conversation = conversation.with_(skipped=(*conversation.skipped, conversation.open.question), open=None)
    elif wish == "back":
        conversation, reply["first"] = _step_back(conversation, guide)
    elif wish == "finish":
        conversation = conversation.unasked()
    return conversation, reply


def _step_back(conversation: Conversation, guide: Guide) -> tuple[Conversation, bool]:
    """Open the question before the open one again, or say that there is none; its old answers stand until new ones come."""
    order = list(dict.fromkeys(one.question for one in conversation.asked if one.mode != "opening"))
    current = conversation.open.question if conversation.open else None
    if current in order:
        order = order[: order.index(current)]
    if not order:
        return conversation, True
    question = guide.question(order[-1])
    reopened = Asked(question=question.id, items=question.asks, mode="back", turn=len(conversation.turns))
    conversation = conversation.unasked()
    return conversation.with_(open=reopened, skipped=tuple(one for one in conversation.skipped if one != question.id)), False


def _upcoming(case: Case, conversation: Conversation, wish: Intent) -> Next | None:
    """Return what is asked in this reply: after a digression the open question again, otherwise the most telling one."""
    if wish == "finish":
        return None
    opened = conversation.open
    if wish in ("why", "status", "help", "explain", "back") and opened and opened.mode != "opening":
        return Next(case.guide.question(opened.question), opened.items, opened.mode)
    return next_question(case, conversation)


def _ask(state: State, guide: Guide, library: Callable[[], Guidance]) -> dict[str, Any]:
    """Fetch the guidance and word the question."""
    conversation = restore(state["conversation"])
    case = _case(conversation, guide, state)
    said = state["reply"]
    wish: Intent = said["wish"]
    upcoming = Next(guide.question(said["upcoming"]["question"]), tuple(said["upcoming"]["items"]), said["upcoming"]["mode"])
    again = conversation.open is not None and wish in ("why", "status", "help", "explain", "back")
    passages = [found.passage for found in library().search(_query(upcoming, case, said), items=upcoming.items if wish != "explain" else (), limit=2)]
    text = "\n\n".join(part for part in (_before(wish, said, upcoming, case, conversation, passages), replies.question_text(upcoming, case)) if part)
    turn = len(conversation.turns)
    if not again:
        now = asked(upcoming, turn)
        conversation = conversation.with_(asked=(*conversation.asked, now), open=now)
    reply = Reply(
        thread=state["message"]["thread"], text=text, stage=upcoming.stage, asks=upcoming.items, choices=replies.choices(upcoming, case),
        heard=said.get("heard", ()), sources=replies.cited(passages), turn=turn, minutes_left=minutes_left(case, conversation),
    )  # fmt: skip
    return _finished(conversation, state, reply)


def _query(upcoming: Next, case: Case, said: dict[str, Any]) -> str:
    if said["wish"] == "explain" and said["about"]:
        return str(said["about"])
    return " ".join([upcoming.question.why, *(case.guide.label(item) for item in upcoming.items)])


def _before(wish: Intent, said: dict[str, Any], upcoming: Next, case: Case, conversation: Conversation, passages: list[Passage]) -> str:
    """Return what comes before the question: what was heard, or the answer to what the person asked."""
    if wish == "why":
        return replies.why(upcoming, passages)
    if wish == "explain" and not said["about"]:
        return replies.explain("", [case.guide.items[item] for item in upcoming.items], passages)
    digression = _digression(said, case, conversation, passages)
    if digression:
        return digression
    if wish == "skip":
        return "Skipped; it stays open."
    if wish == "back" and said.get("first"):
        return "There is no earlier question."
    return str(said.get("acknowledgement", ""))


def _digression(said: dict[str, Any], case: Case, conversation: Conversation, passages: list[Passage], result: Assessment | None = None) -> str:
    """Answer a question of the person's own that does not hang on what is asked; nothing where they have none."""
    if said["wish"] == "explain":
        words = {word for word in said["about"].lower().split() if len(word) > 3}
        named = [item for item in case.guide.items.values() if words and words <= set(item.label.lower().split())]
        return replies.explain(said["about"], named, passages)
    if said["wish"] == "status":
        return replies.status(case, conversation, result or assess(case.record, case.guide, case.today))
    return replies.help_text() if said["wish"] == "help" else ""


def _conclude(state: State, guide: Guide, library: Callable[[], Guidance]) -> dict[str, Any]:
    """Judge the record and say the result. The interview can still go on: any later answer counts."""
    conversation = restore(state["conversation"])
    case = _case(conversation, guide, state)
    result = assess(case.record, guide, case.today)
    said = state["reply"]
    query = said["about"] if said["wish"] == "explain" and said["about"] else f"{result.verdict} {result.reasons[0]}"
    passages = [found.passage for found in library().search(query, limit=2)]
    digression = _digression(said, case, conversation, passages, result)
    text = digression or "\n\n".join(part for part in (str(said.get("acknowledgement", "")), replies.result(result)) if part)
    reply = Reply(
        thread=state["message"]["thread"], text=text, stage="assessment", heard=said.get("heard", ()),
        sources=replies.cited(passages), done=True, turn=len(conversation.turns),
    )  # fmt: skip
    return _finished(conversation.with_(done=True, open=None), state, reply)


def _finished(conversation: Conversation, state: State, reply: Reply) -> dict[str, Any]:
    message = state["message"]
    turn = Turn(
        number=len(conversation.turns) + 1, speaker=message["speaker"], text=message["text"] or f"({message['command']})",
        said_on=message["today"], turn_id=message["turn_id"], reply=reply.text,
    )  # fmt: skip
    conversation = conversation.with_(turns=(*conversation.turns, turn))
    return {"conversation": conversation.model_dump(mode="json"), "reply": reply.model_dump(mode="json")}


class Interview:
    """The one door: open a conversation, say something, press a button, read the assessment."""

    def __init__(
        self,
        storage: Storage,
        guide: Guide,
        reader: Callable[[], Reader],
        library: Callable[[], Guidance],
        settings: Settings,
        today: Callable[[], date] = date.today,
    ):
        self.storage, self.guide, self.library, self.settings, self.today = storage, guide, library, settings, today
        self._graph = build(guide, reader, library).compile(checkpointer=storage.checkpointer)
        self._reader = reader

    def warm(self) -> None:
        """Load what a turn needs; doors call this while the person reads the greeting."""
        self._reader()
        self.library()

    def open(self, thread: str | None = None, *, owner: str = "") -> Reply:
        """Begin a conversation, or take one up again: the greeting, or the last thing that was asked."""
        thread = check_thread_id(thread or new_thread_id())
        values = self._values(thread)
        if not restore(values.get("conversation")).turns:
            return Reply(thread=thread, text=replies.opening(self.guide), stage="charter", asks=("charter.use_case",))
        return Reply.model_validate(values["reply"])

    def say(
        self, thread: str, text: str, speaker: str = "", *, turn_id: str = "", owner: str = "", today: date | None = None, depth: Depth | None = None
    ) -> Reply:
        """Take one message and return the answer. The same turn_id again returns the same answer and counts once."""
        text = self._accepted(text)
        return self._run(thread, text, "", speaker, turn_id, owner, today, depth)

    def press(self, thread: str, command: Command, *, turn_id: str = "", owner: str = "", today: date | None = None, depth: Depth | None = None) -> Reply:
        """Do what a button does."""
        if command not in COMMANDS:
            raise InputRefused(f"There is no command {command!r}. There are: {', '.join(COMMANDS)}.")
        return self._run(thread, "", command, "", turn_id, owner, today, depth)

    def conversation(self, thread: str) -> Conversation:
        """Return where a conversation stands; an unknown thread is an empty one."""
        return restore(self._values(thread).get("conversation"))

    def assessment(self, thread: str, today: date | None = None) -> tuple[Conversation, Assessment]:
        """Judge what is known so far, with the guidance behind every finding. Raises ThreadNotFound for an unknown thread."""
        self.storage.thread(check_thread_id(thread))
        conversation = self.conversation(thread)
        return conversation, cite(assess(conversation.record, self.guide, today or self.today()), self.library())

    def _values(self, thread: str) -> dict[str, Any]:
        with told(self.settings.home):
            try:
                return dict(self._graph.get_state(_config(thread)).values)
            except (TypeError, ValueError, KeyError, EOFError) as error:
                raise StorageError(f"The saved conversation {thread} is damaged. Start a new one, or restore the database from a backup.") from error

    def _accepted(self, text: str) -> str:
        text = clean(text).strip()
        if not text:
            raise InputRefused("That message was empty. Write a word or two, or say “skip”.")
        if len(text) > self.settings.longest_message:
            raise InputRefused(
                f"That message has {len(text):,} characters; I can read {self.settings.longest_message:,} at once. Send it in parts, the most important first."
            )
        return text

    def _run(self, thread: str, text: str, command: str, speaker: str, turn_id: str, owner: str, today: date | None, depth: Depth | None) -> Reply:
        started = time.perf_counter()
        thread, day = check_thread_id(thread), today or self.today()
        with self.storage.lock(thread), told(self.settings.home):
            if turn_id:
                values = self._values(thread)
                turns = restore(values.get("conversation")).turns
                if any(turn.turn_id == turn_id for turn in turns):
                    return Reply.model_validate(values["reply"])
            message = Message(thread=thread, text=text, command=command, speaker=speaker, turn_id=turn_id, today=day.isoformat(), depth=depth or "")
            try:
                values = self._graph.invoke({"message": message}, _config(thread), durability="exit")  # type: ignore[call-overload]
            except (TypeError, ValueError, KeyError, EOFError):
                self._values(thread)  # a checkpoint that cannot be read says so itself
                raise
            reply = Reply.model_validate(values["reply"])
            self._list(thread, owner, day, values["conversation"], text, reply)
        return reply.model_copy(update={"seconds": round(time.perf_counter() - started, 4)})

    def _list(self, thread: str, owner: str, day: date, conversation: dict[str, Any], text: str, reply: Reply) -> None:
        first = conversation["turns"][0]["text"] if conversation["turns"] else text
        verdict = assess(restore(conversation).record, self.guide, day).verdict if reply.done else ""
        self.storage.save(
            Thread(
                id=thread,
                title=replies.clip(first, 60),
                owner=owner,
                created_on=day.isoformat(),
                updated_on=day.isoformat(),
                verdict=verdict,
                turns=reply.turn + 1,
            )
        )


def _config(thread: str) -> Any:
    return {"configurable": {"thread_id": thread}}


def new_thread_id() -> str:
    return uuid.uuid4().hex
