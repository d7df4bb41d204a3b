"""The report as a page: one file that asks for nothing, in which what people said is text and never markup."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from agent.items import guide
from agent.judging import Assessment
from agent.reports.content import document
from agent.reports.html import render
from agent.reports.material import material
from tests.reports.test_markdown import NASTY, quoting

CHROMIUM = Path("/usr/bin/chromium")


class Tags(HTMLParser):
    """Collects the tags of a page, and every address that it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "srcset", "action", "data", "poster")]
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page_of(found: Assessment, title: str = "x") -> str:
    return render(document(material(found, guide(), title)))


def test_the_page_names_nothing_outside_itself(full: Assessment) -> None:
    page = page_of(full)
    found = Tags(page)
    assert not found.open
    assert all(address.startswith("#") for address in found.addresses)
    anchors = set(re.findall(r'id="([^"]+)"', page))
    assert {address[1:] for address in found.addresses} <= anchors
    assert not {"script", "link", "img", "iframe", "object"} & set(found.tags)
    assert "url(" not in page and "@import" not in page


@pytest.mark.parametrize("nasty", NASTY)
def test_what_is_said_never_becomes_markup(nasty: str, full: Assessment) -> None:
    """The page has the same tags whatever is quoted; charts may wrap a name into more or fewer lines."""
    tags = [[tag for tag in Tags(page_of(quoting(full, words), words)).tags if tag not in ("text", "bdi")] for words in (nasty, "harmless")]
    assert tags[0] == tags[1]


def test_every_chart_is_named_and_has_a_table(full: Assessment) -> None:
    page = page_of(full)
    pictures = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert len(pictures) == 7
    for number, picture in enumerate(pictures, start=1):
        assert f'role="img" aria-labelledby="chart-{number}-title chart-{number}-text"' in picture
        assert re.search(rf'<title id="chart-{number}-title">[^<]+</title><desc id="chart-{number}-text">[^<]+</desc>', picture)
    for figure in re.findall(r"<figure>.*?</figure>(?:<div class=\"table\")?", page, flags=re.DOTALL):
        assert "<table" in figure or figure.endswith('<div class="table"')


def test_text_from_right_to_left_is_kept_apart(extreme: Assessment) -> None:
    assert re.search(r"<q><bdi>צוות[^<]+</bdi></q>", page_of(extreme))


@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs a browser")
def test_the_page_in_a_browser(full: Assessment, extreme: Assessment, tmp_path: Path) -> None:
    """In light and dark, wide and on a phone: no request, nothing wider than the screen, no fault that axe knows; on paper it has pages."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    files = {}
    for name, found in (("full", full), ("extreme", extreme)):
        files[name] = tmp_path / f"{name}.html"
        files[name].write_text(page_of(found), encoding="utf-8")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for name, width, scheme in (("full", 1100, "light"), ("full", 1100, "dark"), ("extreme", 390, "light")):
            context: Any = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            asked: list[str] = []
            page = context.new_page()
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(files[name].as_uri())
            assert asked == [files[name].as_uri()]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            faults = Axe().run(page).response["violations"] if width > 1000 else []
            assert [(fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in faults] == []
            context.close()
        browser.close()
