"""Whether two values are the same thing said twice: figures in convertible units, people by a short form of their name."""

import re
from typing import Any

SECONDS = {
    "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0,
    "weeks": 604_800.0, "months": 2_629_800.0, "years": 31_557_600.0,
}  # fmt: skip
SHARES = {"percent": 1.0, "percentage points": 1.0, "share": 100.0}
TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "madam", "herr", "frau", "mme", "señor", "señora"}
SMALL_WORDS = {"the", "our", "own", "a", "an", "of", "in", "at", "from", "for", "and", "my", "their", "same", "s", "team", "company", "department"}


def same_value(left: Any, right: Any) -> bool:
    """Say whether two values in their JSON form mean the same."""
    if isinstance(left, dict) and isinstance(right, dict):
        if "amount" in left or "amount" in right:
            return left.get("amount") == right.get("amount") and left.get("currency") == right.get("currency")
        return comparable(left) == comparable(right)
    if isinstance(left, dict) or isinstance(right, dict):
        return left == right or ends(left) == ends(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right or same_party(left, right)
    return bool(left == right)


def comparable(quantity: dict[str, Any]) -> tuple[float, str]:
    """Return the value in the base unit of its dimension, and that dimension; unknown units are dimensions of their own."""
    return convert(float(quantity["value"]), quantity.get("unit") or "")


def convert(value: float, unit: str) -> tuple[float, str]:
    unit = unit.lower().strip()
    if unit in SECONDS:
        return round(value * SECONDS[unit], 6), "time"
    if unit in SHARES:
        return round(value * SHARES[unit], 6), "share"
    return value, unit.rstrip("s")


def ends(value: Any) -> tuple[float, float]:
    """Return the lower and the upper end of a figure that may be a range; a plain figure has two equal ends."""
    if isinstance(value, dict):
        middle = value.get("value", value.get("amount"))
        return float(value.get("low", middle)), float(value.get("high", middle))
    return float(value), float(value)


def same_party(left: str, right: str) -> bool:
    """Say whether two parties are one: equal but for articles and titles, or one a short form of the other."""
    one, other = _name_words(left), _name_words(right)
    return bool(one and other) and (one <= other or other <= one)


def _name_words(party: str) -> set[str]:
    words = re.findall(r"[^\W_]+", party.lower())
    kept = {word for word in words if word not in TITLES and word not in SMALL_WORDS}
    return kept or set(words)
