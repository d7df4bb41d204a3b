"""Whether two values are the same thing said twice: figures in convertible units, people by a short form of their name."""

import re
from typing import Any

SECONDS = {
    "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0,
    "weeks": 604_800.0, "months": 2_629_800.0, "years": 31_557_600.0,
}  # fmt: skip
LARGEST = 1e15
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHARES = {"percent": 1.0, "percentage points": 1.0, "share": 100.0}
TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "madam", "herr", "frau", "mme", "señor", "señora"}
SMALL_WORDS = {"the", "our", "own", "a", "an", "of", "in", "at", "from", "for", "and", "my", "their", "same", "s", "team", "company", "department"}


def same_value(left: Any, right: Any) -> bool:
    """Say whether two values in their JSON form mean the same."""
    if isinstance(left, dict) and isinstance(right, dict):
        if "amount" in left or "amount" in right:
            return left.get("amount") == right.get("amount") and left.get("currency") == right.get("currency")
        return _quantity(left) == _quantity(right)
    if isinstance(left, dict) or isinstance(right, dict):
        return left == right or ends(left) == ends(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right or (not DAY.fullmatch(left) and same_party(left, right))
    return bool(left == right)


def _quantity(quantity: dict[str, Any]) -> tuple[float, str]:
    unit = quantity.get("unit") or ""
    return convert(float(quantity["value"]), unit), dimension(unit)


def dimension(unit: str) -> str:
    """Return what a unit measures: time, share, a currency, or "count" for all that people count in words of their own."""
    unit = unit.strip()
    if unit.lower() in SECONDS:
        return "time"
    if unit.lower() in SHARES:
        return "share"
    return unit if re.fullmatch(r"[A-Z]{3}", unit) else "count"


def convert(value: float, unit: str) -> float:
    """Return a value in the base unit of its dimension: seconds, percent, or as it is."""
    unit = unit.lower().strip()
    return round(value * (SECONDS.get(unit) or SHARES.get(unit) or 1.0), 6)


def ends(value: Any) -> tuple[float, float]:
    """Return the lower and the upper end of a figure that may be a range; a plain figure has two equal ends."""
    if isinstance(value, dict):
        middle = value.get("value", value.get("amount", 0))
        return _float(value.get("low", middle)), _float(value.get("high", middle))
    return _float(value), _float(value)


def _float(value: Any) -> float:
    """A count beyond every float is as good as the largest one."""
    try:
        return max(-LARGEST, min(LARGEST, float(value)))
    except OverflowError:
        return LARGEST


def same_party(left: str, right: str) -> bool:
    """Say whether two parties are one: equal but for articles and titles, or one a short form of the other's name.

    "Henk" is short for "Henk de Boer"; "operations" is not short for "IT operations".
    """
    one, other = _name_words(left), _name_words(right)
    if not one or not other or one == other:
        return bool(one) and one == other
    longer = left if len(one) > len(other) else right
    return (one < other or other < one) and _is_a_name(longer, one & other)


def _is_a_name(party: str, words: set[str]) -> bool:
    """A short form keeps a word with a capital that is no acronym, as names have it."""
    return any(re.search(rf"(?<!\w){word[:1].upper()}{re.escape(word[1:])}", party) for word in words if len(word) > 2)


def _name_words(party: str) -> set[str]:
    words = re.findall(r"[^\W_]+", party.lower())
    kept = {word for word in words if word not in TITLES and word not in SMALL_WORDS}
    return kept or set(words)
