"""Numbers as people write and say them: 1,200 and 12,3 and twenty-four, a dozen, two and a half, two thirds, one in five."""

import re
from dataclasses import dataclass

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
         "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10}  # fmt: skip

_ANY = "|".join(sorted([*UNITS, *TENS, *SCALES], key=len, reverse=True))
_WORD = rf"(?:(?:{_ANY})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_ANY})\b)*)"
_A_SCALE = r"(?:half a dozen|a dozen|a hundred(?: and (?:" + _ANY + r")(?:-(?:" + _ANY + r"))?)?|a thousand|a couple(?: of)?|a handful(?: of)?|a pair of|a fortnight)"
_DIGITS = r"\d{1,3}(?:[,.'’ ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
NUMBER = re.compile(rf"(?<![\w.,])(?<![A-Za-z]-)(?:(?P<digits>{_DIGITS})(?P<scale>\s?(?:k|m|thousand|million|hundred|dozen)\b)?|(?P<words>{_A_SCALE}|{_WORD})\b)(?P<half>\s+and\s+a\s+(?:half|quarter))?", re.IGNORECASE)
FRACTION = re.compile(
    rf"(?<!and )(?<!and a )\b(?:(?P<top>{'|'.join(list(UNITS)[1:11])}|\d+|a|an)[ -](?P<part>{'|'.join(PARTS)})|(?P<bare>half)(?!\s+(?:a|an|past|of\s+\d)))\b"
    r"|(?<![\w])(?P<num>\d|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<link>out of|in(?: every)?)\s+(?:every\s+)?(?P<den>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)\b",
    re.IGNORECASE,
)


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
    for match in FRACTION.finditer(text):
        share = _fraction(match)
        if share is not None:
            found.append(Number(share, match.start(), match.end(), True))
    for match in NUMBER.finditer(text):
        if any(match.start() < other.end and other.start < match.end() for other in found):
            continue
        value = _digits(match.group("digits")) if match.group("digits") else _words(match.group("words"))
        if value is None:
            continue
        scale = (match.group("scale") or "").strip().lower()
        value *= {"k": 1000, "m": 1_000_000, **SCALES}.get(scale, 1)
        if match.group("half"):
            value += 0.5 if "half" in match.group("half").lower() else 0.25
        found.append(Number(_tidy(value), match.start(), match.end()))
    return sorted(found, key=lambda number: number.start)


def _fraction(match: re.Match[str]) -> float | None:
    if match.group("bare"):
        return 50.0
    if match.group("part"):
        top, part = match.group("top").lower(), PARTS[match.group("part").lower()]
        over = 1 if top in ("a", "an") else UNITS.get(top) or int(top)
        if match.group("part").lower() in ("half",) and top in ("a", "an"):
            return 50.0
        return round(over / part * 100, 1) if over < part else None
    num, den = (_plain(match.group(name)) for name in ("num", "den"))
    return round(num / den * 100, 1) if den and num <= den else None


def _plain(word: str) -> float:
    word = word.lower()
    return float(word) if word.isdigit() else float({**UNITS, **TENS, **SCALES}.get(word, 0))


def _digits(text: str) -> float:
    text = text.replace("'", "").replace("’", "").replace(" ", "")
    grouped = re.fullmatch(r"(?!0)\d{1,3}(?:([,.])\d{3})+(?:[.,]\d+)?", text)
    if grouped:
        text = text.replace(grouped.group(1), "")
    return float(text.replace(",", "."))


def _words(text: str) -> float | None:
    text = text.lower()
    fixed = {"half a dozen": 6, "a dozen": 12, "a hundred": 100, "a thousand": 1000}
    if text in fixed:
        return fixed[text]
    if text.startswith(("a couple", "a pair")):
        return 2
    if text.startswith("a handful"):
        return None
    if text == "a fortnight":
        return 2
    total = current = 0.0
    for word in re.split(r"[\s-]+", text.replace(" and ", " ")):
        if word in UNITS or word in TENS:
            current += UNITS.get(word, TENS.get(word, 0))
        elif word == "a":
            current = 1
        elif word.rstrip("s") in SCALES:
            scale = SCALES[word.rstrip("s")]
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0
    return total + current


def _tidy(value: float) -> float:
    return int(value) if float(value).is_integer() else round(value, 6)
