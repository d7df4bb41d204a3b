"""A value taken back: "that was 38, not 48" changes the item that holds the 48, whatever was asked."""

import re
from typing import Any

from agent.reading.figures import MEASURE_ITEMS, figure, fits, taken_back
from agent.reading.message import SPOKEN_OF, Message
from agent.reading.phrases import says
from agent.reading.repairs import told_before
from agent.reading.values import Mention
from agent.record import Statement

LONGEST = 2  # sentences; who says more tells something
BASELINE, TODAY = "charter.baseline", "gates.kpi_now"


def read_correction(message: Message) -> dict[str, Statement]:
    """Return what is put right, and leave in the message only the values that say something else."""
    wrong = [mention for mention in message.values if taken_back(message.text, mention)]
    right = [mention for mention in message.values if not taken_back(message.text, mention)]
    fixed: dict[str, Statement] = {}
    for mention in wrong:
        for item in _held_by(message, mention):
            if item == BASELINE and (TODAY in message.asked or says("today", message.text)):
                continue  # "31 minutes now, not 42" leaves the 42 what it was
            if _only_stressed(message, item, mention, right):
                continue
            if fitting := [other for other in right if _fits_loosely(message, item, other)]:
                nearest = min(fitting, key=lambda other: abs(other.start - mention.start))
                fixed[item] = _put_right(message, item, nearest)
    for slip, meant in told_wrong(message):
        if held := [item for item in _held_by(message, slip) if _fits_loosely(message, item, slip) and _fits_loosely(message, item, meant)]:
            item = max(held, key=lambda one: message.record.entries[one].standing[-1].turn)
            fixed[item] = _put_right(message, item, meant)
            right = [one for one in right if not _says_again(one, slip)]
    plainly, by_name = takes_back(message), len(message.sentences) <= LONGEST and says("puts_right_by_name", message.text)
    if not wrong and not fixed and len(right) == 1 and (plainly or by_name):
        meant_item = _meant(message, right[0], by_name=not plainly)
        if meant_item:
            fixed[meant_item] = _put_right(message, meant_item, right[0])
    if fixed:
        message.values = [mention for mention in right if not any(_is(mention, statement.value) for statement in fixed.values())]
    return fixed


def _only_stressed(message: Message, item: str, mention: Mention, right: list[Mention]) -> bool:
    """Say whether a level that was asked for has been given before, and the "not" only stresses it: "5.5. Not four." leaves the target of four alone."""
    asked = item in MEASURE_ITEMS and item not in message.asked and any(other in MEASURE_ITEMS for other in message.asked)
    sentence = next((one for one in message.sentences if one.start <= mention.start < one.end), message.sentences[0])
    return asked and message.spoken_of(item) < SPOKEN_OF and any(one.end <= sentence.start for one in right) and not message.values_in(sentence)[1:]


def told_wrong(message: Message) -> list[tuple[Mention, Mention]]:
    """Return each slip that was told in an earlier message, with what puts it right: "I told you eight days, that's wrong, it was six"."""
    return [(slip, meant) for slip, meant in message.slips if told_before(message.text, slip)]


def _held_by(message: Message, mention: Mention) -> list[str]:
    """Return the items that hold a value on record."""
    entries = message.record.entries
    return [item for item, entry in entries.items() if item in message.matcher.slot_items and any(_is(mention, said.value) for said in entry.standing)]


def _put_right(message: Message, item: str, mention: Mention) -> Statement:
    """Return the statement that puts an item right; without a unit it keeps the one it had."""
    statement, old = figure(message, item, mention), message.record.entries[item].standing[-1].value
    if isinstance(old, dict) and "unit" in old and not mention.unit_said:
        return statement.model_copy(update={"value": {"value": mention.raw, "unit": old["unit"]}})
    return statement


def _says_again(one: Mention, slip: Mention) -> bool:
    """Say whether a value is the slip again: "eight was the temps"."""
    return one.value == slip.value if one.kind == slip.kind else one.kind == "count" and not one.unit_said and one.raw == slip.raw


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
    """Say whether the message does nothing but put a figure right; it then tells no use case and no department."""
    if len(message.sentences) > LONGEST or not message.values or told_wrong(message):
        return False
    return any(taken_back(message.text, mention) for mention in message.values) or says("puts_right", message.text)


def _fits_loosely(message: Message, item: str, mention: Mention) -> bool:
    """Like `fits`, but a bare number may stand for a share or a time: the unit was said before."""
    return fits(message, item, mention) or (message.kind(item) in ("percent", "quantity", "duration") and mention.kind == "count")


def _number(value: Any) -> float | None:
    if isinstance(value, dict):
        value = value.get("value", value.get("amount"))
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
