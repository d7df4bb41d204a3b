"""An answer that shares out several roles: "Bob for business, Alice for tech, compliance is open", or three names in the order of the question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from agent.reading.absence import unknown
from agent.reading.message import Message
from agent.reading.parties import Party
from agent.reading.roles import put_down
from agent.reading.text import Span, clauses

ALL, OTHERS = "all", "others"  # stand for every role that was asked for, and for each that nobody has yet
FIRST = (("name",), ("nobody",), ("role",), ("builder", "sponsor"), ("me",), ("they",))  # whom a clause means, where it names several
PLACE = re.compile(r"\b(?:from|in|at|of)\s+(?:(?:the|our)\s+)?(?:[\w’'-]+\s+)?$", re.IGNORECASE)  # "Ewa from legal", "the man from group IT"
WHERE = re.compile(r"\b(?:from|in|at)\s+(?:(?:the|our)\s+)?[\w’'-]+", re.IGNORECASE)
I_HAVE = re.compile(  # "me", "I do"; not "I honestly wouldn't know"
    r"(?:me|myself|mine)\b|i(?:['’](?:m|ll)|\s+(?:am|will|do|run|have|own|pay|sponsor|take|handle|hold|cover|answer|sign|lead|look after))\b(?!\s+(?:not|unable|afraid|sure|sorry|no|asked|heard|been|never)\b)",
    re.IGNORECASE,
)
SO = re.compile(r"\b(?:so|thus|hence|therefore|then)[\s,]+$", re.IGNORECASE)
PUTS = re.compile(r"(?:so|thus|hence|therefore|then|write|put|leave|which means|meaning)\b", re.IGNORECASE)
NEAR = 20  # characters before a clause, where its "so" stands
JOINS = re.compile(r"\s*,?\s*(?:and|&|as well as)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A clause: the areas it speaks of, whom it names, and whether it says nothing else. `ahead` says that the party comes before the areas."""

    span: Span
    areas: tuple[str, ...]
    party: Party | None
    bare: bool
    ahead: bool = False


@dataclass(frozen=True)
class Share:
    """A party and the areas it is to have, with the stretch that says so; `bare` says that it says nothing else."""

    party: Party
    areas: tuple[str, ...]
    span: Span
    ahead: bool = False
    bare: bool = False


def share_out(message: Message) -> None:
    """Put down who has which of the roles that were asked for together, where area words or the order of the question leave no doubt."""
    asked = [item for item in message.asked if item in _words()["areas"]]
    if not asked:
        return
    pieces = [[_piece(message, clause) for clause in clauses(sentence)] for sentence in message.sentences]
    shares = [share for sentence in pieces for share in _shares(message, sentence)]
    for share in shares:
        _give(message, [item for item in share.areas if item in asked], share.party, share.span, bare=share.bare)
    for share in shares:
        if ALL in share.areas or (OTHERS in share.areas and any(item in message.found for item in asked)):
            _give(message, asked, share.party, share.span)
    for piece in (piece for sentence in pieces for piece in sentence if OTHERS in piece.areas and unknown(piece.span.text)):
        for item in asked if any(item in message.found for item in asked) else ():
            if item not in message.found:
                message.add(item, "unknown", None, message.sentence_of(piece.span))
    _in_order(message, asked, [piece for sentence in pieces for piece in sentence], shares)


def _give(message: Message, items: Sequence[str], party: Party, span: Span, *, bare: bool = False) -> None:
    for item in items:
        if item not in message.found:
            put_down(message, item, party, span, plain=bare and party.sort == "name")


def _in_order(message: Message, asked: Sequence[str], pieces: Sequence[Piece], shares: Sequence[Share]) -> None:
    """Give the parties that stand there bare to the roles that nobody has yet, if there are as many of both and nothing else is said."""
    rest = [piece for piece in pieces if not any(share.span.start <= piece.span.start < share.span.end for share in shares)]
    named = [piece for piece in rest if piece.party]
    open_items = [item for item in asked if item not in message.found]
    if [piece.party.sort for piece in named if piece.party] == ["nobody"]:
        named *= len(open_items)  # "nobody yet" may answer for all of them
    if open_items and len(asked) > 1 and len(named) == len(open_items) and all(piece.bare and not piece.areas for piece in rest):
        for item, piece in zip(open_items, named, strict=True):
            if piece.party:
                _give(message, [item], piece.party, piece.span)


def _shares(message: Message, pieces: Sequence[Piece]) -> Iterator[Share]:
    """Pair the parties and the areas of a sentence: in one clause, or in two that stand side by side."""
    told = [piece for piece in pieces if piece.areas or piece.party or not piece.bare]
    first = told[0].party if told and _stands_bare(told[0]) else None
    if first and len(told) > 1 and all(_announces(piece) for piece in told[1:]):  # "Paula: business, tech and compliance"
        yield _share(message, first, told)
        return
    pairs = 0
    while len(told) > 2 * pairs + 1 and _stands_bare(told[2 * pairs]) and _announces(told[2 * pairs + 1]):
        pairs += 1
    if pairs and not (len(told) > 2 * pairs and _stands_bare(told[2 * pairs])):  # "Paula, business, Erik, tech"
        told = [told[index ^ 1] for index in range(2 * pairs)] + told[2 * pairs :]
    found: list[Share] = []
    waiting: list[Piece] = []
    for index, piece in enumerate(told):
        after = told[index + 1] if index + 1 < len(told) else None
        empty = _concluded(message, told[index + 1 :]) if (piece.areas or waiting) and not (piece.bare and piece.party) else None
        if empty and empty.party:
            found.append(_share(message, empty.party, [*waiting, piece, empty]))
        elif piece.party and piece.areas:
            led = [] if piece.ahead else waiting
            name = after if after and _stands_bare(after) and _is_named_by(piece.party, after, last=index + 2 == len(told)) else piece
            found.append(_share(message, name.party or piece.party, [*led, piece, name], piece.ahead))
        elif piece.party and waiting:
            found.append(_share(message, piece.party, [*waiting, piece]))
        elif _announces(piece):
            joins = JOINS.fullmatch(message.text[told[index - 1].span.end : piece.span.start]) if index else None
            if joins and found and found[-1].ahead and found[-1].span.end == told[index - 1].span.end and not (after and _stands_bare(after)):
                last = found.pop()
                found.append(Share(last.party, (*last.areas, *piece.areas), _stretch(message, last.span, piece.span), ahead=True, bare=last.bare))
            else:
                waiting.append(piece)
            continue
        waiting = []
    yield from found


def _concluded(message: Message, pieces: Sequence[Piece]) -> Piece | None:
    """Return the clause that concludes that nobody has the role after all: "Kamado has been asked and considers, so there's no one".

    "So nobody needs to worry" concludes something else.
    """
    for piece in pieces:
        if piece.areas or (piece.party and piece.party.sort != "nobody"):
            return None
        if piece.party:
            puts = PUTS.match(piece.span.text)
            alone = piece.bare or (puts is not None and _says_nothing(_without(piece.span, [piece.party])[puts.end() :]))
            return piece if alone and (puts or SO.search(message.text, max(0, piece.span.start - NEAR), piece.span.start)) else None
    return None


def _is_named_by(party: Party, after: Piece, *, last: bool) -> bool:
    """Say whether a name says who was spoken of: "I'm the business owner, Teresa Duarte", "the unit manager is down for business, Sipho Ngcobo"."""
    return party.sort in ("me", "they") or (party.sort == "role" and last and after.party is not None and after.party.sort == "name")


def _share(message: Message, party: Party, pieces: Sequence[Piece], ahead: bool = False) -> Share:
    spans = sorted((piece.span for piece in pieces), key=lambda span: span.start)
    areas = tuple(dict.fromkeys(area for piece in pieces for area in piece.areas))
    return Share(party, areas, _stretch(message, spans[0], spans[-1]), ahead, bare=all(piece.bare for piece in pieces))


def _stretch(message: Message, first: Span, last: Span) -> Span:
    return Span(message.text[first.start : last.end], first.start, last.end, first.sentence)


def _announces(piece: Piece) -> bool:
    """ "For the technical side" names a role and nobody who has it."""
    return bool(piece.areas) and piece.bare and not piece.party


def _stands_bare(piece: Piece) -> bool:
    """ "Paula" names somebody and no role."""
    return piece.party is not None and piece.bare and not piece.areas


def _piece(message: Message, span: Span) -> Piece:
    """Look at a clause. "Compliance" and "IT" are areas where somebody is named beside them; "technical is IT" names IT."""
    inside = [party for party in message.parties if span.start <= party.start < span.end]
    roles = [party for party in inside if not (party.sort == "role" and _is_area(party.name)) and not party.generic]
    named = [party for party in roles if party.sort in ("name", "role")]
    marks = [
        mark for mark in _areas().finditer(span.text) if not any(one.start < span.start + mark.end() and span.start + mark.start() < one.end for one in named)
    ]
    party = _meant(message, roles)
    if party is None and not roles and len(marks) > 1:
        party = next((one for one in inside if one.sort == "role" and _is_area(one.name) and one.name.lower() in ("it", "legal")), None)
        marks = [mark for mark in marks if party is None or span.start + mark.start() != party.start]
    firm = [mark for mark in marks if not PLACE.search(span.text[: mark.start()])]
    marks = firm or marks
    left = _areas().sub(" ", WHERE.sub(" ", _without(span, roles)))
    bare = _says_nothing(left)
    ahead = bool(party and marks and party.start < span.start + marks[0].start())
    return Piece(span, tuple(dict.fromkeys(_item(mark.group()) for mark in marks)), party, bare and (party is not None or not roles), ahead)


def _says_nothing(text: str) -> bool:
    """Say whether a text has no words but those that stand around who has what."""
    return all(word.lower().replace("’", "'") in _words()["around"] for word in re.findall(r"[\w’'-]+", text))


def _meant(message: Message, parties: Sequence[Party]) -> Party | None:
    """Return whom a clause means; where it names two of a sort, or nobody beside a name, that is not plain."""
    settled = [party for party in parties if not party.placed(message.text) and (party.sort != "me" or I_HAVE.match(message.text, party.start))]
    sorts = {party.sort for party in settled}
    if {"name", "nobody"} <= sorts:
        return None
    for first in FIRST:
        if fitting := [party for party in settled if party.sort in first]:
            return fitting[0] if len({party.name for party in fitting}) == 1 else None
    return None


def _without(span: Span, parties: Sequence[Party]) -> str:
    text = span.text
    for party in parties:
        start, end = max(party.start - span.start, 0), party.end - span.start
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_area(name: str) -> bool:
    """Say whether a role is only the name of an area: "compliance", "the business owner"."""
    return all(word.lower() in _words()["around"] for word in _areas().sub(" ", name).split())


def _item(said: str) -> str:
    areas: dict[str, list[str]] = {**_words()["areas"], OTHERS: _words()["others"], ALL: _words()["all"]}
    return next(item for item, patterns in areas.items() if re.fullmatch("|".join(patterns), said, re.IGNORECASE))


@cache
def _areas() -> re.Pattern[str]:
    patterns = [*_words()["others"], *_words()["all"], *(pattern for one in _words()["areas"].values() for pattern in one)]
    return re.compile(rf"\b(?:{'|'.join(sorted(patterns, key=len, reverse=True))})\b", re.IGNORECASE)


@cache
def _words() -> dict[str, Any]:
    data = yaml.safe_load((Path(__file__).parent / "areas.yaml").read_text(encoding="utf-8"))
    return {**data, "around": frozenset(data["around"])}
