"""What a click means: an answer, a command, or one fact put right, cleared or taken back."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from agent.answering import OnText
from agent.conversation import Conversation, Depth
from agent.items import Frozen, Guide
from agent.record import Entry, Statement
from agent.replies import Reply
from ui.web.showing import LABELS, cleared_words
from ui.web.wording import page_words

if TYPE_CHECKING:
    from agent.interview import Command, Interview


class Click(Frozen):
    """One thing that is asked of the interview. `text` is what is said, the name of the command, or the name of the file."""

    kind: Literal["say", "press", "correct", "clear", "bring", "confirm"]
    text: str = ""
    item: str = ""
    content: bytes = b""
    chosen: tuple[int, ...] = ()


def meant(name: str, payload: Mapping[str, Any], conversation: Conversation) -> Click:
    """Read a button's name and payload; to undo is to say again what stood before, or to clear."""
    item = str(payload.get("item", ""))
    if name == "undo":
        entry = conversation.record.entries.get(item)
        earlier = before(entry) if entry else None
        return Click(kind="correct", text=earlier.quote, item=item) if earlier else Click(kind="clear", item=item)
    if name == "confirm":
        return Click(kind="confirm", chosen=tuple(int(number) for number in payload.get("chosen", ())))
    if name in ("correct", "clear"):
        return Click(kind="correct" if name == "correct" else "clear", text=str(payload.get("text", "")), item=item)
    return Click(kind="press", text=str(payload["press"])) if "press" in payload else Click(kind="say", text=str(payload.get("say", "")))


def brought(element: Any) -> Click:
    """Read an uploaded file from where Chainlit put it for the time of the session."""
    return Click(kind="bring", text=str(element.name), content=Path(element.path).read_bytes())


def before(entry: Entry) -> Statement | None:
    """Return what stood before the latest thing that was said about an item, or nothing where that was the first."""
    latest = entry.standing[-1].turn
    earlier = [one for one in (*entry.history, *entry.standing) if one.turn < latest and one.state != "unknown" and one.quote]
    return earlier[-1] if earlier else None


def shown_as(click: Click, guide: Guide) -> str:
    """Return what stands in the conversation for a click."""
    if click.kind == "clear":
        return cleared_words(click.item, guide)
    if click.kind == "confirm":
        return page_words().answer["taken" if click.chosen else "none_taken"].format(numbers=", ".join(map(str, click.chosen)))
    return LABELS.get(cast("Command", click.text), "") if click.kind == "press" else click.text


def take(click: Click, interview: "Interview", thread: str, *, turn_id: str, owner: str, depth: Depth | None, on_text: OnText | None = None) -> Reply:
    """Do it. Raises InputRefused where the click names nothing that there is. `on_text` gets the words of an answer while they are written."""
    match click.kind:
        case "correct":
            return interview.correct(thread, click.item, click.text, turn_id=turn_id, owner=owner)
        case "clear":
            return interview.clear(thread, click.item, turn_id=turn_id, owner=owner)
        case "bring":
            return interview.bring(thread, click.text, click.content, turn_id=turn_id, owner=owner, depth=depth)
        case "confirm":
            return interview.confirm(thread, click.chosen, turn_id=turn_id, owner=owner, depth=depth)
        case "press":
            return interview.press(thread, cast("Command", click.text), turn_id=turn_id, owner=owner, depth=depth)
        case _:
            return interview.say(thread, click.text, turn_id=turn_id, owner=owner, depth=depth, on_text=on_text)
