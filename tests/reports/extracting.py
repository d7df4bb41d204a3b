"""Reads the text out of every file format, with readers that know nothing of how the files were written."""

import io
import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

MARKS = "\u200b\u00ad\u2066\u2067\u2068\u2069\u200e\u200f"


def text_of(form: str, content: bytes) -> str:
    """Return what a reader of the file sees, in its order."""
    return {"html": _html, "md": _markdown, "pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "ics": _ics, "json": _json}[form](content)


def squeezed(text: str) -> str:
    """Drop what does not change the content: white space, hyphens and marks for line ends, capitals, ligatures, full stops."""
    import unicodedata

    kept = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign not in MARKS and unicodedata.category(sign) not in ("Cc", "Cn"))
    return re.sub(r"[\s.\-‐]+", "", kept).casefold()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipped += tag in ("style", "svg", "head")

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("style", "svg", "head")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.found.append(data)


def _html(content: bytes) -> str:
    words = _Words()
    words.feed(content.decode())
    return " ".join(words.found)


def _markdown(content: bytes) -> str:
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(content.decode())
    return " ".join(child.content for token in page for child in token.children or [])


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    # The foot of a page stands between the parts of what goes on over it.
    return "\n".join(re.sub(r"\n[^\n]*\n?Page \d+ of \d+\s*$", "", page) for page in pages)


def _docx(content: bytes) -> str:
    from docx import Document
    from docx.text.paragraph import Paragraph

    found = []
    for part in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, Paragraph):
            found.append(part.text)
        else:
            found += [cell.text for row in part.rows for cell in row.cells]
    return " ".join(found)


def _xlsx(content: bytes) -> str:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def _ics(content: bytes) -> str:
    from icalendar import Calendar

    return " ".join(
        f"{event['summary']} {event['description']} {event['dtstart'].dt} {event['categories'].to_ical().decode()}"
        for event in Calendar.from_ical(content).walk("VEVENT")
    )


def _json(content: bytes) -> str:
    import json

    return json.dumps(json.loads(content), ensure_ascii=False)
