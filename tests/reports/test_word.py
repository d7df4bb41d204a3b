"""The report in Word: headings, lists and tables that are real ones, and charts that say what they show."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import pytest

from agent.items import guide
from agent.judging import Assessment
from agent.reports.content import document
from agent.reports.material import material
from agent.reports.word import render


@pytest.fixture(scope="module")
def opened(full: Assessment) -> Any:
    return docx.Document(io.BytesIO(render(document(material(full, guide(), "Claims triage")))))


def test_headings_are_headings(opened: Any, full: Assessment) -> None:
    titles = [section.title for section in document(material(full, guide(), "x")).sections]
    assert [one.text for one in opened.paragraphs if one.style.name == "Heading 1"] == titles
    assert opened.paragraphs[0].style.name == "Title"
    assert any(one.style.name == "Heading 2" and one.text == "Adoption: failed" for one in opened.paragraphs)


def test_every_table_has_a_head_that_comes_again_on_every_page(opened: Any) -> None:
    assert len(opened.tables) > 15
    for table in (one for one in opened.tables if one.style.name == "Table Grid"):  # the others only lay pictures side by side
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
        assert len({len(row.cells) for row in table.rows}) == 1


def test_every_picture_says_what_it_shows(opened: Any) -> None:
    about = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert len(about) == 7 and all(len(text) > 30 for text in about)
    assert all(shape.width <= opened.sections[0].page_width - 2 * opened.sections[0].left_margin for shape in opened.inline_shapes)


def test_each_numbered_list_begins_at_one(opened: Any) -> None:
    numbered = [one._p.pPr.numPr.numId.val for one in opened.paragraphs if one.style.name == "List Number"]
    assert len(numbered) == 6 and len(set(numbered)) == 2


def test_the_foot_counts_the_pages(opened: Any) -> None:
    fields = re.findall(r'w:instr="(\w+)"', opened.sections[0].footer._element.xml)
    assert fields == ["PAGE", "NUMPAGES"]


def test_text_from_right_to_left_runs_so(extreme: Assessment) -> None:
    opened = docx.Document(io.BytesIO(render(document(material(extreme, guide(), "x")))))
    said = [run for run in _runs(opened) if run.text.startswith("צוות")]
    assert said and all(run.font.rtl for run in said)


def _runs(opened: Any) -> Iterator[Any]:
    for part in [*opened.paragraphs, *(one for table in opened.tables for cell in table._cells for one in cell.paragraphs)]:
        yield from part.runs
