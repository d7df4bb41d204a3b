"""Stretches of time under one calendar: a Gantt chart."""

from datetime import date

from agent.reports.charts.shapes import Spans
from agent.reports.charts.svg import LETTER, box, label, line, text

WIDTH, NAMES, ROW, HEAD, FOOT, BAR = 860.0, 200.0, 30.0, 26.0, 24.0, 14.0
MOST_MONTH_LABELS = 12


def spans(shape: Spans) -> tuple[float, float, list[str]]:
    """Return width, height and parts; the calendar goes from the first day that is drawn to the last."""
    days = [date.fromisoformat(day) for span in shape.spans for day in (span.starts_on, span.ends_on)] + [date.fromisoformat(day) for day, _ in shape.marks]
    first, last = min(days), max(days)
    scale = (WIDTH - NAMES - 8) / max((last - first).days + 1, 1)

    def at(day: date) -> float:
        return NAMES + (day - first).days * scale

    bottom = HEAD + ROW * len(shape.spans)
    parts = []
    months = _months(first, last)
    every = -(-len(months) // MOST_MONTH_LABELS)
    for place, month in enumerate(months):
        parts.append(line(at(month), HEAD - 6, at(month), bottom))
        if place % every == 0 and at(month) + 7 * LETTER < WIDTH:
            parts.append(text(at(month), 14, f"{month:%Y-%m}", kind="text quiet"))
    for place, span in enumerate(shape.spans):
        starts, ends = date.fromisoformat(span.starts_on), date.fromisoformat(span.ends_on)
        middle = HEAD + ROW * (place + 0.5)
        parts.append(label(0, middle, span.label, NAMES - 10, lines=2 if len(span.label) * LETTER > NAMES - 10 else 1))
        parts.append(box(at(starts), middle - BAR / 2, ((ends - starts).days + 1) * scale, BAR, span.colour))
    return WIDTH, bottom + FOOT, [*parts, *_marks(shape, at, bottom)]


def _months(first: date, last: date) -> list[date]:
    """Return the first day of every month that is drawn."""
    months, year, month = [], first.year, first.month
    while date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            months.append(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months


def _marks(shape: Spans, at: object, bottom: float) -> list[str]:
    parts, free = [], 0.0
    assert callable(at)
    for day, name in sorted(shape.marks):
        x = at(date.fromisoformat(day))
        starts = max(x, free)
        parts += [line(x, HEAD - 6, x, bottom + 6, "mark"), text(starts, bottom + 18, name, kind="text quiet")]
        free = starts + len(name) * LETTER + 12
    return parts
