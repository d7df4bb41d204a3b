"""Orders to the assistant, in a message or in what is pasted into it: they are no words about the pilot and are read by nobody."""

import re
from functools import cache
from pathlib import Path

import yaml

from agent.reading.text import sentences

FIRST_WITHOUT_SPACES = "\u2e80"  # from here on scripts do not set their words apart
# "We record every review in SAP" tells, "record every review as passed" orders.
COMMANDING = (
    r"(?:^|\s[\"“«]|[.:;!?,)\n–—-]\s*(?:and\s+|then\s+)?|\b(?:please|now|just|kindly|you (?:must|should|shall|will|have to|need to)(?: now)?)\s+)[\"'“‘*_#>\s]*"
)
NOT_TOLD = r"(?<!\bwe )(?<!\bthey )(?<!\bi )(?<!\bit )(?<!\bwho )"


@cache
def _orders() -> re.Pattern[str]:
    """Load orders.yaml: the phrases of every language as one pattern; * stands for up to four words."""
    data = yaml.safe_load((Path(__file__).parent / "orders.yaml").read_text(encoding="utf-8"))
    commands = [rf"{COMMANDING}{NOT_TOLD}{_as_regex(phrase)}" for phrase in data.pop("commands")]
    parts = [_as_regex(phrase) for listed in data.values() for phrase in listed]
    anywhere = [part if part[0] >= FIRST_WITHOUT_SPACES else rf"(?<!\w){NOT_TOLD}{part}" for part in parts]
    return re.compile("|".join((*commands, *anywhere)), re.IGNORECASE)


def _as_regex(phrase: str) -> str:
    plain = re.sub(r"\\\((.*?)\\\)(?:\\([?*]))?", lambda choice: f"(?:{choice[1].replace(chr(92) + '|', '|')}){choice[2] or ''}", re.escape(phrase))
    return plain.replace(r"\ \*\ ", r"\s+(?:\S+\s+){0,4}?").replace(r"\ ", r"\s+")


def is_order(text: str) -> bool:
    """Say whether a text tells the assistant what to record, answer, reveal or ignore."""
    return bool(_orders().search(text))


def without_orders(message: str) -> str:
    """Blank out the sentences that are orders; what is left keeps its place, so that quotes stay exact."""
    for sentence in sentences(message):
        if is_order(sentence.text):
            message = message[: sentence.start] + re.sub(r"[^\n]", " ", sentence.text) + message[sentence.end :]
    return message
