"""The report on paper: a first page for a board, and what people said never becomes Typst."""

import io

import pytest
from pypdf import PdfReader

from agent.items import guide
from agent.judging import Assessment
from agent.reports.content import document
from agent.reports.material import material
from agent.reports.pdf import render
from tests.reports.extracting import squeezed

TYPST = [
    "#panic()",
    "*bold* _it_ $x$",
    "@ref <label> #let x = 1",
    "= heading",
    "\\ // comment",
    '"quoted" #"',
    "[x] {y}",
    "https://evil.example",
    "`raw`",
    "~--- ...",
]


def pages(found: Assessment, title: str = "x") -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(render(document(material(found, guide(), title))))).pages]


@pytest.mark.parametrize("name", ["full", "extreme"])
def test_what_a_board_reads_is_on_the_first_two_pages(name: str, request: pytest.FixtureRequest) -> None:
    first, second, third, *_ = pages(request.getfixturevalue(name))
    assert "On one page" in first and "Next date" in first and "For the decision" not in first
    assert second.startswith("For the decision") and "Three questions" in second
    assert third.startswith("The verdict")


def test_what_is_said_never_becomes_typst(full: Assessment) -> None:
    said = " ".join(TYPST)
    gate = full.gates["adoption"].model_copy(update={"reason": said})
    shown = "".join(pages(full.model_copy(update={"gates": {**full.gates, "adoption": gate}, "executive_questions": tuple(TYPST)}), said))
    for one in (said, *TYPST):
        assert squeezed(one) in squeezed(shown)


def test_the_file_says_what_it_is(full: Assessment) -> None:
    file = PdfReader(io.BytesIO(render(document(material(full, guide(), "Claims triage")))))
    assert file.metadata is not None and file.metadata.title == "Claims triage"
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"]  # read aloud in its order, with headings and tables
    assert "The four gates" in str(file.outline)
    assert file.trailer["/Root"]["/Lang"] == "en"


def test_every_font_is_inside_the_file(full: Assessment) -> None:
    file = PdfReader(io.BytesIO(render(document(material(full, guide(), "x")))))
    names = {font.get_object()["/BaseFont"].split("+")[-1] for page in file.pages for font in page["/Resources"].get("/Font", {}).values()}
    assert names and all(name.startswith(("/", "Libertinus", "DejaVu", "NewCM")) for name in names)
