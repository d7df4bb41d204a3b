"""Interview: the one door for every interface."""

import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Literal, TypedDict, Unpack, get_args

from agent import replies
from agent.answering import OnText
from agent.citing import Guidance
from agent.conversation import Conversation, Depth, Message, restore
from agent.errors import InputRefused, StorageError
from agent.graph import Circumstances, build
from agent.heard import clip
from agent.items import Guide
from agent.judging import Assessment, assess_for_report
from agent.judging.assessment import Score
from agent.judging.scoring import Actual
from agent.language_model import LanguageModel
from agent.languages.learning import Learning
from agent.languages.speaking import in_language
from agent.portfolio import Portfolio, portfolio
from agent.reading.reading import Listening, Reader
from agent.reading.text import clean
from agent.reassessing import again, scores_of, with_the_past
from agent.replies import Reply
from agent.reproducing import assess_to_keep
from agent.settings import Settings
from agent.storage import Storage, Thread, check_thread_id
from agent.tracing import span
from agent.usage import NOTHING_USED, Usage

Command = Literal["back", "skip", "why", "status", "finish"]
DOCUMENT = re.compile(r"\([^():：]+[:：] ?(?P<name>.+)\)")  # what stands in the conversation for one, in any language
COMMANDS: tuple[Command, ...] = get_args(Command)


class Sent(TypedDict, total=False):
    """What a door may say of a message besides its words. The same turn_id again returns the same answer and counts once.

    `decides`: where several people talk in one conversation, only some decide; the words of the others replace nothing that somebody else said,
    settle no contradiction, but stand beside it.
    """

    turn_id: str
    owner: str
    today: date | None
    depth: Depth | None
    decides: bool


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
        model: Callable[[], LanguageModel | None] = lambda: None,
    ):
        self.storage, self.guide, self.library, self.settings, self.today = storage, guide, library, settings, today
        self._graph = build(guide, reader, library, model).compile(checkpointer=storage.checkpointer)
        self._reader = reader
        self.learning = Learning(guide, model if settings.with_model else lambda: None, self._day_allows, self._count)
        self._meanwhile: dict[str, Usage] = {}

    def warm(self) -> None:
        """Load what a turn needs; doors call this while the person reads the greeting."""
        self._reader()
        self.library()

    def open(self, thread: str | None = None, *, owner: str = "") -> Reply:
        """Begin a conversation, or take one up again: the greeting, or the last thing that was asked."""
        thread = check_thread_id(thread or new_thread_id())
        values = self._values(thread)
        if not restore(values.get("conversation")).turns:
            return Reply(thread=thread, text=self.greeting, stage="charter", asks=("charter.use_case",))
        return Reply.model_validate(values["reply"])

    @property
    def greeting(self) -> str:
        """The first text of every conversation. Where a language model reads, it says which and where: what is written leaves this machine."""
        model = self.settings.model
        return replies.opening(self.guide, model.name, model.host) if self.settings.with_model else replies.opening(self.guide)

    def say(self, thread: str, text: str, speaker: str = "", *, on_text: OnText | None = None, **sent: Unpack[Sent]) -> Reply:
        """Take one message and return the answer.

        `on_text` gets the words of an answer from the library while they are written; joined, they are the beginning of the reply's text.
        """
        return self._run(self._message(thread, sent, speaker, text=self._accepted(text)), sent, on_text)

    def press(self, thread: str, command: Command, **sent: Unpack[Sent]) -> Reply:
        """Do what a button does."""
        if command not in COMMANDS:
            raise InputRefused(f"There is no command {command!r}. There are: {', '.join(COMMANDS)}.")
        return self._run(self._message(thread, sent, command=command), sent)

    def correct(self, thread: str, item: str, text: str, speaker: str = "", **sent: Unpack[Sent]) -> Reply:
        """Put one fact right: the text is read as the answer to this item alone and replaces what stood. The open question comes again."""
        return self._run(self._message(thread, sent, speaker, text=self._accepted(text), command="correct", item=self._item(item)), sent)

    def tell(self, thread: str, items: Sequence[str], text: str, speaker: str = "", **sent: Unpack[Sent]) -> Reply:
        """Take somebody's answer to these items, whatever is open now. What others said of them stands beside it; the open question comes again."""
        message = self._message(thread, sent, speaker, decides=False, text=self._accepted(text), command="told")
        return self._run({**message, "about": [self._item(item) for item in items]}, sent)

    def decline(self, thread: str, item: str, text: str, speaker: str, **sent: Unpack[Sent]) -> Reply:
        """Let somebody refuse a part that was named for them: nobody has it then, on their words. Raises InputRefused where the item is no person."""
        if self.guide.items[self._item(item)].kind != "party":
            raise InputRefused(f"{self.guide.label(item)} is nobody's part, so nobody can decline it.")
        return self._run(self._message(thread, sent, speaker, text=self._accepted(text), command="decline", item=item), sent)

    def amend(self, thread: str, amends: str, text: str, speaker: str = "", **sent: Unpack[Sent]) -> Reply:
        """Read the message of an earlier turn id again, as its writer has changed it; an empty text takes it back. Raises InputRefused for an unknown turn."""
        conversation = self.conversation(thread)
        turn = next((one for one in conversation.turns if one.turn_id == amends), None)
        if turn is None:
            raise InputRefused("That message was no part of this conversation, so nothing was changed.")
        last = max((one.turn for one in conversation.asked if one.turn < turn.number), default=0)
        asked = [item for one in conversation.asked if one.turn == last for item in one.items]
        message = self._message(thread, sent, speaker, text=self._accepted(text) if text else "", command="amend")
        return self._run({**message, "amends": turn.number, "about": asked}, sent)

    def clear(self, thread: str, item: str, speaker: str = "", **sent: Unpack[Sent]) -> Reply:
        """Take one fact off the record, as if nobody had spoken about it. The open question comes again."""
        return self._run(self._message(thread, sent, speaker, command="clear", item=self._item(item)), sent)

    def bring(self, thread: str, name: str, content: bytes, speaker: str = "", **sent: Unpack[Sent]) -> Reply:
        """Read a document and propose what it says (`Reply.proposals`); it counts once confirmed, by `confirm` or in words ("all", "all but 3").

        Raises LibraryError for a file that cannot be read and InputRefused for one that says nothing of use; the conversation stays as it was.
        """
        from agent.bringing import understand
        from knowledge.files import open_file

        message = self._message(thread, sent, speaker, command="bring")
        pages, conversation = open_file(name, content), self.conversation(thread)
        listening = Listening(asked=(), record=conversation.record, today=date.fromisoformat(message["today"]), turn=len(conversation.turns) + 1)
        brought = understand(name, pages, self._reader(), listening, self.guide)
        text = self.spoken(conversation).wording.document.format(name=brought.name)
        return self._run({**message, "text": text, "brought": brought.model_dump(mode="json")}, sent)

    def confirm(self, thread: str, chosen: Sequence[int], speaker: str = "", **sent: Unpack[Sent]) -> Reply:
        """Let the chosen proposals of a document count, by their numbers; the others are forgotten."""
        return self._run({**self._message(thread, sent, speaker, command="confirm"), "chosen": list(chosen)}, sent)

    def conversation(self, thread: str) -> Conversation:
        """Return where a conversation stands; an unknown thread is an empty one."""
        return restore(self._values(thread).get("conversation"))

    def assessment(self, thread: str, today: date | None = None, assumptions: Mapping[str, float] | None = None) -> tuple[Conversation, Assessment]:
        """Judge what is known so far, for a report, with the guidance behind every finding. Raises ThreadNotFound for an unknown thread."""
        self.storage.thread(check_thread_id(thread))
        conversation = self.conversation(thread)
        found = assess_to_keep(conversation.record, self.guide, self.library(), today or self.today(), assumptions)
        return conversation, with_the_past(found, conversation, self.guide)

    def again(self, thread: str, new: str | None = None, *, owner: str = "", today: date | None = None) -> Reply:
        """Begin a conversation that starts from the last record of a thread, and ask the first question of it."""
        last = self.storage.thread(check_thread_id(thread))
        new, day = check_thread_id(new or f"{thread[:69]}-{(today or self.today()).isoformat()}"), today or self.today()
        if self.storage.exists(new):
            raise InputRefused(f"There is a conversation {new} already. Name another one with --as.")
        self._keep(new, again(self.conversation(thread), thread, self.guide, day))
        return self.press(new, "status", owner=owner or last.owner, today=today)

    def record_actual(self, thread: str, actual: Actual) -> tuple[Score, ...]:
        """Write down what the rollout came to, and return how the projection of the thread did. Raises ThreadNotFound."""
        self.storage.thread(check_thread_id(thread))
        with self.storage.lock(thread):
            conversation = self.conversation(thread)
            conversation = conversation.with_(actuals=(*conversation.actuals, actual))
            self._keep(thread, conversation)
        return scores_of(conversation, self.guide)

    def portfolio(self, today: date | None = None) -> Portfolio:
        """Judge every conversation that was not reassessed since: the newest record of each pilot."""
        from agent.reports import title

        day = today or self.today()
        talks = {thread.id: self.conversation(thread.id) for thread in self.storage.threads()}
        replaced = {talk.before.thread for talk in talks.values() if talk.before}
        judged = [(id, title(talk), assess_for_report(talk.record, self.guide, day)) for id, talk in sorted(talks.items()) if id not in replaced]
        return portfolio(judged, day.isoformat())

    def spoken(self, conversation: Conversation) -> Guide:
        """Return the guide in the language of a conversation."""
        return in_language(self.guide, conversation.language)

    def day_of(self, conversation: Conversation) -> date:
        """Return the day of the last message, or today where there is none."""
        return date.fromisoformat(conversation.turns[-1].said_on) if conversation.turns else self.today()

    def _keep(self, thread: str, conversation: Conversation) -> None:
        with self.storage.told():
            self._graph.update_state(_config(thread), {"conversation": conversation.model_dump(mode="json")}, as_node="assessment")

    def _values(self, thread: str) -> dict[str, Any]:
        with self.storage.told():
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

    def _item(self, item: str) -> str:
        if item not in self.guide.items:
            raise InputRefused(f"There is no item {item!r}. Items are named as gates.adoption.")
        return item

    def _message(
        self, thread: str, sent: Sent, speaker: str = "", *, text: str = "", command: str = "", item: str = "", decides: bool = True
    ) -> Message:  # fmt: skip
        return Message(
            thread=check_thread_id(thread), text=text, command=command, item=item, speaker=speaker, turn_id=sent.get("turn_id", ""),
            today=(sent.get("today") or self.today()).isoformat(), depth=sent.get("depth") or "", decides=sent.get("decides", decides),
        )  # fmt: skip

    def _run(self, message: Message, sent: Sent, on_text: OnText | None = None) -> Reply:
        started, thread = time.perf_counter(), message["thread"]
        with self.storage.lock(thread), self.storage.told():
            if message["turn_id"] and (before := self._answered(thread, message["turn_id"])):
                return before
            try:
                meanwhile = self._meanwhile.pop(thread, NOTHING_USED)
                now = Circumstances(on_text, self._ceiling_reached(thread), meanwhile)
                with span("turn", **{"pilotcheck.thread": thread, "pilotcheck.command": message["command"]}):
                    values = self._graph.invoke({"message": message}, _config(thread), context=now, durability="exit")
            except (TypeError, ValueError, KeyError, EOFError):
                self._values(thread)  # a checkpoint that cannot be read says so itself
                raise
            reply = Reply.model_validate(values["reply"])
            self._list(message, sent.get("owner", ""), values["conversation"], reply)
            used = Usage.model_validate(values["conversation"]["turns"][-1]["usage"] or {})
            self._count(used.tokens - meanwhile.tokens)
        if self.learning.missing(language := values["conversation"]["language"]) and not self._ceiling_reached(thread):
            self.learning.begin(language, partial(self._charge, thread))
        return reply.model_copy(update={"seconds": round(time.perf_counter() - started, 4)})

    def _ceiling_reached(self, thread: str) -> bool:
        """Say whether this interview, or everybody today, has spent the tokens there are."""
        interview = self.settings.token_limit_interview
        return not self._day_allows() or (interview is not None and self.conversation(thread).usage.tokens >= interview)

    def _day_allows(self) -> bool:
        day = self.settings.token_limit_day
        return day is None or self.storage.tokens(self.today()) < day

    def _count(self, tokens: int) -> None:
        """Add to the day's count, which all processes share."""
        if tokens:
            self.storage.add_tokens(self.today(), tokens)

    def _charge(self, thread: str, usage: Usage) -> None:
        """Keep what learning a language has used until the next message of the thread that it was begun for."""
        self._meanwhile[thread] = self._meanwhile.get(thread, NOTHING_USED) + usage

    def _answered(self, thread: str, turn_id: str) -> Reply | None:
        """Return the reply that a turn got when it came the first time: the checkpoint of that turn has it."""
        values = self._values(thread)
        if all(turn.get("turn_id") != turn_id for turn in values.get("conversation", {}).get("turns", ())):
            return None
        if _turn_id(values) != turn_id:
            past = (one.values for one in self._graph.get_state_history(_config(thread)))
            values = next((one for one in past if _turn_id(one) == turn_id), values)
        return Reply.model_validate(values["reply"])

    def _list(self, message: Message, owner: str, conversation: dict[str, Any], reply: Reply) -> None:
        """Write the conversation's line in the list, named by its first words; one that begins with a document by its use case, once that is heard."""
        first, day, thread = conversation["turns"][0]["text"], message["today"], message["thread"]
        document = DOCUMENT.fullmatch(first)
        title = clip(document["name"] if document else first, 60)
        self.storage.save(Thread(id=thread, title=title, owner=owner, created_on=day, updated_on=day, verdict=reply.verdict, turns=reply.turn + 1))
        if document and self.storage.thread(thread).title == title and (use_case := restore(conversation).record.known("charter.use_case")):
            self.storage.rename(thread, clip(str(use_case), 60))


def _turn_id(values: dict[str, Any]) -> str:
    """Return which turn a checkpoint ends with."""
    turns = values.get("conversation", {}).get("turns")
    return str(turns[-1]["turn_id"]) if turns else ""


def _config(thread: str) -> Any:
    return {"configurable": {"thread_id": thread}}


def new_thread_id() -> str:
    return uuid.uuid4().hex
