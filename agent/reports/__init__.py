"""The reports: one assessment, rendered in the formats that people read, keep and pass on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from agent.conversation import Conversation
    from agent.items import Guide
    from agent.judging import Assessment
    from agent.reports.document import Document

Format = Literal["html", "pdf", "docx", "md", "xlsx", "ics", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
}
READABLE: tuple[Format, ...] = ("html", "md", "ics", "json")  # what can go to a terminal


def render(form: Format, conversation: Conversation, assessment: Assessment, guide: Guide, *, language: str = "") -> bytes:
    """Return the assessment as the bytes of a file.

    "html", "pdf", "docx" and "md" hold the whole report, "xlsx" its working lists, "ics" its dates, and "json" what is known,
    everything that follows from it, and the whole history, for `pilotcheck verify`. Without a language it is the conversation's,
    or English where we have no words of that; JSON is the same in every language.
    """
    if form == "json":
        history = conversation.record.model_dump(mode="json")["entries"]
        fields = {"record": record_fields(conversation), "assessment": assessment.model_dump(mode="json"), "history": history}
        return json.dumps(fields, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")
    from agent.reports.content import document
    from agent.reports.material import material

    found = material(assessment, guide, title(conversation), language or _spoken(conversation))
    if form == "xlsx":
        from agent.reports import workbook

        return workbook.render(found)
    if form == "ics":
        from agent.reports import calendar

        return calendar.render(found)
    return _whole(form, document(found))


def _spoken(conversation: Conversation) -> str:
    from agent.reports.wording import languages

    return conversation.language if conversation.language in languages() else languages()[0]


def _whole(form: Format, report: Document) -> bytes:
    """Render the whole report; what a format needs is imported only for it."""
    if form == "html":
        from agent.reports import html

        return html.render(report).encode()
    if form == "md":
        from agent.reports import markdown

        return markdown.render(report).encode()
    if form == "pdf":
        from agent.reports import pdf

        return pdf.render(report)
    from agent.reports import word

    return word.render(report)


def record_fields(conversation: Conversation) -> dict[str, dict[str, object]]:
    """Return what is known: each item's state, value, quote and who said it; statements in conflict are listed under "statements"."""
    fields: dict[str, dict[str, object]] = {}
    for item, entry in conversation.record.entries.items():
        latest = entry.standing[-1]
        fields[item] = {"state": entry.state, "value": entry.value, "quote": latest.quote, "respondent": latest.speaker}
        if entry.state == "conflicting":
            fields[item]["statements"] = [{"value": said.value, "quote": said.quote, "respondent": said.speaker} for said in entry.standing]
    return fields


def title(conversation: Conversation) -> str:
    """Name the pilot by its use case and department, as far as they are known; empty where neither is."""
    from agent.heard import clip

    known = [conversation.record.known(item) for item in ("charter.use_case", "charter.department")]
    return clip(str(known[0] or known[1] or ""), 80)
