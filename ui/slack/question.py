"""A reply as Slack shows it: the text, the choices as buttons, what a document said to tick, and what can be done besides."""

import json
from collections.abc import Sequence
from datetime import date

from agent.asking import question_text
from agent.conversation import Conversation
from agent.interview import Command
from agent.items import Guide
from agent.judging.case import Case
from agent.questions import Next
from agent.replies import Reply
from ui.slack.blocks import OPTIONS, Block, actions, button, fields, option, pick_person, sections
from ui.slack.wording import says
from ui.web.showing import LABELS


def question(reply: Reply, conversation: Conversation, guide: Guide, starter: str) -> list[Block]:
    """Return the blocks of a question, with the guide in the conversation's language; a button knows which items it is an answer to, so that an old one never answers a newer question."""
    blocks = _text(reply, conversation, guide, starter)
    if reply.proposals:
        blocks.append(_ticks(reply))
    blocks += actions([choice_button(choice, number, reply.asks, reply.turn + 1) for number, choice in enumerate(reply.choices)])
    commands = [button(_label(command, conversation), f"press:{command}", str(reply.turn + 1)) for command in ("skip", "why", "back", "status", "finish")]
    more = [button("Correct a fact", "facts", "open"), pick_person("ask", "Somebody else knows")] if conversation.turns else []
    return blocks + (actions([*commands, *more]) if conversation.turns else [])


def choice_button(choice: str, number: int, items: tuple[str, ...], turn: int) -> Block:
    return button(choice, f"say:{number}", json.dumps({"say": choice, "items": items, "turn": turn}, ensure_ascii=False))


def _text(reply: Reply, conversation: Conversation, guide: Guide, starter: str) -> list[Block]:
    """Return what is asked; where several people contradict each other, their words side by side, and who decides."""
    opened = conversation.open
    said = conversation.record.said(opened.items[0]) if opened and opened.mode == "conflict" else ()
    if opened is None or len({one.speaker for one in said}) < 2:
        return sections(reply.text)
    case = Case(conversation.record, guide, date.fromisoformat(conversation.turns[-1].said_on))
    asked = question_text(Next(guide.question(opened.question), opened.items, opened.mode), case)
    if not reply.text.endswith(asked):
        return sections(reply.text)
    before = reply.text.removesuffix(asked).strip()
    sides = fields(f"**{one.speaker or 'Somebody'}**\n> {' '.join(one.quote.split())}" for one in said)
    return [*sections(before), *sections(says("differ", label=guide.label(opened.items[0]), name=starter)), *sides]


def answered(blocks: Sequence[Block], words: str, name: str) -> list[Block]:
    """Return a message after one of its buttons was pressed: the buttons make room for what was answered, and by whom."""
    kept = [block for block in blocks if block["type"] != "actions" and not (block["type"] == "section" and "accessory" in block)]
    return [*kept, *sections(f"**{name}:** {words}")]


def _label(command: Command, conversation: Conversation) -> str:
    """A contradiction that is skipped is left open."""
    conflict = conversation.open and conversation.open.mode == "conflict"
    return "Leave it open" if command == "skip" and conflict else LABELS[command]


def _ticks(reply: Reply) -> Block:
    options = [option(f"{one.number}. {one.label}: {one.value}", str(one.number)) for one in reply.proposals[:OPTIONS]]
    return {
        "type": "section", "text": {"type": "mrkdwn", "text": "Only some of it is right? Tick what counts:"},
        "accessory": {"type": "multi_static_select", "action_id": "confirm", "options": options, "placeholder": {"type": "plain_text", "text": "What is right"}},
    }  # fmt: skip
