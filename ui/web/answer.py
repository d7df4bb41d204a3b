"""What stands in a reply: what was heard as chips, choices, commands and how much is left; plain JSON for the page."""

from typing import Any

from agent.conversation import Conversation
from agent.heard import Heard, in_short
from agent.interview import Command
from agent.items import Guide
from agent.record import Statement
from agent.replies import Reply
from ui.web.clicks import undone
from ui.web.showing import LABELS
from ui.web.wording import page_words


def answer(reply: Reply, conversation: Conversation, guide: Guide, percent: int, *, example: bool = False) -> dict[str, Any]:
    """Return what the page draws in a reply; of a worked example nothing can be pressed."""
    here = f"{reply.thread}-{reply.turn + 1}"
    offered: tuple[Command, ...] = () if example else ("back", "status") if reply.done else tuple(LABELS)
    return {
        "id": here, "turn": reply.turn + 1, "done": reply.done, "example": example,
        "heard": [_chip(one, conversation, guide) for one in reply.heard if one.state != "conflicting"],
        "replaces": "list" if reply.proposals else "first" if _told(reply, guide) else "", "proposals": [one.model_dump(mode="json") for one in reply.proposals],
        "choices": [{"id": f"choice-{here}-{number}", "text": choice} for number, choice in enumerate(() if example else reply.choices)],
        "commands": [{"id": f"press-{here}-{command}", "key": command, "label": LABELS[command]} for command in offered],
        "progress": {"text": _progress(reply, percent), "share": percent},
        "sources": [source.id for source in reply.sources],
    }  # fmt: skip


def _told(reply: Reply, guide: Guide) -> bool:
    """Say whether the text begins with what was heard: the page shows that as chips instead."""
    first, _, rest = reply.text.partition("\n\n")
    return bool(rest) and any(f"{guide.label(one.item)}: " in first or f"{guide.label(one.item)} now: " in first for one in reply.heard)


def _chip(one: Heard, conversation: Conversation, guide: Guide) -> dict[str, str]:
    item = guide.items[one.item]
    said = Statement(item=one.item, state=one.state, value=one.value, quote=one.quote)  # type: ignore[arg-type]
    return {"item": one.item, "label": item.label, "value": in_short(said, guide), "quote": one.quote, "undone": undone(one.item, conversation, guide)}


def _progress(reply: Reply, percent: int) -> str:
    words = page_words().answer
    recorded = words["recorded"].format(percent=percent)
    if reply.done:
        return recorded
    left = words["left"].format(minutes=reply.minutes_left) if reply.minutes_left > 1 else words["nearly"]
    return f"{left} · {recorded}"
