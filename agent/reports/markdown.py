"""The report as Markdown: each block in its plainest form, with everything that people said escaped."""

import re
from collections.abc import Iterable

from agent.reports.characters import isolated
from agent.reports.document import Beside, Block, Callout, Chart, Document, Ground, Grounds, Heading, Paragraph, Passage, Point, Points, Section, Table

Lines = list[str]

_SPECIAL = re.compile(r"[\\`*_\[\]<|~$]|&(?=#?\w+;)|:(?=//)|(?<=www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_BLOCK_START = re.compile(r"^([#>=]|[+-](?=[\s+-]|$)|\d{1,9}(?=[.)](\s|$)))")
_POINT = re.compile(r"(-|\d{1,3}\.) +(?=\S)")


def render(document: Document) -> str:
    """Return the document as Markdown; the same document gives the same text."""
    lines = [f"# {escape(document.title)}", "", escape(document.subtitle), ""]
    titles = {section.name: section.title for section in document.sections}
    for section in document.sections:
        lines += _section(section, document.labels, titles)
    return _tidy(lines)


def escape(text: str) -> str:
    """Return a line that Markdown shows as it is: no markup, no link, no new block."""
    line = _SPECIAL.sub(r"\\\g<0>", isolated(text))
    start = _BLOCK_START.match(line)
    if not start:
        return line
    return f"\\{line}" if not line[0].isdigit() else f"{start[0]}\\{line[start.end() :]}"


def _section(section: Section, labels: dict[str, str], titles: dict[str, str]) -> Lines:
    return [f"## {escape(section.title)}", "", *_blocks(section.blocks, labels, titles), ""]


def _blocks(blocks: Iterable[Block], labels: dict[str, str], titles: dict[str, str]) -> Lines:
    lines: Lines = []
    for block in blocks:
        lines += [*_block(block, labels, titles), ""]
    return lines


def _block(block: Block, labels: dict[str, str], titles: dict[str, str]) -> Lines:
    match block:
        case Heading():
            return [f"{'#' * block.level} {escape(block.text)}"]
        case Paragraph():
            return [f"**{escape(block.text)}**" if block.weight == "strong" else escape(block.text)]
        case Callout():
            return [f"**{escape(block.title)}**", "", escape(block.text)]
        case Points():
            return _points(block, labels, titles)
        case Table():
            return table(block)
        case Grounds():
            return [_ground(one) for one in block.lines]
        case Passage():
            return [f"[{block.number}] {escape(block.about)}", "", *quoted(block.lines)]
        case Chart():
            if block.table_in:
                where = labels["figures_in"]
                return [f"{escape(block.title)}: {where[:1].lower()}{where[1:]} “{escape(titles[block.table_in])}”."]
            return [f"**{escape(block.title)}.** {escape(block.description)}", "", *table(block.table)]
        case Beside():
            return _blocks((*block.left, *block.right), labels, titles)


def _points(block: Points, labels: dict[str, str], titles: dict[str, str]) -> Lines:
    lines: Lines = []
    for place, point in enumerate(block.items, start=1):
        lines.append(f"{f'{place}.' if block.numbered else '-'} {_point(point)}")
        lines += [f"  {line}" for under in point.under for line in _block(under, labels, titles) if line]
    return lines


def _point(point: Point) -> str:
    label = f"**{escape(point.label)}**" if point.label else ""
    return f"{label}{': ' if label and point.text else ''}{escape(point.text) if point.text else ''}"


def _ground(line: Ground) -> str:
    text = f"“{escape(line.text)}”" if line.sort == "said" else escape(line.text)
    source = f" {line.source if line.passage else escape(line.source)}" if line.source else ""
    return f"- {f'{line.label}: ' if line.label else ''}{text}{source}"


def table(block: Table) -> Lines:
    """Return a table whose cells are plain text; an empty cell stays empty."""
    rule = " | ".join("---:" if column in block.figures else "---" for column in range(len(block.head)))
    lines = [f"| {' | '.join(block.head)} |", f"| {rule} |"]
    return [*lines, *(f"| {' | '.join(escape(cell) for cell in row)} |" for row in block.rows)]


def quoted(lines: Iterable[str]) -> Lines:
    """Return a passage as a quotation that keeps its lines and its lists."""
    shown: Lines = []
    for line in lines:
        point = _POINT.match(line)
        if shown and not (point and shown[-1].startswith(("> -", "> 1"))):
            shown.append(">")
        shown.append(f"> {point[0] if point else ''}{escape(line[point.end() if point else 0 :])}")
    return shown


def _tidy(lines: Lines) -> str:
    """Join the lines with never more than one empty line between them."""
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip() + "\n"
