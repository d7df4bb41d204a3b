"""The few pieces an SVG chart is made of: escaped text, wrapped labels, boxes and lines.

Colours are classes; the page or the printed sheet brings the style, so that one chart is right in light, in dark and on paper.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from agent.reports.characters import isolated, visible

TEXT = 13
LINE = 16
LETTER = 6.9  # how wide a letter of this size is on average; wide enough for the widest of our fonts


def text(x: float, y: float, words: str, anchor: str = "start", kind: str = "text") -> str:
    """Return one line of text whose baseline is at y."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(isolated(visible(words)))}</text>'


def box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" rx="2" class="{colour}"/>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "rule") -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def wrapped(words: str, width: float, lines: int = 2) -> list[str]:
    """Return a label in at most so many lines that fit the width; what does not fit ends in an ellipsis, its table has it all."""
    letters = max(4, int(width / LETTER))
    left, done = visible(words), list[str]()
    while left and len(done) < lines:
        if len(left) <= letters:
            done.append(left)
            return done
        cut = left.rfind(" ", 0, letters + 1)
        cut = cut if cut > letters // 2 else letters
        done.append(left[:cut].strip())
        left = left[cut:].strip()
    return [*done[:-1], f"{done[-1][: letters - 1].rstrip()}…"] if left else done


def label(x: float, middle: float, words: str, width: float, anchor: str = "start", lines: int = 2, kind: str = "text") -> str:
    """Return a label of some lines that is centred on `middle` from top to bottom."""
    rows = wrapped(words, width, lines)
    top = middle - (len(rows) - 1) * LINE / 2 + TEXT * 0.35
    return "".join(text(x, top + place * LINE, row, anchor, kind) for place, row in enumerate(rows))


def picture(width: float, height: float, title: str, description: str, name: str, kind: str, parts: Iterable[str], style: str = "") -> str:
    """Return the whole picture with its title and description for those who do not see it."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-3 0 {width + 6:.0f} {height:.0f}" width="{width + 6:.0f}" height="{height:.0f}"'
    about = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>'
    named = f' role="img" aria-labelledby={quoteattr(f"{name}-title {name}-text")} class="chart {kind}">'
    return f"{head}{named}{about}{f'<style>{style}</style>' if style else ''}{''.join(parts)}</svg>"
