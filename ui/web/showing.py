"""What the page shows, built by pure functions: escaped text and the words on buttons."""

import re
from typing import cast

from agent.conversation import Turn
from agent.interview import DOCUMENT, Command
from agent.items import Guide
from ui.web.wording import page_words

LABELS: dict[Command, str] = {"skip": "Skip", "why": "Why do you ask?", "back": "Back", "status": "Where are we?", "finish": "Just the result"}


def said(turn: Turn, guide: Guide) -> str:
    """Return what a person said, the words on what they pressed, or the name of what they brought."""
    if document := DOCUMENT.fullmatch(turn.text):
        return document["name"]
    pressed = turn.text.strip("()")
    if turn.text != f"({pressed})":
        return turn.text
    if pressed.startswith("clear ") and pressed[6:] in guide.items:
        return cleared_words(pressed[6:], guide)
    return LABELS.get(cast(Command, pressed), turn.text)


def cleared_words(item: str, guide: Guide) -> str:
    return page_words().answer["cleared"].format(label=guide.label(item) if item in guide.items else item)


def shown(text: str) -> str:
    """Escape what the page's Markdown would swallow: tags, images, directives such as “:kpi”, and a “~” meaning “about”."""
    return re.sub(r"(?<!\\)(?:<(?=[A-Za-z/!?])|(?<=!)\[|:(?=[A-Za-z])|~)", lambda found: "\\" + found.group(), text)
