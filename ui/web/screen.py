"""What a page of the browser is shown: messages, what stands under the latest one, and the board beside them."""

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
from agent.judging import assess
from agent.replies import Reply, clip
from ui.web.answer import answer
from ui.web.canvas import canvas
from ui.web.people import owner_of
from ui.web.result import result
from ui.web.showing import said, shown
from ui.web.wording import page_words

if TYPE_CHECKING:
    from agent.interview import Interview

A_MOMENT = 1.0  # seconds


class Screen:
    """Draws for whoever is at the page of the present callback. Elements and messages have fixed ids: drawn again, they are moved, not doubled."""

    def __init__(self, interview: "Interview"):
        self.interview = interview

    async def greet(self, latest: dict[str, str] | None) -> None:
        """Show the first message, with ways to begin and the empty board."""
        start = cl.CustomElement(name="Start", id=f"{here()}-start", props={"words": page_words().start, "latest": latest})
        await cl.Message(shown(self.interview.greeting), id=f"{here()}-opening", elements=[start]).send()
        await self.board(here(), "")
        cl.user_session.set("turns", 0)

    async def conversation(self, turns: Sequence[Turn]) -> None:
        """Show all that was said; what the page has already stays as it is."""
        await cl.Message(shown(self.interview.greeting), id=f"{here()}-opening").send()
        for turn in turns:
            await self.person(turn.turn_id or f"{here()}-{turn.number}", said(turn, self.interview.guide))
            if turn.number < len(turns):
                await cl.Message(shown(turn.reply), id=f"{here()}-{turn.number}-reply").send()
        cl.user_session.set("turns", len(turns))
        if turns:
            await self.reply(await asyncio.to_thread(self.interview.open, here()))

    async def person(self, id: str, text: str) -> None:
        await cl.Message(text, id=id, type="user_message", author="You").send()

    async def reply(self, reply: Reply) -> None:
        """Show a reply; what can be pressed moves from the last one to this, and the board follows."""
        await self.put_away()
        board = await self.board(reply.thread, reply.text)
        below = self._below(reply, board["heard"])
        cl.user_session.set("below", below)
        cl.user_session.set("turns", reply.turn + 1)
        await cl.Message(shown(reply.text), id=f"{reply.thread}-{reply.turn + 1}-reply", elements=[*await self._result(reply), below]).send()
        await self._list_anew(board["verdict"]["key"], reply)

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
        board = await self.board(reply.thread, reply.text, today, example=True)
        below = self._below(reply.model_copy(update={"choices": ()}), board["heard"], example=True)
        await cl.Message(shown(reply.text), id=f"{reply.thread}-{reply.turn + 1}-reply", elements=[*await self._result(reply, today), below]).send()

    async def board(self, thread: str, text: str, today: date | None = None, *, example: bool = False) -> dict[str, Any]:
        """Draw the board as it stands now. It sits in the first message, always under the same id, so that it keeps what is open on it."""
        drawn = {**await asyncio.to_thread(self._drawn, thread, today), "thread": thread, "said": text, "example": example, "names": page_words().names}
        await cl.CustomElement(name="Canvas", id=f"{here()}-canvas", props=drawn).send(for_id=f"{here()}-opening")
        return drawn

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
        try:
            await note.send()
            await asyncio.Event().wait()
        finally:
            await note.remove()

    async def sorry(self, text: str) -> None:
        """Show what went wrong, with the buttons of the question that is still open."""
        last = cl.user_session.get("below")
        below = [cl.CustomElement(name="Answer", id=last.id, props={**last.props, "told": False})] if last else []
        await cl.Message(text, elements=below).send()

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

    def _drawn(self, thread: str, today: date | None) -> dict[str, Any]:
        conversation, guide = self.interview.conversation(thread), self.interview.guide
        return canvas(conversation, assess(conversation.record, guide, today or self.interview.today()), guide)

    async def _result(self, reply: Reply, today: date | None = None) -> list[cl.CustomElement]:
        """Return the result, where the reply says it; an answer to a question after it leaves it where it is."""
        if not reply.done or f"**{self.interview.spoken(self.interview.conversation(reply.thread)).wording.verdicts[reply.verdict]}**" not in reply.text:
            return []
        _, assessment = await asyncio.to_thread(self.interview.assessment, reply.thread, today)
        return [cl.CustomElement(name="Result", id=f"{here()}-result", props=result(assessment, self.interview.guide, reply.thread))]

    def _below(self, reply: Reply, percent: int, *, example: bool = False) -> cl.CustomElement:
        return cl.CustomElement(name="Answer", id=f"{here()}-answer", props=answer(reply, self.interview.guide, percent, example=example))

    async def _list_anew(self, verdict: str, reply: Reply) -> None:
        """Let the page fetch its list of conversations again where a line of it has changed; it does so at a new "first interaction"."""
        line = f"listed-{reply.thread}-{verdict if reply.done else ''}"
        if cl.user_session.get("line") != line:
            cl.user_session.set("line", line)
            await cl.context.emitter.emit("first_interaction", {"interaction": line, "thread_id": reply.thread})


def here() -> str:
    """Return the conversation of this page."""
    return str(cl.context.session.thread_id)


def owner() -> str:
    """Return whose conversations the person at this page has; nobody comes this far without a name."""
    user = cl.context.session.user
    assert user
    return owner_of(user.identifier)
