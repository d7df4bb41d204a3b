"""Bars from left to right: the name above each bar, its figure beside the name, and the marks across all of them."""

from agent.reports.charts.shapes import Bars
from agent.reports.charts.svg import LETTER, box, line, text, wrapped

WIDTH, ROW, HEAD, BAR = 420.0, 46.0, 26.0, 14.0


def bars(shape: Bars) -> tuple[float, float, list[str]]:
    """Return width, height and parts; a bar past the end of the scale is cut there, its figure says how far it goes."""
    scale = WIDTH / shape.top
    height = HEAD + ROW * len(shape.bars) + 4
    parts = []
    for value, name in shape.marks:
        x = min(value * scale, WIDTH)
        anchor = "end" if x + len(name) * LETTER > WIDTH else "start"
        parts.append(text(x, 14, name, anchor, "text quiet"))
    for place, bar in enumerate(shape.bars):
        top = HEAD + place * ROW
        figure_width = len(bar.text) * LETTER + 10
        shown = " ".join(wrapped(bar.label, WIDTH - figure_width, 1))
        parts += [text(0, top + 14, shown, kind="text strong"), text(WIDTH, top + 14, bar.text, "end", "text")]
        parts.append(box(0, top + 20, WIDTH, BAR, "track"))
        if bar.value is not None:
            parts.append(box(0, top + 20, min(max(bar.value, 0), shape.top) * scale, BAR, bar.colour))
        parts += [line(min(value * scale, WIDTH), top + 17, min(value * scale, WIDTH), top + BAR + 23, "mark") for value, _ in shape.marks]
    return WIDTH, height, parts
