"""A value taken back: "that was 38, not 48" changes the item that holds the 48, whatever was asked."""

import re
from typing import Any

from agent.reading.figures import figure, fits, taken_back
from agent.reading.message import SPOKEN_OF, Message
from agent.reading.phrases import says
from agent.reading.values import REACH, Mention
from agent.record import Statement

LONGEST = 2  # sentences; who says more tells something
TOLD_BEFORE = re.compile(r"\b(?:i|we)(?:['’]ve|['’]d| have| had)? (?:told you|gave you|given you|said|wrote)\b[^.!?]*$", re.IGNORECASE)
GOES_ON = re.compile(r"[.!?](?:\s|$)|\bof (?:those|them|these|which|whom)\b", re.IGNORECASE)  # to something else
# After a slip that is taken back "it's 6" is enough; "I said 42 before, and it's 31 now" takes nothing back.
SHOULD_BE = re.compile(r"\b(?:should|ought to) (?:be|have been|have said|read)\s+(?:\w+\s+)?$", re.IGNORECASE)
IT_IS = re.compile(rf"\b(?:it|that|they|there)(?:['’]s|['’]re| is| are| was| were)\s+(?:\w+\s+)?$|{SHOULD_BE.pattern}", re.IGNORECASE)
BASELINE, TODAY = "charter.baseline", "gates.kpi_now"


def read_correction(message: Message) -> dict[str, Statement]:
    """Return what is put right, and leave in the message only the values that say something else."""
    wrong = [mention for mention in message.values if taken_back(message.text, mention)]
    right = [mention for mention in message.values if not taken_back(message.text, mention)]
    fixed: dict[str, Statement] = {}
    for mention in wrong:
        for item, entry in message.record.entries.items():
            if item == BASELINE and (TODAY in message.asked or says("today", message.text)):
                continue  # "31 minutes now, not 42" leaves the 42 what it was
            fitting = [other for other in right if _fits_loosely(message, item, other)]
            if fitting and item in message.matcher.slot_items and any(_is(mention, said.value) for said in entry.standing):
                nearest = min(fitting, key=lambda other: abs(other.start - mention.start))
                fixed[item] = _in_its_unit(figure(message, item, nearest), nearest, entry.standing[-1].value)
    plainly, by_name = takes_back(message), len(message.sentences) <= LONGEST and says("puts_right_by_name", message.text)
    if not wrong and len(right) == 1 and (plainly or by_name):
        meant = _meant(message, right[0], by_name=not plainly)
        if meant:
            fixed[meant] = _in_its_unit(figure(message, meant, right[0]), right[0], message.record.entries[meant].standing[-1].value)
    for slip, meant in _told_wrong(message):
        for item, entry in message.record.entries.items():
            if item in message.matcher.slot_items and _fits_loosely(message, item, meant) and any(_is(slip, said.value) for said in entry.standing):
                fixed[item] = _in_its_unit(figure(message, item, meant), meant, entry.standing[-1].value)
                right = [mention for mention in right if (mention.raw, mention.kind == "date") != (slip.raw, slip.kind == "date")]  # "eight was the temps"
    if fixed:
        message.values = [mention for mention in right if not any(_is(mention, statement.value) for statement in fixed.values())]
    return fixed


def _told_wrong(message: Message) -> list[tuple[Mention, Mention]]:
    """Return each value of which the person says that they told it before, with the one that it should have been."""
    pairs = []
    for slip in (*message.slips, *message.values):
        leads = IT_IS if slip in message.slips else SHOULD_BE
        later = [one for one in message.values if one.start > slip.end and leads.search(message.text, slip.end, one.start)]
        if later and TOLD_BEFORE.search(message.text, max(0, slip.start - REACH), slip.start) and not GOES_ON.search(message.text, slip.end, later[0].start):
            pairs.append((slip, later[0]))
    return pairs


def _is(mention: Mention, value: Any) -> bool:
    """Say whether a value of the record is what a mention says."""
    return mention.value == value if mention.kind == "date" else mention.raw == _number(value)


def _meant(message: Message, mention: Mention, *, by_name: bool) -> str | None:
    """Return the item a figure puts right: the one that is plainly spoken of, else one that had this figure before, else the one said last."""
    entries = message.record.entries
    fitting = [item for item in entries if _fits_loosely(message, item, mention) and _number(entries[item].standing[-1].value) is not None]
    named = [item for item in fitting if message.spoken_of(item) >= SPOKEN_OF]
    if by_name:
        words = set(re.findall(r"\w{5,}", message.text.lower()))
        named = [item for item in named if words & set(re.findall(r"\w{5,}", message.guide.label(item).lower()))]
        return max(named, key=message.spoken_of, default=None)
    before = [item for item in fitting if mention.raw in [_number(said.value) for said in entries[item].history]]
    return max(named or before or fitting, key=lambda item: entries[item].standing[-1].turn, default=None)


def takes_back(message: Message) -> bool:
    """Say whether the message puts a figure right; it then tells no use case and no department."""
    if len(message.sentences) > LONGEST or not message.values:
        return False
    return any(taken_back(message.text, mention) for mention in message.values) or says("puts_right", message.text)


def _in_its_unit(statement: Statement, mention: Mention, old: Any) -> Statement:
    """A figure that is put right without a unit keeps the one it had."""
    if isinstance(old, dict) and "unit" in old and not mention.unit_said:
        return statement.model_copy(update={"value": {"value": mention.raw, "unit": old["unit"]}})
    return statement


def _fits_loosely(message: Message, item: str, mention: Mention) -> bool:
    """Like `fits`, but a bare number may stand for a share or a time: the unit was said before."""
    return fits(message, item, mention) or (message.kind(item) in ("percent", "quantity", "duration") and mention.kind == "count")


def _number(value: Any) -> float | None:
    if isinstance(value, dict):
        value = value.get("value", value.get("amount"))
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
