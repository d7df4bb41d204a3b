"""The values in a text, typed: counts, shares, money, durations and other quantities, in digits or words, ranges with their ends."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from agent.reading.dates import find_dates
from agent.reading.numbers import Number, and_part, find_numbers, tidy
from agent.same import SECONDS

ValueKind = Literal["count", "percent", "money", "duration", "date"]
UNIT = r"second|minute|hour|day|week|fortnight|month|quarter|year|decade"
RANGE_LINK = re.compile(r"\s*(?:to|-|–|—|or|and|bis|till|until|up to|,?\s*(?:or\s+)?(?:maybe|perhaps|sometimes))\s*", re.IGNORECASE)
CHANGES_BEFORE = re.compile(
    r"\b(?:went|gone|go|goes|rose|risen|rise|grew|grown|climbed|up|down|fell|fallen|dropped|improved|moved|jumped|cut|brought|reduced|got|raised|shrank|came|now)\b[^.;]*$",
    re.IGNORECASE,
)
# "a month" is a length of time at the start, after "for" or "about", and with "and a half"; elsewhere it is "400 a month".
ONE_UNIT = re.compile(
    rf"\b(?:an?|the(?=\s+(?:full|whole)))\s+(?P<whole>(?:full|whole)\s+)?(?P<unit>(?!quarter)(?:{UNIT})|(?:(?<=for a )|(?<=full )|(?<=whole ))quarter)\b(?P<tail>\s+and\s+an?\s+(?P<more>half|quarter))?",
    re.IGNORECASE,
)
LENGTH_BEFORE = re.compile(
    r"(?:^\s*|[.;:!?(]\s+|\b(?:for|about|waits? like|takes? like|than|within|almost|nearly|over|under|roughly|around|is|was|took|takes|take|after|only|just|maybe|lasts|lasted)\s+)$",
    re.IGNORECASE,
)
# "1:45 hours", "1h45"; and "an hour and twenty minutes", which is one length of time.
CLOCK = re.compile(
    r"(?<![\w.:,])(?P<whole>\d{1,3})(?::(?P<rest>[0-5]\d)\s*-?(?P<unit>hours?|hrs?|h|minutes?|mins?)|h(?P<after>[0-5]\d)(?:m|min)?)\b",
    re.IGNORECASE,
)
AND_A_HALF = re.compile(r"\s+and\s+an?\s+(?P<part>half|quarter)\b(?!\s+(?:of|year|hour|day|dozen|an?)\b)", re.IGNORECASE)  # "nine days and a half"
SMALLER = {"hours": "minutes", "minutes": "seconds"}
AND_SMALLER = re.compile(r"(?:,|\s+and)?\s+[\w-]+\s+(?:minute|second|min|sec)s?\b", re.IGNORECASE)
EVENLY = re.compile(r"\b(?:fifty[\s-]fifty|50\s?[/-]\s?50)\b", re.IGNORECASE)
MINUS = re.compile(r"(?:\bminus\s+|(?<!\w)−\s?|\b(?:at|is|was|of|from|to)\s+-)$", re.IGNORECASE)  # not the dash of "we are - 12 of us"
UNIT_WORD = re.compile(r"\s*((?:[^\W\d_][\w'-]*)(?:\s+(?:per|a|an|each|in a|of|for every|out of)\s+(?:\d+\s*)?[^\W\d_][\w'-]*){0,2})")


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
    """The tables of units.yaml, turned round: a word to its kind, the record's unit, and how many of those it is."""

    table: dict[str, tuple[str, str, float]]
    coins: dict[str, dict[str, Any]]
    changes: dict[str, int]
    not_units: frozenset[str]
    places: frozenset[str]
    after: re.Pattern[str]
    part_of: re.Pattern[str]
    signs: tuple[str, ...]
    before: re.Pattern[str]
    fixed: re.Pattern[str]


@cache
def units() -> Units:
    """Load units.yaml once."""
    data = yaml.safe_load((Path(__file__).parent / "units.yaml").read_text(encoding="utf-8"))
    said: dict[str, tuple[str, str, float]] = dict.fromkeys(data["shares"], ("percent", "percent", 1.0))
    for group, kind, size in (("durations", "duration", 1.0), ("currencies", "money", 1.0), ("cents", "money", 0.01)):
        said |= {word: (kind, unit, size) for unit, listed in data[group].items() for word in listed}
    said |= {word: ("duration", unit, float(size)) for word, (size, unit) in data["multiples"].items()}
    said_units = "|".join(map(_whole_word, sorted(said, key=len, reverse=True)))
    signs = [
        word for word, (kind, unit, _) in said.items() if kind == "money" and (not word.isalpha() or word.upper() == unit or word in ("ksh", "rmb", "sfr"))
    ]
    changes = {word: percent for percent, listed in data["changes"].items() for word in listed}
    return Units(
        table={word.lower(): entry for word, entry in said.items()},
        coins=data["coins"],
        changes=changes,
        not_units=frozenset(data["not_units"]),
        places=frozenset(data["places"]),
        after=re.compile(rf"(?:\s?-?ish\b|\s+or\s+so\b|\s?\+|[\s-]odd\b)?\s*-?(?:(?:{'|'.join(data['working'])})\s+)?(?P<unit>{said_units})", re.IGNORECASE),
        part_of=re.compile(rf"(?:\s+of)?\s+an?\s+(?P<unit>{said_units})|(?:(?<=half)|(?<=\ba quarter))[\s-](?P<bare>{UNIT})\b", re.IGNORECASE),
        signs=tuple(sign.lower() for sign in signs),
        before=re.compile(rf"(?<!\w)(?P<sign>{'|'.join(map(_whole_word, sorted(signs, key=len, reverse=True)))})\s*$", re.IGNORECASE),
        fixed=re.compile(rf"\b(?P<word>{'|'.join([*data['coins'], *changes])})\b", re.IGNORECASE),
    )


def _whole_word(word: str) -> str:
    exact = re.escape(word) + (r"\b" if word[-1].isalnum() else "")
    return rf"(?-i:{exact})" if word.isupper() and word.isalpha() else exact


def find_values(text: str, today: date) -> list[Mention]:
    """Return every value of a text, left to right. Dates come first, so that their numbers are not taken for counts."""
    found = [Mention("date", day.iso, day.start, day.end) for day in find_dates(text, today)]
    for match in CLOCK.finditer(text):
        whole, rest = int(match.group("whole")), int(match.group("rest") or match.group("after"))
        found.append(_unit(SMALLER[units().table[(match.group("unit") or "h").lower()][1]], whole * 60 + rest, *match.span()))
    ones = []
    for match in ONE_UNIT.finditer(text):
        said = (
            match.group("whole")
            or match.group("tail")
            or match.group("unit").lower() == "fortnight"
            or LENGTH_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
            or AND_SMALLER.match(text, match.end())
        )
        if said and _free(found, *match.span()):
            ones.append(_unit(match.group("unit"), 1 + and_part(match.group("more")), *match.span()))
    found += [Mention("percent", 50, *match.span(), raw=50.0) for match in EVENLY.finditer(text) if _free(found, *match.span())]
    for match in units().fixed.finditer(text):
        word = match.group("word").lower()
        if _free([*found, *ones], match.start(), match.end()):
            coin = units().coins.get(word)
            found.append(Mention("money", dict(coin), *match.span()) if coin else Mention("percent", float(units().changes.get(word, 0)), *match.span()))
    typed = [mention for number in find_numbers(text) if (mention := _typed(text, number)) and _free([*found, *ones], number.start, mention.end)]
    together = sorted([*found, *_joined(text, sorted([*ones, *typed], key=_start))], key=_start)
    return _summed_up(text, _in_one_currency(text, together))


def _in_one_currency(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give a price that is said twice the currency that is spelt out once: "seven cents a call, 0.07 NZD"; dollars are no euros."""
    prices = [one for one in mentions if one.kind == "money"]
    spelt = [one for one in prices if one.value["currency"] in text[one.start : one.end]]
    same = {one.start: {other.value["currency"] for other in spelt if other.value["amount"] == one.value["amount"]} for one in prices if one not in spelt}
    return [
        replace(one, value={**one.value, "currency": min(codes)}) if len(codes := same.get(one.start, set())) == 1 and _may_be(text, one, min(codes)) else one
        for one in mentions
    ]


def _may_be(text: str, price: Mention, currency: str) -> bool:
    """Say whether the word for a coin may mean a currency too: "dollars" may be New Zealand's."""
    coin = re.sub(r"[^a-zà-ÿ ]", "", text[price.start : price.end].lower()).split()
    return bool(coin) and any(kind == "money" and unit == currency and word.endswith(f" {coin[-1]}") for word, (kind, unit, _) in units().table.items())


def _summed_up(text: str, mentions: list[Mention]) -> list[Mention]:
    """Leave out the parts of a sum that is said: "two from billing and one from the laboratory, that's three" is three."""
    for place, total in enumerate(mentions):
        if total.kind != "count" or not (SUM_BEFORE.search(text, max(0, total.start - REACH), total.start) or SUM_AFTER.match(text, total.end)):
            continue
        first, rest = place, total.raw
        while first and rest > 0 and mentions[first - 1].kind == "count" and not SENTENCE_ENDS.search(text, mentions[first - 1].end, mentions[first].start):
            first -= 1
            rest -= mentions[first].raw
        if not rest and place - first > 1:
            return _summed_up(text, mentions[:first] + mentions[place:])
    return mentions


def _start(mention: Mention) -> int:
    return mention.start


def _free(found: list[Mention], start: int, end: int) -> bool:
    return all(end <= one.start or one.end <= start for one in found)


def _typed(text: str, number: Number) -> Mention | None:
    """Give a number its kind by the sign before it and the unit after it; "half a" is a share only of a unit."""
    if number.share:
        part = units().part_of.match(text, number.end)
        if part:
            return _unit(_fullest(text, part.group("unit") or part.group("bare")), number.value / 100, number.start, part.end())
        return Mention("percent", number.value, number.start, number.end, raw=number.value)
    behind = max(0, number.start - 8)
    if text[behind : number.start].rstrip().lower().endswith(units().signs) and (sign := units().before.search(text, behind, number.start)):
        return _unit(sign.group("sign"), number.value, sign.start(), number.end)
    unit = units().after.match(text, number.end)
    if unit is None:
        minus = MINUS.search(text, behind, number.start)
        value, start = (-number.value, minus.start()) if minus else (number.value, number.start)
        return Mention("count", value, start, number.end, unit_said=False, raw=value)
    plain = _unit(_fullest(text, unit.group("unit")), number.value, number.start, unit.end())
    more = AND_A_HALF.match(text, unit.end())
    if more and plain.kind == "duration":
        return _unit(unit.group("unit"), number.value + and_part(more["part"]), number.start, more.end())
    return plain


def _fullest(text: str, word: str) -> str:
    """Return a currency in full where the text says it so elsewhere: "30 cents, South African cents"."""
    if units().table.get(word.lower(), ("",))[0] != "money" or len(word) < 3:
        return word
    low = text.lower()
    if word.lower() in ("cent", "cents"):  # "eight cents a call, euro"
        for currency in re.findall(r"\b(?:euros?|australian|aussie|canadian|singapore|new zealand|south african)\b", low):
            return f"{currency.removesuffix('s') if currency.startswith('euro') else currency} cents"
    return next((longer for longer in units().table if longer.endswith(f" {word.lower()}") and longer in low), word)


def _unit(word: str, number: float, start: int, end: int) -> Mention:
    kind, unit, size = units().table.get(word.lower(), ("percent", "percent", 1.0))
    value = tidy(number * size)
    if kind == "percent":
        return Mention("percent", value, start, end, raw=number)
    if kind == "money":
        return Mention("money", {"amount": value, "currency": unit}, start, end, raw=number)
    return Mention("duration", {"value": value, "unit": unit}, start, end, raw=number)


COIN_ENDS = re.compile(r"\s*(?:$|[.,;:!?)]|\b(?:a|an|per|each|every|for|and|or|apiece)\b)", re.IGNORECASE)  # "two euros 40 users" are two things


def _joined(text: str, found: list[Mention]) -> list[Mention]:
    """Join "6 to 8 seconds" and "three or four weeks" into one value with its ends, "1 min 10 sec" into one duration, "two rupees fifty" into one price."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        link = text[before.end : mention.start] if before else ""
        if before and before.low is None and re.fullmatch(r"\s*(?:,|and)?\s*", link) and _follows_on(before, mention):
            size = SECONDS[before.value["unit"]] / SECONDS[mention.value["unit"]]
            value = tidy(before.value["value"] * size + mention.value["value"])
            joined[-1] = replace(mention, value={**mention.value, "value": value}, start=before.start, raw=value)
        elif before and link in ("", " ") and _is_small_time(before, mention) and COIN_ENDS.match(text, mention.end):
            smaller = SMALLER[before.value["unit"]]
            value = tidy(before.value["value"] * 60 + mention.raw)
            joined[-1] = replace(before, value={"value": value, "unit": smaller}, end=mention.end, raw=value)
        elif before and link in (" ", " and ") and _is_small_coin(before, mention) and COIN_ENDS.match(text, mention.end):
            amount = tidy(before.value["amount"] + mention.raw / 100)
            joined[-1] = replace(before, value={**before.value, "amount": amount}, end=mention.end, raw=amount)
        elif (
            before
            and before.low is None
            and (RANGE_LINK.fullmatch(link) or _side_by_side(text, before, mention))
            and _spans_a_range(text, before, (right := _in_the_coin(link, before, mention)))
        ):
            joined[-1] = _range(before, right)
        else:
            joined.append(mention)
    return joined


def _follows_on(left: Mention, right: Mention) -> bool:
    return left.kind == right.kind == "duration" and SECONDS[left.value["unit"]] / SECONDS[right.value["unit"]] in (60, 24)


def _is_small_coin(left: Mention, right: Mention) -> bool:
    """ "Two rupees fifty" is two and a half."""
    return left.kind == "money" and left.low is None and float(left.raw).is_integer() and right.kind == "count" and 10 <= right.raw < 100


def _is_small_time(left: Mention, right: Mention) -> bool:
    """ "Two hours thirty" is two and a half."""
    whole = left.kind == "duration" and left.low is None and left.value["unit"] in SMALLER and float(left.value["value"]).is_integer()
    return bool(whole) and right.kind == "count" and right.low is None and float(right.raw).is_integer() and 0 < right.raw < 60


def _side_by_side(text: str, left: Mention, right: Mention) -> bool:
    """ "Two three weeks" is said for two or three; "twenty twenty-six" is a year."""
    said = text[left.start : right.end].lower()
    words = re.match(r"[a-z-]+ [a-z]", said) and not re.search(r"^twenty twenty|-(?:second|minute|hour|day|week|month|year)", said)
    return bool(words) and text[left.end : right.start] == " " and right.raw <= 2 * left.raw


def _in_the_coin(link: str, left: Mention, right: Mention) -> Mention:
    """Return a bare number in the coin of the price before it: "€0.05-0.10"; "3 euros to 4 vendors" has one price."""
    priced = left.kind == "money" and right.kind == "count" and (link in ("-", "–", "—") or not float(right.raw).is_integer())
    return replace(right, kind="money", value={**left.value, "amount": right.raw}) if priced else right


def _spans_a_range(text: str, left: Mention, right: Mention) -> bool:
    link = text[left.end : right.start].strip().lower()
    low, high = _size(left, right), right.raw
    if left.kind not in ("count", right.kind) or not low < high or high > low * 10:
        return False
    if link == "and":
        return bool(re.search(r"\bbetween\s+(?:about\s+)?$", text[: left.start], re.IGNORECASE))
    if link.endswith(("maybe", "perhaps", "sometimes")):
        return right.unit_said
    if link in ("to", "up to") and re.search(r"\bfrom\s+$", text[max(0, left.start - 6) : left.start], re.IGNORECASE):
        return high <= low * 3 and not CHANGES_BEFORE.search(text, max(0, left.start - 45), left.start)
    return link != "to" or not re.search(r"\b(?:went|rose|grew|fell|dropped|up|down)\s+$", text[max(0, left.start - 9) : left.start], re.IGNORECASE)


def _size(left: Mention, right: Mention) -> float:
    """Return the left figure in the unit of the right one."""
    if left.kind == right.kind == "duration":
        return float(left.raw * SECONDS[left.value["unit"]] / SECONDS[right.value["unit"]])
    return left.raw


def _range(left: Mention, right: Mention) -> Mention:
    key = "amount" if right.kind == "money" else "value"
    base = dict(right.value) if isinstance(right.value, dict) else {}
    scale = base.get(key, right.raw) / right.raw if right.raw else 1
    low, high = tidy(_size(left, right) * scale), tidy(right.raw * scale)
    return replace(right, value={**base, key: tidy((low + high) / 2), "low": low, "high": high}, start=left.start, low=low)


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
    while words and words.split()[-1].lower() in units().not_units:
        words = " ".join(words.split()[:-1])
    return _with_ends(mention, "" if not words or words.split()[0].lower() in units().not_units else words)


def _with_ends(mention: Mention, unit: str) -> dict[str, Any]:
    value = mention.value
    return {**value, "unit": unit} if isinstance(value, dict) else {"value": value, "unit": unit}


def since(started: str, today: date) -> dict[str, Any]:
    """Return the time from a day until today as a duration."""
    return {"value": max(0, (today - date.fromisoformat(started)).days), "unit": "days"}


def holds_since(text: str, mention: Mention) -> bool:
    """Say whether something holds since a day, or since what happened on it: "since the season opened on 14 September"."""
    return mention.kind == "date" and bool(SINCE.search(text, max(0, mention.start - REACH), mention.start))


# "Ten weeks in", "running for four months"; what takes, lasts or comes after so long has not begun so long ago.
LASTS_BEFORE = re.compile(
    r"\b(?:for|been|running|live|going|past|last)\s+(?:(?:about|almost|nearly|over|roughly|some|around|maybe|the last|the past)\s+)*$", re.IGNORECASE
)
LASTS_AFTER = re.compile(r"\s+(?:(?:now|already|so far|old|running|live)\b|in(?=\s*(?:now|already|so far|[.,;!?]|$)))", re.IGNORECASE)
NOT_YET = re.compile(r"\b(?:will|planned|plan|until|after|before|took|next|another|more)\b[^.;,]*$", re.IGNORECASE)
BRIEF = 3  # words of a message that is only a length of time
SINCE = re.compile(r"\b(?:ever )?since\s+(?:[\w'’-]+\s+){0,6}$", re.IGNORECASE)
SUM_BEFORE = re.compile(r"\b(?:that['’]?s|that is|that makes|makes|making|so|total of|in all|in total|altogether|all told)[\s,:]+(?:it\s+)?$", re.IGNORECASE)
SUM_AFTER = re.compile(r"(?:\s+\w+)?\s+(?:in all|in total|altogether|all told|all in all|together)\b", re.IGNORECASE)
SENTENCE_ENDS = re.compile(r"[.!?]\s")
REACH = 300  # characters around a value that can belong to it: no clause is longer, and a long message is not searched anew for each of its values


def until_now(text: str, mention: Mention) -> bool:
    """Say whether a value is a length of time that reaches until now, and so tells when something began."""
    before = text[max(0, mention.start - REACH) : mention.start]
    if mention.kind != "duration" or mention.value["unit"] not in ("days", "weeks", "months", "years") or NOT_YET.search(before):
        return False
    return bool(LASTS_BEFORE.search(before) or LASTS_AFTER.match(text, mention.end) or len(text.split()) <= BRIEF)
