"""What somebody brings, a charter, a deck, minutes, a sheet: what is understood of it, with page or slide, before any of it counts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from agent.conversation import Brought, Proposal
from agent.errors import InputRefused
from agent.items import Guide
from agent.reading.reading import Listening, Reader
from agent.record import Statement
from agent.wording import Wording
from knowledge.files import Page

FORMS = Path(__file__).parent / "reading" / "forms.yaml"
FORM_LINE = re.compile(r"^\W{0,4}(?P<label>[^:|=\n]{2,60}?)\s*[:|=]\s+(?=\S)")
LONGEST_PIECE = 1_500  # characters; the reader is given a paragraph at a time
MOST_PIECES = 1_200
NOTHING = "I found nothing in {name} that the assessment asks for. It speaks of other things, or says them in tables or pictures; tell me in a sentence or two."


def understand(name: str, pages: Iterable[Page], reader: Reader, listening: Listening, guide: Guide) -> Brought:
    """Read a document paragraph by paragraph. The same value of an item is proposed once, where it first stands; other values stay beside it.

    Raises InputRefused where nothing was understood: a document that says nothing is not a confirmation of anything.
    """
    found: dict[tuple[str, str], Proposal] = {}
    for place, piece in _pieces(pages):
        asked, rest = _form_line(piece)
        moment = replace(listening, asked=asked, open_question=True, document=True, speaker="")
        for statement in (*_filled_in(piece, asked, rest, moment, guide), *reader.read(piece, moment).statements):
            if statement.state == "unknown":
                continue
            kept = statement.model_copy(update={"speaker": f"{name}, {place}" if place else name})
            text = guide.items[statement.item].kind == "text"  # two ways to word the same thing are no two things
            found.setdefault((statement.item, "" if text else repr(statement.value)), Proposal(statement=kept, place=place))
    if not found:
        raise InputRefused(NOTHING.format(name=name))
    return Brought(name=name, proposals=tuple(found.values()))


def chosen_of(text: str, count: int) -> tuple[int, ...] | None:
    """Return which of `count` proposals an answer confirms, from 1 on: "all", "none", "1, 2 and 5", "all but 3"; None where it is no such answer."""
    words = _data()["confirming"]
    plain, every = _plain(text), tuple(range(1, count + 1))
    named = tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", text) if int(number) in every))
    rest = " ".join(word for word in plain.split() if not word.isdigit() and word not in words["between"])
    if not named:
        return every if rest in words["all"] else () if rest in words["none"] else None
    if rest in words["all_but"]:
        return tuple(number for number in every if number not in named)
    return named if rest in words["only"] else None


def confirmed(brought: Brought, chosen: Iterable[int], turn: int, today: str, words: Wording) -> tuple[tuple[Statement, ...], str]:
    """Return what counts from now on, and the words of the turn that confirms it: every quote stands in them as the document has it."""
    kept = [brought.proposals[number - 1] for number in chosen if 1 <= number <= len(brought.proposals)]
    lines = [f"[{one.place}] {one.statement.quote}" if one.place else one.statement.quote for one in kept]
    statements = tuple(one.statement.model_copy(update={"turn": turn, "said_on": today}) for one in kept)
    return statements, "\n".join([(words.right_of if kept else words.nothing_of).format(name=brought.name), *lines])


def _pieces(pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """Yield (place, paragraph) pairs; a long paragraph is cut between sentences."""
    count = 0
    for page in pages:
        for line in page.text.split("\n"):
            for piece in _cut(line.strip()):
                count += 1
                if count > MOST_PIECES:
                    return
                yield page.place, piece


def _cut(line: str) -> Iterator[str]:
    while len(line) > LONGEST_PIECE:
        end = max(line.rfind(stop, 0, LONGEST_PIECE) for stop in (". ", "! ", "? ", "; ")) + 1
        end = end if end > LONGEST_PIECE // 3 else LONGEST_PIECE
        yield line[:end].strip()
        line = line[end:].strip()
    if line:
        yield line


def _form_line(piece: str) -> tuple[tuple[str, ...], str]:
    """Return the items that a line such as "Baseline: 42 minutes" is a filled-in form for, and what was filled in; nothing for ordinary prose."""
    line = FORM_LINE.match(piece)
    if not line:
        return (), ""
    label = f" {_plain(line['label'])} "
    best = max((known for known in _forms() if f" {known} " in label), key=len, default="")
    return (_forms()[best], piece[line.end() :]) if best and len(best.split()) * 2 >= len(label.split()) else ((), "")


def _filled_in(piece: str, asked: tuple[str, ...], rest: str, listening: Listening, guide: Guide) -> Iterator[Statement]:
    """Yield what the form says by itself: a text as it was filled in, and nobody where an owner's line was left open."""
    for item in asked:
        kind, left_open = guide.items[item].kind, _plain(rest) in _left_open()
        if kind == "party" and left_open:
            yield Statement(item=item, state="absent", value="nobody", quote=piece, turn=listening.turn, said_on=listening.today.isoformat())
        elif kind == "text" and not left_open:
            yield Statement(item=item, state="known", value=rest, quote=rest, turn=listening.turn, said_on=listening.today.isoformat())


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Return the items by label, in plain words."""
    return {_plain(label): tuple(items.split()) for items, labels in _data()["labels"].items() for label in labels}


@cache
def _left_open() -> frozenset[str]:
    return frozenset(_plain(words) for words in _data()["left_open"])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(FORMS.read_text(encoding="utf-8"))
    return data


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
