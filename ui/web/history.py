"""A person's own diagnoses for Chainlit's sidebar, over our own store: list, search, open, rename, delete; every one checked against its owner."""

import asyncio
from typing import TYPE_CHECKING, Any, cast

from chainlit.data.base import BaseDataLayer
from chainlit.step import StepDict
from chainlit.types import PageInfo, PaginatedResponse, Pagination, ThreadDict, ThreadFilter
from chainlit.user import PersistedUser, User

from agent.errors import EXPECTED
from agent.storage import Thread
from ui.web.people import owner_of, person_of
from ui.web.showing import said, shown

if TYPE_CHECKING:
    from agent.interview import Interview

VERDICTS = {"demo": "a demonstration", "rerun": "run again", "unproven": "not proven yet", "redesign": "redesign first", "scale": "ready to scale"}
BETWEEN = " · "


class History(BaseDataLayer):
    """What Chainlit asks about conversations. It never writes messages here: what was said is in the interview's own storage."""

    def __init__(self, interview: "Interview"):
        self.interview = interview

    async def get_user(self, identifier: str) -> PersistedUser | None:
        return PersistedUser(id=identifier, identifier=identifier, createdAt="2026-01-01T00:00:00Z")

    async def create_user(self, user: User) -> PersistedUser | None:
        return await self.get_user(user.identifier)

    async def get_thread_author(self, thread_id: str) -> str:
        """Return whose conversation it is, or nothing where there is none: Chainlit then says that it was not found."""
        found = await self._thread(thread_id)
        return person_of(found.owner) if found else ""

    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> PaginatedResponse[ThreadDict]:
        """List a person's diagnoses, the latest first; a search looks at names and at what was said."""
        mine = await asyncio.to_thread(self.interview.storage.threads, owner_of(filters.userId or "-"))
        if words := (filters.search or "").lower().split():
            mine = [one for one in mine if await asyncio.to_thread(self._mentions, one, words)]
        ids = [one.id for one in mine]
        start = ids.index(pagination.cursor) + 1 if pagination.cursor in ids else 0
        page = mine[start : start + pagination.first]
        info = PageInfo(hasNextPage=start + len(page) < len(mine), startCursor=page[0].id if page else None, endCursor=page[-1].id if page else None)
        return PaginatedResponse(pageInfo=info, data=[_listed(one) for one in page])

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        """Return a conversation with every message; buttons and cards are sent by the page, from our own state."""
        found = await self._thread(thread_id)
        if found is None:
            return None
        conversation = await asyncio.to_thread(self.interview.conversation, thread_id)
        steps = [_step(thread_id, f"{thread_id}-opening", self.interview.greeting, found.created_on, person=False)]
        for turn in conversation.turns:
            steps.append(_step(thread_id, turn.turn_id or f"{thread_id}-{turn.number}", said(turn, self.interview.guide), turn.said_on, person=True))
            steps.append(_step(thread_id, f"{thread_id}-{turn.number}-reply", shown(turn.reply), turn.said_on, person=False))
        return ThreadDict(**{**_listed(found), "steps": cast(list[StepDict], steps)})

    async def update_thread(
        self, thread_id: str, name: str | None = None, user_id: str | None = None, metadata: dict[str, Any] | None = None, tags: list[str] | None = None
    ) -> None:
        """Rename. Chainlit also calls this with a first message and with its session's data; neither is kept here."""
        found = await self._thread(thread_id)
        if found and name and user_id is None and metadata is None:
            await asyncio.to_thread(self.interview.storage.rename, thread_id, name.split(BETWEEN)[0].strip()[:120] or found.title)

    async def delete_thread(self, thread_id: str) -> None:
        await asyncio.to_thread(self.interview.storage.delete, thread_id)

    def _mentions(self, thread: Thread, words: list[str]) -> bool:
        text = f"{thread.title} {' '.join(turn.text for turn in self.interview.conversation(thread.id).turns)}".lower()
        return all(word in text for word in words)

    async def _thread(self, thread_id: str) -> Thread | None:
        try:
            return await asyncio.to_thread(self.interview.storage.thread, thread_id)
        except EXPECTED:
            return None

    # What Chainlit would keep beside ours, and we do not ---------------------------------------------------------------------

    async def create_step(self, step_dict: Any) -> None: ...

    async def update_step(self, step_dict: Any) -> None: ...

    async def delete_step(self, step_id: str) -> None: ...

    async def create_element(self, element: Any) -> None: ...

    async def get_element(self, thread_id: str, element_id: str) -> None: ...

    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None: ...

    async def upsert_feedback(self, feedback: Any) -> str:
        return ""

    async def delete_feedback(self, feedback_id: str) -> bool:
        return False

    async def get_favorite_steps(self, user_id: str) -> list[Any]:
        return []

    async def build_debug_url(self) -> str:
        return ""

    async def close(self) -> None: ...


def _listed(thread: Thread) -> ThreadDict:
    name = f"{thread.title}{BETWEEN}{VERDICTS[thread.verdict]}" if thread.verdict in VERDICTS else thread.title
    person = person_of(thread.owner)
    return ThreadDict(
        id=thread.id, createdAt=f"{thread.updated_on}T12:00:00Z", name=name, userId=person, userIdentifier=person, tags=[], metadata={}, steps=[], elements=[]
    )


def _step(thread: str, id: str, text: str, day: str, *, person: bool) -> dict[str, Any]:
    """Return a message as Chainlit draws it."""
    return {
        "id": id, "threadId": thread, "parentId": None, "name": "You" if person else "Pilotcheck", "type": "user_message" if person else "assistant_message",
        "output": text, "input": "", "createdAt": f"{day}T12:00:00Z", "streaming": False, "isError": False, "waitForAnswer": False, "metadata": {},
    }  # fmt: skip
