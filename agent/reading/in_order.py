"""Answers given in the order of the question: "no, no, yes", "1. yes 2. no", "yes to the first, no to the second"."""

import re
from collections.abc import Iterator

from agent.reading.message import Message
from agent.reading.phrases import STANCES, only
from agent.reading.text import Span

LABELS = (*STANCES, "unknown")
NEXT = re.compile(r"\s*(?:[,;./\n]+|\band\b|\bthen\b|(?:^|\s)\d[.)](?=\s))\s*", re.IGNORECASE)
WHICH = re.compile(r"\b(?:the\s+|my\s+)?(?P<which>first|second|third|fourth|last|1st|2nd|3rd|4th)(?:\s+(?:one|question|point|part))?\b", re.IGNORECASE)
PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
BOTH = re.compile(r"\W*(?:well,? )?yes and no\W*", re.IGNORECASE)  # is partly, of each
ASIDE = re.compile(r"\b(?:to|for|on|is|was|it's|that's|a|but|and|clear|clearly|definitely|so)\b|[,:=–—-]", re.IGNORECASE)


def read_in_order(message: Message) -> bool:
    """Give each asked item its yes, no or partly, where the message is nothing but as many of them as were asked for, or says which is which.

    Say whether that is all the message holds.
    """
    asked = [item for item in message.asked if message.kind(item) == "answer"]
    if len(asked) < 2 or len(asked) != len(message.asked) or BOTH.fullmatch(message.text):
        return False
    parts = [(piece, only(piece.text, LABELS)) for piece in _parts(message.text)]
    labels = [label for _, label in parts]
    if len(parts) == len(asked) and all(labels) and not ("unknown" in labels and "," in message.text):  # "No idea, no." is one answer
        for item, (piece, label) in zip(asked, parts, strict=True):
            _add(message, item, str(label), piece)
        return True
    for piece, _ in parts:
        which = WHICH.findall(piece.text)
        label = only(ASIDE.sub(" ", WHICH.sub(" ", piece.text)), LABELS) if len(which) == 1 else None
        if label and -1 <= (place := PLACES[which[0].lower()]) < len(asked):
            _add(message, asked[place], label, piece)
    return False


def _parts(text: str) -> Iterator[Span]:
    start = 0
    for end in (*(match.span() for match in NEXT.finditer(text)), (len(text), len(text))):
        if text[start : end[0]].strip():
            yield Span(text[start : end[0]], start, end[0], 0)
        start = end[1]


def _add(message: Message, item: str, label: str, piece: Span) -> None:
    message.add(item, "unknown" if label == "unknown" else "known", None if label == "unknown" else label, piece)
