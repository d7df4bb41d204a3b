"""Asking somebody else: a question that a colleague should know, an owner who may refuse, people from outside the pilot."""

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING

from agent.asking import choices, question_text
from agent.judging.case import Case
from agent.questions import Next
from ui.slack import others
from ui.slack.blocks import sections
from ui.slack.delivery import Delivery
from ui.slack.events import MENTION, Event
from ui.slack.posting import PlaceGone, Slack
from ui.slack.reminders import plan_ask
from ui.slack.store import Ask, Diagnosis, Store
from ui.slack.wording import says, wording

if TYPE_CHECKING:
    from agent.interview import Interview


class Asking:
    """Whoever is asked sees the question that is for them, and nothing else of the diagnosis."""

    def __init__(self, interview: "Interview", slack: Slack, store: Store, delivery: Delivery):
        self.interview, self.slack, self.store, self.delivery = interview, slack, store, delivery

    # A question to a colleague --------------------------------------------------------------------------------------------

    async def named(self, diagnosis: Diagnosis, event: Event, name: str, again: bool) -> None:
        """Ask the member of the channel who goes by a name; where that is nobody or several, say so."""
        if mention := MENTION.fullmatch(name):
            await self.person(diagnosis, event, mention[1], again)
            return
        found = await self.slack.called(name, diagnosis.channel)
        if len(found) == 1:
            await self.person(diagnosis, event, found[0], again)
        elif found:
            names = ", ".join([await self.slack.name(user) for user in found])
            await self.delivery.line(diagnosis, says("several_called", name=name, names=names), event.key, again)
        else:
            await self.delivery.line(diagnosis, says("nobody_called", name=name), event.key, again)

    async def person(self, diagnosis: Diagnosis, event: Event, user: str, again: bool) -> None:
        """Send a person the question that is open, and go on with the next one meanwhile."""
        conversation = await asyncio.to_thread(self.interview.conversation, diagnosis.thread)
        ask = await asyncio.to_thread(self.store.asked, _id(event.key))
        if ask is None:
            if conversation.open is None or conversation.open.mode == "opening":
                await self.delivery.line(diagnosis, says("not_open"), event.key, again)
                return
            if (await self.slack.person(user)).get("is_bot"):
                await self.delivery.line(diagnosis, says("a_bot"), event.key, again)
                return
            opened = conversation.open
            about = json.dumps({"question": opened.question, "items": opened.items, "mode": opened.mode})
            ask = Ask(id=_id(event.key), thread=diagnosis.thread, person=user, asker=event.user, about=about)
            await asyncio.to_thread(self.store.ask, ask)
        name = await self.slack.name(user)
        try:
            if not ask.ts:
                await self._send(ask)
        except PlaceGone as error:
            await self.delivery.line(diagnosis, says("not_reached", name=name, reason=error), event.key, again)
            return
        reply = await asyncio.to_thread(self.interview.press, diagnosis.thread, "skip", turn_id=event.key)
        skipped = self.interview.spoken(conversation).wording.skipped
        reply = reply.model_copy(update={"text": reply.text.removeprefix(skipped).strip()})
        await self.delivery.reply(diagnosis, reply, event.key, again, says("asked", name=name))

    async def _send(self, ask: Ask) -> None:
        conversation = await asyncio.to_thread(self.interview.conversation, ask.thread)
        about = json.loads(ask.about)
        question = self.interview.guide.question(about["question"])
        upcoming = Next(question, tuple(about["items"]), about["mode"])
        case = Case(conversation.record, self.interview.guide, self.interview.today())
        text, offered = question_text(upcoming, case), choices(upcoming, case)
        blocks = others.ask(ask.id, text, question, offered, await self.slack.name(ask.asker), await self.delivery.title(ask.thread))
        channel = await self.slack.direct(ask.person)
        ts = await self.slack.post(channel, text, blocks)
        await asyncio.to_thread(self.store.sent, ask.id, channel, ts)
        await asyncio.to_thread(plan_ask, self.store, ask, self.interview.today())

    async def answered(self, ask: Ask, event: Event, words: str, again: bool) -> None:
        """Bring somebody's answer back into the thread, with their name."""
        if event.user != ask.person:
            return
        if ask.answer and not again:
            await self.slack.post(event.channel, says("answered_already"), sections(says("answered_already")), thread_ts=ask.ts)
            return
        if await self._was_deleted(ask, event, again):
            return
        diagnosis = await asyncio.to_thread(self.store.diagnosis, ask.thread)
        assert diagnosis, "an ask has a diagnosis"
        name, items = await self.slack.name(event.user), json.loads(ask.about)["items"]
        turn_id, decides = event.ts if event.kind == "say" else event.key, event.user == diagnosis.starter
        reply = await asyncio.to_thread(self.interview.tell, ask.thread, items, words, name, turn_id=turn_id, decides=decides)
        await asyncio.to_thread(self.store.answered, ask.id, True)
        thanks = says("answered", name=await self.slack.name(ask.asker))
        await self.slack.post(event.channel, thanks, sections(thanks), thread_ts=ask.ts, key=f"{event.key}-thanks", again=again)
        await self.delivery.reply(diagnosis, reply, event.key, again, others.came_back(name, words))

    async def _was_deleted(self, ask: Ask, event: Event, again: bool) -> bool:
        """Say whether the diagnosis that somebody answers for was deleted; it stays deleted, and they are told."""
        if await asyncio.to_thread(self.interview.storage.exists, ask.thread):
            return False
        gone = says("deleted")
        await self.slack.post(ask.channel, gone, sections(gone), thread_ts=ask.ts, key=f"{event.key}-deleted", again=again)
        return True

    # Owners -----------------------------------------------------------------------------------------------------------------

    async def may_decide(self, event: Event, name: str) -> bool:
        """Say whether a person is the one who was named as an owner; whoever is not is told so."""
        profile = (await self.slack.person(event.user)).get("profile") or {}
        own = {word for key in ("display_name", "real_name") for word in str(profile.get(key) or "").lower().split()}
        named = set(name.lower().replace(",", " ").split())
        if named & own and (named <= own or own <= named or len(named & own) > 1):
            return True
        await self.slack.whisper(event.channel, event.user, says("not_yours", name=name), event.thread_ts)
        return False

    async def accept(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        value = json.loads(event.value)
        if await self.may_decide(event, value["name"]):
            text = says("accepted", name=await self.slack.name(event.user), label=self.interview.guide.label(value["item"]))
            await self.delivery.line(diagnosis, text, event.key, again)

    async def decline(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Put a refusal on record, in the words of whoever refuses."""
        item, words = json.loads(event.value)["item"], event.fields["words"]
        name = await self.slack.name(event.user)
        reply = await asyncio.to_thread(self.interview.decline, diagnosis.thread, item, words, name, turn_id=event.key)
        lead = says("declined", name=name, label=self.interview.guide.label(item)) + "\n" + others.quoted(words)
        await self.delivery.reply(diagnosis, reply, event.key, again, lead)

    # From outside -----------------------------------------------------------------------------------------------------------

    async def invite(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Send the five-minute interview to people outside the pilot; whoever is in the channel is inside."""
        inside = set(await self.slack.members(diagnosis.channel)) if not diagnosis.channel.startswith("D") else {diagnosis.starter}
        picked = list(dict.fromkeys(event.fields["people"].split()))
        asked = {one.person for one in await asyncio.to_thread(self.store.voices, diagnosis.thread)}
        fresh = [user for user in picked if user not in inside and user not in asked]
        sent = []
        for user in fresh[: others.MOST_VOICES - len(asked)]:
            ask = Ask(id=f"voice-{_id(diagnosis.thread + user)}", thread=diagnosis.thread, person=user, asker=event.user, kind="voice")
            await asyncio.to_thread(self.store.ask, ask)
            sent.append(user)
        for one in await asyncio.to_thread(self.store.voices, diagnosis.thread):
            if not one.ts:
                await self._send_voice(one)
        lines = [says("voices_sent", count=len(sent), names=await self._names(sent))] if sent else []
        if refused := [user for user in picked if user in inside]:
            lines.append(says("voices_inside", names=await self._names(refused)))
        if len(fresh) > len(sent):
            lines.append(says("voices_enough"))
        if lines:
            await self.delivery.line(diagnosis, "\n".join(lines), event.key, again)

    async def _send_voice(self, ask: Ask) -> None:
        blocks = others.voice(ask.id, await self.slack.name(ask.asker), await self.delivery.title(ask.thread))
        try:
            channel = await self.slack.direct(ask.person)
            ts = await self.slack.post(channel, says("started", name=await self.slack.name(ask.asker)), blocks)
        except PlaceGone:
            return
        await asyncio.to_thread(self.store.sent, ask.id, channel, ts)
        await asyncio.to_thread(plan_ask, self.store, ask, self.interview.today())

    async def voice(self, ask: Ask, event: Event, again: bool) -> None:
        """Keep what somebody from outside said, count it, and show everything that was said by force."""
        if event.user != ask.person or await self._was_deleted(ask, event, again):
            return
        answers = {name: words for name, words in event.fields.items() if words.strip()}
        if not answers or (not await asyncio.to_thread(self.store.answered, ask.id, answers) and not again):
            return
        diagnosis = await asyncio.to_thread(self.store.diagnosis, ask.thread)
        assert diagnosis, "an ask has a diagnosis"
        asks = await asyncio.to_thread(self.store.voices, ask.thread)
        count = sum(1 for one in asks if one.answer)
        names = {one.person: await self.slack.name(one.person) for one in asks if one.answer}
        thanks = wording().voice["thanks"]
        await self.slack.post(ask.channel, thanks, sections(thanks), thread_ts=ask.ts, key=f"{event.key}-thanks", again=again)
        text = f"{count} {'person' if count == 1 else 'people'} outside the pilot {'was' if count == 1 else 'were'} interviewed."
        heard = others.heard_outside(asks, names)
        await self.slack.post(diagnosis.channel, text, heard, thread_ts=diagnosis.ts, key=f"{event.key}-heard", again=again)
        item = "culture.outside_interviews"
        known = (await asyncio.to_thread(self.interview.conversation, ask.thread)).record.known(item)
        if isinstance(known, int) and known > count:
            return  # somebody told us of more that were held elsewhere
        await asyncio.to_thread(self.interview.correct, ask.thread, item, text, "Pilotcheck", turn_id=event.key)

    async def _names(self, users: list[str]) -> str:
        return ", ".join([await self.slack.name(user) for user in users])


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
