"""A waterfall: what a figure is worth after each step, from the cautious to the hopeful end of its range."""

from agent.reports.charts.shapes import Steps
from agent.reports.charts.svg import LINE, box, label, line, text

WIDTH, HEIGHT, TOP, NAMES = 860.0, 150.0, 24.0, 40.0
FILLED = 0.62


def steps(shape: Steps) -> tuple[float, float, list[str]]:
    """Return width, height and parts; up to the low end a column is full, from there to the high end it is pale."""
    highest = max([one.high for one in shape.steps] + [0.0])
    lowest = min([one.low for one in shape.steps] + [0.0])
    scale = HEIGHT / ((highest - lowest) or 1)
    zero = TOP + highest * scale
    slot = WIDTH / max(len(shape.steps), 1)
    parts = [line(0, zero, WIDTH, zero)]
    for place, one in enumerate(shape.steps):
        left, width = slot * (place + (1 - FILLED) / 2), slot * FILLED
        low, high = sorted((one.low, one.high))
        parts.append(box(left, zero - max(low, 0) * scale, width, abs(low) * scale if low * high > 0 or low == high else max(low, 0) * scale, one.colour))
        parts.append(f'<g class="range">{box(left, zero - high * scale, width, (high - low) * scale, one.colour)}</g>')
        parts.append(text(left + width / 2, zero - max(high, 0) * scale - 6, one.text, "middle", "text strong"))
        parts.append(label(left + width / 2, TOP + HEIGHT + 10 + LINE, one.label, slot - 12, "middle", 2))
        if place:
            before = shape.steps[place - 1]
            y = zero - max(before.low, before.high) * scale
            parts.append(line(slot * (place - 1 + (1 + FILLED) / 2), y, left, y, "rule"))
    return WIDTH, TOP + HEIGHT + NAMES + 10, parts
