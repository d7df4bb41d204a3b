"""What the page shows, built by pure functions: escaped text and the words on buttons."""

import re

from agent.interview import Command

LABELS: dict[Command, str] = {"skip": "Skip", "why": "Why do you ask?", "back": "Back", "status": "Where are we?", "finish": "Just the result"}


def shown(text: str) -> str:
    """Escape what the page's Markdown would swallow: tags, images, directives such as “:kpi”, and a “~” meaning “about”."""
    return re.sub(r"(?<!\\)(?:<(?=[A-Za-z/!?])|(?<=!)\[|:(?=[A-Za-z])|~)", lambda found: "\\" + found.group(), text)
