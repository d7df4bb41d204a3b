"""Reminders: planned in our own store, sent when their day has come; the day is passed in."""

import asyncio
import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from agent.judging import Assessment
from agent.judging.case import join
from agent.judging.proof_of_scale import CONDITIONS
from ui.slack import others
from ui.slack.posting import PlaceGone, Slack, SlackBusy, TokenGone
from ui.slack.store import Ask, Diagnosis, Reminder, Store
from ui.slack.wording import says

if TYPE_CHECKING:
    from agent.interview import Interview

log = logging.getLogger(__name__)

DAYS_BEFORE = (14, 3)  # before the proof of scale
DAYS_AFTER = (2, 5)  # after a question that nobody has answered


def plan_proof_of_scale(store: Store, diagnosis: Diagnosis, assessment: Assessment) -> None:
    """Plan the reminders before the proof of scale, in place of those for an earlier date."""
    store.reminders_gone(diagnosis.thread, "proof")
    due = assessment.proof_of_scale.due_on
    for before in DAYS_BEFORE if due else ():
        day = (date.fromisoformat(str(due)) - timedelta(days=before)).isoformat()
        if day >= assessment.assessed_on:
            store.remind(Reminder(id=f"proof:{diagnosis.thread}:{due}:{before}", due=day, person=diagnosis.starter, thread=diagnosis.thread, kind="proof"))


def plan_ask(store: Store, ask: Ask, today: date) -> None:
    """Plan the reminders to somebody who was asked."""
    for after in DAYS_AFTER:
        day = (today + timedelta(days=after)).isoformat()
        store.remind(Reminder(id=f"ask:{ask.id}:{after}", due=day, person=ask.person, thread=ask.thread, kind="ask", about=ask.id))


class Reminders:
    """Sends what is due; one process at a time."""

    LANE = "reminders"

    def __init__(self, interview: "Interview", slack: Slack, store: Store):
        self.interview, self.slack, self.store = interview, slack, store

    async def send_due(self, today: date) -> int:
        """Send what is due and return how many went out. One that a person does not want, that Slack refuses, or that has become pointless, is only marked."""
        sent, said = 0, set()
        for one in await asyncio.to_thread(self.store.due, today.isoformat()):
            what = (one.person, one.thread, one.kind, one.about)
            try:
                sent += what not in said and await self._sent(one, today)  # where several days have passed, one reminder is enough
                said.add(what)
            except (TokenGone, SlackBusy):
                raise
            except (PlaceGone, SlackApiError) as error:
                log.warning("A reminder could not be sent: %s", error.response.get("error") if isinstance(error, SlackApiError) else error)
            except Exception:
                log.exception("A reminder could not be sent; trying it again in a minute")
                continue
            await asyncio.to_thread(self.store.reminded, one.id)
        return sent

    async def _sent(self, one: Reminder, today: date) -> bool:
        if await asyncio.to_thread(self.store.is_quiet, one.person) or not (text := await self._text(one, today)):
            return False
        diagnosis = await asyncio.to_thread(self.store.diagnosis, one.thread)
        link = diagnosis.link if diagnosis and one.kind == "proof" else ""
        await self.slack.post(await self.slack.direct(one.person), text, others.reminder(text, link))
        return True

    async def _text(self, one: Reminder, today: date) -> str:
        if not await asyncio.to_thread(self.interview.storage.exists, one.thread):
            return ""
        if one.kind == "ask":
            ask = await asyncio.to_thread(self.store.asked, one.about)
            return "" if ask is None or ask.answer else says("reminder_ask", name=await self.slack.name(ask.asker))
        thread = await asyncio.to_thread(self.interview.storage.thread, one.thread)
        proof = (await asyncio.to_thread(self.interview.assessment, one.thread, today))[1].proof_of_scale
        if not proof.due_on or proof.due_on < today.isoformat():
            return ""
        days = (date.fromisoformat(proof.due_on) - today).days
        left = [words for name, (_, words) in CONDITIONS.items() if getattr(proof, name) != "met"]
        if not left:
            return says("reminder_proof_met", title=thread.title, date=proof.due_on, days=days)
        return says("reminder_proof", title=thread.title, date=proof.due_on, days=days, open=join(left))
