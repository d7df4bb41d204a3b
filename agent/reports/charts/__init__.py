"""The charts: pure functions from what a chart shows to one SVG picture."""

from agent.reports.charts.draw import draw

__all__ = ["draw"]
