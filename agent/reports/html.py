"""The report as one HTML file that asks nothing of any other: its style, its charts and their tables are inside."""

from collections.abc import Iterable, Iterator
from html import escape as escape_html
from pathlib import Path

from agent.reports.characters import runs_right_to_left
from agent.reports.charts import draw
from agent.reports.document import Beside, Block, Callout, Chart, Document, Ground, Grounds, Heading, Paragraph, Passage, Point, Points, Section, Table

STYLE = Path(__file__).parent / "report.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render(document: Document) -> str:
    """Return the page; the same document gives the same page."""
    page = _Page(document)
    contents = "".join(f'<li><a href="#{section.name}">{text(section.title)}</a></li>' for section in document.sections)
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{document.language}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{text(document.title)}</title>",
            f"<style>{STYLE.read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            f'<header><h1 dir="auto">{text(document.title)}</h1><p>{text(document.subtitle)}</p></header>',
            f'<nav aria-label="{text(document.labels["contents"])}"><ol>{contents}</ol></nav>',
            "<main>",
            *(page.section(section) for section in document.sections),
            "</main>",
            "</body>",
            "</html>\n",
        )
    )


def text(words: str) -> str:
    """Return text as the page shows it; what runs from right to left is kept apart from what stands around it."""
    return f"<bdi>{escape_html(words)}</bdi>" if runs_right_to_left(words) else escape_html(words)


class _Page:
    """Renders the blocks of one document; charts are numbered so that each has names of its own."""

    def __init__(self, document: Document):
        self.labels = document.labels
        self.titles = {section.name: section.title for section in document.sections}
        self.charts = 0

    def section(self, section: Section) -> str:
        starts = ' class="starts-page"' if section.starts_page else ""
        return f'<section id="{section.name}"{starts}><h2>{text(section.title)}</h2>{self.blocks(section.blocks)}</section>'

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(self.block(one) for one in blocks)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return f"<h{block.level}>{text(block.text)}</h{block.level}>"
            case Paragraph():
                return f'<p class="{block.weight}">{text(block.text)}</p>'
            case Callout():
                return f'<div class="callout {block.tone}"><p class="line">{text(block.title)}</p><p>{text(block.text)}</p></div>'
            case Points():
                kind = "ol" if block.numbered else "ul"
                return f"<{kind}>{''.join(self._point(point) for point in block.items)}</{kind}>"
            case Table():
                return table(block)
            case Grounds():
                return f'<ul class="grounds">{"".join(map(_ground, block.lines))}</ul>'
            case Passage():
                return f'<div class="passage" id="source-{block.number}"><p class="about">[{block.number}] {text(block.about)}</p>{_quoted(block.lines)}</div>'
            case Chart():
                return self._chart(block)
            case Beside():
                return f'<div class="beside"><div>{self.blocks(block.left)}</div><div>{self.blocks(block.right)}</div></div>'

    def _point(self, point: Point) -> str:
        label = f"<strong>{text(point.label)}</strong>" if point.label else ""
        return f"<li>{label}{': ' if label and point.text else ''}{text(point.text)}{self.blocks(point.under)}</li>"

    def _chart(self, chart: Chart) -> str:
        self.charts += 1
        picture = draw(chart.shape, chart.title, chart.description, f"chart-{self.charts}")
        caption = f"<figcaption><strong>{text(chart.title)}</strong><span>{text(chart.description)}</span></figcaption>"
        if not chart.table_in:
            return f"<figure>{caption}{picture}</figure>{table(chart.table)}"
        more = f'<p class="note">{text(self.labels["figures_in"])} <a href="#{chart.table_in}">{text(self.titles[chart.table_in])}</a>.</p>'
        return f"<figure>{caption}{picture}<details><summary>{text(self.labels['figures'])}</summary>{table(chart.table)}{more}</details></figure>"


def table(block: Table) -> str:
    """Return a table that scrolls by itself where the screen is narrow."""
    head = "".join(f'<th scope="col"{_figure(block, column)}>{text(one)}</th>' for column, one in enumerate(block.head))
    rows = "".join(f"<tr>{''.join(_cell(block, column, one) for column, one in enumerate(row))}</tr>" for row in block.rows)
    return f'<div class="table" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cell(block: Table, column: int, words: str) -> str:
    return f'<td dir="auto"{_figure(block, column)}>{text(words)}</td>'


def _figure(block: Table, column: int) -> str:
    return ' class="figure"' if column in block.figures else ""


def _ground(line: Ground) -> str:
    label = f'<span class="label">{text(line.label)}:</span> ' if line.label else ""
    words = f"<q>{text(line.text)}</q>" if line.sort == "said" else text(line.text)
    source = f'<a href="#source-{line.passage}">{text(line.source)}</a>' if line.passage else text(line.source)
    return f'<li class="{line.sort}">{label}{words}{f" <cite>{source}</cite>" if source else ""}</li>'


def _quoted(lines: Iterable[str]) -> str:
    return f"<blockquote>{''.join(_paragraphs(lines))}</blockquote>"


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f'<p class="item">{text(line.removeprefix("- "))}</p>' if line.startswith("- ") else f"<p>{text(line)}</p>"
