"""What a chart draws, as data: bars against a limit, spans of time, steps down from a figure, and swings around one."""

from typing import Annotated, Literal

from pydantic import Field

from agent.items import Frozen

Colour = Literal["good", "bad", "open", "plain", "soft"]


class Bar(Frozen):
    """One bar; `value` and the marks of its chart share one scale, None is a bar that cannot be drawn."""

    label: str
    value: float | None
    text: str
    colour: Colour = "plain"


class Bars(Frozen):
    """Bars from left to right on one scale from 0 to `top`, with named marks across them."""

    kind: Literal["bars"] = "bars"
    bars: tuple[Bar, ...]
    top: float
    marks: tuple[tuple[float, str], ...] = ()


class Span(Frozen):
    """One stretch of time, both ends ISO 8601 and included."""

    label: str
    starts_on: str
    ends_on: str
    colour: Colour = "plain"


class Spans(Frozen):
    """Stretches of time under one calendar, with named days across them."""

    kind: Literal["spans"] = "spans"
    spans: tuple[Span, ...]
    marks: tuple[tuple[str, str], ...] = ()


class Step(Frozen):
    """One column of a waterfall: it stands on `base`; `low` and `high` are the ends of its range, alike where it has none."""

    label: str
    low: float
    high: float
    text: str
    colour: Colour = "plain"


class Steps(Frozen):
    """A waterfall: what a figure is worth after each step, as a range."""

    kind: Literal["steps"] = "steps"
    steps: tuple[Step, ...]
    unit: str


class Swing(Frozen):
    """What the result becomes at the two ends of one assumption."""

    label: str
    low: float
    high: float
    text: str


class Swings(Frozen):
    """A tornado: how far each assumption moves the result from where it stands."""

    kind: Literal["swings"] = "swings"
    swings: tuple[Swing, ...]
    base: float
    unit: str


Shape = Annotated[Bars | Spans | Steps | Swings, Field(discriminator="kind")]
