"""Days as people say them: 16 March 2026, the first of July, since early March, week 12, the end of Q1, three months ago."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from agent.reading.numbers import find_numbers

MONTHS = {name: number for number, names in enumerate(
    ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
     "september sep sept", "october oct", "november nov", "december dec"), start=1) for name in names.split()}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12, "easter": 4, "christmas": 12, "new year": 1}
ORDINALS = {word: number for number, word in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first".split(), start=1)}  # fmt: skip
NUMBERS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)}
NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "half a": 0.5, "a year and a half": 1.5}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
_YEAR = r"(?:,?\s+(?:in\s+)?(?P<year>(?:19|20)\d\d)|,?\s+(?:of\s+|in\s+)?(?P<rel>this|last)\s+year)?"
_PART = r"(?P<part>(?:the\s+)?(?:very\s+)?(?:beginning|start|early|first days|middle|mid|end|late|last day)(?:[\s-]+(?:of|in))?[\s-]+)?"
PATTERNS = [re.compile(pattern, re.IGNORECASE) for pattern in (
    r"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
    r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>(?:20)?\d\d)\b",
    rf"\b(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{_MONTH})\b\.?{_YEAR}",
    rf"\b(?P<month>{_MONTH})\b\.?\s+(?:the\s+)?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b(?!\s*(?:%|percent|people|users|minutes|hours|days|weeks)){_YEAR}",
    r"\b(?:calendar\s+week|week\s+(?:number|no\.?)|week|cw|kw)\s*(?P<week>\d{1,2})\b(?:\s*(?:of|in|/)?\s*(?P<year>20\d\d)|,?\s+(?:of\s+|in\s+)?(?P<rel>this|last)\s+year)?",
    rf"\b(?P<nth>first|second|third|fourth|last)\s+week\s+(?:of|in)\s+(?P<month>{_MONTH})\b{_YEAR}",
    rf"{_PART}(?P<quarter>q[1-4]|(?:first|second|third|fourth|last)\s+quarter)\b(?:\s+of)?{_YEAR}",
    rf"\b{_PART}(?:(?P<rel2>last|this|next)\s+)?(?P<month>{_MONTH})\b(?!\s+(?:be|have|not|well|need|want|take|also|still|change|help|get|come|go)\b)\.?{_YEAR}",
    rf"\b{_PART}(?:(?P<rel2>last|this)\s+)?(?P<season>{'|'.join(SEASONS)})\b{_YEAR}",
    r"\b(?P<count>\d+(?:[.,]\d+)?|(?:twenty|thirty|forty|fifty)(?:-\w+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|a couple of|half a|an?)\s+(?P<unit>day|week|fortnight|month|year)s?\s+(?:ago|back|earlier)\b",
    r"\b(?P<rel3>last|this|the beginning of the|the start of the|the beginning of this|the start of this|earlier this)\s+(?P<unit>week|month|year)\b",
    r"\b(?P<word>today|yesterday)\b",
    r"\b(?:last|since)\s+(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    r"\bin\s+(?P<year>20[12]\d)\b",
)]  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A day where it stands in the text, as ISO 8601."""

    iso: str
    start: int
    end: int


def find_dates(text: str, today: date) -> list[Day]:
    """Return the days of a text; without a year the latest one that is not after today is meant."""
    found: list[Day] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            if match.groupdict().get("month", "").lower() in ("may", "mar", "march") and not _is_month(text, match):
                continue
            day = _resolve(match, today)
            if day:
                start = match.start() + (len(match.group()) - len(match.group().lstrip()))
                found.append(Day(day.isoformat(), start, match.end()))
    vague = [day for day in found if re.fullmatch(r"(?:this|last) year", text[day.start : day.end], re.IGNORECASE)]
    return sorted((day for day in found if day not in vague or len(found) == len(vague)), key=lambda day: day.start)


def _is_month(text: str, match: re.Match[str]) -> bool:
    """"May" and "march" are months only with a capital."""
    at = match.start("month")
    return text[at].isupper()


def _resolve(match: re.Match[str], today: date) -> date | None:
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    try:
        return _compute(got, today)
    except (ValueError, OverflowError):
        return None


def _compute(got: dict[str, str], today: date) -> date | None:
    if "iso" in got:
        return date.fromisoformat(got["iso"])
    if "d" in got:
        first, second, year = int(got["d"]), int(got["m"]), int(got["y"])
        year += 2000 if year < 100 else 0
        return date(year, first, second) if second > 12 else date(year, second, first)
    if "word" in got:
        return today - timedelta(days=1 if got["word"].lower() == "yesterday" else 0)
    if "weekday" in got:
        names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        return today - timedelta(days=(today.weekday() - names.index(got["weekday"].lower())) % 7 or 7)
    if "week" in got:
        return _year(got, today, lambda year: date.fromisocalendar(year, int(got["week"]), 1))
    if "count" in got:
        return _ago(got, today)
    if "unit" in got:
        return _this_or_last(got, today)
    if "nth" in got:
        return _year(got, today, lambda year: _nth_week(year, MONTHS[got["month"].lower()], got["nth"].lower()))
    if "quarter" in got:
        return _year(got, today, lambda year: _part_of(got, year, _quarter(got["quarter"]), 3))
    if "day" in got:
        return _year(got, today, lambda year: date(year, MONTHS[got["month"].lower()], _ordinal(got["day"])))
    if "month" in got:
        return _year(got, today, lambda year: _part_of(got, year, MONTHS[got["month"].lower()], 1))
    if "season" in got:
        return _year(got, today, lambda year: _part_of(got, year, SEASONS[got["season"].lower()], 3))
    return date(int(got["year"]), 1, 1) if "year" in got else None


def _year(got: dict[str, str], today: date, build) -> date:  # type: ignore[no-untyped-def]
    if "year" in got:
        return build(int(got["year"]))
    relative = (got.get("rel") or "").lower()
    if relative == "this":
        return build(today.year)
    if relative == "last":
        return build(today.year - 1)
    if (got.get("rel2") or "").lower() == "next":
        return build(today.year + 1) if build(today.year) <= today else build(today.year)
    this_year = build(today.year)
    return this_year if this_year <= today else build(today.year - 1)


def _part_of(got: dict[str, str], year: int, month: int, months: int) -> date:
    part = re.sub(r"[\s-]+", " ", (got.get("part") or "")).lower()
    if "end" in part or "last" in part:
        after = month + months
        return date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)
    if "mid" in part or "late" in part:
        return date(year, month, (15 if months == 1 else 15) if "mid" in part else 20) if months == 1 else date(year, month + 1, 15)
    return date(year, month, 1)


def _quarter(text: str) -> int:
    text = text.lower()
    number = int(text[1]) if text.startswith("q") else {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}[text.split()[0]]
    return number * 3 - 2


def _ordinal(text: str) -> int:
    text = text.lower()
    return ORDINALS.get(text) or int(re.sub(r"\D", "", text))


def _nth_week(year: int, month: int, nth: str) -> date:
    if nth == "last":
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=last.weekday())
    first = date(year, month, 1)
    monday = first - timedelta(days=first.weekday()) if first.weekday() < 4 else first + timedelta(days=7 - first.weekday())
    return monday + timedelta(weeks=["first", "second", "third", "fourth"].index(nth))


def _ago(got: dict[str, str], today: date) -> date:
    text = got["count"].lower()
    count = float(NUMBERS[text]) if text in NUMBERS else find_numbers(text)[0].value
    unit = got["unit"].lower()
    if unit in ("day", "week", "fortnight"):
        return today - timedelta(days=round(count * {"day": 1, "week": 7, "fortnight": 14}[unit]))
    months = round(count * (12 if unit == "year" else 1))
    total = today.year * 12 + today.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)


def _this_or_last(got: dict[str, str], today: date) -> date:
    unit, last = got["unit"].lower(), got["rel3"].lower() == "last"
    if unit == "week":
        return today - timedelta(days=today.weekday() + (7 if last else 0))
    if unit == "month":
        first = today.replace(day=1)
        return (first - timedelta(days=1)).replace(day=1) if last else first
    return date(today.year - (1 if last else 0), 1, 1)
