"""What a page of the browser is shown: messages, what stands in the latest one, and the board beside them."""

# mypy: disable-error-code="no-untyped-call"
# Chainlit annotates its classes but not most of their methods.

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import chainlit as cl

from agent.answering import OnText
from agent.conversation import Turn
from agent.heard import clip
from agent.replies import Reply
from ui.web.drawing import Drawn, drawn, empty_board, page
from ui.web.people import owner_of
from ui.web.showing import said, shown
from ui.web.wording import page_words

if TYPE_CHECKING:
    from agent.interview import Interview

A_MOMENT = 1.0  # seconds
OURS = "pilotcheck"  # where in a message's metadata stands what is ours


class Screen:
    """Draws for whoever is at the page of the present callback. Messages have fixed ids: drawn again, they stay where they are.

    What is ours in a message travels in its metadata: a reply is one event, whatever stands in it and beside it.
    """

    def __init__(self, interview: "Interview"):
        self.interview = interview

    async def greet(self, latest: dict[str, str] | None, *, lost: bool) -> None:
        """Show the first message, with ways to begin and the empty board; `lost` is who looked for a conversation that is gone."""
        await self.frame(latest, lost=lost).send(for_id=f"{here()}-opening")
        await _message(shown(self.interview.greeting), f"{here()}-opening", empty_board(self.interview)).send()
        cl.user_session.set("turns", 0)

    def frame(self, latest: dict[str, str] | None = None, *, lost: bool = False) -> cl.CustomElement:
        """Return the element that draws all that is ours on the page; it sits in the first message, which never goes away."""
        return cl.CustomElement(name="Page", id=f"{here()}-page", for_id=f"{here()}-opening", props={**page(latest), "lost": lost})

    async def conversation(self, turns: Sequence[Turn]) -> None:
        """Show all that was said; what the page has already stays as it is."""
        for turn in turns:
            await self.person(turn.turn_id or f"{here()}-{turn.number}", said(turn, self.interview.guide))
            if turn.number < len(turns):
                await _message(shown(turn.reply), f"{here()}-{turn.number}-reply").send()
        cl.user_session.set("turns", len(turns))
        if turns:
            await self.reply(await asyncio.to_thread(self.interview.open, here()))

    async def person(self, id: str, text: str) -> None:
        await cl.Message(text, id=id, type="user_message", author="You").send()

    async def reply(self, reply: Reply) -> None:
        """Show a reply with what can be pressed, and the board as it stands now."""
        await self.put_away()
        found = await self._drawn(reply)
        await _message(shown(reply.text), f"{reply.thread}-{reply.turn + 1}-reply", found).send()
        await self._list_anew(found["board"]["verdict"]["key"], reply)

    async def taken_up(self, *, spoken: bool) -> Drawn:
        """Return what is drawn in the last message of a conversation that is opened again; in one without a word that is the greeting."""
        cl.user_session.set("turns", 0)
        return await self._drawn(await asyncio.to_thread(self.interview.open, here())) if spoken else empty_board(self.interview)

    async def _drawn(self, reply: Reply) -> Drawn:
        """Draw a reply, and keep for this page how far it has come and what can be pressed when the next message is refused."""
        found = await asyncio.to_thread(drawn, self.interview, reply)
        cl.user_session.set("turns", reply.turn + 1)
        cl.user_session.set("below", {"board": found["board"], "answer": {**found["answer"], "replaces": ""}})
        return found

    def writing(self, thread: str, turn: int) -> OnText:
        """Return what shows the words of a reply while they are written; the whole reply has the same id and takes their place.

        The interview calls it from its own thread, which waits until the words are sent: so they keep their order.
        """
        message, loop = cl.Message("", id=f"{thread}-{turn}-reply"), asyncio.get_running_loop()

        def on_text(text: str) -> None:
            asyncio.run_coroutine_threadsafe(message.stream_token(shown(text)), loop).result()

        return on_text

    async def played(self, reply: Reply, today: date) -> None:
        """Show a reply of the worked example: nothing in it can be pressed but the files at its end."""
        found = await asyncio.to_thread(drawn, self.interview, reply, today, example=True)
        await _message(shown(reply.text), f"{reply.thread}-{reply.turn + 1}-reply", found).send()

    @asynccontextmanager
    async def busy(self, name: str) -> AsyncIterator[None]:
        """Say what is going on where it takes longer than a moment."""
        note = asyncio.create_task(self._note(page_words().answer["reading"].format(name=clip(name, 60))))
        try:
            yield
        finally:
            note.cancel()
            with suppress(asyncio.CancelledError):
                await note

    async def _note(self, text: str) -> None:
        await asyncio.sleep(A_MOMENT)
        note = cl.Message(text)
        async with self.working():
            try:
                await note.send()
                await asyncio.Event().wait()
            finally:
                await note.remove()

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Keep the person from typing meanwhile. Chainlit draws every message again for it, so what takes no time goes without."""
        await cl.context.emitter.task_start()
        try:
            yield
        finally:
            await cl.context.emitter.task_end()

    async def sorry(self, text: str) -> None:
        """Show what went wrong, with the buttons of the question that is still open."""
        await _message(text, None, cl.user_session.get("below")).send()

    async def beside(self, title: str, url: str) -> None:
        """Open a text at the side, in the board's place."""
        cl.user_session.set("beside", True)
        await cl.ElementSidebar.set_elements([cl.Text(name=title, url=url)])
        await cl.ElementSidebar.set_title(title)

    async def put_away(self) -> None:
        """Close what was opened at the side; the board comes back."""
        if cl.user_session.get("beside"):
            await cl.ElementSidebar.set_elements([])
            cl.user_session.set("beside", False)

    async def _list_anew(self, verdict: str, reply: Reply) -> None:
        """Let the page fetch its list of conversations again where a line of it has changed; it does so at a new "first interaction"."""
        line = f"listed-{reply.thread}-{verdict if reply.done else ''}"
        if cl.user_session.get("line") != line:
            cl.user_session.set("line", line)
            await cl.context.emitter.emit("first_interaction", {"interaction": line, "thread_id": reply.thread})


def _message(text: str, id: str | None, found: Drawn | None = None) -> cl.Message:
    return cl.Message(text, id=id, metadata=marked(found))


def marked(found: Drawn | None) -> dict[str, Any] | None:
    """Return the metadata of a message in which something of ours is drawn."""
    return {OURS: found} if found else None


def here() -> str:
    """Return the conversation of this page."""
    return str(cl.context.session.thread_id)


def owner() -> str:
    """Return whose conversations the person at this page has; nobody comes this far without a name."""
    user = cl.context.session.user
    assert user
    return owner_of(user.identifier)
