"""Short ways to say what a stand-in answers."""

import json
from collections.abc import Callable
from typing import Any

from evals.stand_in import SENTENCES, claim, foreign, reading, sort_of, translated

__all__ = ["answers", "claim", "foreign", "reads"]


def reads(*statements: dict[str, Any], says: str = " ".join(SENTENCES), puts: Callable[[str], str] = foreign, **fields: Any) -> Callable[[dict[str, Any]], str]:
    """Answer every reading with these statements, every question of the person's own with `says`, and put our phrases into other words by `puts`."""

    def answer(request: dict[str, Any]) -> str:
        if sort_of(request) == "reading":
            return json.dumps({**reading(statements), **fields}, ensure_ascii=False)
        return translated(request, puts) if sort_of(request) == "translating" else says

    return answer


def answers(text: str) -> Callable[[dict[str, Any]], str]:
    """Answer everything with the same text."""
    return lambda request: text
