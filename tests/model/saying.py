"""Short ways to say what a stand-in answers."""

import json
from collections.abc import Callable
from typing import Any

from evals.stand_in import SENTENCES, claim, reading, sort_of

__all__ = ["answers", "claim", "reads"]


def reads(*statements: dict[str, Any], says: str = " ".join(SENTENCES), **fields: Any) -> Callable[[dict[str, Any]], str]:
    """Answer every reading with these statements, and every question of the person's own with `says`."""
    return lambda request: json.dumps({**reading(statements), **fields}, ensure_ascii=False) if sort_of(request) == "reading" else says


def answers(text: str) -> Callable[[dict[str, Any]], str]:
    """Answer everything with the same text."""
    return lambda request: text
