"""The conversation in the browser: Chainlit's callbacks around an Interview. The only module that imports chainlit; serve_web prepares its environment first."""

# mypy: disable-error-code="no-untyped-call"
# Chainlit annotates its classes but not most of their methods.

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakValueDictionary

import chainlit as cl

from agent.conversation import Turn
from agent.errors import PilotcheckError
from agent.interview import COMMANDS, Command, new_thread_id
from agent.replies import Reply, opening
from ui.serve_web import REPORTS, Application, conversations, shown

if TYPE_CHECKING:
    from agent.interview import Interview

log = logging.getLogger(__name__)

LABELS: dict[Command, str] = {"skip": "Skip", "why": "Why do you ask?", "back": "Back", "status": "Where are we?", "finish": "Just the result"}
WENT_WRONG = "Something went wrong on our side; your answers are kept. Send it again."
MOVED_ON = "This conversation went on in another window. Here is where it stands; your last message was not counted, send it again if it still fits."
NOT_READY = "One moment, I am getting ready. The first time on a computer this takes some ten seconds; your message is not lost."
PATIENCE = 1.5
EARLIER = 5


def application(interview: "Interview", *, port: int, headless: bool, welcome: str) -> Application:
    """Return Chainlit's server with our callbacks; `welcome` is printed when it is ready."""
    from chainlit.config import config

    config.run.host, config.run.port, config.run.headless = "127.0.0.1", port, headless
    from chainlit.server import app

    page = Page(interview, welcome)
    cl.on_app_startup(page.start)
    cl.on_app_shutdown(page.stop)
    cl.on_chat_start(page.begin)
    cl.on_message(page.hear)
    for name, click in {"say": page.click, "press": page.click, "sources": page.show_sources, "report": page.show_report}.items():
        cl.action_callback(name)(click)
    return cast(Application, app)


class Page:
    """One for the whole server. What a browser tab has seen is in Chainlit's session; what was said is in the interview's storage."""

    def __init__(self, interview: "Interview", welcome: str):
        self.interview, self.welcome = interview, welcome
        self._warming: asyncio.Task[None] | None = None
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    # The server ---------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Say where the page is."""
        print(self.welcome, flush=True)

    async def _warm(self) -> None:
        try:
            await asyncio.to_thread(self.interview.warm)
        except PilotcheckError as error:
            log.warning("%s", error)  # said again, to the person, by the first message that needs it
        except Exception:
            log.exception("Warming up failed")

    async def stop(self) -> None:
        """Close the storage; Chainlit ends the process right after this."""
        self.interview.storage.close()
        print("Stopped. Everything that was said is kept.", flush=True)

    # The callbacks ------------------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Greet, or show this browser's conversation again: a reload, a lost connection and a restart all come here."""
        thread = _thread()
        async with self._told(), self._lock(thread):
            await self._catch_up(thread, tuple(one for one in _mine() if one != thread))
        # Only now: what is heavy loads while the person reads the greeting, and does not hold it up.
        self._warming = self._warming or asyncio.create_task(self._warm())

    async def hear(self, message: cl.Message) -> None:
        """Take in what was typed."""
        async with self._told(), self._one_at_a_time() as thread:
            if await self._moved_on(thread):
                return
            reply = await asyncio.to_thread(self.interview.say, thread, message.content, turn_id=message.id)
            await self._reply(reply)

    async def click(self, action: cl.Action) -> None:
        """Do what a choice or a command says; a second click on the same question is the first one again."""
        asked, said = action.payload.get("turn"), action.payload.get("say")
        command = cast(Command, action.payload.get("press"))
        async with self._working(), self._told(), self._one_at_a_time() as thread:
            turns = (await asyncio.to_thread(self.interview.conversation, thread)).turns
            if asked != len(turns):
                await self._catch_up(thread)
                return
            turn_id = action.id[:100]
            await _person(turn_id, str(said) if said else LABELS.get(command, ""))
            if said:
                reply = await asyncio.to_thread(self.interview.say, thread, str(said), turn_id=turn_id)
            else:
                reply = await asyncio.to_thread(self.interview.press, thread, command, turn_id=turn_id)
            await self._reply(reply)

    async def show_sources(self, action: cl.Action) -> None:
        """Open the passages behind a reply at the side."""
        async with self._told():
            cl.user_session.set("sources", True)
            await _beside("Where this comes from", f"/guidance/{','.join(map(str, action.payload.get('ids', ())))}")

    async def show_report(self, action: cl.Action) -> None:
        """Open the report at the side, as it stands now."""
        async with self._told():
            cl.user_session.set("sources", False)
            await _beside("Report", f"/report/{_thread()}.txt?turn={cl.user_session.get('turns')}")

    # What they share ----------------------------------------------------------------------------------------------------

    async def _catch_up(self, thread: str, earlier: tuple[str, ...] = ()) -> None:
        """Show the whole conversation. Messages have fixed ids, so those the page has already are not doubled."""
        conversation = await asyncio.to_thread(self.interview.conversation, thread)
        turns = conversation.turns
        greeting = opening(self.interview.guide) if turns else await self._greeting(thread, earlier)
        await cl.Message(shown(greeting), id=f"{thread}-opening").send()
        for turn in turns:
            await _person(turn.turn_id or f"{thread}-{turn.number}", _label(turn))
            if turn.number < len(turns):
                await cl.Message(shown(turn.reply), id=f"{thread}-{turn.number}-reply").send()
        cl.user_session.set("turns", len(turns))
        if turns:
            await self._reply(await asyncio.to_thread(self.interview.open, thread))

    async def _greeting(self, thread: str, earlier: tuple[str, ...]) -> str:
        reply = await asyncio.to_thread(self.interview.open, thread)
        known = [one for one in earlier if await asyncio.to_thread(self.interview.storage.exists, one)][:EARLIER]
        listed = [await asyncio.to_thread(self.interview.storage.thread, one) for one in known]
        links = "\n".join(f"- [{_literal(one.title)}](/continue/{one.id}), {one.updated_on}" for one in listed)
        return f"{reply.text}\n\nOr continue where you left off:\n{links}" if links else reply.text

    async def _reply(self, reply: Reply) -> None:
        """Show a reply with its buttons, and take the old ones away, with the sources of the last one."""
        if cl.user_session.get("sources"):
            await cl.ElementSidebar.set_elements([])
            cl.user_session.set("sources", False)
        for old in cl.user_session.get("buttons") or ():
            await old.remove()
        buttons = _buttons(reply)
        for button in buttons:
            await button.remove()  # when the page has it already
        cl.user_session.set("buttons", buttons)
        cl.user_session.set("turns", reply.turn + 1)
        await cl.Message(shown(reply.text), id=f"{reply.thread}-{reply.turn + 1}-reply", actions=buttons, elements=_files(reply)).send()

    async def _moved_on(self, thread: str) -> bool:
        """Say whether the conversation went on elsewhere since this page last showed it; then show it, and count nothing."""
        seen, turns = cl.user_session.get("turns"), (await asyncio.to_thread(self.interview.conversation, thread)).turns
        if seen is None or seen == len(turns):
            return False
        await self._catch_up(thread)
        await cl.Message(MOVED_ON).send()
        return True

    @asynccontextmanager
    async def _one_at_a_time(self) -> AsyncIterator[str]:
        """Hold this conversation, once what a turn needs is loaded: two messages at once would answer the wrong question."""
        thread = _thread()
        await self._ready()
        async with self._lock(thread):
            yield thread

    def _lock(self, thread: str) -> asyncio.Lock:
        return self._locks.setdefault(thread, asyncio.Lock())

    async def _ready(self) -> None:
        """Wait until everything is loaded; say so when that takes a while, as it does once after the installation."""
        if not self._warming or self._warming.done():
            return
        done, _ = await asyncio.wait({self._warming}, timeout=PATIENCE)
        if not done:
            note = await cl.Message(NOT_READY).send()
            await asyncio.wait({self._warming})
            await note.remove()

    @asynccontextmanager
    async def _told(self) -> AsyncIterator[None]:
        """Show what is expected to go wrong as it is; log anything else, and say only that it happened."""
        try:
            yield
        except PilotcheckError as error:
            await self._sorry(shown(str(error)))
        except Exception:
            log.exception("A message could not be answered")
            await self._sorry(WENT_WRONG)

    async def _sorry(self, text: str) -> None:
        """Show what went wrong, with the buttons of the question that is still open."""
        buttons = cl.user_session.get("buttons") or []
        for button in buttons:
            await button.remove()
        await cl.Message(text, actions=buttons).send()

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        """Keep the person from typing while a button is at work."""
        await cl.context.emitter.task_start()
        try:
            yield
        finally:
            await cl.context.emitter.task_end()


def _mine() -> tuple[str, ...]:
    """Return the conversations of the browser behind this connection."""
    return conversations((cl.context.session.environ or {}).get("HTTP_COOKIE", ""))


def _thread() -> str:
    """Return the conversation of this page: the open one of its browser, or, without a cookie, one of its own."""
    if not cl.user_session.get("thread"):
        cl.user_session.set("thread", next(iter(_mine()), None) or new_thread_id())
    return str(cl.user_session.get("thread"))


def _buttons(reply: Reply) -> list[cl.Action]:
    """Return the choices, then the commands, then what can be read; the ids are fixed, so the same button is the same turn."""
    here, turn = f"{reply.thread}-{reply.turn + 1}", reply.turn + 1
    buttons = [
        cl.Action(name="say", payload={"say": choice, "turn": turn}, label=choice, id=f"choice-{here}-{number}") for number, choice in enumerate(reply.choices)
    ]
    offered: tuple[Command, ...] = ("back", "status") if reply.done else tuple(LABELS)
    if reply.done:
        buttons.append(cl.Action(name="report", payload={}, label="Read the full report", id=f"choice-{here}-report"))
    buttons += [cl.Action(name="press", payload={"press": command, "turn": turn}, label=LABELS[command], id=f"press-{here}-{command}") for command in offered]
    if reply.sources:
        ids = [source.id for source in reply.sources]
        buttons.append(cl.Action(name="sources", payload={"ids": ids}, label="Sources", tooltip="The guidance behind this", id=f"press-{here}-sources"))
    return buttons


def _files(reply: Reply) -> list[Any]:
    """Return the report as files to download; they are made when they are asked for."""
    if not reply.done:
        return []
    return [cl.File(name=f"report.{form}", url=f"/report/{reply.thread}.{form}", id=f"{reply.thread}-{reply.turn + 1}-{form}") for form in REPORTS]


def _label(turn: Turn) -> str:
    """Return what a person said, or the words on the button they pressed."""
    pressed = turn.text.strip("()")
    return LABELS[pressed] if turn.text == f"({pressed})" and pressed in COMMANDS else turn.text


def _literal(text: str) -> str:
    """Escape a text for the inside of a Markdown link."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|" else letter for letter in text)


async def _person(id: str, text: str) -> None:
    await cl.Message(text, id=id, type="user_message", author="You").send()


async def _beside(title: str, url: str) -> None:
    await cl.ElementSidebar.set_elements([cl.Text(name=title, url=url)])
    await cl.ElementSidebar.set_title(title)
