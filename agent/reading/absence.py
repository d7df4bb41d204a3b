"""What people say when they do not know, and when there is none: "no idea", "nothing so far", "we had no baseline"."""

import math
import re

from agent.reading.encoder import Look
from agent.reading.message import SURE, Message
from agent.reading.parties import nobody
from agent.reading.phrases import begins, says
from agent.reading.text import Span

# An answer that is only "I don't know" is short. Words beyond a "no, ..." say what the no is about.
LONGEST_UNKNOWN, LONGEST_BARE = 9, 6
LONGEST_POLITE, TOLD = 16, 0.7  # ... but for what the encoder hears nothing told in: how plainly it would hear it, 0 to 1
NAMED = 0.45  # how like an item's examples words must be that name it as what is not known; "I'm not the right person" names no way to escalate
NOT_KNOWN = 0.9  # how sure the encoder must be that it is this item which is not known
CONDITION = re.compile(r"\b(?:if|when|whenever|wherever|unless|in case)\s+(?!i\b)[^,;.!?]*?(?=\bi\b|[,;.!?]|$)", re.IGNORECASE)
OTHERS_DO_NOT_KNOW = re.compile(
    r"\b(?:they|he|she|it|people|users|who)\s+(?:really |just |simply )?(?:don['’]?t|doesn['’]?t|do not|does not|didn['’]?t|did not|has no|have no|had no)\b[^,;.!?]*",
    re.IGNORECASE,
)
CONCLUDES = re.compile(r"\bso,? (?:yes|no|partly)\b|,\s(?:no|yes)[.!]?$", re.IGNORECASE)
NOTED = re.compile(r"^(?:[^:.!]*(?:[:?]|\s[–-]))?\s*(?:still |as yet |all )?(?:unknown|not known|unclear)(?: (?:yet|to me|so far))?\s*[.!]?$", re.IGNORECASE)
DENIES = re.compile(r"\bnot\b|n['’]t\b|\bcannot\b|\bwithout\b", re.IGNORECASE)
MAY_BE_MISSING = ("charter.kpi", "charter.baseline", "charter.target")  # for these, that there is none is an answer


def unknown(text: str) -> bool:
    """Say whether the person does not know, or will not say.

    What happens where somebody else or the tool does not know is told ("if it has no idea, a person decides"), and "so no" is an answer.
    """
    if CONCLUDES.search(text):
        return False
    own = OTHERS_DO_NOT_KNOW.sub(" ", CONDITION.sub(" ", text))
    return says("unknown", own) or says("unwilling", own)


def noted_unknown(text: str) -> bool:
    """Say whether what one sentence or entry of a list is about is not known: "leaders against: unknown"."""
    return unknown(text) or bool(NOTED.search(text))


def read_unknown(message: Message) -> None:
    """Put down what was asked for and is plainly not known, before a figure or a name beside it is taken for it."""
    for item in message.open_items():
        if message.plainly(item, NOT_KNOWN) == "unknown":
            _add_shrugged(message, item)


def add_unknown(message: Message, item: str) -> None:
    """Put down an item as not known, in the last sentence that says so; where none does, nothing is put down."""
    said = [sentence for sentence in message.sentences if noted_unknown(sentence.text)]
    if said:
        message.add(item, "unknown", None, said[-1])


def _add_shrugged(message: Message, item: str) -> None:
    """Put down an item as not known where no words that are listed say so: "compliance? they'd be guessing, and so would I"."""
    add_unknown(message, item)
    if item not in message.found and item in message.column:
        message.add(item, "unknown", None, max(message.sentences, key=lambda sentence: message.topic(item)[message.place(sentence)]))


def only_unknown(message: Message) -> bool:
    """Say whether the whole message is that the person does not know; "I don't think so, no" and "not sure, but yes" are answers."""
    length = len(message.text.split())
    if len(message.sentences) > 2 or message.values or length > LONGEST_POLITE or not unknown(message.text) or _not_known_elsewhere(message):
        return False
    if length > LONGEST_UNKNOWN:  # "I'm really not the right person for that, I don't know"
        return message.look is not None and not any(_tells(message.look, item) for item in message.look.items)
    answered = length > LONGEST_BARE and any(
        begins(group, sentence.text) and not begins("unknown", sentence.text) for sentence in message.sentences for group in ("yes", "no")
    )
    return not answered or not any(item in message.column for item in message.asked)


def _tells(look: Look, item: str) -> bool:
    """Say whether the encoder hears that an item is told."""
    return look.speaks_of(item) >= TOLD and look.plainest(item)[0] != "unknown"


def _not_known_elsewhere(message: Message) -> bool:
    """Say whether both learners hear that it is something else which is not known: "I don't know whether security has looked", beside adoption."""
    others = [item for item in message.column if item not in message.asked and message.spoken_of(item) >= TOLD]
    return any(message.plainly(item, SURE) == "unknown" and message.topic(item).max() >= NAMED for item in others)


def none_of(message: Message, index: int, item: str, text: str, unless: float = -math.inf) -> bool:
    """Say whether a text denies that there is any, and the examples agree; they must be surer of it than `unless`."""
    scores = message.labels(index, item)
    none = max(scores.get("absent", 0), scores.get("none", 0))
    return none > max(scores.get("value", 0), unless) and denies(text)


def denies(text: str) -> bool:
    """Say whether a text holds a no of any sort."""
    return says("no", text) or bool(nobody().search(text) or DENIES.search(text))


def add_none(message: Message, item: str, span: Span) -> None:
    """Put down that there is none, in the form of the item's kind."""
    if message.kind(item) == "count":
        message.add(item, "known", 0, span)
    elif message.kind(item) == "list":
        message.add(item, "known", [], span)
    elif item in MAY_BE_MISSING:
        message.add(item, "absent", None, span)
