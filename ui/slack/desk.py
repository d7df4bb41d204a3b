"""The desk: what each kind of event leads to, who may do it, and what happens when Slack refuses."""

import asyncio
import json
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from agent.errors import EXPECTED, StorageError
from ui.slack import facts, home, others, result
from ui.slack.asking import Asking
from ui.slack.delivery import Delivery
from ui.slack.events import Event
from ui.slack.inbox import Outcome
from ui.slack.posting import PlaceGone, Slack, SlackBusy, TokenGone
from ui.slack.store import Ask, Diagnosis, Store
from ui.slack.talk import Talk, turn_of
from ui.slack.wording import says, somebody_named

if TYPE_CHECKING:
    from agent.interview import Interview

log = logging.getLogger(__name__)

MOST_LISTED = 30


class Desk:
    """Everything that is written down in the inbox comes here, one event of a thread after the other."""

    def __init__(self, interview: "Interview", slack: Slack, store: Store):
        self.interview, self.slack, self.store = interview, slack, store
        self.delivery = Delivery(interview, slack, store)
        self.talk = Talk(interview, slack, store, self.delivery)
        self.asking = Asking(interview, slack, store, self.delivery)

    async def handle(self, event: Event, again: bool) -> Outcome:
        """Do what an event asks for. What Slack refuses for good is logged, and said to the starter where that can still be done."""
        try:
            await self._do(event, again)
        except (TokenGone, SlackBusy, StorageError) as error:
            log.error("%s", error)
            return "waits"
        except PlaceGone as error:
            await self._cannot_post(event, str(error))
        except EXPECTED as error:
            await self._say(event, str(error))
        return "done"

    async def give_up(self, event: Event) -> None:
        """Say that something went wrong; what was answered before is kept."""
        try:
            await self._say(event, says("went_wrong"))
        except Exception as error:
            log.warning("Nor could it be said: %s", error)

    async def _say(self, event: Event, text: str) -> None:
        await self.slack.post(event.channel or await self.slack.direct(event.user), text, [], thread_ts=event.thread_ts)

    async def _do(self, event: Event, again: bool) -> None:
        if event.kind == "home":
            await self.show_home(event.user)
        elif event.kind == "left":
            await self._left(event)
        elif event.kind == "command":
            await self.talk.command(event, again)
        elif event.kind == "submit":
            await self._submitted(event, again)
        elif event.kind == "click":
            await self._clicked(event, again)
        elif event.kind == "pane":
            await self.talk.greet(await self.talk.begin(event), event.key, again)
        elif ask := await self._asked(event):
            await self._answered(ask, event, again)
        else:
            await self._said(event, again)

    async def _said(self, event: Event, again: bool) -> None:
        diagnosis = await self._changed(event) if event.kind in ("edit", "delete") else await self._continued(event) or await self.talk.begin(event)
        if diagnosis is None:
            return
        if event.kind == "edit":
            await self.talk.edit(diagnosis, event, again)
        elif event.kind == "delete":
            await self.talk.delete(diagnosis, event, again)
        elif name := somebody_named(event.text):
            await self.asking.named(diagnosis, event, name, again)
        else:
            await self.talk.hear(diagnosis, event, again)
        if event.kind == "start" and not event.direct:
            with suppress(PlaceGone):  # the mention itself is answered
                for missed in await self.talk.catch_up(diagnosis):
                    await asyncio.to_thread(self.store.write_down, missed, 0.0)

    async def _continued(self, event: Event) -> Diagnosis | None:
        """Whoever writes to us directly, outside of any thread, goes on with the diagnosis that they have not finished."""
        if not event.direct or event.kind != "say" or event.thread_ts != event.ts:
            return None
        for one in await asyncio.to_thread(self.store.diagnoses_in, event.channel):
            if not one.reported and one.ts != event.ts:
                return one
        return None

    async def _changed(self, event: Event) -> Diagnosis | None:
        """Return the diagnosis in which a message was heard that is edited or deleted now; only an edit where nothing else runs begins one."""
        if own := await asyncio.to_thread(self.store.diagnosis, event.thread):
            return own
        here = await asyncio.to_thread(self.store.diagnoses_in, event.channel)
        for one in here:
            if turn_of(await asyncio.to_thread(self.interview.conversation, one.thread), event):
                return one
        if event.kind == "delete" or not event.text or any(not one.reported for one in here):
            return None
        return await self.talk.begin(event)

    async def _asked(self, event: Event) -> Ask | None:
        """Return the question to somebody else that a direct message answers: in its thread; outside of any the latest one, unless a diagnosis runs here."""
        if not event.direct:
            return None
        if ask := await asyncio.to_thread(self.store.asked_at, event.channel, event.thread_ts):
            return ask
        if event.kind != "say" or event.thread_ts != event.ts:
            return None
        if any(not one.reported for one in await asyncio.to_thread(self.store.diagnoses_in, event.channel)):
            return None  # meant for their own interview, and shown nowhere else
        return next((one for one in await asyncio.to_thread(self.store.open_asks, event.channel) if one.kind == "question"), None)

    async def _answered(self, ask: Ask, event: Event, again: bool) -> None:
        if ask.kind == "voice":
            return  # answered on its form
        diagnosis = await asyncio.to_thread(self.store.diagnosis, ask.thread)
        if event.kind == "say":
            await self.asking.answered(ask, event, await self.talk.with_names(event.text), again)
        elif diagnosis and event.user == ask.person and await asyncio.to_thread(self.interview.storage.exists, ask.thread):
            await (self.talk.edit if event.kind == "edit" else self.talk.delete)(diagnosis, event, again)

    async def _clicked(self, event: Event, again: bool) -> None:
        name = event.action.partition(":")[0]
        if name == "quiet":
            await asyncio.to_thread(self.store.quiet, event.user)
            await self.slack.post(event.channel, says("opted_out"), [])
            return
        if name == "answer":
            value = json.loads(event.value)
            if ask := await asyncio.to_thread(self.store.asked, value["ask"]):
                await self.asking.answered(ask, event, value["say"], again)
            return
        diagnosis = await asyncio.to_thread(self.store.diagnosis, event.thread)
        if diagnosis is None or not await self.may_see(diagnosis, event.team, event.user):
            log.warning("A button was pressed in a thread that is no diagnosis, or not this person's: %s", event.action)
        elif name == "say":
            await self.talk.choose(diagnosis, event, again)
        elif name == "press":
            await self.talk.press(diagnosis, event, again)
        elif name == "confirm" and event.value != "[]":
            await self.talk.confirm(diagnosis, event, again)
        elif name == "ask" and event.value:
            await self.asking.person(diagnosis, event, event.value, again)
        elif name == "accept":
            await self.asking.accept(diagnosis, event, again)
        elif name == "report":
            await self.talk.report(diagnosis)

    async def _submitted(self, event: Event, again: bool) -> None:
        if event.action == "voice":
            if ask := await asyncio.to_thread(self.store.asked, event.value):
                await self.asking.voice(ask, event, again)
            return
        thread = json.loads(event.value)["thread"] if event.action == "decline" else event.value
        diagnosis = await asyncio.to_thread(self.store.diagnosis, thread)
        if diagnosis is None or not await self.may_see(diagnosis, event.team, event.user):
            log.warning("A form was sent for a diagnosis that its sender cannot see")
        elif event.action == "facts":
            await self.talk.correct(diagnosis, event, again)
        elif event.action == "voices":
            await self.asking.invite(diagnosis, event, again)
        elif event.action == "decline":
            await self.asking.decline(diagnosis, event, again)

    async def may_see(self, diagnosis: Diagnosis, team: str, user: str) -> bool:
        """Say whether somebody sees a diagnosis: they began it, or they are in its channel."""
        if team != diagnosis.team:
            return False
        return user == diagnosis.starter or user in await self.slack.members(diagnosis.channel)

    # What has to be shown at once, while Slack's trigger lives (three seconds) --------------------------------------------------

    async def form(self, event: Event) -> dict[str, Any] | None:
        """Return the form that a button opens; None where there is none for this person."""
        if event.action == "voice":
            ask = await asyncio.to_thread(self.store.asked, event.value)
            return others.voice_form(ask.id) if ask and ask.person == event.user and not ask.answer else None
        diagnosis = await asyncio.to_thread(self.store.diagnosis, event.thread)
        if diagnosis is None or not await self.may_see(diagnosis, event.team, event.user):
            return None
        if event.action == "facts":
            conversation = await asyncio.to_thread(self.interview.conversation, diagnosis.thread)
            return facts.facts_form(diagnosis.thread, conversation, self.interview.guide)
        if event.action == "voices":
            return others.invite_form(diagnosis.thread)
        value = json.loads(event.value)
        if not await self.asking.may_decide(event, value["name"]):
            return None
        return others.decline_form(diagnosis.thread, value["item"], self.interview.guide.label(value["item"]))

    async def show_home(self, user: str) -> None:
        lines = []
        for one in await asyncio.to_thread(self.store.diagnoses_of, user):
            if not await asyncio.to_thread(self.interview.storage.exists, one.thread):
                continue
            thread = await asyncio.to_thread(self.interview.storage.thread, one.thread)
            _, assessment = await asyncio.to_thread(self.interview.assessment, one.thread)
            verdict = result.summary(assessment) if thread.verdict else ""
            lines.append(home.Line(title=thread.title, verdict=verdict, next_date=result.next_date(assessment), link=one.link))
            if len(lines) == MOST_LISTED:
                break
        await self.slack.publish(user, home.home(lines))

    # What goes wrong ----------------------------------------------------------------------------------------------------------

    async def _left(self, event: Event) -> None:
        """Tell those who began a diagnosis in a channel that we were taken out of it."""
        for one in await asyncio.to_thread(self.store.diagnoses_in, event.channel):
            if not one.reported:
                await self._tell_starter(one, says("left", thread=one.thread))

    async def _cannot_post(self, event: Event, reason: str) -> None:
        log.warning("The thread of a diagnosis cannot be written to any more (%s): %s", reason, event.lane)
        if diagnosis := await asyncio.to_thread(self.store.diagnosis, event.lane):
            await self._tell_starter(diagnosis, says("cannot_post", reason=reason, thread=diagnosis.thread))

    async def _tell_starter(self, diagnosis: Diagnosis, text: str) -> None:
        try:
            await self.slack.post(await self.slack.direct(diagnosis.starter), text, [])
        except PlaceGone as error:
            log.warning("Nor can the person who began it be told: %s", error)
