"""Days as people say them: 16 March 2026, the first of July, since early March, week 12, the end of Q1, three months ago."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from agent.reading.numbers import UNITS, and_part, find_numbers

MONTHS = {name: number for number, names in enumerate(
    ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
     "september sep sept", "october oct", "november nov", "december dec"), start=1) for name in names.split()}  # fmt: skip
VERBS_OR_NAMES = ("may", "mar", "march", "jan", "april", "june", "august")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12, "easter": 4, "christmas": 12, "new year": 1}
FEASTS = {
    "new year's day": (1, 1), "epiphany": (1, 6), "valentine's day": (2, 14), "valentine's": (2, 14), "women's day": (3, 8), "st patrick's day": (3, 17),
    "april fools' day": (4, 1), "may day": (5, 1), "midsummer's day": (6, 24), "halloween": (10, 31), "hallowe'en": (10, 31), "all saints' day": (11, 1),
    "all saints": (11, 1), "bonfire night": (11, 5), "guy fawkes": (11, 5), "armistice day": (11, 11), "christmas eve": (12, 24), "christmas day": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31),
}  # month and day  # fmt: skip
FEAST_DAYS = {name.replace("'", ""): day for name, day in FEASTS.items()}  # people leave apostrophes out, or put them elsewhere
ORDINALS = {word: number for number, word in enumerate(re.findall(r"[\w-]+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"), start=1)}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTH = ("first", "second", "third", "fourth")
FALL = re.compile(r"\b(?:in|the|since|until|till|before|after|from|during|by|this|last)\s+$", re.IGNORECASE)
COUNTS = {"a": 1.0, "an": 1.0, "a couple of": 2.0, "a few": 3.0, "half a": 0.5}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_NUMERAL = "|".join(sorted(UNITS, key=len, reverse=True))
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINAL})"
_YEAR = r"(?:,?\s+(?:(?:in|of)\s+)?(?P<year>(?:19|20)\d\d|['’][0-4]\d)\b|,?\s+(?:of\s+|in\s+)?(?P<rel>this|last|next)\s+year\b)?"
_FEAST = "|".join(sorted(FEASTS, key=len, reverse=True)).replace("s'", "'s").replace("'s", "['’]?s['’]?").replace("e'e", "e['’]?e")
_COUNTED = (
    r"(?!\s*(?:%|percent|per\s+cent|people|staff|men|women)|\s+(?!was\b|is\b|this\b|as\b|has\b|its\b|starts\b|begins\b)[a-z]+s\b)"  # "in June 12 planners"
)
_COUNT = (
    r"(?P<count>\d+(?:[.,]\d+)?|(?:twenty|thirty|forty|fifty)(?:-\w+)?|(?:one|two|three)\s+and\s+a\s+half|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|a\s+couple\s+of|a\s+few|half\s+a|an?)"
)
_NOW_IN = (
    r"(?:(?:we|it)(?:['’]re|['’]s|\s+are|\s+is)|now|currently|already|are|is)\s+(?:(?:now|already|currently)\s+)?in(?:to)?\s+(?:(?:our|its|the|their)\s+)?"
)
_PART = r"(?P<part>(?:very\s+)?(?:beginning|start|early|first\s+days|middle|mid|end|late|last\s+day)(?:[\s-]+(?:of|in))?[\s-]+(?:the\s+)?)"
PATTERNS = [(needs, re.compile(pattern, re.IGNORECASE)) for needs, pattern in (  # one of the words that a pattern needs, so that the others are not searched for
    (set(), r"\b(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d\d)[-/.](?P<d>\d\d)\b"),
    (set(), r"\b(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>(?:20)?\d\d)\b"),
    (set(), r"(?<![\d./-])(?P<y>20\d\d)[-/](?P<m>0[1-9]|1[0-2])\b(?![-/.]?\d)"),
    (set(), r"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])[-/.](?P<y>20\d\d)\b"),
    ({*MONTHS}, rf"\b(?P<day>\d{{1,2}})\.\s*(?P<month>{_MONTH})\b\.?,?\s+(?P<year>(?:19|20)\d\d)\b"),  # as Germans write it
    ({*MONTHS}, rf"\b(?P<day>{_DAY})\s+(?P<month>{_MONTH})\b\.?\s+(?P<year>[12]\d)\b(?!\s*[:.]\d){_COUNTED}"),
    ({*MONTHS}, rf"\b(?=[\dfsten])(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{_MONTH})\b\.?{_YEAR}"),
    ({"month"}, rf"\b(?P<day>{_DAY})\s+(?:of\s+)?(?P<of>last|this)\s+month\b"),
    ({*MONTHS}, rf"\b(?=[jfmasond])(?P<month>{_MONTH})\b(?:(?:(?<=\b[a-z]{{3}})\.|(?<=\bsept)\.)?\s+(?:the\s+)?|,\s+the\s+)(?P<day>{_DAY})\b{_COUNTED}{_YEAR}"),
    ({"week", "cw", "kw"}, r"\b(?:calendar\s+week|week\s+(?:number|no\.?)|week|cw|kw)\s*(?P<week>\d{1,2})\b(?:\s*(?:of|in|/)?\s*(?P<year>20\d\d)\b|,?\s+(?:of\s+|in\s+)?(?P<rel>this|last)\s+year\b)?"),
    ({*WEEKDAYS}, rf"\b(?P<nth>first|second|third|fourth|last)\s+(?P<on>{'|'.join(WEEKDAYS)})\s+(?:of|in)\s+(?P<month>{_MONTH})\b{_YEAR}"),
    ({re.split(r"\W", feast)[0] for feast in (*FEASTS, *FEAST_DAYS)}, rf"\b(?:(?P<rel2>last|this)\s+)?(?P<feast>{_FEAST})(?!\w){_YEAR}"),
    ({"week"}, rf"\b(?P<nth>first|second|third|fourth|last)\s+week\s+(?:of|in)\s+(?P<month>{_MONTH})\b{_YEAR}"),
    ({"quarter", "q"}, rf"\b{_PART}?(?P<quarter>q[1-4]|(?:first|second|third|fourth)\s+quarter|last\s+quarter(?=\s+of\b))\b(?:\s+of)?{_YEAR}"),
    ({"half", "h"}, rf"\b(?P<half>h[12]|(?:first|second|1st|2nd)\s+half)(?:\s+of)?(?=,?\s+(?:(?:in|of)\s+)?(?:['’]?\d|this\b|last\b|next\b)){_YEAR}"),
    ({*MONTHS}, rf"\b(?=[jfmasondvbelt])(?:{_PART})?(?:(?P<rel2>last|this|next)\s+)?(?P<month>{_MONTH})\b(?!\s+(?:be|have|not|well|need|want|take|also|still|change|help|get|come|go)\b)\.?{_YEAR}"),
    ({"new", *SEASONS}, rf"\b{_PART}?(?:(?P<rel2>last|this|next)\s+)?(?P<season>{'|'.join(SEASONS)})\b{_YEAR}"),
    ({"ago", "back", "earlier"}, rf"\b{_COUNT}\s+(?P<unit>day|week|fortnight|month|year)s?(?P<more>\s+and\s+a\s+(?:half|quarter))?\s+(?:ago|back|earlier)\b(?P<exact>,?\s+(?:today|to\s+the\s+(?:very\s+)?day))?"),
    ({"ago"}, rf"\b{_COUNT}\s+(?P<weekday>{'|'.join(WEEKDAYS)})s?\s+ago\b"),
    ({"month", "week"}, rf"\b{_NOW_IN}(?:(?P<unit>month)\s+(?P<running>\d{{1,2}}|{_NUMERAL})|(?P<unit2>week)\s+(?P<running2>{_NUMERAL}))\b"),
    ({"month", "week"}, rf"\b{_NOW_IN}(?P<running>{_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))\s+(?P<unit>month|week)\b(?!\s+of\b)"),
    ({"week", "month", "quarter", "year"}, rf"\b{_PART}(?P<rel>last|this)?\s*(?P<period>week|month|quarter|year)\b"),
    ({"week", "month", "quarter", "year"}, r"\b(?:earlier\s+)?(?P<rel>last|this)\s+(?P<period>week|month|quarter|year)\b"),
    ({"today", "yesterday"}, r"\b(?P<word>today|yesterday)\b"),
    ({*WEEKDAYS}, rf"\b(?:last|since)\s+(?:last\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\b"),
    ({"in", "since", "end", "beginning", "start", "early", "middle", "mid", "late"}, rf"(?:\b(?:in|since)\s+|\b{_PART})(?P<year>20[12]\d)\b"),
)]  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A day where it stands in the text, as ISO 8601."""

    iso: str
    start: int
    end: int


def find_dates(text: str, today: date) -> list[Day]:
    """Return the days of a text; without a year the latest one that is not after today is meant. What is no day of the calendar is none."""
    found: list[Day] = []
    words = set(re.findall(r"[a-z]+", text.lower()))
    for needs, pattern in PATTERNS:
        for match in pattern.finditer(text) if not needs or needs & words else ():
            if any(match.start() < other.end and other.start < match.end() for other in found) or not _is_month(text, match):
                continue
            try:
                day = _compute({name: value.lower() for name, value in match.groupdict().items() if value is not None}, today)
            except (ValueError, OverflowError, LookupError):
                day = None
            found.append(Day(day.isoformat() if day else "", match.start(), match.end()))
    days = [day for day in found if day.iso]
    vague = [day for day in days if re.fullmatch(r"(?:this|last)\s+year", text[day.start : day.end], re.IGNORECASE)]
    return sorted((day for day in days if day not in vague or len(days) == len(vague)), key=lambda day: day.start)


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Say whether "may", "march" and "fall" are no verbs here, and "June" and "Jan" nobody's name."""
    got = match.groupdict()
    month = (got.get("month") or "").lower()
    if (got.get("season") or "").lower() == "fall" and not got.get("year") and not got.get("rel"):
        return bool(FALL.search(text[max(0, match.start("season") - 12) : match.start("season")])) or bool(got.get("rel2") or got.get("part"))
    if month not in VERBS_OR_NAMES or any(got.get(name) for name in ("day", "part", "rel", "rel2", "year", "nth")):
        return True
    if re.search(
        r"\b(?:in|since|of|from|until|till|by|before|after|around|about|and|or|to|was|is)\s+$", text[max(0, match.start() - 8) : match.start()], re.IGNORECASE
    ):
        return text[match.start("month")].isupper() or not re.search(r"\b(?:and|or|to|is|was)\s+$", text[: match.start()], re.IGNORECASE)
    after = text[match.end() :]
    if month in ("may", "mar", "march", "jan"):
        return text[match.start("month")].isupper() and (not after or bool(re.match(r"[\s.]*(?:[,;:)?]|$)", after)))
    return not re.match(r"['’]s\b|\s+(?:[A-Z]|de\b|van\b|von\b)", after)


def _compute(got: dict[str, str], today: date) -> date | None:
    if "d" in got:
        first, second, year = int(got["d"]), int(got["m"]), int(got["y"])
        year += 2000 if year < 100 else 0
        return date(year, first, second) if second > 12 else date(year, second, first)
    if "m" in got:
        return date(int(got["y"]), int(got["m"]), 1)
    if "word" in got:
        return today - timedelta(days=1 if got["word"] == "yesterday" else 0)
    if "weekday" in got:
        back = timedelta(weeks=round(_amount(got["count"])) - 1) if "count" in got else timedelta()
        return today - back - timedelta(days=(today.weekday() - WEEKDAYS.index(got["weekday"])) % 7 or 7)
    if "of" in got:
        return _months_on(today.replace(day=1), -1 if got["of"] == "last" else 0).replace(day=_ordinal(got["day"]))
    if "week" in got:
        return _year(got, today, lambda year: date.fromisocalendar(year, int(got["week"]), 1))
    if "count" in got:
        more = and_part(got.get("more"))
        then = ago(_amount(got["count"]) + more, got["unit"], today)
        return _same_day(then, today) if "exact" in got and got["unit"] in ("month", "year") else then
    if "running" in got or "running2" in got:
        running = got.get("running") or got["running2"]
        return ago((UNITS.get(running) or _ordinal(running)) - 1, got.get("unit") or "week", today)
    if "period" in got:
        return _period(got, today)
    if "on" in got:
        return _year(got, today, lambda year: _nth_weekday(year, MONTHS[got["month"]], got["nth"], WEEKDAYS.index(got["on"])))
    if "nth" in got:
        return _year(got, today, lambda year: _nth_week(year, MONTHS[got["month"]], got["nth"]))
    if "quarter" in got:
        return _year(got, today, lambda year: _part_of(got, date(year, _quarter(got["quarter"]), 1), 3))
    if "half" in got:
        return _year(got, today, lambda year: date(year, 1 if got["half"][0] in "1f" or got["half"] == "h1" else 7, 1))
    if "day" in got:
        return _year(got, today, lambda year: date(year, MONTHS[got["month"]], _ordinal(got["day"])))
    if "month" in got:
        return _year(got, today, lambda year: _part_of(got, date(year, MONTHS[got["month"]], 1), 1))
    if "feast" in got:
        month, day = FEAST_DAYS[re.sub(r"['’]", "", got["feast"])]
        return _year(got, today, lambda year: date(year, month, day))
    if "season" in got:
        return _year(got, today, lambda year: _part_of(got, date(year, SEASONS[got["season"]], 1), 3))
    return _part_of(got, date(int(got["year"]), 1, 1), 12) if "year" in got else None


def _year(got: dict[str, str], today: date, build: Callable[[int], date]) -> date | None:
    """Build the day in the year that is said; else in the latest one that has it and in which it is not after today."""
    if "year" in got or "rel" in got:
        year = int(got["year"].lstrip("'’")) if "year" in got else today.year + {"last": -1, "next": 1}.get(got["rel"], 0)
        return build(year + 2000 if year < 100 else year)
    if got.get("rel2") == "this":
        return build(today.year)
    ahead = 1 if got.get("rel2") == "next" else 0
    for year in range(today.year, today.year - 9, -1):
        try:
            day = build(year)
        except ValueError:
            continue
        if day <= today:
            return build(year + ahead)
        if ahead:
            return day
    return None


def _part_of(got: dict[str, str], first: date, months: int) -> date:
    """Return the first day of a stretch of months, or the one that "end", "mid" or "late" means."""
    part = got.get("part", "")
    if "end" in part or "last" in part:
        return _months_on(first, months) - timedelta(days=1)
    if "mid" in part or "late" in part:
        return first.replace(day=15 if "mid" in part else 20) if months == 1 else _months_on(first, months // 2).replace(day=15)
    return first


def _months_on(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _same_day(first: date, today: date) -> date:
    """Return the day of a month that has today's number, or its last day."""
    return min(first + timedelta(days=today.day - 1), _months_on(first, 1) - timedelta(days=1))


def _quarter(text: str) -> int:
    return (int(text[1]) if text.startswith("q") else {"first": 1, "second": 2, "third": 3}.get(text.split()[0], 4)) * 3 - 2


def _ordinal(text: str) -> int:
    return ORDINALS.get(text) or int(re.sub(r"\D", "", text) or 0)


def _nth_week(year: int, month: int, nth: str) -> date:
    """Return the Monday of a month's week; its first week holds its first Thursday."""
    if nth == "last":
        last = _months_on(date(year, month, 1), 1) - timedelta(days=1)
        return last - timedelta(days=last.weekday())
    first = date(year, month, 4)
    return first - timedelta(days=first.weekday()) + timedelta(weeks=NTH.index(nth))


def _nth_weekday(year: int, month: int, nth: str, weekday: int) -> date:
    first = date(year, month, 1)
    days = [day for day in (first + timedelta(days=count) for count in range(31)) if day.month == month and day.weekday() == weekday]
    return days[-1] if nth == "last" else days[NTH.index(nth)]


def _amount(count: str) -> float:
    count = re.sub(r"\s+", " ", count)
    return COUNTS[count] if count in COUNTS else find_numbers(count)[0].value


def ago(amount: float, unit: str, today: date) -> date:
    """Return the day so many days, weeks, months or years before today; of months and years the first of the month."""
    if unit in ("day", "week", "fortnight"):
        return today - timedelta(days=round(amount * {"day": 1, "week": 7, "fortnight": 14}[unit]))
    return _months_on(today.replace(day=1), -round(amount * (12 if unit == "year" else 1)))


def _period(got: dict[str, str], today: date) -> date | None:
    """Return the start, middle or end of this or the last week, month, quarter or year; "the end of the quarter" is the latest one passed."""
    if got["period"] == "week":
        return today - timedelta(days=today.weekday() + (7 if got.get("rel") == "last" else 0))
    months = {"month": 1, "quarter": 3, "year": 12}[got["period"]]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    day = _part_of(got, _months_on(first, -months if got.get("rel") == "last" else 0), months)
    return day if day <= today or "rel" in got else _part_of(got, _months_on(first, -months), months)
