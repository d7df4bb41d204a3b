"""The report as PDF, set by Typst. What people said reaches it as data, never as markup, so that it cannot become any."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from agent.reports.characters import isolated
from agent.reports.charts.draw import PRINT, draw
from agent.reports.document import Chart, Document, Table, charts

TEMPLATE = Path(__file__).parent / "report.typ"
_LONG_WORD = re.compile(r"\S{21,}")
_MAY_BREAK = "\u200b"
_EVERY = 10


def render(document: Document) -> bytes:
    """Return the PDF; the same document gives the same bytes on the same machine.

    The fonts are those inside the typst package. Only for letters that they lack does a font of the machine stand in.
    """
    import typst

    data = json.dumps(_data(document, pictures(document)))
    day = datetime.fromisoformat(document.dated).replace(tzinfo=UTC)
    return bytes(typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"document": data}, timestamp=day))


def pictures(document: Document) -> Iterator[str]:
    """Yield every chart of a document as an SVG that stands alone, in the order of the document."""
    for number, chart in enumerate(charts(document), start=1):
        yield draw(chart.shape, chart.title, chart.description, f"chart-{number}", PRINT)


def _data(value: Any, drawn: Iterator[str]) -> Any:
    """Return a part of the document as plain data, with the picture of each chart and the columns of each table."""
    if isinstance(value, BaseModel):
        found = {name: _data(getattr(value, name), drawn) for name in type(value).model_fields if name != "shape"}
        if isinstance(value, Table):
            found["shares"] = value.shares
        return {**found, "svg": next(drawn)} if isinstance(value, Chart) else found
    if isinstance(value, dict):
        return {key: _data(one, drawn) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_data(one, drawn) for one in value]
    return _printable(value) if isinstance(value, str) else value


def _printable(text: str) -> str:
    """Return text that keeps its direction to itself, and whose endless words may break."""
    return isolated(_LONG_WORD.sub(lambda word: re.sub(rf"(.{{{_EVERY}}})(?=.)", rf"\1{_MAY_BREAK}", word[0]), text))
