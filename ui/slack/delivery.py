"""How a reply of the interview reaches its Slack thread: as a question with buttons, or as the result with its files and dates."""

import asyncio
import logging
from typing import TYPE_CHECKING

from agent.heard import clip
from agent.judging import Assessment
from agent.replies import Reply
from agent.replies import result as result_text
from agent.reports import Format, render
from ui.slack import canvas, question, result
from ui.slack.blocks import sections
from ui.slack.posting import PlaceGone, Slack, SlackBusy
from ui.slack.reminders import plan_proof_of_scale
from ui.slack.store import Canvas, Diagnosis, Store
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

    async def reply(self, diagnosis: Diagnosis, reply: Reply, key: str, again: bool, lead: str = "") -> None:
        """Post a reply, after what led to it. The key makes a second try after a crash find what the first one has posted."""
        conversation = await asyncio.to_thread(self.interview.conversation, diagnosis.thread)
        if not reply.done or reply.proposals:
            starter = await self.slack.name(diagnosis.starter)
            blocks = [*sections(lead), *question.question(reply, conversation, self.interview.spoken(conversation), starter)]
            await self.slack.post(diagnosis.channel, f"{lead}\n{reply.text}".strip(), blocks, thread_ts=diagnosis.ts, key=key, again=again)
            return
        conversation, assessment = await asyncio.to_thread(self.interview.assessment, diagnosis.thread)
        text = reply.text.removesuffix(result_text(assessment, self.interview.guide)).strip()
        blocks = [*sections(lead), *result.result(assessment, text, reply.turn + 1, await self._canvas(diagnosis, assessment))]
        await self.slack.post(diagnosis.channel, result.summary(assessment), blocks, thread_ts=diagnosis.ts, key=key, again=again)
        await asyncio.to_thread(plan_proof_of_scale, self.store, diagnosis, assessment)
        if diagnosis.reported != assessment.verdict:
            await self.attach(diagnosis, conversation, assessment)
            await asyncio.to_thread(self.store.note, diagnosis.thread, reported=assessment.verdict)

    async def _canvas(self, diagnosis: Diagnosis, assessment: Assessment) -> str:
        """Bring the canvas up to date, or make one, and return its address; nothing where Slack refuses, and the thread has the result all the same."""
        text = canvas.canvas(assessment, diagnosis.link)
        kept = await asyncio.to_thread(self.store.canvas, diagnosis.thread)
        try:
            if kept is None or not await self._rewritten(kept, text):
                kept = Canvas(thread=diagnosis.thread, canvas=await self.slack.canvas(canvas.title(await self.title(diagnosis.thread)), text))
                await asyncio.to_thread(self.store.keep_canvas, kept)
            if not kept.link:
                kept = kept.model_copy(update={"link": await self.slack.show(kept.canvas, diagnosis.channel, diagnosis.starter)})
                await asyncio.to_thread(self.store.keep_canvas, kept)
        except (PlaceGone, SlackBusy) as error:
            log.warning("There is no canvas of %s: %s", diagnosis.thread, error)
            return ""
        return kept.link

    async def _rewritten(self, kept: Canvas, text: str) -> bool:
        """Rewrite a canvas; False where it is not there any more."""
        try:
            await self.slack.rewrite(kept.canvas, text)
        except PlaceGone as error:
            if str(error) != "canvas_not_found":
                raise
            return False
        return True

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
        await self.slack.post(diagnosis.channel, text, sections(text), thread_ts=diagnosis.ts, key=key, again=again)

    async def title(self, thread: str) -> str:
        if not await asyncio.to_thread(self.interview.storage.exists, thread):
            return ""
        return clip((await asyncio.to_thread(self.interview.storage.thread, thread)).title)

    def _files(self, conversation: "Conversation", assessment: Assessment) -> list[tuple[str, bytes]]:
        return [(f"report.{form}", render(form, conversation, assessment, self.interview.guide)) for form in FILES]
