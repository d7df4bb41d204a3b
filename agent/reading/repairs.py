"""A word put right in the same breath: "nineteen, no, twenty-one" says twenty-one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from agent.reading.parties import Party
from agent.reading.phrases import phrases, says
from agent.reading.values import Mention

LONGEST_REPAIR = 120  # characters between the slip and what was meant
NEAR = 6  # mentions after a slip, among which is what was meant
APOLOGY = re.compile(r"\bsorry (?P<name>\w+)", re.IGNORECASE)
TOLD_BEFORE = re.compile(r"\b(?:i|we)(?:['’]ve|['’]d| have| had)? (?:told you|gave you|given you|said|wrote)\s+(?:\w+\s+)?$", re.IGNORECASE)
FIGURES = ("count", "percent", "duration", "money")
BUILDERS = re.compile(r"\b(?:buil[dt]|develop|made it|supplie|vendor)", re.IGNORECASE)  # who built it and left has still built it
STOP = r"[\s,.;:?!–—…-]"

Found = TypeVar("Found", Mention, Party)


def without_slips(text: str, found: Sequence[Found]) -> list[Found]:
    """Return what is meant: a mention that a later one of its kind puts right is left out, and a bare number takes over its unit."""
    return put_right(text, found)[0]


def put_right(text: str, found: Sequence[Found]) -> tuple[list[Found], list[tuple[Found, Found]]]:
    """Return what is meant, and each slip with what puts it right."""
    meant, slips = dict(enumerate(found)), []
    starts = [one.start for one in found if getattr(one, "sort", "") not in ("me", "they")]
    for index in reversed(range(len(found))):  # what is nearest to the taking back is what is taken back
        slip = found[index]
        near = [one for one in range(index + 1, min(index + NEAR, len(found))) if one in meant and _alike(text, slip, meant[one])]
        if not near or not _is_slip(text, found, index, meant[near[0]], starts):
            continue
        if _number(slip) is not None and _number(slip) == _number(meant[near[0]]):  # "14. No, 14 was in summer, now it is 12."
            del meant[near.pop(0)]
        elif any(told_before(text, one) for one in found[index + 1 : near[0] + 1]):
            continue  # "we are at 4 days. Sorry, I told you eight, it was six": the eight is wrong, not the four
        if near:
            meant[near[0]] = _in_the_unit(slip, meant[near[0]])
            slips.append((slip, meant[near[0]]))
            del meant[index]
    return list(meant.values()), slips


def _is_slip(text: str, found: Sequence[Found], index: int, meant: Found, starts: Sequence[int]) -> bool:
    """Say whether a mention is put right by what was meant, which follows it."""
    slip = found[index]
    right = meant.start >= slip.end and (_takes_back(text, slip, meant, starts) or _only_wished(text, slip, meant))
    return right and not _apologizes(text, slip, meant, found[:index])


def told_before(text: str, one: Found) -> bool:
    """Say whether somebody says of a value that they told it before: "I told you eight days"."""
    return bool(TOLD_BEFORE.search(text, max(0, one.start - LONGEST_REPAIR), one.start))


def without_former(text: str, parties: Sequence[Party]) -> list[Party]:
    """Return who it is today: "it was going to be Moira, but at the moment it's nobody" names nobody."""
    return [one for one in parties if not _is_former(text, one, parties)]


def _is_former(text: str, one: Party, parties: Sequence[Party]) -> bool:
    """Say whether somebody has a part no more, or never had it, and somebody else or nobody has it: "not Karl. Birgit", "Deepak declined, so it's open"."""
    if one.sort not in ("name", "role"):
        return False
    before, after = text[max(0, one.start - LONGEST_REPAIR) : one.start], text[one.end :]
    sentence = re.split(r"[.!?;](?:\s|$)", after, maxsplit=1)[0]
    others = [other for other in parties if other.sort in ("name", "role", "nobody") and (other.start > one.end or other.end < one.start)]
    later = [other.start - one.end for other in others if other.start > one.end]
    if not others:
        return False
    if _denied().search(before):
        return True
    if _formerly().search(before) and any(start < len(sentence) for start in later) and says("today", sentence):
        return True
    told = sentence[: min([len(sentence), *later])]
    if re.search(r"\bleft (?:the |our )?$", told):  # "who left Siemens to join us"
        return False
    told = told.strip(" ,")
    return one.sort == "name" and bool(later) and says("gone", told) and not BUILDERS.search(text)


def _takes_back(text: str, slip: Found, meant: Found, starts: Sequence[int]) -> bool:
    """Say whether nothing but a taking back stands between, or one that cannot be mistaken: "no, sorry, that was September, it's".

    It takes back what stands right before it: "20 April. Forty, no, sorry, forty is the winter" leaves the day alone.
    """
    between = text[slip.end : meant.start]
    if len(between) > LONGEST_REPAIR:
        return False
    strong = _strong().search(between)
    nearer = strong and any(slip.end <= start < slip.end + strong.start() for start in starts)
    return bool(_weak().fullmatch(between) or (strong and not nearer))


def _only_wished(text: str, slip: Found, meant: Found) -> bool:
    """Say whether somebody wanted one figure, and another was agreed: "finance wanted five, we settled on eight"."""
    return bool(
        _right_before("wished").search(text, max(0, slip.start - LONGEST_REPAIR), slip.start) and _right_before("settled").search(text, slip.end, meant.start)
    )


def _alike(text: str, slip: Found, meant: Found) -> bool:
    """Say whether one may stand for the other: of one kind, or figures of which one is a bare number."""
    kinds = [str(getattr(one, "kind", getattr(one, "sort", ""))) for one in (slip, meant)]
    return kinds[0] == kinds[1] or (set(kinds) <= set(FIGURES) and any(_bare(text, one) for one in (slip, meant)))


def _bare(text: str, one: Found) -> bool:
    return getattr(one, "kind", "") == "count" and not re.match(
        r"\s+(?!no\b|wait\b|sorry\b|i\b|it\b|in\b|was\b|or\b|now\b|today\b)\w", text[one.end :], re.IGNORECASE
    )


def _number(one: Found) -> float | None:
    return one.raw if isinstance(one, Mention) and one.kind in FIGURES else None


def _in_the_unit(slip: Any, meant: Any) -> Any:
    """Give a bare number the unit of the figure it puts right: "eight weeks, no, nine"."""
    if not (isinstance(slip, Mention) and isinstance(meant, Mention)) or meant.kind != "count" or slip.kind in ("count", "date"):
        return meant
    key = {"money": "amount", "percent": ""}.get(slip.kind, "value")
    value = {**{name: part for name, part in slip.value.items() if name not in ("low", "high")}, key: meant.raw} if key else meant.raw
    return replace(meant, kind=slip.kind, value=value, unit_said=slip.unit_said)


def _apologizes(text: str, slip: Found, meant: Found, before: Sequence[Found]) -> bool:
    """Say whether nobody is put right between two, but somebody named before is asked for pardon: "no, Castellano, sorry Ray"."""
    said = APOLOGY.search(text, slip.end, meant.end)
    if not said or str(getattr(meant, "name", "")).startswith(f"{said['name']} "):
        return False
    return any(isinstance(one, Party) and one.name.startswith(f"{said['name']} ") for one in before)


@cache
def _weak() -> re.Pattern[str]:
    """A stretch that takes the first mention back: what was counted, a word that takes back, and nothing beside it that tells anything."""
    slips, fillers = "|".join((*phrases("repairs"), *phrases("plain_repairs"))), "|".join(phrases("repair_fillers"))
    counted = rf"(?:(?:\s+[\w-]+){{1,3}}{STOP}*[,.;:?!–—…-]{STOP}*)?"
    return _pattern(rf"{counted}(?:{STOP}|\b(?:{fillers})\b)*\b(?:{slips})\b(?:{STOP}|\b(?:{slips}|{fillers})\b)*")


@cache
def _strong() -> re.Pattern[str]:
    """A taking back that cannot be mistaken, after a mark between words; what follows it may say why."""
    return _pattern(rf"[,.;:?!–—…-]\s*(?:(?:and|but|or|oh|well|um|uh|no)\b{STOP}*)*(?:{'|'.join(phrases('plain_repairs'))})\b")


@cache
def _formerly() -> re.Pattern[str]:
    """A role's "was", right before who had it."""
    return _pattern(rf"\b(?:{'|'.join(phrases('had_it'))})(?:\s+(?:the|our|my|a|an))?\s*$")


@cache
def _denied() -> re.Pattern[str]:
    """A "not" right before somebody."""
    return _pattern(rf"\b(?:{'|'.join(phrases('not_so'))})(?:\s+(?:the|our|my|a|an))?\s+$")


@cache
def _right_before(group: str) -> re.Pattern[str]:
    """A phrase right before a figure, but for a word or two."""
    return _pattern(rf"\b(?:{'|'.join(phrases(group))})\s+(?:\w+\s+){{0,2}}$")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.replace("'", "['’]"), re.IGNORECASE)
