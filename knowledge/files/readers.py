"""One reader a kind: bytes to (place, text) pairs, each by the library that is kept for it."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

Pages = Iterator[tuple[str, str]]
MAX_PAGES, MAX_ROWS = 600, 5_000
FULL_LINE = 45  # characters; a shorter line was ended by its writer
BLOCKS = ("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "td", "th", "dt", "dd", "blockquote", "pre")
HIDDEN = ("script", "style", "noscript", "template", "head", "iframe", "object", "svg")


class Unreadable(Exception):
    """Say in one line why a file cannot be read and what to do."""


def pdf(content: bytes) -> Pages:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("the file is protected by a password. Save it without one and send it again.")
    for number, page in enumerate(reader.pages[:MAX_PAGES], start=1):
        yield f"page {number}", _unbroken(page.extract_text())


def docx(content: bytes) -> Pages:
    """Yield one stretch a heading: Word has no pages until it is printed."""
    from docx import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    place = ""
    lines: list[str] = []
    for block in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Paragraph) and (block.style.name if block.style else "").startswith(("Heading", "Title")) and block.text.strip():
            yield place, "\n".join(lines)
            place, lines = f"section “{block.text.strip()[:80]}”", []
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += [_row(cell.text for cell in row.cells) for row in block.rows]
    yield place, "\n".join(lines)


def pptx(content: bytes) -> Pages:
    from pptx import Presentation

    for number, slide in enumerate(Presentation(io.BytesIO(content)).slides, start=1):
        lines = [line for shape in slide.shapes for line in _shape(shape)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            lines.append(slide.notes_slide.notes_text_frame.text)
        yield f"slide {number}", "\n".join(lines)


def _shape(shape: Any) -> Iterator[str]:
    if hasattr(shape, "shapes"):
        for inner in shape.shapes:
            yield from _shape(inner)
    elif shape.has_text_frame:
        yield shape.text_frame.text
    elif getattr(shape, "has_table", False):
        yield from (_row(cell.text for cell in row.cells) for row in shape.table.rows)


def xlsx(content: bytes) -> Pages:
    """Yield one stretch a sheet; of formulas the value that was last saved."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = (_row("" if cell is None else _cell(cell) for cell in row) for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=60, values_only=True))
        yield f"sheet “{sheet.title}”", "\n".join(row for row in rows if row)


def _cell(value: Any) -> str:
    midnight = hasattr(value, "hour") and (value.hour, value.minute, value.second) == (0, 0, 0)
    return str(value.date()) if midnight and hasattr(value, "date") else str(value)


def html(content: bytes) -> Pages:
    from lxml import html as parser  # type: ignore[import-untyped]

    try:
        page = parser.document_fromstring(content)
    except Exception as error:  # lxml raises several kinds for an empty or broken page
        raise Unreadable("there is no page in the file. Save it anew, or paste the text that matters.") from error
    for hidden in page.xpath("|".join(f"//{tag}" for tag in HIDDEN)):
        hidden.drop_tree()
    for block in page.iter(*BLOCKS):
        block.tail = f"\n{block.tail or ''}"
        block.text = f"\n{block.text or ''}"
    yield "", page.text_content()


def text(content: bytes) -> Pages:
    if b"\0" in content:
        raise Unreadable("the file is binary, not text. Save the document as plain text (UTF-8) and send that.")
    try:
        yield "", content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("the file is not UTF-8 text. Save it as plain text with the encoding UTF-8 and send it again.") from None


READERS: dict[str, Callable[[bytes], Pages]] = {"pdf": pdf, "docx": docx, "pptx": pptx, "xlsx": xlsx, "html": html, "md": text, "txt": text}

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def tidy(text: str) -> str:
    """Return the text without control characters, trailing blanks and runs of empty lines."""
    lines = [" ".join(CONTROL.sub("", line).split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _row(cells: Iterator[str]) -> str:
    """Join the cells of a row; merged cells repeat their text and are said once."""
    kept: list[str] = []
    for cell in (" ".join(cell.split()) for cell in cells):
        if cell and (not kept or kept[-1] != cell):
            kept.append(cell)
    return ": ".join(kept) if len(kept) == 2 else "; ".join(kept)


def _unbroken(text: str) -> str:
    """Join lines that a page broke within a sentence, so that a quote is the sentence: full lines that end without a stop."""
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return re.sub(rf"(?<=\S)(?P<full>[^\n]{{{FULL_LINE},}}[^\s.!?:])[ \t]*\n(?=[a-z(\d])", r"\g<full> ", text)
