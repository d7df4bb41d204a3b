"""How a reply of the interview reaches its Slack thread: as a question with buttons, or as the result with its files and dates."""

import asyncio
import logging
from typing import TYPE_CHECKING

from agent.judging import Assessment
from agent.replies import Reply, clip
from agent.replies import result as result_text
from agent.reports import Format, render
from ui.slack import question, result
from ui.slack.posting import PlaceGone, Slack
from ui.slack.reminders import plan_proof_of_scale
from ui.slack.store import Diagnosis, Store
from ui.slack.wording import says

if TYPE_CHECKING:
    from agent.conversation import Conversation
    from agent.interview import Interview

log = logging.getLogger(__name__)

FILES: tuple[Format, ...] = ("pdf", "docx", "xlsx", "ics")  # to read, to edit, to work off, to keep; the others by `pilotcheck report`


class Delivery:
    """Knows how things look; decides nothing about the diagnosis."""

    def __init__(self, interview: "Interview", slack: Slack, store: Store):
        self.interview, self.slack, self.store = interview, slack, store

    async def reply(self, diagnosis: Diagnosis, reply: Reply, key: str, again: bool) -> None:
        """Post a reply. The key makes a second try after a crash find what the first one has posted."""
        conversation = await asyncio.to_thread(self.interview.conversation, diagnosis.thread)
        if not reply.done or reply.proposals:
            blocks = question.question(reply, conversation, self.interview.guide)
            await self.slack.post(diagnosis.channel, reply.text, blocks, thread_ts=diagnosis.ts, key=key, again=again)
            return
        conversation, assessment = await asyncio.to_thread(self.interview.assessment, diagnosis.thread)
        text = reply.text.removesuffix(result_text(assessment, self.interview.guide)).strip()
        blocks = result.result(assessment, text, reply.turn + 1)
        await self.slack.post(diagnosis.channel, result.summary(assessment), blocks, thread_ts=diagnosis.ts, key=key, again=again)
        await asyncio.to_thread(plan_proof_of_scale, self.store, diagnosis, assessment)
        if diagnosis.reported != assessment.verdict:
            await self.attach(diagnosis, conversation, assessment)
            await asyncio.to_thread(self.store.note, diagnosis.thread, reported=assessment.verdict)

    async def attach(self, diagnosis: Diagnosis, conversation: "Conversation", assessment: Assessment) -> None:
        """Attach the report; where that fails, say so in the thread and go on."""
        try:
            await self.slack.attach(diagnosis.channel, diagnosis.ts, await asyncio.to_thread(self._files, conversation, assessment))
        except Exception as error:
            reason = str(error) if isinstance(error, PlaceGone) else type(error).__name__
            log.warning("The report of %s could not be attached: %s", diagnosis.thread, reason)
            await self.line(diagnosis, says("files_failed", reason=reason, thread=diagnosis.thread))

    async def line(self, diagnosis: Diagnosis, text: str, key: str = "", again: bool = False) -> None:
        """Say something in the thread of a diagnosis."""
        from ui.slack.blocks import sections

        await self.slack.post(diagnosis.channel, text, sections(text), thread_ts=diagnosis.ts, key=key, again=again)

    async def title(self, thread: str) -> str:
        if not await asyncio.to_thread(self.interview.storage.exists, thread):
            return ""
        return clip((await asyncio.to_thread(self.interview.storage.thread, thread)).title)

    def _files(self, conversation: "Conversation", assessment: Assessment) -> list[tuple[str, bytes]]:
        return [(f"report.{form}", render(form, conversation, assessment, self.interview.guide)) for form in FILES]
