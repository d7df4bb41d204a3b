"""One chart as SVG: picks what draws its shape, and says in words what the picture shows."""

from agent.reports.charts.bars import bars
from agent.reports.charts.shapes import Bars, Shape, Spans, Steps
from agent.reports.charts.spans import spans
from agent.reports.charts.steps import steps
from agent.reports.charts.svg import picture
from agent.reports.charts.swings import swings

# What a printed sheet shows; a page on a screen brings colours of its own.
PRINT = (
    "text{font-family:'Libertinus Serif',serif;font-size:13px;fill:#1c2530}"
    ".quiet{fill:#55606e}.strong{font-weight:bold}.rule{stroke:#c9d0d8}.mark{stroke:#1c2530;stroke-dasharray:4 3}"
    ".good{fill:#2e7d4f}.bad{fill:#b23b3b}.open{fill:#b7791f}.plain{fill:#35618e}.soft{fill:#9db4cb}.track{fill:#eceff3}.range{opacity:.4}"
)


def draw(shape: Shape, title: str, description: str, name: str, style: str = "") -> str:
    """Return the SVG of a chart. `name` is unique on its page; `style` is PRINT where the picture stands alone."""
    if isinstance(shape, Bars):
        width, height, parts = bars(shape)
    elif isinstance(shape, Spans):
        width, height, parts = spans(shape)
    elif isinstance(shape, Steps):
        width, height, parts = steps(shape)
    else:
        width, height, parts = swings(shape)
    return picture(width, height, title, description, name, shape.kind, parts, style)
