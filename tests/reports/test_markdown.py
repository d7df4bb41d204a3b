"""The report as Markdown: what people said breaks nothing and is shown as it was said."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from agent.items import guide
from agent.judging import Assessment
from agent.judging.assessment import Evidence, Source
from agent.reports.content import document
from agent.reports.document import Table
from agent.reports.markdown import escape, quoted, render, table
from agent.reports.material import first_words, material

GOLDEN = Path(__file__).parent / "golden" / "full.md"
NASTY = [
    "| a | b |", "# heading\n## another", "```\ncode\n```", "`tick", "[x](https://evil.example)", "![x](y)", "<script>alert(1)</script>", "**bold** __b__ ~~s~~",
    "- list\n- list", "1. first\n2. second", "> quoted", "line\r\nline", "a \\| b\\", "&lt;b&gt; &amp;", "---", "===", "www.evil.example", "$x$ costs $20", "\u202eright to left",
    '"quoted" inside', "[1]: https://evil.example", "<!-- hidden", "tab\there\x00\x1b[31m", "-", "snake_case_name", "+ plus", "2.5 of 3", "{share} {0}",
]  # fmt: skip


def parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain(page: Sequence[Token]) -> str:
    """Return what a reader sees."""
    return " ".join(child.content for token in page for child in token.children or [])


def squeezed(text: str) -> str:
    return "".join(text.split())


def page_of(found: Assessment, title: str = "x") -> list[Token]:
    return parser().parse(render(document(material(found, guide(), title))))


@pytest.mark.parametrize("nasty", NASTY)
def test_a_quote_cannot_break_the_report(nasty: str, full: Assessment, blocks_around_harmless_words: tuple[str, ...]) -> None:
    """The page has the same blocks whatever is quoted, and a reader sees the words that were said."""
    page = page_of(quoting(full, nasty), nasty)
    assert tuple(token.type for token in page) == blocks_around_harmless_words
    inside = {child.type for token in page for child in token.children or []}
    assert inside <= {"text", "strong_open", "strong_close", "softbreak"}
    visible = nasty.replace("\u202e", "").replace("\x00", " ").replace("\x1b", " ")
    assert squeezed(f"You said: “{visible}” (") in squeezed(plain(page))


@pytest.fixture(scope="module")
def blocks_around_harmless_words(full: Assessment) -> tuple[str, ...]:
    return tuple(token.type for token in page_of(quoting(full, "harmless"), "harmless"))


def quoting(base: Assessment, words: str) -> Assessment:
    """Put the words wherever somebody's text can come to stand."""
    evidence = (Evidence(item="gates.adoption", quote=words, speaker=words, turn=3),)
    gate = base.gates["adoption"].model_copy(update={"evidence": evidence, "reason": words, "figures": {words: words}})
    return base.model_copy(
        update={
            "reasons": (words,),
            "gates": {**base.gates, "adoption": gate},
            "owners": {**base.owners, "production": base.owners["production"].model_copy(update={"name": words, "reason": words})},
            "friction": tuple(one.model_copy(update={"what": words}) for one in base.friction),
            "rollout": tuple(one.model_copy(update={"name": words}) for one in base.rollout[:1]),
            "sources": (*base.sources, Source(id="own/words", article=words.strip() or "x", author=words, title=words, section=words, text="own")),
        }
    )


@given(st.text(max_size=60))
def test_escaped_text_is_one_plain_line(text: str) -> None:
    block = Table(head=("A", "B"), rows=((text, "end"),))
    markdown = "\n".join(table(block)) + f"\n\n{escape(block.rows[0][0])}\n\nend"
    page = parser().parse(markdown)
    assert {child.type for token in page for child in token.children or []} <= {"text"}
    assert len([token for token in page if token.type == "td_open"]) == 2


def test_ordinary_words_are_left_as_they_are() -> None:
    for text in ("2.5 of 3", "R&D -- and more", "We're at 31 minutes now, about a quarter better.", "(maybe) 60 % #1", "-1.5 %"):
        assert escape(text) == text


def test_words_from_right_to_left_keep_their_direction_to_themselves() -> None:
    assert escape("שלום 42") == "\u2068שלום 42\u2069"


def test_first_words_of_a_passage() -> None:
    assert first_words("A gate. Another.") == "A gate."
    assert first_words("It asks for three:\n\n- one") == "It asks for three…"
    assert first_words("word " * 100).endswith("word…")
    assert quoted(["Three:", "- one [x]", "1. two"]) == ["> Three:", ">", "> - one \\[x\\]", "> 1. two"]


def test_the_full_report_is_the_golden_one(full: Assessment) -> None:
    """The assessment is made by hand, so only the report moves this; UPDATE_GOLDEN=1 writes it anew."""
    text = render(document(material(full, guide().model_copy(update={"items": {}}), "Claims triage, 60 agents")))
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert not re.search(r"^#+ .*\n(?!\n)", text, flags=re.MULTILINE), "a heading that runs into its text"
