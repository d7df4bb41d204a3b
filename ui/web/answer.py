"""What stands under a reply: what was heard as chips, choices, commands and how much is left; plain JSON for the page."""

from typing import Any

from agent.interview import Command
from agent.items import Guide
from agent.record import Statement
from agent.replies import Heard, Reply, in_short
from ui.web.showing import LABELS
from ui.web.wording import page_words


def answer(reply: Reply, guide: Guide, percent: int, *, example: bool = False) -> dict[str, Any]:
    """Return what the page draws under a reply; the ids are fixed, so the same button is the same turn."""
    here = f"{reply.thread}-{reply.turn + 1}"
    offered: tuple[Command, ...] = () if example else ("back", "status") if reply.done else tuple(LABELS)
    return {
        "words": page_words().answer, "key": here, "turn": reply.turn + 1, "done": reply.done, "example": example,
        "heard": [_chip(one, guide, here) for one in reply.heard if one.state != "conflicting"],
        "told": _told(reply, guide), "proposals": [one.model_dump(mode="json") for one in reply.proposals],
        "choices": [{"id": f"choice-{here}-{number}", "text": choice} for number, choice in enumerate(reply.choices)],
        "commands": [{"id": f"press-{here}-{command}", "key": command, "label": LABELS[command]} for command in offered],
        "progress": {"text": _progress(reply, percent), "share": percent},
        "sources": [source.id for source in reply.sources],
    }  # fmt: skip


def _told(reply: Reply, guide: Guide) -> bool:
    """Say whether the text begins with what was heard: the page shows that as chips instead."""
    first, _, rest = reply.text.partition("\n\n")
    return bool(rest) and any(f"{guide.label(one.item)}: " in first or f"{guide.label(one.item)} now: " in first for one in reply.heard)


def _chip(one: Heard, guide: Guide, here: str) -> dict[str, str]:
    item = guide.items[one.item]
    said = Statement(item=one.item, state=one.state, value=one.value, quote=one.quote)  # type: ignore[arg-type]
    return {"id": f"{here}-{one.item}", "item": one.item, "label": item.label, "value": in_short(said, guide), "quote": one.quote}


def _progress(reply: Reply, percent: int) -> str:
    words = page_words().answer
    recorded = words["recorded"].format(percent=percent)
    if reply.done:
        return recorded
    left = words["left"].format(minutes=reply.minutes_left) if reply.minutes_left > 1 else words["nearly"]
    return f"{left} · {recorded}"
