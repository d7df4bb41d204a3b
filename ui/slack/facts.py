"""The form on which a fact is put right or taken off the record."""

from itertools import groupby

from agent.conversation import Conversation
from agent.heard import clip
from agent.items import Guide
from ui.slack.blocks import OPTION_TEXT, OPTIONS, Block, modal, option, text_input


def facts_form(thread: str, conversation: Conversation, guide: Guide) -> Block | None:
    """Return the form with everything on record to choose from; None while nothing is."""
    known = [item for item in guide.items if conversation.record.heard(item)][:OPTIONS]
    if not known:
        return None
    groups = [
        {"label": {"type": "plain_text", "text": stage.capitalize()}, "options": [option(_line(item, conversation, guide), item) for item in items]}
        for stage, items in groupby(known, key=lambda item: guide.question_for(item).stage)
    ]
    pick = {"type": "static_select", "action_id": "item", "option_groups": groups}
    return modal("facts", "Correct a fact", "Correct", [
        {"type": "input", "block_id": "item", "label": {"type": "plain_text", "text": "What is wrong"}, "element": pick},
        text_input("words", "What is right, in your words. Left empty, the fact is taken off the record.", optional=True),
    ], thread)  # fmt: skip


def _line(item: str, conversation: Conversation, guide: Guide) -> str:
    said = conversation.record.said(item)[-1]
    return clip(f"{guide.label(item)}: {said.quote or said.state}", OPTION_TEXT - 2)
