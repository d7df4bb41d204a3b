"""A tornado: how far each assumption alone moves the result from where it stands."""

from agent.judging.figures import number
from agent.reports.charts.shapes import Swings
from agent.reports.charts.svg import LETTER, box, label, line, text

WIDTH, NAMES, FIGURES, ROW, HEAD, BAR = 860.0, 220.0, 150.0, 32.0, 26.0, 16.0


def swings(shape: Swings) -> tuple[float, float, list[str]]:
    """Return width, height and parts; the line is the result with every assumption in its middle."""
    ends = [end for one in shape.swings for end in (one.low, one.high)] + [shape.base]
    lowest, highest = min(ends), max(ends)
    left, right = NAMES, WIDTH - FIGURES
    scale = (right - left) / ((highest - lowest) or 1)

    def at(value: float) -> float:
        return left + (value - lowest) * scale

    bottom = HEAD + ROW * len(shape.swings)
    name = f"{number(shape.base)} {shape.unit}".strip()
    anchor = "start" if at(shape.base) + len(name) * LETTER < WIDTH else "end"
    parts = [text(at(shape.base), 14, name, anchor, "text quiet")]
    for place, one in enumerate(shape.swings):
        middle = HEAD + ROW * (place + 0.5)
        start, end = sorted((at(one.low), at(one.high)))
        parts.append(label(0, middle, one.label, NAMES - 12, lines=2))
        parts.append(box(start, middle - BAR / 2, max(end - start, 1.5), BAR, "plain"))
        parts.append(label(WIDTH, middle, one.text, FIGURES - 12, "end", 2, "text quiet"))
    return WIDTH, bottom + 4, [*parts, line(at(shape.base), 18, at(shape.base), bottom, "mark")]
