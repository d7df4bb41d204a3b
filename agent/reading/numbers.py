"""Numbers as people write and say them: 1,200 and 12,3 and twenty-four, a dozen, two and a half, two thirds, one in five."""

import re
from dataclasses import dataclass

UNITS = {word: value for value, word in enumerate(re.findall(r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"))}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
SHORT_SCALES = {"k": 1000, "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "bn": 1_000_000_000, **SCALES}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "hundredth": 100}
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}

_SMALL = "|".join(sorted(UNITS, key=len, reverse=True))
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_BELOW = (
    rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:one|two|three|four|five|six|seven|eight|nine)\b)?|(?:{_SMALL}))\b"  # below a hundred: "thirty forty" is two numbers
)
_WORDS = (
    rf"(?:half a dozen|a couple(?: of)?(?: (?:{_SCALE})\b)?|a pair of|(?:(?:a )?(?:{_SCALE})\b|{_BELOW})"
    rf"(?:[ -](?:{_SCALE})\b|(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))(?: and |[ -]){_BELOW})*)"
)
_DIGITS = r"\d{1,3}(?:[,.'’ ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
NUMBER = re.compile(
    rf"(?<![\w.,:])(?<![A-Za-z][-/])(?<!\b24/)(?:(?P<digits>{_DIGITS})(?P<vulgar>[½¼¾])?(?!st\b|nd\b|rd\b|th\b|[xdg]\b|\d|:\d|[/-]\d\d?[/-])(?P<scale>\s?(?:k|m|mn|mio|bn|thousand|million|billion|hundred|dozen)\b)?"
    rf"|(?P<only>[½¼¾])|(?P<words>{_WORDS})\b(?: (?:point|comma) (?P<decimals>(?:{_SMALL})(?: (?:{_SMALL}))*)\b)?)(?P<grand>\s+grand\b(?!\s+(?!a\b|per\b|in\b|for\b|each\b|or\b|so\b|now\b|by\b|and\b|we\b|is\b)[a-z]))?(?P<half>\s+and\s+a\s+(?:half|quarter))?",
    re.IGNORECASE,
)
FRACTION = re.compile(
    rf"\b(?:(?P<top>{_SMALL}|\d+|a)[ -](?P<part>{'|'.join(PARTS)})s?|(?P<bare>(?<!first )(?<!second )half)(?!\s+(?:past|a dozen|of\s+\d))|(?P<quarter>quarter)(?=\s+of\s+an\s+hour))\b(?!-(?!hour|minute))"
    rf"|\b(?<![.,])(?P<num>\d|{_SMALL})\s+(?:(?:out of|in(?: every)?)\s+(?:every\s+|an?\s+)?|per\s+(?=thousand|mille))(?P<den>1[.,]?000|\d{{1,3}}|{_SMALL}|twenty|hundred|thousand|mille)\b(?!\s+(?:second|minute|hour|day|week|month|year)s?\b)",
    re.IGNORECASE,
)
# What a text with a fraction holds: without it the slower search is not begun.
HINTS = ("half", "halves", "third", "quarter", "fourth", "fifth", "sixth", "eighth", "tenth", "hundredth", " in ", "out of", "per thousand", "per mil")
# What goes before a fraction that belongs to it or to a range ("two and a half", "a third and a half"), and a price, which is of so many and no share of them.
AND_A = re.compile(r"\band\s+$", re.IGNORECASE)
FRACTION_AND = re.compile(rf"\b(?:{'|'.join(PARTS)})s?\s+and\s+$", re.IGNORECASE)
PRICE = re.compile(r"(?:[€$£¥]|\b[A-Z]{3})\s?$")
# A fraction that is an ordinal ("a third party"), and a time of the year ("once a quarter").
NO_SHARE = re.compile(
    r"\s+(?:part(?:y|ies)|time|person|team|vendor|option|one|way|round|phase|group|site|attempt|pilot|company|firm|reason|category|version|wave|week|month|day|year)\b",
    re.IGNORECASE,
)
OFTEN = re.compile(r"\b(?:once|twice|times|every|per)\s+(?:a\s+)?$", re.IGNORECASE)
# Three months, not a fourth: "for two quarters", "1 quarter held", "three quarters in a row".
QUARTERS = re.compile(r"\b(?:for|over|held|past|these|those)\s+(?:the\s+)?(?:past\s+|last\s+)?$", re.IGNORECASE)
QUARTERS_AFTER = re.compile(r"\s+(?:in a row|running|now|straight|ago|long|already|so far)\b", re.IGNORECASE)
# "one" as a pronoun, and figures that only name something: rooms, versions, standards, years, times of day.
NAMED = re.compile(
    r"\b(?:(?:number|no\.|nr\.?|room|phase|step|stage|version|release|level|tier|section|article|page|floor|wave|round|iso|iec|din|nist|soc|gpt|llama|claude|gemini|office|windows|dynamics|type|option|plan)\s+"
    r"|(?<!a )(?<!per )(?<!last )(?<!this )(?<!next )(?<!past )(?<!each )(?<!every )(?:day|week|month|year)\s+|\bhalf\s+past\s+|v\.?\s?)$",
    re.IGNORECASE,
)
THE_NUMBER = re.compile(r"\bthe\s+number\s+$", re.IGNORECASE)  # "I have seen the number 330."
YEAR_BEFORE = re.compile(
    r"\b(?:in|since|year|before|after|until|till|by|early|late|mid|from|of|or|and|end|spring|summer|autumn|winter|q[1-4])[\s-]+$", re.IGNORECASE
)
TIME_AFTER = re.compile(r"\s*(?:o['’]clock|[ap]\.?m\b|in the (?:morning|evening|afternoon)|at night\b|/7\b|times(?=\s*(?:[.,;!?]|$)))", re.IGNORECASE)
VAGUE = re.compile(r"\b(?:several|few|many|tens of)\s+$", re.IGNORECASE)  # "several hundred" is no number
PRONOUN_BEFORE = re.compile(
    r"\b(?:no|the|this|that|each|which|every|any|another|old|new|some|last|other|others|good|big|small|bad|right|wrong|same|different|better|easy|hard|only|such|single|by)[ -]$",
    re.IGNORECASE,
)
PRONOUN_AFTER = re.compile(
    r"['’]s\b|-off\b|-on\b|\s+(?:of|another|hand|thing|by|side|would|could|should|might|must|never|ever|else|could|who|that|for (?:somebody|someone|my|him|her|them))\b|\s+day\s+(?:we|they|it|i|you|he|she|the|maybe|some)\b",
    re.IGNORECASE,
)


# "Nobody ever set one", "whether there is one": the thing that was spoken of, at the end of a clause.
STANDS_FOR = re.compile(
    r"\b(?:set|have|haven['’]t|had|has|got|need|needs|want|wanted|make|made|use|used|name|named|define|defined|agreed|found|find|see|seen|without|being"
    r"|(?:there|it) (?:is|was|were|isn['’]t|wasn['’]t|ain['’]t|is not|was not|never was|be|(?:could|may|might|must|should|would|will) be|ha[sd] been)|there['’]s|isn['’]t|wasn['’]t)[ ]$",
    re.IGNORECASE,
)
CLAUSE_ENDS = re.compile(r"\s*(?:[.,;:!?)–-]|$|\b(?:and|but|or|so|yet|either|anyway|there|now|for)\b)", re.IGNORECASE)


LARGEST = 1e12  # beyond this nobody speaks of a pilot


@dataclass(frozen=True)
class Number:
    """A number where it stands in the text. `share` marks a fraction, given in percent."""

    value: float
    start: int
    end: int
    share: bool = False


def find_numbers(text: str) -> list[Number]:
    """Return every number of a text, left to right, none inside another."""
    found: list[Number] = []
    low = text.lower()
    for match in FRACTION.finditer(text) if any(hint in low for hint in HINTS) else ():
        share = _fraction(match)
        ordinal = match.group("part") and (NO_SHARE.match(text, match.end()) or OFTEN.search(text, max(0, match.start() - 12), match.start() + 2))
        if _is_time(text, match) or _goes_on(text, match):
            continue
        if share is not None and not (ordinal and match.group("top").lower() == "a" and match.group("part").lower() != "half"):
            found.append(Number(share, match.start(), match.end(), True))
    for match in NUMBER.finditer(text):
        if not any(match.start() < other.end and other.start < match.end() for other in found) and not _is_name(text, match):
            value = _value(match)
            if abs(value) < LARGEST:
                found.append(Number(tidy(value), match.start(), match.end()))
    return sorted(found, key=lambda number: number.start)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Say whether a fraction belongs to the number before it, or is a price for so many."""
    before = text[max(0, match.start() - 16) : match.start()]
    return bool((AND_A.search(before) and not FRACTION_AND.search(before)) or PRICE.search(before))


def _is_time(text: str, match: re.Match[str]) -> bool:
    """Say whether quarters are quarters of a year."""
    quarters = (match.group("part") or "").lower().startswith("quarter") and not re.match(r"\s+of\b", text[match.end() :])
    return bool(quarters and (QUARTERS.search(text[: match.start()]) or QUARTERS_AFTER.match(text, match.end())))


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Say whether a number names something, or is a pronoun, a year, a time of day or how often ("ask me three times")."""
    said, start, end = match.group().lower(), match.start(), match.end()
    behind = max(0, start - 12)
    if said == "one" and (PRONOUN_BEFORE.search(text, behind, start) or PRONOUN_AFTER.match(text, end)):
        return True
    if VAGUE.search(text, behind, start) and said.split()[0] in SCALES:
        return True
    if said == "one" and STANDS_FOR.search(text, max(0, start - 20), start) and CLAUSE_ENDS.match(text, end):
        return True
    year = re.fullmatch(r"19[5-9]\d|20[1-4]\d", said) and YEAR_BEFORE.search(text, behind, start)
    named = NAMED.search(text, behind, start) and not (THE_NUMBER.search(text, behind, start) and CLAUSE_ENDS.match(text, end))
    return bool(year or named or TIME_AFTER.match(text, end))


def _fraction(match: re.Match[str]) -> float | None:
    if match.group("bare") or match.group("quarter"):
        return 50.0 if match.group("bare") else 25.0
    if match.group("part"):
        top, under = match.group("top").lower(), float(PARTS.get(match.group("part").lower(), 0))
        over = 1.0 if top == "a" else _plain(top)
    else:
        over, under = _plain(match.group("num")), _plain(match.group("den"))
    return round(over / under * 100, 1 if under < 1000 else 2) if 0 < over <= under else None


def _plain(word: str) -> float:
    word = word.lower()
    return _digits(word) if word[0].isdecimal() else float({**UNITS, **TENS, **SCALES, "mille": 1000}.get(word, 0))


def _value(match: re.Match[str]) -> float:
    if match.group("only"):
        return VULGAR[match.group("only")]
    value = _digits(match.group("digits")) if match.group("digits") else _words(match.group("words").lower())
    value *= SHORT_SCALES.get((match.group("scale") or "").strip().lower(), 1) * (1000 if match.group("grand") else 1)
    if match.group("decimals"):
        value += float("0." + "".join(str(UNITS.get(word, 0)) for word in match.group("decimals").lower().split()))
    return value + VULGAR.get(match.group("vulgar") or "", 0) + and_part(match.group("half"))


def and_part(said: str | None) -> float:
    """Return what "and a half" or "and a quarter" adds; nothing adds 0."""
    words = (said or "").lower()
    return 0.5 if words.endswith("half") else 0.25 if words.endswith("quarter") else 0


def _digits(text: str) -> float:
    text = re.sub(r"['’ ]", "", text)
    grouped = re.fullmatch(r"(?!0)\d{1,3}(?:([,.])\d{3})+(?:[.,]\d+)?", text)
    if grouped:
        text = text.replace(grouped.group(1), "")
    whole, _, decimals = text.replace(",", ".").partition(".")
    return float(f"{whole}.{decimals.replace('.', '') or 0}")


def _words(text: str) -> float:
    if text.startswith(("a couple", "a pair")):
        return 2 * SCALES.get(text.split()[-1], 1)
    if text == "half a dozen":
        return 6
    total = current = 0.0
    for word in re.split(r"[\s-]+", text.replace(" and ", " ")):
        if word in SCALES:
            current = max(current, 1) * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0
        else:
            current += UNITS.get(word, TENS.get(word, 0))
    return total + current


def tidy(value: float) -> float:
    """Return a whole number as one, any other without the noise of its sixth digit."""
    return int(value) if float(value).is_integer() else round(value, 6)
