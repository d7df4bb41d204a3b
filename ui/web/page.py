"""The conversation in the browser: Chainlit's callbacks around an Interview."""

# mypy: disable-error-code="no-untyped-call"
# Chainlit annotates its classes but not most of their methods.

import asyncio
import logging
import webbrowser
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakValueDictionary

import chainlit as cl

from agent.conversation import Conversation, Depth
from agent.errors import EXPECTED, PilotcheckError, ThreadNotFound
from agent.interview import new_thread_id
from agent.storage import NOBODY
from ui.web.clicks import Click, meant, take, typed
from ui.web.example import play
from ui.web.guard import Application
from ui.web.history import History
from ui.web.people import browser, cookie_in, lets_in, may_log_in, new_cookie, set_cookie
from ui.web.screen import Screen, here, marked, owner
from ui.web.showing import shown
from ui.web.wording import page_words

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.settings import Settings

log = logging.getLogger(__name__)

WENT_WRONG = "Something went wrong on our side; your answers are kept. Send it again."
DELETED = "This diagnosis was deleted in another window, so nothing more can be said in it. [Begin another one](/)."
MOVED_ON = "This conversation went on in another window. Here is where it stands; your last message was not counted, send it again if it still fits."
NOT_READY = "One moment, I am getting ready. The first time on a computer this takes some ten seconds; your message is not lost."
PATIENCE = 1.5


class Page:
    """One for the whole server. What a browser tab has seen is in Chainlit's session; what was said is in the interview's storage."""

    def __init__(self, interview: "Interview", settings: "Settings", key: str, welcome: str):
        self.interview, self.settings, self.key, self.welcome = interview, settings, key, welcome
        self.screen, self.history = Screen(interview), History(interview)
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
        cl.on_chat_resume(self.resume)
        # Not by cl.on_chat_start and cl.on_message: these put every message into a "run", which is two events more and hides it from our views.
        config.code.on_chat_start, config.code.on_message = self.begin, self.hear
        cl.on_window_message(self.asked)
        cl.on_chat_end(self.forget)
        cl.set_chat_profiles(self.profiles)
        cl.data_layer(lambda: self.history)
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
        """Let in whom the proxy's header names, or the browser's cookie where there is no login."""
        name = self.person_at(headers)
        return cl.User(identifier=name, display_name="You") if name else None

    async def with_password(self, name: str, password: str) -> cl.User | None:
        assert self.settings.passwords
        try:
            return cl.User(identifier=name) if await asyncio.to_thread(lets_in, self.settings.passwords, name, password) else None
        except PilotcheckError as error:
            log.error("%s", error)
            return None

    async def with_oauth(self, provider: str, token: str, raw: dict[str, Any], user: cl.User, id_token: str | None = None) -> cl.User | None:
        """Take the provider's word for who it is; the same name at another provider is another person.

        Somebody without a name is nobody, and so is an address that the provider has not verified: anybody could have typed it.
        """
        if not user.identifier or raw.get("email_verified") in (False, "false"):
            return None
        return cl.User(identifier=f"{provider}:{user.identifier}", display_name=user.display_name)

    def person_at(self, headers: Mapping[str, str]) -> str | None:
        """Return who a request comes from, or None: by the proxy's header, by the browser's cookie where there is no login, or by a login by hand."""
        cookie = headers.get("cookie", "")
        match self.settings.login:
            case "header":
                name = headers.get(self.settings.login_header.lower(), "").strip()
                return name if may_log_in(name) else None
            case "none":
                return browser(cookie_in(cookie), self.key)
            case _:
                return logged_in(cookie)

    async def admit(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        """Return the cookies that come with the page for whoever need not log in by hand; without them Chainlit loads itself three times to ask."""
        if self.settings.login in ("password", "oauth"):
            return ()
        cookie = headers.get("cookie", "")
        new = "" if cookie_in(cookie) else set_cookie(new_cookie())
        user = await self.with_header({**headers, "cookie": new or cookie})
        login = set_login(user) if user and logged_in(cookie) != user.identifier else ""
        return tuple(filter(None, (new, login)))

    # The server ---------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Say where the page is, and open it; examples that an earlier server left are deleted."""
        for left in await asyncio.to_thread(self.interview.storage.threads, NOBODY):
            await asyncio.to_thread(self.interview.storage.delete, left.id)
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

    async def profiles(self, user: cl.User | None) -> list[cl.ChatProfile]:
        return [cl.ChatProfile(name=one.name, markdown_description=one.says) for one in page_words().profiles.values()]

    # The callbacks ------------------------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Greet somebody who begins a conversation."""
        async with self._told():
            mine = await asyncio.to_thread(self.interview.storage.threads, owner())
            lost = bool(cl.context.session.thread_id_to_resume)  # Chainlit begins anew where there is nothing to resume
            await self.screen.greet({"id": mine[0].id, "title": mine[0].title} if mine else None, lost=lost)
        # Only now: what is heavy loads while the person reads the greeting, and does not hold it up.
        self._warming = self._warming or asyncio.create_task(self._warm())

    async def resume(self, thread: Any) -> None:
        """Complete a conversation that Chainlit sends to the page after this: with the board, and the buttons of the open question."""
        self._warming = self._warming or asyncio.create_task(self._warm())
        async with self._told(), self._lock(here()):
            self._check_owner(here())
            thread.update(await self.history.get_thread(here()) or {})  # again, now that no turn is under way
            thread["elements"] = [self.screen.frame().to_dict()]
            thread["steps"][-1]["metadata"] = marked(await self.screen.taken_up(spoken=len(thread["steps"]) > 1))

    async def hear(self, message: cl.Message) -> None:
        """Take in what was typed, and the files that came with it."""
        async with self._told(), self._one_at_a_time() as thread:
            conversation = await asyncio.to_thread(self.interview.conversation, thread)
            if await self._moved_on(conversation):
                return
            turn, faults = len(conversation.turns) + 1, list[str]()
            for number, click in enumerate(typed(message)):
                try:
                    await self._turn(click, f"{message.id}-{number}" if number else message.id, conversation, turn)
                    turn += 1
                except EXPECTED as error:  # a file that cannot be read does not swallow the words and files beside it
                    faults.append(str(error))
            if faults:
                raise PilotcheckError("\n\n".join(faults))

    async def pressed(self, button: Mapping[str, Any]) -> None:
        """Do what a choice, a command or a fact on the board says; the page shows it already. A second press in the same turn is none."""
        async with self._told(), self._one_at_a_time() as thread:
            conversation, id = await asyncio.to_thread(self.interview.conversation, thread), str(button["id"])[:100]
            if button.get("turn") != len(conversation.turns):
                await cl.Message("", id=id).remove()
                await self._catch_up(conversation)
                return
            await self._turn(meant(button, conversation), id, conversation, len(conversation.turns) + 1)

    async def _turn(self, click: Click, turn_id: str, conversation: Conversation, number: int) -> None:
        on_text = self.screen.writing(here(), number)
        async with self.screen.busy(click.text if click.kind == "bring" else page_words().answer["your_message"]):
            reply = await asyncio.to_thread(take, click, self.interview, here(), turn_id=turn_id, owner=owner(), depth=_depth(conversation), on_text=on_text)
        await self.screen.reply(reply)

    async def asked(self, data: Any) -> None:
        """Do what a button of the page asks for."""
        match data:
            case {"pilotcheck": "pressed", "id": _}:
                await self.pressed(data)
            case {"pilotcheck": "example"} if not cl.user_session.get("turns"):
                await self.play()
            case {"pilotcheck": "sources", "ids": [*ids]}:
                await self.screen.beside(page_words().answer["where"], f"/guidance/{','.join(map(str, ids))}")
            case {"pilotcheck": "report"}:
                thread = cl.user_session.get("example") or here()
                await self.screen.beside(page_words().answer["report_title"], f"/report/{thread}.txt?turn={cl.user_session.get('turns')}")

    async def play(self) -> None:
        """Play the worked example; its conversation belongs to nobody, and goes when the next one is played or the page is left."""
        async with self._told(), self.screen.working():
            await self._ready()
            await self.forget()
            thread = f"example-{new_thread_id()}"
            cl.user_session.set("example", thread)
            await play(self.screen, self.interview, thread)

    async def forget(self) -> None:
        """Delete the worked example of this page."""
        if thread := cl.user_session.get("example"):
            cl.user_session.set("example", None)
            with suppress(ThreadNotFound):
                await asyncio.to_thread(self.interview.storage.delete, thread)

    # What they share ----------------------------------------------------------------------------------------------------

    async def _moved_on(self, conversation: Conversation) -> bool:
        """Say whether the conversation went on elsewhere since this page last showed it; then show it, and count nothing."""
        seen = cl.user_session.get("turns")
        if seen is None or seen == len(conversation.turns):
            return False
        await self._catch_up(conversation, MOVED_ON)
        return True

    async def _catch_up(self, conversation: Conversation, note: str = "") -> None:
        """Show where a conversation stands that went on elsewhere; what was deleted there is over, whatever is said here."""
        if conversation.turns:
            await self.screen.conversation(conversation.turns)
        else:
            note = DELETED
        if note:
            await cl.Message(note).send()

    @asynccontextmanager
    async def _one_at_a_time(self) -> AsyncIterator[str]:
        """Hold this conversation, once what a turn needs is loaded: two messages at once would answer the wrong question."""
        thread = here()
        self._check_owner(thread)
        await self._ready()
        async with self._lock(thread):
            yield thread

    def _check_owner(self, thread: str) -> None:
        """Let nobody into a conversation that is somebody else's, however they came by its id."""
        storage = self.interview.storage
        if storage.exists(thread) and storage.thread(thread).owner != owner():
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
            await self.screen.sorry(shown(str(error)))
        except Exception:
            log.exception("A message could not be answered")
            await self.screen.sorry(WENT_WRONG)


def logged_in(cookie: str) -> str | None:
    """Return whose login is in a Cookie header; one that is forged, expired or missing opens nothing."""
    from http.cookies import SimpleCookie

    from chainlit.auth import get_token_from_cookies
    from chainlit.auth.jwt import decode_jwt

    try:
        token = get_token_from_cookies({name: one.value for name, one in SimpleCookie(cookie).items()})
        return decode_jwt(token).identifier if token else None
    except Exception:
        return None


def set_login(user: cl.User) -> str:
    """Return the Set-Cookie header that logs somebody in, as Chainlit would set it."""
    from chainlit.auth import create_jwt
    from chainlit.config import config

    return f"access_token={create_jwt(user)}; Path=/; Max-Age={config.project.user_session_timeout}; HttpOnly; SameSite=Lax"


def _depth(conversation: Conversation) -> Depth | None:
    """Return how deep a conversation that begins is to go; later that is its own."""
    return None if conversation.turns else "quick" if cl.user_session.get("chat_profile") == page_words().profiles["quick"].name else "full"
