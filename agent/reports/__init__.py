"""The reports: one assessment, rendered in the formats that people read, keep and pass on."""

import json

from agent.conversation import Conversation
from agent.items import Guide
from agent.judging import Assessment


def render(form: str, conversation: Conversation, assessment: Assessment, guide: Guide) -> str:
    """Return the assessment as "markdown", or as "json" together with the record it stands on and its whole history, for `pilotcheck verify`."""
    if form == "json":
        history = conversation.record.model_dump(mode="json")["entries"]
        document = {"record": record_fields(conversation), "assessment": assessment.model_dump(mode="json"), "history": history}
        return json.dumps(document, ensure_ascii=False, indent=2)
    from agent.reports.markdown import render as render_markdown

    return render_markdown(assessment, guide, title(conversation))


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
    """Name the pilot by its use case and department, as far as they are known."""
    from agent.replies import clip

    known = [conversation.record.known(item) for item in ("charter.use_case", "charter.department")]
    return clip(str(known[0]), 80) if known[0] else clip(str(known[1]), 80) if known[1] else "An AI pilot"
