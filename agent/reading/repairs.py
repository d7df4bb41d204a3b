"""A word put right in the same breath: "nineteen, no, twenty-one" says twenty-one."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol, TypeVar

from agent.reading.phrases import phrases

LONGEST_REPAIR = 60  # characters between the slip and what was meant


class Placed(Protocol):
    """Anything found in a message."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Found = TypeVar("Found", bound=Placed)


def without_slips(text: str, found: Sequence[Found]) -> list[Found]:
    """Return what is meant: a mention that the next one of its kind puts right is left out."""
    return [one for one, after in zip(found, [*found[1:], None], strict=False) if after is None or not _put_right(text, one, after)]


def _put_right(text: str, slip: Placed, meant: Placed) -> bool:
    between = text[slip.end : meant.start]
    return len(between) <= LONGEST_REPAIR and _kind(slip) == _kind(meant) and bool(_repair().fullmatch(between))


def _kind(one: Placed) -> str:
    """A bare number may be put right with its unit, and the other way round."""
    kind = str(getattr(one, "kind", getattr(one, "sort", "")))
    return "figure" if kind in ("count", "percent", "quantity", "duration", "money") else kind


@cache
def _repair() -> re.Pattern[str]:
    """A stretch between two mentions that takes the first one back: a word that does so, and nothing beside it that tells anything."""
    slips, fillers = "|".join(phrases("repairs")), "|".join(phrases("repair_fillers"))
    return re.compile(rf"(?:[\s,.;:–—…-]|\b(?:{fillers})\b)*\b(?:{slips})\b(?:[\s,.;:–—…-]|\b(?:{slips}|{fillers})\b)*".replace("'", "['’]"), re.IGNORECASE)
