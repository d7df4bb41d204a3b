"""The values in a text, typed: counts, shares, money, durations and other quantities, in digits or words, ranges with their ends."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from agent.reading.dates import find_dates
from agent.reading.numbers import Number, find_numbers
from agent.same import SECONDS

ValueKind = Literal["count", "percent", "quantity", "money", "duration", "date", "party"]
RANGE_LINK = re.compile(r"^\s*(?:to|-|–|—|or|and|bis|till|until|up to)\s*$", re.IGNORECASE)
HALF_UNIT = re.compile(r"\b(?P<half>half an?|a half|quarter of an?|a quarter of an?|three quarters of an?|three-quarters of an?|(?<=for )an?|(?<=about )an?|(?<=than )an?|(?<=within )an?|(?<=almost )an?|(?<=nearly )an?|(?<=over )an?|(?<=is )an?|(?<![a-z] )an?(?=\s+\w+\s+and\s+a\s+half)|a couple of|a full|a whole|the whole|one)\s+(?P<unit>second|minute|hour|day|week|fortnight|month|quarter|year)\b(?P<tail>\s+and\s+a\s+half)?", re.IGNORECASE)
HALF_SIZE = {"half a": 0.5, "half an": 0.5, "a half": 0.5, "quarter of a": 0.25, "quarter of an": 0.25, "a quarter of a": 0.25, "a quarter of an": 0.25,
             "three quarters of a": 0.75, "three quarters of an": 0.75, "three-quarters of a": 0.75, "three-quarters of an": 0.75, "a couple of": 2}  # fmt: skip
CHANGE = {"halved": 50.0, "cut in half": 50.0, "by half": 50.0, "half as long": 50.0, "half as much": 50.0, "twice as fast": 50.0, "doubled": 100.0, "twice as many": 100.0, "tripled": 200.0, "trebled": 200.0}
UNIT_WORD = re.compile(r"\s*((?:[^\W\d_][\w'-]*)(?:\s+(?:per|a|an|each|in a|of|for every|out of)\s+(?:\d+\s*)?[^\W\d_][\w'-]*){0,2})")
NOT_A_UNIT = set("the a an of in at on to from and or but is are was were be been before now today it we they use used users people by for with that this then if so than which when who".split())


@dataclass(frozen=True)
class Mention:
    """A value where it stands: `value` in the record's JSON form of its kind; `unit_said` is False where the unit was left out."""

    kind: ValueKind
    value: Any
    start: int
    end: int
    unit_said: bool = True
    low: float | None = None
    raw: float = 0.0


@dataclass(frozen=True)
class Units:
    """The tables of units.yaml, turned round: word to canonical unit."""

    durations: dict[str, str]
    shares: frozenset[str]
    currencies: dict[str, str]
    cents: dict[str, str]
    coins: dict[str, dict[str, Any]]
    after: re.Pattern[str]
    before: re.Pattern[str]


@cache
def units() -> Units:
    """Load units.yaml once."""
    data = yaml.safe_load((Path(__file__).parent / "units.yaml").read_text(encoding="utf-8"))
    turned = {name: {word.lower(): unit for unit, words in data[name].items() for word in words} for name in ("durations", "currencies", "cents")}
    words = sorted([*turned["durations"], *data["shares"], *turned["currencies"], *turned["cents"]], key=len, reverse=True)
    signs = sorted(turned["currencies"], key=len, reverse=True)
    return Units(
        durations=turned["durations"],
        shares=frozenset(data["shares"]),
        currencies=turned["currencies"],
        cents=turned["cents"],
        coins=data["coins"],
        after=re.compile(rf"\s*-?(?:(?:{'|'.join(data['working'])})\s+)?(?P<unit>{'|'.join(map(_whole_word, words))})", re.IGNORECASE),
        before=re.compile(rf"(?P<sign>{'|'.join(map(re.escape, signs))})\s*$", re.IGNORECASE),
    )


def _whole_word(word: str) -> str:
    return re.escape(word) + (r"\b" if word[-1].isalnum() else "")


def find_values(text: str, today: date) -> list[Mention]:
    """Return every value of a text, left to right. Dates come first, so that their numbers are not taken for counts."""
    dates = [Mention("date", found.iso, found.start, found.end) for found in find_dates(text, today)]
    taken = [(mention.start, mention.end) for mention in dates]
    found: list[Mention] = []
    for number in find_numbers(text):
        if any(number.start < end and start < number.end for start, end in taken):
            continue
        found.append(replace(_typed(text, number), raw=number.value))
    found = _ranges(text, found)
    for match in HALF_UNIT.finditer(text):
        if not any(match.start() < one.end and one.start < match.end() for one in found if one.kind != "percent"):
            found = [one for one in found if not (match.start() < one.end and one.start < match.end())]
            found.append(_half_unit(match))
    for word, coin in units().coins.items():
        at = text.lower().find(word)
        if at >= 0:
            found = [one for one in found if not (at < one.end and one.start < at + len(word))]
            found.append(Mention("money", dict(coin), at, at + len(word)))
    for word, percent in CHANGE.items():
        change = re.search(rf"\b{word}\b", text, re.IGNORECASE)
        if change:
            found.append(Mention("percent", percent, change.start(), change.end()))
    return sorted([*dates, *found], key=lambda mention: mention.start)


def _typed(text: str, number: Number) -> Mention:
    """Give a number its kind by the sign before it and the unit after it."""
    table = units()
    if number.share:
        return Mention("percent", number.value, number.start, number.end)
    sign = table.before.search(text, max(0, number.start - 16), number.start)
    if sign and (len(sign.group("sign")) > 1 and sign.group("sign").isalpha()) and not _word_start(text, sign.start()):
        sign = None
    if sign:
        return Mention("money", {"amount": number.value, "currency": table.currencies[sign.group("sign").lower()]}, sign.start(), number.end)
    word = text[number.start : number.end].lower()
    if word == "a fortnight":
        return Mention("duration", {"value": 2, "unit": "weeks"}, number.start, number.end)
    unit = table.after.match(text, number.end)
    if unit is None:
        return Mention("count", number.value, number.start, number.end, unit_said=False)
    name = unit.group("unit").lower()
    if name in table.shares:
        return Mention("percent", number.value, number.start, unit.end())
    if name in table.durations:
        return Mention("duration", {"value": number.value, "unit": table.durations[name]}, number.start, unit.end())
    if name in table.cents:
        return Mention("money", {"amount": round(number.value / 100, 6), "currency": table.cents[name]}, number.start, unit.end())
    return Mention("money", {"amount": number.value, "currency": table.currencies[name]}, number.start, unit.end())


def _word_start(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()


def _ranges(text: str, found: list[Mention]) -> list[Mention]:
    """Join "6 to 8 seconds", "between 6 and 8" and "three or four weeks" into one value with its ends."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if before and before.low is None and RANGE_LINK.match(text[before.end : mention.start]) and _spans_a_range(text, before, mention):
            joined[-1] = _range(before, mention)
        else:
            joined.append(mention)
    return joined


def _spans_a_range(text: str, left: Mention, right: Mention) -> bool:
    link = text[left.end : right.start].strip().lower()
    low, high = left.raw, right.raw
    if left.kind not in ("count", right.kind) or not low < high:
        return False
    if link == "and":
        return bool(re.search(r"\bbetween\s+(?:about\s+)?$", text[: left.start], re.IGNORECASE))
    if link in ("to", "up to") and re.search(r"\bfrom\s+$", text[: left.start], re.IGNORECASE):
        return False
    return high <= low * 10


def _range(left: Mention, right: Mention) -> Mention:
    key = "amount" if right.kind == "money" else "value"
    base = dict(right.value) if isinstance(right.value, dict) else {}
    scale = base["amount"] / right.raw if "amount" in base and right.raw else 1
    low, high = _tidy(left.raw * scale), _tidy(right.raw * scale)
    return replace(right, value={**base, key: _tidy((low + high) / 2), "low": low, "high": high}, start=left.start, low=low)


def _tidy(value: float) -> float:
    return int(value) if float(value).is_integer() else round(value, 6)


def _half_unit(match: re.Match[str]) -> Mention:
    size = HALF_SIZE.get(re.sub(r"\s+", " ", match.group("half").lower()), 1) + (0.5 if match.group("tail") else 0)
    unit = match.group("unit").lower()
    if unit == "fortnight":
        size, unit = size * 2, "week"
    if unit == "quarter":
        size, unit = size * 3, "month"
    return Mention("duration", {"value": size, "unit": f"{unit}s"}, match.start(), match.end())


def as_quantity(mention: Mention, text: str) -> dict[str, Any] | None:
    """Return a mention in the form of a quantity: percent, time and money keep their unit, a count takes the words after it."""
    if mention.kind == "percent":
        return _with_ends(mention, "percent")
    if mention.kind == "duration":
        return dict(mention.value)
    if mention.kind == "money":
        ends = {key: mention.value[key] for key in ("low", "high") if key in mention.value}
        return {"value": mention.value["amount"], "unit": mention.value["currency"], **ends}
    if mention.kind != "count":
        return None
    unit = UNIT_WORD.match(text, mention.end)
    words = unit.group(1).strip() if unit else ""
    while words and words.split()[-1].lower() in NOT_A_UNIT:
        words = " ".join(words.split()[:-1])
    return _with_ends(mention, "" if not words or words.split()[0].lower() in NOT_A_UNIT else words)


def _with_ends(mention: Mention, unit: str) -> dict[str, Any]:
    value = mention.value
    return {**value, "unit": unit} if isinstance(value, dict) else {"value": value, "unit": unit}


def since(started: str, today: date) -> dict[str, Any]:
    """Return the time from a day until today as a duration."""
    return {"value": max(0, (today - date.fromisoformat(started)).days), "unit": "days"}


def is_duration_unit(unit: str) -> bool:
    return unit in SECONDS
