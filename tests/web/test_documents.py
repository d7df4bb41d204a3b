"""Documents on the page: each kind is read, shown fact by fact and counts once confirmed; what cannot be read says why and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.knowledge.making import docx, locked_pdf, pdf, pptx, with_macros, xlsx
from tests.web.browsing import Server, replies, said, until, visitor

LINES = ("Department: Motor claims", "Baseline: 42 minutes", "Sponsor: Helen Marsh")
TEXT = "\n\n".join(LINES)
KINDS: dict[str, Callable[[], bytes]] = {
    "charter.pdf": lambda: pdf(TEXT),
    "charter.docx": lambda: docx("Charter", *LINES),
    "charter.pptx": lambda: pptx(("Charter", "\n".join(LINES))),
    "charter.xlsx": lambda: xlsx("Charter", *(tuple(line.split(": ")) for line in LINES)),
    "charter.md": lambda: TEXT.encode(),
    "charter.txt": lambda: TEXT.encode(),
    "charter.html": lambda: "".join(f"<p>{line}</p>" for line in LINES).encode(),
}


@pytest.fixture(scope="module")
def page(browser, server: Server):
    with visitor(browser, server) as opened:
        yield opened


def bring(page, path: Path) -> None:
    page.locator("#upload-button-input").set_input_files(path)
    page.locator("#attachments > *").first.wait_for()
    # While a file is on its way the button does nothing; once it was sent the page has no attachment any more.
    page.wait_for_function(
        "() => !document.querySelector('#attachments > *') || void document.querySelector('#chat-submit:not(:disabled)')?.click()", polling=100
    )


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_read_and_counts_once_confirmed(page, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(KINDS[name]())
    before = replies(page)
    bring(page, tmp_path / name)
    until(page, before + 1)
    proposed = page.locator(".pc-proposals li")
    assert "Helen Marsh" in " ".join(proposed.all_inner_texts())
    page.locator("[data-item='owners.sponsor'], [data-item='owners.business']").first.wait_for(state="attached")
    for box in page.locator(".pc-proposals input").all():
        box.uncheck()
    proposed.filter(has_text="baseline").first.locator("input").check()
    page.get_by_role("button", name="Take what is ticked").click()
    until(page, before + 2)
    assert said(page)[-1].startswith("Take ")
    page.locator("[data-part=kpi]").evaluate("part => { part.open = true; }")
    assert page.locator("[data-item='charter.baseline'] .pc-value").inner_text() == "42 minutes"
    page.locator("[data-item='charter.baseline']").click()
    assert name in page.locator(".pc-card blockquote small").inner_text()
    page.locator(".pc-card").get_by_role("button", name="Clear").click()
    until(page, before + 3)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", lambda: b" ", "the file is empty"),
        ("locked.pdf", lambda: locked_pdf("secret"), "password"),
        ("really-a.pdf", lambda: docx("x", "y"), "Rename it to end in .docx"),
        ("macros.docx", lambda: with_macros(docx("x", "y")), "macros"),
        ("nothing.txt", lambda: b"The weather is fine today.", "found nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why(page, tmp_path: Path, name: str, content: Callable[[], bytes], says: str) -> None:
    (tmp_path / name).write_bytes(content())
    before = replies(page)
    bring(page, tmp_path / name)
    page.locator(".prose", has_text=name).filter(has_text=says).last.wait_for()
    assert replies(page) == before, "a file that cannot be read is no turn"


@pytest.mark.parametrize(("name", "size", "says"), [("large.pdf", 60_000_000, "larger than 20 MB"), ("macro.docm", 100, "File type must be")])
def test_what_is_too_large_or_of_no_readable_kind_is_not_even_sent(page, tmp_path: Path, name: str, size: int, says: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(size)
    page.locator("#upload-button-input").set_input_files(tmp_path / name)
    page.get_by_text(says).first.wait_for()
