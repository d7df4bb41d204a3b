"""Real files of every kind that people bring, made by the libraries that write them."""

import io
from collections.abc import Callable


def pdf(*pages: str) -> bytes:
    import typst

    return bytes(typst.compile("\n#pagebreak()\n".join(pages).encode(), format="pdf"))  # type: ignore[arg-type]


def locked_pdf(text: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(text))))
    writer.encrypt("secret", algorithm="RC4-128")
    return _saved(writer.write)


def docx(title: str, *paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(title)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return _saved(document.save)


def pptx(*slides: tuple[str, str]) -> bytes:
    from pptx import Presentation

    deck = Presentation()
    for title, body in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, body
    return _saved(deck.save)


def xlsx(name: str, *rows: tuple[object, ...]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    return _saved(book.save)


def with_macros(office: bytes) -> bytes:
    """Return an Office file with a macro part beside its own."""
    import zipfile

    held = io.BytesIO(office)
    with zipfile.ZipFile(held, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"\0")
    return held.getvalue()


def bomb() -> bytes:
    """Return a Word document of a few hundred kilobytes that unpacks to 300 MB."""
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(b"0" * 1_000_000)
    return held.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    held = io.BytesIO()
    save(held)
    return held.getvalue()
