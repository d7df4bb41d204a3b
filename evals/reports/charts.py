"""Charts as inline SVG: heard and right of each group as two marks on one line, so that the gap between them is seen."""

from collections.abc import Mapping
from html import escape

from evals.figures import Cut, Share

LABEL, PLOT, RIGHT, ROW, TOP = 108, 220, 112, 26, 26


def dots(title: str, cuts: Mapping[str, Cut], id: str) -> str:
    """Draw a line a name, from the lowest tenth that occurs to 100 %; the marks differ in form as well as in colour."""
    rates = [rate for cut in cuts.values() for rate in (cut.heard.rate, cut.right.rate) if rate is not None]
    low = min(90, int(min(rates, default=1.0) * 10) * 10)
    height = TOP + ROW * len(cuts) + 6
    ticks = "".join(_tick(percent, low, height) for percent in range(low, 101, 10 if 100 - low <= 60 else 20))
    rows = "".join(_row(name, cut, low, TOP + ROW * number + ROW / 2) for number, (name, cut) in enumerate(cuts.items()))
    spoken = "; ".join(f"{name}: heard {cut.heard}, right {cut.right}" for name, cut in cuts.items())
    return (
        f'<svg viewBox="0 0 {LABEL + PLOT + RIGHT} {height}" role="img" aria-labelledby="{id}-title {id}-desc">'
        f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(spoken)}</desc>{ticks}{rows}</svg>'
    )


def _x(rate: float, low: int) -> float:
    return round(LABEL + (rate * 100 - low) / (100 - low) * PLOT, 1)


def _tick(percent: int, low: int, height: int) -> str:
    x = _x(percent / 100, low)
    return f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP - 4}" y2="{height - 4}"/><text class="tick" x="{x}" y="{TOP - 10}" text-anchor="middle">{percent} %</text>'


def _row(name: str, cut: Cut, low: int, y: float) -> str:
    marks = ""
    if cut.heard.rate is not None and cut.right.rate is not None:
        heard, right = _x(cut.heard.rate, low), _x(cut.right.rate, low)
        marks = (
            f'<line class="gap" x1="{min(heard, right)}" x2="{max(heard, right)}" y1="{y}" y2="{y}"/>'
            f'<rect class="right" x="{right - 4.5}" y="{y - 4.5}" width="9" height="9" rx="1"/><circle class="heard" cx="{heard}" cy="{y}" r="5"/>'
        )
    label = f'<text x="{LABEL - 10}" y="{y + 4}" text-anchor="end">{escape(name)}</text>'
    figures = f'<text class="figure" x="{LABEL + PLOT + 12}" y="{y + 4}">{_percent(cut.heard)} · {_percent(cut.right)}</text>'
    return label + marks + figures


def _percent(share: Share) -> str:
    return "–" if share.rate is None else f"{share.rate * 100:.0f} %"
