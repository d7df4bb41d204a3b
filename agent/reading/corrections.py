"""A value taken back: "that was 38, not 48" changes the item that holds the 48, whatever was asked."""

import re
from typing import Any

from agent.reading.figures import figure, fits, taken_back
from agent.reading.message import SPOKEN_OF, Message
from agent.reading.phrases import says
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
    if fixed:
        message.values = [mention for mention in right if not any(_is(mention, statement.value) for statement in fixed.values())]
    return fixed


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
