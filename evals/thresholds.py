"""Thresholds: which figures must be reached for an evaluation to count as passed."""

from agent.items import Frozen
from evals.figures import Figures, Share


class Threshold(Frozen):
    """One bound of one figure, in the figure's own unit: a share from 0 to 1, or a number."""

    figure: str
    least: bool
    bound: float

    @property
    def flag(self) -> str:
        return f"--{'min' if self.least else 'max'}-{self.figure.replace('_', '-')}"


LEAST = ("heard", "right", "verdict", "gates", "owners", "forces", "quotes", "contradictions", "finished")
MOST = ("invented", "repeated", "false_certainty", "questions", "turn_ms")


def failures(figures: Figures, thresholds: list[Threshold]) -> list[str]:
    """Say which thresholds are not reached. A share of nothing reaches no lower bound: nothing was measured."""
    return [f"{one.figure.replace('_', ' ')} is {_shown(figures, one.figure)}, {one.flag} {one.bound:g}" for one in thresholds if not _holds(figures, one)]


def _holds(figures: Figures, threshold: Threshold) -> bool:
    value = getattr(figures, threshold.figure)
    rate = value.rate if isinstance(value, Share) else value
    if rate is None:
        return not threshold.least
    return bool(rate >= threshold.bound) if threshold.least else bool(rate <= threshold.bound)


def _shown(figures: Figures, name: str) -> str:
    value = getattr(figures, name)
    return f"{value} ({value.count} of {value.of})" if isinstance(value, Share) else f"{value:g}"
