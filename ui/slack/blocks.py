"""The pieces that messages are made of, each within Slack's published limits (docs.slack.dev/reference/block-kit)."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]

SECTION_TEXT, FIELD_TEXT, FIELDS, HEADER_TEXT, BUTTON_TEXT, VALUE = 3_000, 2_000, 10, 150, 75, 2_000
ACTIONS, BLOCKS, OPTIONS, OPTION_TEXT, MODAL_TITLE, HOME_BLOCKS = 25, 50, 100, 75, 24, 100
MESSAGE_TEXT = 12_000  # characters of all blocks of one message together; Slack refuses somewhere above 13,000
FALLBACK_TEXT = 3_000


def mrkdwn(text: str) -> str:
    """Turn our Markdown into Slack's; what a person wrote can neither ping anybody nor become a link."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"^&gt; ?", "> ", text, flags=re.MULTILINE)
    text = re.sub(r"(?<![*\w])\*(?![*\s])([^*\n]+)(?<!\s)\*(?![*\w])", r"_\1_", text)
    text = re.sub(r"\*\*([^\n]+?)\*\*", r"*\1*", text)
    return re.sub(r"^- ", "• ", text, flags=re.MULTILINE)


def shorten(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def sections(text: str) -> list[Block]:
    """Return a text as sections, cut between paragraphs, lines, sentences or words, in this order."""
    return [{"type": "section", "text": {"type": "mrkdwn", "text": piece}} for piece in cut(mrkdwn(text), SECTION_TEXT)]


def cut(text: str, length: int) -> list[str]:
    """Cut a text into pieces of at most `length` characters; nothing of it is lost but the blanks at a cut."""
    pieces, text = [], text.strip()
    while len(text) > length:
        end = next((at for stop in ("\n\n", "\n", ". ", " ") if (at := text.rfind(stop, length // 3, length) + len(stop) - 1) > length // 3), length)
        end = end if text[max(0, end - 5) : end].rfind("&") < 0 else text.rfind("&", 0, end)  # never inside &amp;
        pieces.append(text[:end].strip())
        text = text[end:].strip()
    return [*pieces, text] if text else pieces


def header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": shorten(text, HEADER_TEXT)}}


def context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": shorten(mrkdwn(text), FIELD_TEXT)}]}


def fields(texts: Iterable[str]) -> list[Block]:
    """Return texts side by side, two in a row."""
    short = [{"type": "mrkdwn", "text": cut(mrkdwn(text), FIELD_TEXT)[0]} for text in texts]
    return [{"type": "section", "fields": short[start : start + FIELDS]} for start in range(0, len(short), FIELDS)]


def button(label: str, action: str, value: str, style: str = "") -> Block:
    """Return a button; a value over the limit is a mistake of ours and is never cut."""
    if len(value) > VALUE:
        raise ValueError(f"The value of the button {action} has {len(value)} characters; Slack takes {VALUE}.")
    made = {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": shorten(label, BUTTON_TEXT)}, "value": value}
    return {**made, "style": style} if style else made


def link_button(label: str, url: str) -> Block:
    return {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": shorten(label, BUTTON_TEXT)}, "url": url}


def actions(elements: Sequence[Block]) -> list[Block]:
    return [{"type": "actions", "elements": list(elements[start : start + ACTIONS])} for start in range(0, len(elements), ACTIONS)]


def option(label: str, value: str) -> Block:
    return {"text": {"type": "plain_text", "text": shorten(label, OPTION_TEXT)}, "value": value[:150]}


def pick_person(action: str, placeholder: str) -> Block:
    return {"type": "users_select", "action_id": action, "placeholder": {"type": "plain_text", "text": placeholder}}


def modal(callback: str, title: str, submit: str, inside: list[Block], private: str) -> Block:
    return {
        "type": "modal", "callback_id": callback, "private_metadata": private, "title": {"type": "plain_text", "text": shorten(title, MODAL_TITLE)},
        "submit": {"type": "plain_text", "text": submit}, "close": {"type": "plain_text", "text": "Cancel"}, "blocks": inside,
    }  # fmt: skip


def text_input(name: str, label: str, *, initial: str = "", optional: bool = False, longest: int = 3_000) -> Block:
    element = {"type": "plain_text_input", "action_id": name, "multiline": True, "max_length": longest}
    if initial:
        element["initial_value"] = initial[:longest]
    return {"type": "input", "block_id": name, "optional": optional, "label": {"type": "plain_text", "text": shorten(label, 2_000)}, "element": element}


def messages(blocks: Sequence[Block]) -> list[list[Block]]:
    """Share blocks out over as many messages as Slack's limits ask for."""
    shares: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        length = text_length(block)
        if shares[-1] and (len(shares[-1]) == BLOCKS or size + length > MESSAGE_TEXT):
            shares.append([])
            size = 0
        shares[-1].append(block)
        size += length
    return shares


def text_length(block: Any) -> int:
    """Count the characters that a block shows."""
    if isinstance(block, dict):
        return sum(len(value) if key == "text" and isinstance(value, str) else text_length(value) for key, value in block.items())
    return sum(text_length(one) for one in block) if isinstance(block, list) else 0
