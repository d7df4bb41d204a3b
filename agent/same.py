"""Whether two values are the same thing said twice: figures in convertible units, people by a short form of their name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Any

SECONDS = {
    "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0,
    "weeks": 604_800.0, "months": 2_629_800.0, "years": 31_557_600.0,
}  # fmt: skip
LARGEST = 1e15
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What a figure is counted by. A day of work has no fixed number of hours, nor a week of work a fixed number of days.
PER = re.compile(r"(?:^|\s+)(?:(?:in|for)\s+)?(?:per|pro|je|an?|each|every)\s+|(?:^|\s+)out\s+of\s+(?:every\s+)?|\s*/\s*|(?:^|\s+)in\s+(?=\d)", re.IGNORECASE)
MANY = {"ten": 10.0, "dozen": 12.0, "hundred": 100.0, "thousand": 1_000.0, "million": 1_000_000.0}
HOURLY, YEARLY = ("seconds", "minutes", "hours"), ("weeks", "months", "years")
SHARES = {"percent": 1.0, "percentage points": 1.0, "share": 100.0}
TITLES = {
    "mr", "mrs", "ms", "miss", "dr", "dra", "drs", "prof", "professor", "avv", "atty", "dott", "maître", "doña", "sra", "sir", "madam", "herr", "frau", "mme",
    "señor", "señora",
}  # fmt: skip
# Whoever leads a function is not the function.
ROLES = {
    "head", "director", "manager", "lead", "leader", "chief", "officer", "vp", "svp", "evp", "president", "supervisor", "coordinator", "controller",
    "executive", "owner", "boss", "chair", "superintendent", "leiter", "leiterin", "leitung", "chef", "chefin",
}  # fmt: skip
SMALL_WORDS = {"the", "our", "own", "a", "an", "of", "in", "at", "from", "for", "and", "my", "their", "same", "s", "team", "company", "department"}


def same_value(left: Any, right: Any) -> bool:
    """Say whether two values in their JSON form mean the same."""
    if isinstance(left, dict) and isinstance(right, dict):
        if "amount" in left or "amount" in right:
            return left.get("amount") == right.get("amount") and left.get("currency") == right.get("currency")
        return _quantity(left, right)
    if isinstance(left, dict) or isinstance(right, dict):
        return left == right or ends(left) == ends(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right or (not DAY.fullmatch(left) and same_party(left, right))
    return bool(left == right)


def _quantity(left: dict[str, Any], right: dict[str, Any]) -> bool:
    units = in_full([left.get("unit") or "", right.get("unit") or ""])
    one, other = (convert(float(quantity["value"]), unit) for quantity, unit in zip((left, right), units, strict=True))
    return one == other and dimension(units[0]) == dimension(units[1])


@dataclass(frozen=True)
class _By:
    """What a figure is counted by: how many (1000) of what (case, hour); figures by the same thing can be converted."""

    many: float
    thing: str


WORKING_TIMES = ("day", "shift", "night", "weekend", "season")  # how long they are differs from place to place


def dimension(unit: str) -> str:
    """Return what a unit measures: time, share, a currency, or "count" for all that people count in words of their own; and by what."""
    counted, by = _split(unit)
    if _base(counted, SECONDS):
        kind = "time"
    elif _base(counted, SHARES):
        kind = "share"
    else:
        kind = counted if re.fullmatch(r"[A-Z]{3}", counted) else "count"
    return f"{kind} per {by.thing}" if by else kind


def convert(value: float, unit: str) -> float:
    """Return a value in the base unit of its dimension: seconds, percent, or as it is; by one case, second or month."""
    counted, by = _split(unit)
    base = value * (_base(counted, SECONDS) or _base(counted, SHARES) or 1.0)
    return round(base, 6) if by is None else float(f"{base / by.many:.12g}")


def in_full(units: Iterable[str]) -> list[str]:
    """Return units of one measure, where "32 errors" beside "40 errors per 1000 cases" is said of 1000 cases too."""
    said = list(units)
    by = {_split(unit)[1]: unit for unit in said if PER.search(unit)}
    if len(by) != 1:
        return said
    counted_by = " ".join(PER.sub(" per ", full).partition(" per ")[2] for full in by.values())
    return [unit if PER.search(unit) else f"{unit} per {counted_by}".strip() for unit in said]


def _split(unit: str) -> tuple[str, _By | None]:
    """Part "errors per 1000 cases" into what is counted and what it is counted by."""
    counted, *parts = PER.split(unit)
    if not parts:
        return re.sub(r"\s+each$", "", unit.strip(), flags=re.IGNORECASE), None
    counted_by = [_by(part) for part in parts]
    return counted.strip(), _By(prod(one.many for one in counted_by), " per ".join(one.thing for one in counted_by))


def _by(part: str) -> _By:
    """Read "1,000 handled cases" as a thousand of a case, and an hour as 3600 of a second."""
    many, words = 1.0, re.sub(r"(?<=\d)[,.\s](?=\d{3}\b)", "", part.lower()).split()
    while words and (size := MANY.get(words[0].removesuffix("s")) or (float(words[0]) if re.fullmatch(r"0*[1-9]\d{0,14}", words[0]) else None)):
        many, words = many * size, words[1:]
    thing = re.sub(r"(?<=[^s])s$", "", re.sub(r"ies$", "y", words[-1])) if words else ""
    for group in (HOURLY, YEARLY):
        if f"{thing}s" in group:
            return _By(many * SECONDS[f"{thing}s"] / SECONDS[group[0]], group[0].removesuffix("s"))
    return _By(many, thing if thing in WORKING_TIMES or not thing else "one")  # a letter or a case: people call it as they like


def _base(counted: str, table: dict[str, float]) -> float | None:
    return table.get(counted.lower()) or table.get(f"{counted.lower()}s")


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

    "Henk" is short for "Henk de Boer" and for "Henk, head of claims"; "operations" is not short for "IT operations", nor "Data" for "Head of Data".
    """
    one, other = _name_words(left), _name_words(right)
    if not one or not other or one == other:
        return bool(one) and one == other
    longer = left if len(one) > len(other) else right
    if not (one < other or other < one) or not _is_a_name(longer, one & other):
        return False
    return not ROLES & (one ^ other) or not _is_function(longer, one & other)


def _is_function(longer: str, words: set[str]) -> bool:
    """Say whether the words are what somebody leads or works in: "Head of Data", "Finance Director"; "Maria Lopez, the director" and "Director Maria Lopez" have a name."""
    plain = re.sub(r"[,;:()–—].*", "", longer)
    named = [re.escape(word) for word in re.findall(r"[^\W_]+", plain) if word.lower() in words]
    if not named or ROLES & words:
        return True
    roles = "|".join(sorted(ROLES))
    ways = [rf"\b(?:of|for|in)\s+(?:the\s+)?{named[0]}\b", rf"\b{named[-1]}\s+(?:{roles})\b"]
    if len(words) == 1:  # "Leiterin Kundenservice"; "Director Maria Lopez" has a name
        ways.append(rf"\b(?:{roles})\s+{named[0]}\b")
    return any(re.search(way, plain, re.IGNORECASE) for way in ways)


def _is_a_name(party: str, words: set[str]) -> bool:
    """A short form keeps a word with a capital that is no acronym, as names have it."""
    return any(re.search(rf"(?<!\w){word[:1].upper()}{re.escape(word[1:])}", party) for word in words if len(word) > 2)


def _name_words(party: str) -> set[str]:
    words = re.findall(r"[^\W_]+", party.lower())
    kept = {word for word in words if word not in TITLES and word not in SMALL_WORDS}
    return kept or set(words)
