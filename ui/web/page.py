"""The conversation in the browser: Chainlit's callbacks around an Interview."""

# mypy: disable-error-code="no-untyped-call"
# Chainlit annotates its classes but not most of their methods.

import asyncio
import logging
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakValueDictionary

import chainlit as cl

from agent.errors import EXPECTED, PilotcheckError, ThreadNotFound
from agent.interview import Command
from agent.replies import Reply
from ui.web.guard import REPORTS, Application
from ui.web.history import History, said
from ui.web.people import browser, cookie_in, lets_in, owner_of
from ui.web.showing import LABELS, shown

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.settings import Settings

log = logging.getLogger(__name__)

WENT_WRONG = "Something went wrong on our side; your answers are kept. Send it again."
MOVED_ON = "This conversation went on in another window. Here is where it stands; your last message was not counted, send it again if it still fits."
NOT_READY = "One moment, I am getting ready. The first time on a computer this takes some ten seconds; your message is not lost."
PATIENCE = 1.5
FOLLOW_SECONDS = 0.05  # the messages of a resumed conversation are sent right after the callback


class Page:
    """One for the whole server. What a browser tab has seen is in Chainlit's session; what was said is in the interview's storage."""

    def __init__(self, interview: "Interview", settings: "Settings", key: str, welcome: str):
        self.interview, self.settings, self.key, self.welcome = interview, settings, key, welcome
        self._warming: asyncio.Task[None] | None = None
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._address = ""

    def application(self) -> Application:
        """Return Chainlit's server with our callbacks."""
        from chainlit.config import config

        config.run.headless = True  # whether and where a browser opens is ours to say
        from chainlit.server import app

        cl.on_app_startup(self.start)
        cl.on_app_shutdown(self.stop)
        cl.on_chat_start(self.begin)
        cl.on_chat_resume(self.resume)
        cl.on_message(self.hear)
        cl.data_layer(lambda: History(self.interview))
        for name, click in {"say": self.click, "press": self.click, "sources": self.show_sources, "report": self.show_report}.items():
            cl.action_callback(name)(click)
        self._let_in()
        return cast(Application, app)

    def _let_in(self) -> None:
        """Tell Chainlit how people log in; without a login every browser is somebody by its cookie."""
        if self.settings.login == "password":
            cl.password_auth_callback(self.with_password)
        elif self.settings.login == "oauth":
            try:
                cl.oauth_callback(self.with_oauth)
            except ValueError:
                raise PilotcheckError("PILOTCHECK_LOGIN=oauth needs a provider, for example OAUTH_GITHUB_CLIENT_ID and OAUTH_GITHUB_CLIENT_SECRET.") from None
        else:
            cl.header_auth_callback(self.with_header)

    # Who is there -------------------------------------------------------------------------------------------------------

    async def with_header(self, headers: Any) -> cl.User | None:
        """Take a person's name from the proxy's header, or from the browser's cookie where there is no login."""
        if self.settings.login == "header":
            name = headers.get(self.settings.login_header, "").strip()
        else:
            name = browser(cookie_in(headers.get("cookie", "")), self.key) or ""
        return cl.User(identifier=name, display_name="You") if name else None

    async def with_password(self, name: str, password: str) -> cl.User | None:
        assert self.settings.passwords
        try:
            return cl.User(identifier=name) if await asyncio.to_thread(lets_in, self.settings.passwords, name, password) else None
        except PilotcheckError as error:
            log.error("%s", error)
            return None

    async def with_oauth(self, provider: str, token: str, raw: dict[str, str], user: cl.User, id_token: str | None = None) -> cl.User | None:
        """Take the provider's word for who it is; the same name at another provider is another person."""
        return cl.User(identifier=f"{provider}:{user.identifier}", display_name=user.display_name)

    def person_at(self, cookie: str) -> str | None:
        """Return who a request's cookies belong to, or None."""
        from http.cookies import SimpleCookie

        from chainlit.auth import get_token_from_cookies
        from chainlit.auth.jwt import decode_jwt

        if self.settings.login == "none":
            return browser(cookie_in(cookie), self.key)
        try:
            token = get_token_from_cookies({name: one.value for name, one in SimpleCookie(cookie).items()})
            return decode_jwt(token).identifier if token else None
        except Exception:  # forged, expired or no token at all: it opens nothing
            return None

    # The server ---------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Say where the page is, and open it."""
        print(self.welcome, flush=True)
        if self._address:
            webbrowser.open(self._address)

    def once_ready(self, address: str) -> None:
        """Open a browser window when the server is there."""
        self._address = address

    async def _warm(self) -> None:
        try:
            await asyncio.to_thread(self.interview.warm)
        except EXPECTED as error:
            log.warning("%s", error)  # said again, to the person, by the first message that needs it
        except Exception:
            log.exception("Warming up failed")

    async def stop(self) -> None:
        """Close the storage; Chainlit ends the process right after this."""
        self.interview.storage.close()
        print("Stopped. Everything that was said is kept.", flush=True)

    # The callbacks ------------------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Greet somebody who begins a conversation."""
        async with self._told():
            reply = await asyncio.to_thread(self.interview.open, _thread())
            await cl.Message(shown(reply.text), id=f"{cl.context.session.id}-opening").send()
            cl.user_session.set("turns", 0)
        # Only now: what is heavy loads while the person reads the greeting, and does not hold it up.
        self._warming = self._warming or asyncio.create_task(self._warm())

    async def resume(self, thread: Any) -> None:
        """Chainlit shows the messages of a conversation again; what it does not keep, the buttons and files, follows after them."""
        self._warming = self._warming or asyncio.create_task(self._warm())
        cl.user_session.set("following", asyncio.create_task(self._follow_up()))

    async def _follow_up(self) -> None:
        await asyncio.sleep(FOLLOW_SECONDS)
        async with self._told(), self._lock(_thread()):
            self._check_owner(_thread())
            turns = (await asyncio.to_thread(self.interview.conversation, _thread())).turns
            cl.user_session.set("turns", len(turns))
            if turns:
                await self._reply(await asyncio.to_thread(self.interview.open, _thread()))

    async def hear(self, message: cl.Message) -> None:
        """Take in what was typed."""
        async with self._told(), self._one_at_a_time() as thread:
            if await self._moved_on(thread):
                return
            reply = await asyncio.to_thread(self.interview.say, thread, message.content, turn_id=message.id, owner=_owner())
            await self._reply(reply)

    async def click(self, action: cl.Action) -> None:
        """Do what a choice or a command says; a second click on the same question is the first one again."""
        asked, answer = action.payload.get("turn"), action.payload.get("say")
        command = cast(Command, action.payload.get("press"))
        async with self._working(), self._told(), self._one_at_a_time() as thread:
            turns = (await asyncio.to_thread(self.interview.conversation, thread)).turns
            if asked != len(turns):
                await self._catch_up(thread)
                return
            turn_id = action.id[:100]
            await _person(turn_id, str(answer) if answer else LABELS.get(command, ""))
            if answer:
                reply = await asyncio.to_thread(self.interview.say, thread, str(answer), turn_id=turn_id, owner=_owner())
            else:
                reply = await asyncio.to_thread(self.interview.press, thread, command, turn_id=turn_id, owner=_owner())
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

    async def _catch_up(self, thread: str) -> None:
        """Show the whole conversation. Messages have fixed ids, so those the page has already are not doubled."""
        turns = (await asyncio.to_thread(self.interview.conversation, thread)).turns
        await cl.Message(shown(self.interview.greeting), id=f"{thread}-opening").send()
        for turn in turns:
            await _person(turn.turn_id or f"{thread}-{turn.number}", said(turn))
            if turn.number < len(turns):
                await cl.Message(shown(turn.reply), id=f"{thread}-{turn.number}-reply").send()
        cl.user_session.set("turns", len(turns))
        if turns:
            await self._reply(await asyncio.to_thread(self.interview.open, thread))

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
        self._check_owner(thread)
        await self._ready()
        async with self._lock(thread):
            yield thread

    def _check_owner(self, thread: str) -> None:
        """Let nobody into a conversation that is somebody else's, however they came by its id."""
        storage = self.interview.storage
        if storage.exists(thread) and storage.thread(thread).owner != _owner():
            raise ThreadNotFound("There is no such conversation of yours.")

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
        except EXPECTED as error:
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


def _thread() -> str:
    """Return the conversation of this page."""
    return str(cl.context.session.thread_id)


def _owner() -> str:
    """Return whose conversations the person at this page has; nobody comes this far without a name."""
    user = cl.context.session.user
    assert user
    return owner_of(user.identifier)


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


async def _person(id: str, text: str) -> None:
    await cl.Message(text, id=id, type="user_message", author="You").send()


async def _beside(title: str, url: str) -> None:
    await cl.ElementSidebar.set_elements([cl.Text(name=title, url=url)])
    await cl.ElementSidebar.set_title(title)
