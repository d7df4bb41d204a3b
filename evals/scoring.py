"""Scoring: what was heard against what a careful listener would have, item by item."""

import re
from typing import Any, Literal

from agent.same import convert, dimension, ends, same_party

Score = Literal["right", "wrong", "missed"]
TOLERANCE = 0.02


def score(gold: Any, state: str, value: Any, kind: str, quote: str = "") -> Score:
    """Compare one item with its gold value; not heard at all is missed, which is not wrong."""
    if state == "unasked":
        return "missed"
    if gold in ("unknown", "absent", "nobody") and isinstance(gold, str):
        return "right" if _is_state(gold, state, value) else "wrong"
    if state != "known" and not (state == "absent" and gold in ("none", [])):
        return "wrong"
    return "right" if _same(gold, value, kind, quote) else "wrong"


def _is_state(gold: str, state: str, value: Any) -> bool:
    if gold == "nobody":
        return state == "absent" or value == "nobody"
    return state == gold


def _same(gold: Any, value: Any, kind: str, quote: str) -> bool:
    if isinstance(gold, dict) and "any_of" in gold:
        text = f"{' '.join(value) if isinstance(value, list) else value} ".lower()
        return any(re.search(rf"\b{re.escape(str(word).lower())}", text) for word in gold["any_of"])
    if isinstance(gold, list):
        return isinstance(value, list) and len(gold) == len(value) and all(any(same_party(str(one), str(other)) for other in value) for one in gold)
    if kind == "party":
        return isinstance(value, str) and same_party(str(gold), value)
    if isinstance(gold, dict) and "amount" in gold:
        return isinstance(value, dict) and gold.get("currency") == value.get("currency") and _close(gold["amount"], value.get("amount"))
    if isinstance(gold, dict):
        if not isinstance(value, dict) or "value" not in value:
            return False
        units = [str(quantity.get("unit") or "") for quantity in (gold, value)]
        return dimension(units[0]) == dimension(units[1]) and _close(convert(float(gold["value"]), units[0]), convert(float(value["value"]), units[1]))
    if isinstance(gold, int | float) and not isinstance(gold, bool):
        return value is not None and not isinstance(value, str | list) and _close(float(gold), sum(ends(value)) / 2)
    return bool(gold == value)


def _close(one: float, other: Any) -> bool:
    return other is not None and abs(float(one) - float(other)) <= max(TOLERANCE * abs(float(one)), 1e-9)
