"""A message cut into sentences and clauses that remember where they stand, so that every quote is an exact span."""

import re
from dataclasses import dataclass

ABBREVIATIONS = (
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "st",
    "approx",
    "ca",
    "e.g",
    "i.e",
    "etc",
    "vs",
    "dept",
    "inc",
    "ltd",
    "co",
    "corp",
    "jr",
    "sr",
    "incl",
    "avg",
)
SENTENCE_END = re.compile(r"([.!?…]+[\"')\]»”]*)(\s+|$)|\s*;(?:\s+|$)|\n\s*(?:\n\s*|(?=[-*•–]\s|\d+[.)]\s))")  # a single line break only wraps a line
LONG_GAP = re.compile(r"[ \t\u00a0]{20,}")  # nobody means them, and they cost every pattern time
CLAUSE_CUT = re.compile(
    r"\s*;\s*|\s+[–—-]\s+|\s*,\s*(?:and|but|so|though|although|while|whereas|yet|or|then|only|because|which|who)\b\s*"
    r"|\s+(?:but|whereas|although|though|while|because)\s+|\s*,\s+|\s+and\s+|:\s+",
    re.IGNORECASE,
)
TOPIC = re.compile(r"^[^.!?]{2,60}(?:\?|,\s*(?:h+m+|well|u+h+|u+m+|e+r+)\s*[.…]+)$", re.IGNORECASE)
CLOSING = re.compile(r"^(?:so|thus|hence|therefore)\b[^.!?,;]{0,20}\b(?:partly|partially|part|half|halfway|half and half|a bit)[.!]?$", re.IGNORECASE)
PHRASE_AND = re.compile(r"\b(?:between\s+(?:about\s+)?[\w.,%€$£-]+(?:\s[a-z]+)?|hundred|thousand)$", re.IGNORECASE)  # what an "and" goes on with


@dataclass(frozen=True)
class Span:
    """A piece of a message: text == message[start:end]."""

    text: str
    start: int
    end: int
    sentence: int


def clean(message: str) -> str:
    """Drop control characters that no keyboard types, and long runs of blanks; everything else stays, so that quotes stay exact."""
    message = LONG_GAP.sub("   ", message.encode("utf-8", "replace").decode("utf-8"))  # half a surrogate pair is no text
    return "".join(char for char in message if char in "\n\t" or (ord(char) >= 32 and not 0x7F <= ord(char) < 0xA0))


def sentences(message: str) -> list[Span]:
    """Cut a message into sentences; a short question used as a topic ("Legal? Nobody.") goes with what follows, a "So partly." with what it sums up."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in SENTENCE_END.finditer(message):
        if end.group(1) and end.group(1).startswith(".") and _abbreviated(message[max(start, end.start() - 12) : end.start()]):
            continue
        if end.group(1) and end.group(1).startswith(("..", "…")) and message[end.end() : end.end() + 1].islower():
            continue
        _append(found, message, start, end.end(1) if end.group(1) else end.start())
        start = end.end()
    _append(found, message, start, len(message))
    merged: list[tuple[int, int]] = []
    for begin, stop in found:
        if merged and (_is_topic(message[slice(*merged[-1])]) or CLOSING.match(message[begin:stop])):
            begin = merged.pop()[0]
        merged.append((begin, stop))
    return [Span(message[begin:stop], begin, stop, number) for number, (begin, stop) in enumerate(merged)]


def _is_topic(text: str) -> bool:
    return bool(TOPIC.match(text)) and len(text.split()) <= 7


def clauses(sentence: Span) -> list[Span]:
    """Cut a sentence at the places where a new thought can begin."""
    found: list[tuple[int, int]] = []
    start = 0
    for cut in CLAUSE_CUT.finditer(sentence.text):
        if _inside_number(sentence.text, cut.start(), cut.end()):
            continue
        _append(found, sentence.text, start, cut.start())
        start = cut.end()
    _append(found, sentence.text, start, len(sentence.text))
    return [Span(sentence.text[begin:stop], sentence.start + begin, sentence.start + stop, sentence.sentence) for begin, stop in found]


def spans(message: str) -> list[Span]:
    """Return clauses, pairs of neighbouring clauses and whole sentences: every stretch that may carry one statement."""
    found: dict[tuple[int, int], Span] = {}
    for sentence in sentences(message):
        parts = clauses(sentence)
        for width in (1, 2, 3):
            for first, last in zip(parts, parts[width - 1 :], strict=False):
                text = message[first.start : last.end]
                found.setdefault((first.start, last.end), Span(text, first.start, last.end, sentence.sentence))
        found.setdefault((sentence.start, sentence.end), sentence)
    return list(found.values())


def _append(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    stop = start + len(piece.rstrip())
    if stop > begin and any(char.isalnum() for char in text[begin:stop]):
        found.append((begin, stop))


def _abbreviated(text: str) -> bool:
    word = re.search(r"([\w.]+)$", text)
    if not word:
        return False
    last = word.group(1).lower()
    return last in ABBREVIATIONS or bool(re.fullmatch(r"[a-z]", last) and word.group(1).isupper())


def _inside_number(text: str, start: int, end: int) -> bool:
    """A comma, a hyphen or an "and" between two figures belongs to a figure or a range."""
    cut = text[start:end].strip().lower()
    if cut == "and":
        return bool(PHRASE_AND.search(text[max(0, start - 30) : start]) or re.match(r"an?\s+(?:half|quarter)\b", text[end : end + 12], re.IGNORECASE))
    return start > 0 and end < len(text) and text[start - 1].isdigit() and text[end].isdigit() and cut in (",", "-", "–", "—")
