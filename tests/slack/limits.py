"""Slack's published rules for blocks and views (docs.slack.dev/reference/block-kit), written down independently of what we build with."""

import re
from typing import Any

TEXTS = {"section": 3_000, "header": 150, "button": 75, "option": 75, "placeholder": 150, "label": 2_000, "title": 24, "submit": 24, "close": 24}
ELEMENTS = {"actions": 25, "context": 10}
KINDS = {
    "section": {"type", "text", "fields", "accessory", "block_id"},
    "header": {"type", "text", "block_id"},
    "context": {"type", "elements", "block_id"},
    "actions": {"type", "elements", "block_id"},
    "divider": {"type", "block_id"},
    "input": {"type", "label", "element", "optional", "hint", "block_id", "dispatch_action"},
}


def faults(blocks: list[dict[str, Any]], most: int = 50, in_view: bool = False) -> list[str]:
    """Return what Slack would refuse."""
    found = [f"{len(blocks)} blocks"] if len(blocks) > most else []
    actions: list[str] = []
    for block in blocks:
        kind = block.get("type")
        if kind not in KINDS:
            found.append(f"no block {kind!r}")
            continue
        found += [f"{kind}: unknown field {field}" for field in set(block) - KINDS[kind]]
        if kind == "input" and not in_view:
            found.append("an input in a message")
        if kind in ("section", "header") and "fields" not in block:
            found += _text(block.get("text"), kind)
        if "fields" in block:
            found += [] if 1 <= len(block["fields"]) <= 10 else [f"{len(block['fields'])} fields"]
            found += [fault for field in block["fields"] for fault in _text(field, "field", 2_000)]
        elements = block.get("elements", [])
        if kind in ELEMENTS and not 1 <= len(elements) <= ELEMENTS[kind]:
            found.append(f"{kind} with {len(elements)} elements")
        if kind == "actions":
            names = [element["action_id"] for element in elements]
            found += [f"action_id {name} twice" for name in set(names) if names.count(name) > 1]
        for element in [*elements, *([block["accessory"]] if "accessory" in block else []), *([block["element"]] if "element" in block else [])]:
            found += _text(element, "context element", 3_000) if kind == "context" else _element(element)
            actions.append(element.get("action_id", ""))
        if kind == "input":
            found += _text(block.get("label"), "label")
    length = sum(_length(block) for block in blocks)
    return found + ([f"{length} characters in all"] if length > 13_000 and not in_view else [])


def view_faults(view: dict[str, Any]) -> list[str]:
    found = faults(view["blocks"], 100, in_view=True)
    if view["type"] == "modal":
        found += [fault for field in ("title", "submit", "close") if field in view for fault in _text(view[field], field)]
        found += ["private_metadata is too long"] if len(view.get("private_metadata", "")) > 3_000 else []
        found += ["callback_id is too long"] if len(view.get("callback_id", "")) > 255 else []
    return found


def sdk_faults(blocks: list[dict[str, Any]]) -> list[str]:
    """Return what the models of Slack's own SDK refuse."""
    from slack_sdk.errors import SlackObjectFormationError
    from slack_sdk.models.blocks import Block

    found = []
    for given in blocks:
        block = Block.parse(given)
        for one in [block, *getattr(block, "elements", ()), *(part for name in ("accessory", "element") if (part := getattr(block, name, None)))]:
            try:
                one.validate_json()
            except SlackObjectFormationError as error:
                found.append(f"slack_sdk: {error}")
    return found


def canvas_faults(document: Any) -> list[str]:
    """Return what Slack refuses of a canvas (docs.slack.dev/reference/methods/canvases.create, surfaces/canvases).

    Tables are allowed there, but were refused as "Unsupported table type" now and then (slackapi/python-slack-sdk#1720): we have none.
    """
    if not isinstance(document, dict) or set(document) != {"type", "markdown"} or document["type"] != "markdown":
        return ["document_content: failed to match exactly one allowed schema"]
    text = document["markdown"]
    found = [f"{len(text)} characters"] if len(text) > 1_048_576 else []
    for number, line in enumerate(text.splitlines(), start=1):
        found += [f"line {number}: a heading of level 4 or deeper"] if re.match(r"#{4,}\s", line) else []
        found += [f"line {number}: Unsupported block type (List) within block quote"] if re.match(r">\s*(?:[-*+]|\d+[.)])\s", line) else []
        found += [f"line {number}: Unsupported table type"] if line.startswith("|") else []
        found += [f"line {number}: mentions somebody"] if re.search(r"(?<!\\)!\[\]\([@#]", line) else []
    return found


def _element(element: dict[str, Any]) -> list[str]:
    kind, found = element.get("type"), []
    if len(element.get("action_id", "")) > 255 or not element.get("action_id"):
        found.append(f"{kind}: action_id")
    if kind == "button":
        found += _text(element.get("text"), "button")
        found += ["button value"] if len(element.get("value", "")) > 2_000 else []
        found += ["button url"] if len(element.get("url", "")) > 3_000 else []
        found += [f"button style {element['style']}"] if element.get("style", "primary") not in ("primary", "danger") else []
    options = [*element.get("options", ()), *(one for group in element.get("option_groups", ()) for one in group["options"])]
    if kind in ("static_select", "multi_static_select"):
        found += [] if 1 <= len(options) <= 100 else [f"{len(options)} options"]
        values = [one["value"] for one in options]
        found += ["the same option twice"] if len(set(values)) < len(values) else []
    for one in options:
        found += _text(one["text"], "option") + (["option value"] if len(one["value"]) > 150 else [])
    if kind == "plain_text_input":
        found += ["max_length"] if not 1 <= element.get("max_length", 3_000) <= 3_000 else []
    if "placeholder" in element:
        found += _text(element["placeholder"], "placeholder")
    return found


def _text(text: Any, kind: str, most: int = 0) -> list[str]:
    most = most or TEXTS[kind]
    if not isinstance(text, dict) or text.get("type") not in ("mrkdwn", "plain_text"):
        return [f"{kind}: no text object"]
    if kind in ("header", "button", "option", "placeholder", "label", "title", "submit", "close") and text["type"] != "plain_text":
        return [f"{kind}: only plain text"]
    return [] if 1 <= len(text["text"]) <= most else [f"{kind}: {len(text['text'])} characters"]


def _length(block: Any) -> int:
    if isinstance(block, dict):
        return sum(len(value) if key == "text" and isinstance(value, str) else _length(value) for key, value in block.items())
    return sum(_length(one) for one in block) if isinstance(block, list) else 0
