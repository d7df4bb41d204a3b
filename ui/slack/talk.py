"""The diagnosis in a Slack thread: what is said, pressed, corrected, edited or dropped there goes to the interview, and the reply comes back."""

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from agent.errors import EXPECTED, StorageError
from agent.interview import COMMANDS
from agent.reading.phrases import intent
from agent.replies import Reply
from knowledge.files import MAX_BYTES
from ui.slack import question
from ui.slack.delivery import Delivery
from ui.slack.events import MENTION, Event, Upload
from ui.slack.posting import PlaceGone, Slack
from ui.slack.store import Diagnosis, Store, begun
from ui.slack.wording import says

if TYPE_CHECKING:
    from agent.conversation import Conversation
    from agent.interview import Interview

GREETING_WORDS = 2  # whoever begins with so few words is greeted; more is the story


class Talk:
    """Every method may run twice for the same event: the interview counts a turn once, and a reply that was posted is found again."""

    def __init__(self, interview: "Interview", slack: Slack, store: Store, delivery: Delivery):
        self.interview, self.slack, self.store, self.delivery = interview, slack, store, delivery

    async def begin(self, event: Event) -> Diagnosis:
        """Return the diagnosis of a thread, new or not."""
        found = await asyncio.to_thread(self.store.diagnosis, event.thread)
        if found is None:
            found = begun(event)
            await asyncio.to_thread(self.store.begin, found)
        if not found.link:
            try:
                found = found.model_copy(update={"link": await self.slack.link(event.channel, event.thread_ts)})
                await asyncio.to_thread(self.store.note, event.thread, link=found.link)
            except PlaceGone:
                pass  # the list in the Home tab then shows it without a button
        return found

    async def greet(self, diagnosis: Diagnosis, key: str, again: bool) -> None:
        reply = await asyncio.to_thread(self.interview.open, diagnosis.thread)
        await self.delivery.reply(diagnosis, reply, key, again)

    async def command(self, event: Event, again: bool) -> None:
        """Begin a thread for `/pilotcheck`; words after it are the beginning of the story."""
        if event.text.lower() in ("help", "?"):
            await self._respond(event, says("help"))
            return
        name = await self.slack.name(event.user)
        try:
            ts = await self.slack.post(event.channel, says("started", name=name), [])
        except PlaceGone:
            await self._respond(event, says("not_in_channel"))
            return
        diagnosis = await self.begin(event.model_copy(update={"thread_ts": ts}))
        if event.text:
            await self._answer(diagnosis, event, event.text, event.key, again)
        else:
            await self.greet(diagnosis, event.key, again)

    async def hear(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Take in a message and the files that came with it."""
        conversation = await asyncio.to_thread(self.interview.conversation, diagnosis.thread)
        if _settles(conversation) and intent(event.text)[0] == "skip" and await self._not_theirs(diagnosis, event):
            return
        if not conversation.turns and not event.files and len(event.text.split()) <= GREETING_WORDS:
            await self.greet(diagnosis, event.key, again)
        elif event.text:
            await self._answer(diagnosis, event, event.text, event.ts, again)
        for number, upload in enumerate(event.files):
            await self._bring(diagnosis, event, upload, f"{event.ts}-file-{number}", again)

    async def catch_up(self, diagnosis: Diagnosis) -> list[Event]:
        """Return the answers that came before we knew that the thread is a diagnosis, because the mention arrived late."""
        from ui.slack.events import read

        missed = []
        for message in await self.slack.replies(diagnosis.channel, diagnosis.ts):
            body = {"team_id": diagnosis.team, "event_id": "", "event": {**message, "type": "message", "channel": diagnosis.channel}}
            if message["ts"] != diagnosis.ts and (event := read(body, self.slack.bot)) and event.kind == "say":
                missed.append(event)
        return missed

    async def edit(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Read a message again that was changed. One that changed before we had read it is simply read."""
        turn = turn_of(await asyncio.to_thread(self.interview.conversation, diagnosis.thread), event)
        speaker, text = await self.slack.name(event.user), await self.with_names(event.text)
        if turn:
            await self._tell(diagnosis, event, again, self.interview.amend, turn, text, speaker, turn_id=event.key, decides=_decides(diagnosis, event))
        elif text:
            await self._answer(diagnosis, event, text, event.ts, again)

    async def delete(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Take back what a message said that was deleted; one that was never heard says nothing."""
        if turn := turn_of(await asyncio.to_thread(self.interview.conversation, diagnosis.thread), event):
            speaker = await self.slack.name(event.user)
            await self._tell(diagnosis, event, again, self.interview.amend, turn, "", speaker, turn_id=event.key)

    async def choose(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Take a choice. The button of an older question answers that one, whatever is asked now; a contradiction is decided by who began."""
        value = json.loads(event.value)
        conversation = await asyncio.to_thread(self.interview.conversation, diagnosis.thread)
        if _settles(conversation) and conversation.open and set(value["items"]) == set(conversation.open.items) and await self._not_theirs(diagnosis, event):
            return
        speaker, more = await self.slack.name(event.user), {"turn_id": event.key, "decides": _decides(diagnosis, event)}
        if len(conversation.turns) == value["turn"] or not value["items"]:
            await self._tell(diagnosis, event, again, self.interview.say, value["say"], speaker, **more)
        else:
            await self._tell(diagnosis, event, again, self.interview.tell, value["items"], value["say"], speaker, **more)
        await self._settle_buttons(event, value["say"], speaker)

    async def press(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Do what a command's button says. Only the question that is open can be skipped."""
        command = event.action.partition(":")[2]
        if command not in COMMANDS:
            return
        conversation = await asyncio.to_thread(self.interview.conversation, diagnosis.thread)
        if command == "skip" and not again and str(len(conversation.turns)) != event.value:
            return
        if command == "skip" and _settles(conversation) and await self._not_theirs(diagnosis, event):
            return
        await self._tell(diagnosis, event, again, self.interview.press, command, turn_id=event.key)

    async def confirm(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Let the ticked lines of a document count."""
        chosen = [int(number) for number in json.loads(event.value)]
        speaker = await self.slack.name(event.user)
        await self._tell(diagnosis, event, again, self.interview.confirm, chosen, speaker, turn_id=event.key, decides=_decides(diagnosis, event))

    async def correct(self, diagnosis: Diagnosis, event: Event, again: bool) -> None:
        """Put a fact right from the form, or take it off the record where nothing was written; a contradiction is decided by who began."""
        conversation = await asyncio.to_thread(self.interview.conversation, diagnosis.thread)
        if conversation.record.state(event.fields["item"]) == "conflicting" and await self._not_theirs(diagnosis, event):
            return
        speaker, item, words = await self.slack.name(event.user), event.fields["item"], event.fields.get("words", "").strip()
        if words:
            await self._tell(diagnosis, event, again, self.interview.correct, item, words, speaker, turn_id=event.key)
        else:
            await self._tell(diagnosis, event, again, self.interview.clear, item, speaker, turn_id=event.key)

    async def report(self, diagnosis: Diagnosis) -> None:
        await self.delivery.attach(diagnosis, *await asyncio.to_thread(self.interview.assessment, diagnosis.thread))

    async def with_names(self, text: str) -> str:
        """Return a text in which people who are mentioned stand with their names."""
        for user in dict.fromkeys(MENTION.findall(text)):
            text = text.replace(f"<@{user}>", await self.slack.name(user))
        return text

    async def owner(self, diagnosis: Diagnosis) -> str:
        """Return whose diagnosis it is for the other doors: the starter's e-mail address, by which they log in there, where Slack tells it."""
        profile = (await self.slack.person(diagnosis.starter)).get("profile") or {}
        return str(profile.get("email") or f"slack:{diagnosis.team}:{diagnosis.starter}")

    # ----------------------------------------------------------------------------------------------------------------------

    async def _answer(self, diagnosis: Diagnosis, event: Event, text: str, turn_id: str, again: bool) -> None:
        text, speaker, owner = await self.with_names(text), await self.slack.name(event.user), await self.owner(diagnosis)
        await self._tell(diagnosis, event, again, self.interview.say, text, speaker, turn_id=turn_id, owner=owner, decides=_decides(diagnosis, event))

    async def _tell(self, diagnosis: Diagnosis, event: Event, again: bool, call: Callable[..., Reply], *words: object, **more: object) -> None:
        """Call the interview about the diagnosis and post its reply; what it refuses is said in the thread as it stands."""
        try:
            reply = await asyncio.to_thread(call, diagnosis.thread, *words, **more)
        except StorageError:
            raise  # passes by itself; tried again
        except EXPECTED as error:
            await self.delivery.line(diagnosis, str(error), event.key, again)
            return
        await self.delivery.reply(diagnosis, reply, event.key, again)

    async def _bring(self, diagnosis: Diagnosis, event: Event, upload: Upload, turn_id: str, again: bool) -> None:
        key = f"{event.key}-{upload.name}"
        if upload.size > MAX_BYTES:
            text = says("too_large", name=upload.name, size=round(upload.size / 1e6), limit=round(MAX_BYTES / 1e6))
            await self.delivery.line(diagnosis, text, key, again)
            return
        try:
            content = await self.slack.fetch(upload.url, MAX_BYTES)
        except PlaceGone as error:
            await self.delivery.line(diagnosis, says("no_file", name=upload.name, reason=error), key, again)
            return
        speaker, owner = await self.slack.name(event.user), await self.owner(diagnosis)
        await self._tell(
            diagnosis, event.model_copy(update={"key": key}), again, self.interview.bring, upload.name, content, speaker,
            turn_id=turn_id, owner=owner,
        )  # fmt: skip

    async def _not_theirs(self, diagnosis: Diagnosis, event: Event) -> bool:
        """Tell somebody that a contradiction is not theirs to decide."""
        if _decides(diagnosis, event):
            return False
        await self.slack.whisper(diagnosis.channel, event.user, says("not_yours", name=await self.slack.name(diagnosis.starter)), diagnosis.ts)
        return True

    async def _settle_buttons(self, event: Event, words: str, name: str) -> None:
        """Take the buttons of an answered question away; where its message is gone, so are they."""
        try:
            await self.slack.change(event.channel, event.message_ts, words, question.answered(event.blocks, words, name))
        except PlaceGone:
            return

    async def _respond(self, event: Event, text: str) -> None:
        """Answer a slash command where we are not in the channel: only the person sees it."""
        from slack_sdk.webhook.async_client import AsyncWebhookClient

        if event.response_url:
            await AsyncWebhookClient(event.response_url).send(text=text, response_type="ephemeral")


def _decides(diagnosis: Diagnosis, event: Event) -> bool:
    """Whoever began the diagnosis decides what holds; everybody else is a voice beside theirs."""
    return event.user == diagnosis.starter


def _settles(conversation: "Conversation") -> bool:
    return conversation.open is not None and conversation.open.mode == "conflict"


def turn_of(conversation: "Conversation", event: Event) -> str:
    """Return the turn that a message stands for now: its latest edit, or itself."""
    edits = f"{event.team}/edit:{event.channel}:{event.ts}:"
    found = [turn.turn_id for turn in conversation.turns if turn.turn_id == event.ts or turn.turn_id.startswith(edits)]
    return next((one for one in reversed(found) if one != event.key), "")
