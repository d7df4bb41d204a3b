"""The report as a Word document that people can edit: real headings, lists and tables, and the charts as pictures with their tables."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from agent.reports.characters import runs_right_to_left
from agent.reports.document import Beside, Block, Callout, Chart, Document, Ground, Grounds, Heading, Paragraph, Passage, Point, Points, Table
from agent.reports.pdf import pictures

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 210, 297, 18  # millimetres of A4
WIDTH = PAGE_WIDTH - 2 * MARGIN
FONT = "Arial"  # on every machine, or one as wide
BARS_WIDTH = 92
QUIET = "4B5663"
TONES = {"good": "2E7D4F", "bad": "B23B3B", "open": "9A6412", "plain": "35618E"}
LONG_ROW = 1500  # letters in a row of a table that may go on over the page
PIXELS_AN_INCH = 160

# What has to stand after these marks of a paragraph; Word is strict about the order.
_AFTER_DIRECTION = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
_AFTER_BORDER = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", *_AFTER_DIRECTION)

# One page for each picture, as large as the picture is.
_PICTURES = b"""#set page(width: auto, height: auto, margin: 0pt)
#for (place, drawn) in json(bytes(sys.inputs.pictures)).enumerate() {
  if place > 0 { pagebreak() }
  image(bytes(drawn), format: "svg")
}"""


def render(document: Document) -> bytes:
    """Return the document as the bytes of a .docx file."""
    made = _Writer(document)
    made.write()
    file = io.BytesIO()
    made.word.save(file)
    return file.getvalue()


def photographed(drawn: list[str]) -> list[bytes]:
    """Return SVG pictures as PNG pictures; Word shows SVG only in its newest versions."""
    import json

    import typst

    if not drawn:
        return []
    pages = typst.compile(_PICTURES, format="png", ppi=PIXELS_AN_INCH, sys_inputs={"pictures": json.dumps(drawn)})
    return list(pages) if isinstance(pages, list) else [pages]


class _Writer:
    """Writes the blocks of one document, one after the other."""

    def __init__(self, document: Document):
        import docx

        self.document, self.word = document, docx.Document()
        self.titles = {section.name: section.title for section in document.sections}
        self.place: Any = self.word
        self.width = float(WIDTH)
        self.styles: dict[str, str] = {}
        self.photographs = iter(photographed(list(pictures(document))))

    def write(self) -> None:
        self._prepare()
        self._say(self._paragraph("Title"), self.document.title)
        self._say(self._paragraph(), self.document.subtitle, "Quiet")
        for section in self.document.sections:
            heading = self._paragraph("Heading 1")
            heading.paragraph_format.page_break_before = section.starts_page
            self._say(heading, section.title)
            self.blocks(section.blocks)

    def _prepare(self) -> None:
        """Set page, type and what the file says about itself."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt, RGBColor

        page = self.word.sections[0]
        page.page_width, page.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
        styles: Any = self.word.styles
        styles["Normal"].font.name, styles["Normal"].font.size = FONT, Pt(9.5)
        styles["Normal"].paragraph_format.space_after = Pt(4)
        for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 11.5), ("Heading 3", 10.5)):
            styles[name].font.name, styles[name].font.size = FONT, Pt(size)
            for theme in ("asciiTheme", "hAnsiTheme"):  # a font of the theme would win over ours
                styles[name].element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
            styles[name].paragraph_format.space_before = Pt(0 if name == "Title" else 8)
            styles[name].paragraph_format.keep_with_next = True
        for name in ("List Bullet", "List Number", "List Bullet 2"):
            styles[name].paragraph_format.space_after = Pt(2)
        self._style("Table Text", 8.5)
        self._style("Table Head", 8.5, bold=True)
        self._style("Verdict", 14, bold=True)
        self._style("Gap", 4)
        self._style("Grounds", 9.5, indent=5)
        self._style("Grounds Below", 9.5, indent=12)
        quiet: Any = styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
        quiet.font.color.rgb = RGBColor.from_string(QUIET)
        self.styles = {style.name: style.style_id for style in styles}
        about, day = self.word.core_properties, datetime.fromisoformat(self.document.dated)
        about.title, about.author, about.language, about.created, about.modified = self.document.title, "Pilotcheck", self.document.language, day, day
        about.comments = ""
        self._number_pages(page.footer.paragraphs[0])

    def _number_pages(self, paragraph: Any) -> None:
        """Write "Page 1 of 9" with fields, which Word counts itself."""
        before, _, rest = self.document.labels["page"].partition("{page}")
        between, _, after = rest.partition("{pages}")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            paragraph.add_run(text)
            if field:
                paragraph._p.append(_element("w:fldSimple", {"w:instr": field}))

    def blocks(self, blocks: Iterable[Block], depth: int = 0) -> None:
        for block in blocks:
            self._block(block, depth)

    def _block(self, block: Block, depth: int) -> None:
        match block:
            case Heading():
                self._say(self._paragraph(f"Heading {block.level - 1}"), block.text)
            case Paragraph():
                self._say(self._paragraph(), block.text, "Strong" if block.weight == "strong" else "Quiet" if block.weight == "note" else "")
            case Callout():
                self._callout(block)
            case Points():
                self._points(block, depth)
            case Table():
                self._table(block)
            case Grounds():
                for ground in block.lines:
                    self._ground(ground, depth)
            case Passage():
                about = self._paragraph()
                about.paragraph_format.keep_with_next = True
                self._say(about, f"[{block.number}] {block.about}", "Quiet")
                for line in block.lines:
                    listed = line.startswith("- ")
                    self._say(self._paragraph("List Bullet 2" if listed else "Grounds"), line[2:] if listed else line)
            case Chart():
                self._chart(block)
            case Beside():
                self._beside(block, depth)

    def _beside(self, block: Beside, depth: int) -> None:
        """Lay two stacks of blocks next to each other, in a table without lines."""
        from docx.shared import Mm

        layout = self.word.add_table(rows=1, cols=2)
        layout.autofit = False
        for cell, blocks in zip(layout.rows[0].cells, (block.left, block.right), strict=True):
            cell.width = Mm(WIDTH / 2)
            self.place, self.width = cell, WIDTH / 2 - 4
            self.blocks(blocks, depth)
            cell._tc.remove(cell.paragraphs[0]._p)  # every cell is made with an empty paragraph
        self.place, self.width = self.word, float(WIDTH)

    def _callout(self, block: Callout) -> None:
        title, text = self._paragraph("Verdict"), self._paragraph()
        self._say(title, block.title)
        self._say(text, block.text)
        title.paragraph_format.keep_with_next = True
        for paragraph in (title, text):
            paragraph._p.get_or_add_pPr().insert_element_before(_border(TONES[block.tone]), *_AFTER_BORDER)

    def _points(self, block: Points, depth: int) -> None:
        numbering = self._new_numbers() if block.numbered else None
        style = "List Number" if block.numbered else "List Bullet" if depth == 0 else "List Bullet 2"
        for point in block.items:
            paragraph = self._paragraph(style)
            if numbering is not None:
                paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbering
            self._point(paragraph, point)
            self.blocks(point.under, depth + 1)

    def _new_numbers(self) -> int:
        """Return a numbering that starts at one again; lists of one style would count on."""
        numbers = self.word.part.numbering_part.numbering_definitions._numbering
        styled = self.word.styles["List Number"].element.pPr.numPr.numId.val
        abstract = next(one.abstractNumId.val for one in numbers.num_lst if one.numId == styled)
        fresh = numbers.add_num(abstract)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(fresh.numId)

    def _point(self, paragraph: Any, point: Point) -> None:
        if point.label:
            self._say(paragraph, point.label, "Strong")
        if point.label and point.text:
            self._say(paragraph, ": ")
        self._say(paragraph, point.text)

    def _ground(self, line: Ground, depth: int) -> None:
        paragraph = self._paragraph("Grounds Below" if depth else "Grounds")
        if line.label:
            self._say(paragraph, f"{line.label}: ", "Quiet")
        if line.sort == "said":
            self._say(paragraph, "“")
        self._say(paragraph, line.text, "Quiet" if line.sort == "note" else "")
        if line.sort == "said":
            self._say(paragraph, "”")
        if line.source:
            self._say(paragraph, f" {line.source}", "Quiet")

    def _chart(self, block: Chart) -> None:
        from docx.shared import Mm

        caption = self._paragraph()
        self._say(caption, f"{block.title}. ", "Strong")
        self._say(caption, block.description, "Quiet")
        picture = self._paragraph()
        caption.paragraph_format.keep_with_next = True
        shape = picture.add_run().add_picture(
            io.BytesIO(next(self.photographs)), width=Mm(min(self.width, BARS_WIDTH) if block.shape.kind == "bars" else self.width)
        )
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")  # left out, LibreOffice pushes the picture aside and cuts it
        about = shape._inline.docPr
        about.set("title", block.title)
        about.set("descr", f"{block.title}. {block.description}")
        if block.table_in:
            self._say(self._paragraph(), f"{self.document.labels['figures_in']} “{self.titles[block.table_in]}”.", "Quiet")
        else:
            self._table(block.table)

    def _table(self, block: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        made = self.word.add_table(rows=len(block.rows) + 1, cols=len(block.head), style="Table Grid")
        made.autofit = False
        widths = [Mm(WIDTH * share) for share in block.shares]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for place, (row, written) in enumerate(zip(made.rows, (block.head, *block.rows), strict=True)):
            marks = row._tr.get_or_add_trPr()
            if sum(map(len, written)) < LONG_ROW:
                marks.append(_element("w:cantSplit", {}))
            if place == 0:
                marks.append(_element("w:tblHeader", {}))
            for column, (cell, words) in enumerate(zip(row.cells, written, strict=True)):
                cell.width = widths[column]
                paragraph = cell.paragraphs[0]
                paragraph._p.style = self.styles["Table Text" if place else "Table Head"]
                if column in block.figures:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                self._say(paragraph, words)
                if place == 0:
                    cell._tc.get_or_add_tcPr().append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EEF1F4"}))
        self._paragraph("Gap")

    def _paragraph(self, style: str = "Normal") -> Any:
        """Add a paragraph; python-docx would look its style up in the whole file each time."""
        paragraph = self.place.add_paragraph()
        if style != "Normal":
            paragraph._p.style = self.styles[style]
        return paragraph

    def _style(self, name: str, size: float, *, after: float = 1, indent: float = 0, bold: bool = False) -> None:
        """Add a style of our own, so that whoever edits the file can change all such paragraphs at once."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Mm, Pt

        made: Any = self.word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = self.word.styles["Normal"]
        made.font.size, made.font.bold = Pt(size), bold or None
        made.paragraph_format.space_after, made.paragraph_format.left_indent = Pt(after), Mm(indent)

    def _say(self, paragraph: Any, words: str, look: Literal["", "Strong", "Quiet"] = "") -> None:
        """Add a run of text; one in a script from right to left says so, and turns its paragraph where it stands alone."""
        if not words:
            return
        alone = not paragraph._p.r_lst
        run = paragraph._p.add_r()
        run.text = words
        if look:
            run.style = self.styles[look]
        if runs_right_to_left(words):
            run.get_or_add_rPr().append(_element("w:rtl", {}))
            if alone:
                paragraph._p.get_or_add_pPr().insert_element_before(_element("w:bidi", {}), *_AFTER_DIRECTION)


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made


def _border(colour: str) -> Any:
    """Return a bar to the left of a paragraph."""
    borders = _element("w:pBdr", {})
    borders.append(_element("w:left", {"w:val": "single", "w:sz": "36", "w:space": "8", "w:color": colour}))
    return borders
