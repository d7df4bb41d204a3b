"""What a click means: an answer, a command, or one fact put right, cleared or taken back."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from agent.answering import OnText
from agent.conversation import Conversation, Depth
from agent.items import Frozen, Guide
from agent.record import Entry, Statement
from agent.replies import Reply
from ui.web.showing import cleared_words

if TYPE_CHECKING:
    from agent.interview import Command, Interview


class Click(Frozen):
    """One thing that is asked of the interview. `text` is what is said, the name of the command, or the name of the file."""

    kind: Literal["say", "press", "correct", "clear", "bring", "confirm"]
    text: str = ""
    item: str = ""
    content: bytes = b""
    chosen: tuple[int, ...] = ()


def meant(pressed: Mapping[str, Any], conversation: Conversation) -> Click:
    """Read what a button of the page sends with its message; to undo is to say again what stood before, or to clear."""
    name, item = pressed.get("name"), str(pressed.get("item", ""))
    if name == "undo":
        earlier = _earlier(item, conversation)
        return Click(kind="correct", text=earlier.quote, item=item) if earlier else Click(kind="clear", item=item)
    if name == "confirm":
        return Click(kind="confirm", chosen=tuple(int(number) for number in pressed.get("chosen", ())))
    if name in ("correct", "clear"):
        return Click(kind="correct" if name == "correct" else "clear", text=str(pressed.get("text", "")), item=item)
    return Click(kind="press", text=str(pressed["press"])) if "press" in pressed else Click(kind="say", text=str(pressed.get("say", "")))


def typed(message: Any) -> list[Click]:
    """Read the files of a message, from where Chainlit put them for the time of the session, and then its words."""
    brought = [Click(kind="bring", text=str(element.name), content=Path(element.path).read_bytes()) for element in message.elements]
    return [*brought, Click(kind="say", text=message.content)] if message.content.strip() or not brought else brought


def undone(item: str, conversation: Conversation, guide: Guide) -> str:
    """Return what stands in the conversation when a fact is taken back."""
    earlier = _earlier(item, conversation)
    return earlier.quote if earlier else cleared_words(item, guide)


def _earlier(item: str, conversation: Conversation) -> Statement | None:
    entry = conversation.record.entries.get(item)
    return before(entry) if entry else None


def before(entry: Entry) -> Statement | None:
    """Return what stood before the latest thing that was said about an item, or nothing where that was the first."""
    latest = entry.standing[-1].turn
    earlier = [one for one in (*entry.history, *entry.standing) if one.turn < latest and one.state != "unknown" and one.quote]
    return earlier[-1] if earlier else None


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
