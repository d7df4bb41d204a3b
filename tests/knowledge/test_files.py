"""Files that people bring: each kind gives its text with where it stands; what cannot be read says why and what to do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import LibraryError
from knowledge.files import MAX_BYTES, open_file
from knowledge.library import Library
from tests.knowledge import making


def places(name: str, content: bytes) -> list[tuple[str, str]]:
    return [(page.place, page.text) for page in open_file(name, content)]


def test_a_pdf_gives_its_pages_and_joins_broken_lines() -> None:
    found = places("charter.pdf", making.pdf("The baseline was 42 minutes. " * 12, "We are at 31 minutes now."))
    assert [place for place, _ in found] == ["page 1", "page 2"]
    assert found[0][1].count("The baseline was 42 minutes.") == 12, "no sentence is broken by a line's end"
    assert found[1][1] == "We are at 31 minutes now."


def test_word_gives_its_sections_and_its_tables() -> None:
    found = places("charter.docx", making.docx("Owners", "Ana Ruiz owns it.", table=(("Technical owner", "Platform team"), ("Compliance", "nobody yet"))))
    assert found == [("section “Owners”", "Owners\nAna Ruiz owns it.\nTechnical owner: Platform team\nCompliance: nobody yet")]


def test_slides_give_their_numbers() -> None:
    found = places("status.pptx", making.pptx(("Adoption", "62 % of the agents use it"), ("Next", "Legal review in May")))
    assert found == [("slide 1", "Adoption\n62 % of the agents use it"), ("slide 2", "Next\nLegal review in May")]


def test_a_sheet_gives_its_rows() -> None:
    found = places("kpi.xlsx", making.xlsx("KPI", ("Baseline", 42), ("Started", date(2026, 3, 2)), (None, None), ("a", "b", "c")))
    assert found == [("sheet “KPI”", "Baseline: 42\nStarted: 2026-03-02\na; b; c")]


def test_a_web_page_gives_what_is_seen_and_no_script() -> None:
    page = b"<html><head><title>no</title><script>alert(1)</script></head><body><h1>Pilot</h1><p>It is in <b>claims</b>.</p><style>p{}</style></body></html>"
    assert places("pilot.html", page) == [("", "Pilot\n\nIt is in claims.")]


def test_text_stays_as_it_is_without_control_characters() -> None:
    assert places("notes.txt", "\ufeffWe started in March.\r\n\x1b[31mred".encode()) == [("", "We started in March.\n[31mred")]


REFUSED: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("empty", "a.pdf", lambda: b"", "empty"),
    ("too large", "a.txt", lambda: b"x" * (MAX_BYTES + 1), "20 MB are the limit"),
    ("locked pdf", "a.pdf", lambda: making.locked_pdf("secret"), "password"),
    ("locked office", "a.docx", lambda: making_old(b"EncryptedPackage".decode().encode("utf-16-le")), "password"),
    ("old office", "a.doc", lambda: making_old(b""), "old Office file"),
    ("macros by name", "a.xlsm", lambda: making.xlsx("A", (1,)), "macros"),
    ("macros inside", "a.docx", lambda: making.with_macros(making.docx("A", "text")), "macros"),
    ("mislabelled", "a.pdf", lambda: making.docx("A", "text"), "it is a Word document. Rename it to end in .docx"),
    ("a program", "a.pdf", lambda: b"MZ\x90\0" * 100, "its content is something else"),
    ("unknown kind", "a.exe", lambda: b"MZ\x90\0" * 100, "cannot be read; what can"),
    ("pdf called text", "a.txt", lambda: making.pdf("text"), "it is a PDF"),
    ("damaged zip", "a.docx", lambda: making.docx("A", "text")[:200], "damaged"),
    ("damaged pdf", "a.pdf", lambda: b"%PDF-1.7\nnothing here", "damaged"),
    ("bomb", "a.docx", making.bomb, "unpacked"),
    ("no text", "a.pdf", lambda: making.pdf("#rect()"), "only pictures"),
    ("binary text", "a.txt", lambda: b"text\0text", "binary"),
    ("other encoding", "a.txt", lambda: "Prüfung".encode("latin-1"), "not UTF-8"),
    ("hidden name", "a\n.txt", lambda: b"text", "Rename"),
]


def making_old(body: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + body


@pytest.mark.parametrize(("name", "content", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_read_says_why_and_what_to_do(name: str, content: Callable[[], bytes], says: str) -> None:
    with pytest.raises(LibraryError, match=says) as refused:
        open_file(name, content())
    assert str(refused.value).count(".") >= 2, "what happened, and what to do"
    assert "Traceback" not in str(refused.value)


def test_a_pdf_added_to_the_library_is_found_with_its_page(tmp_path: Path) -> None:
    (tmp_path / "policy.pdf").write_bytes(making.pdf("Nothing of use here.", "Every assistant needs the approval of the works council."))
    library = Library.open(tmp_path / "home")
    library.add(tmp_path / "policy.pdf")
    best = library.search("works council approval", limit=1)[0].passage
    assert (best.title, best.section, best.id) == ("policy.pdf", "page 2", "own/policy.pdf-2")
    library.remove("policy.pdf")
    assert all(passage.article != "own" for passage in library.passages())
    library.close()
