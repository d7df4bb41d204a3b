"""What the language model was used for: calls, tokens, seconds and money, of one call, one turn or a whole interview."""

from functools import cache
from pathlib import Path

import yaml

from agent.items import Frozen

PRICES = Path(__file__).parent / "prices.yaml"
MILLION = 1_000_000
LETTERS_A_TOKEN = 4  # where a server does not count, we do, roughly


class Usage(Frozen):
    """Tokens as the server counted them; `cost` is in US dollars, None where a model has no price in prices.yaml."""

    calls: int = 0
    prompt: int = 0
    cached: int = 0
    completion: int = 0
    seconds: float = 0.0
    cost: float | None = 0.0
    faults: int = 0

    @property
    def tokens(self) -> int:
        return self.prompt + self.completion

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            calls=self.calls + other.calls,
            prompt=self.prompt + other.prompt,
            cached=self.cached + other.cached,
            completion=self.completion + other.completion,
            seconds=round(self.seconds + other.seconds, 4),
            cost=None if self.cost is None or other.cost is None else round(self.cost + other.cost, 8),
            faults=self.faults + other.faults,
        )


NOTHING_USED = Usage()


def total(used: list[Usage]) -> Usage:
    return sum(used, NOTHING_USED)


@cache
def prices() -> dict[str, dict[str, float]]:
    """Load prices.yaml: dollars for a million tokens, by model and sort of token."""
    return yaml.safe_load(PRICES.read_text(encoding="utf-8"))["models"]  # type: ignore[no-any-return]


def cost(model: str, prompt: int, cached: int, completion: int) -> float | None:
    """Return what a call cost; the longest name in the list that the model's name begins with gives the price."""
    name = max((name for name in prices() if model.startswith(name)), key=len, default=None)
    if name is None:
        return None
    price = prices()[name]
    return round((price["input"] * (prompt - cached) + price["cached"] * cached + price["output"] * completion) / MILLION, 8)


def roughly(text: str) -> int:
    """Count the tokens of a text by its length."""
    return -(-len(text) // LETTERS_A_TOKEN)


def shown(used: Usage) -> str:
    """Say in a line what was used, for a person."""
    money = "no price known" if used.cost is None else f"${used.cost:.4f}"
    faults = f", {used.faults} failed" if used.faults else ""
    return (
        f"{used.calls} calls{faults}, {used.tokens:,} tokens ({used.prompt:,} in, of them {used.cached:,} cached; {used.completion:,} out), "
        f"{money}, {used.seconds:.1f} s"
    )
