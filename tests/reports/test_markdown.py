"""The Markdown report: nothing of the assessment is dropped, quotes break nothing, and every verdict reads well."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from agent.items import guide
from agent.judging import Assessment, assess
from agent.judging.assessment import Evidence, Source, Verdict
from agent.record import Record
from agent.reports.markdown import render
from agent.reports.markdown_parts import escape, first_words, quoted, table
from agent.reports.wording import away, long_date, money, place_name, verdict_sentences, wording

NAMES = [*get_args(Verdict), "empty", "conflict"]
GOLDEN = Path(__file__).parent / "golden" / "full.md"
SECTIONS = [
    "The verdict", "The four gates", "Owners", "The three forces", "Proof of scale", "What made the pilot easier than the rollout", "Friction ledger",
    "What will stop the rollout", "Roadmap", "Rollout design", "Projection", "Three questions for the executive meeting",
    "What is not known, and who to ask", "Sources",
]  # fmt: skip
# Fields that the report words in its own way; each has a test of its own, or stands for something else that is checked.
WORDED = {"item", "status", "level", "severity", "track", "shown", "origin", "decisions", "incentives", "infrastructure", "verdict", "passages", "evidence"}
# Parts of the assessment that are there already and that no report shows yet; whoever renders one takes its name out.
NOT_YET = {
    "confidence", "owner_name", "why", "first_step_by", "done_by", "depends_on", "occasion", "segment", "starts", "key", "unit", "steps", "sensitivity", "peak",
    "what_if", "first_page", "hard_questions", "lapsed", "manifest", "since_last_time", "scores",
}  # fmt: skip
NASTY = [
    "| a | b |", "# heading\n## another", "```\ncode\n```", "`tick", "[x](https://evil.example)", "![x](y)", "<script>alert(1)</script>", "**bold** __b__ ~~s~~",
    "- list\n- list", "1. first\n2. second", "> quoted", "line\r\nline", "a \\| b\\", "&lt;b&gt; &amp;", "---", "===", "www.evil.example", "$x$ costs $20", "\u202eright to left",
    '"quoted" inside', "[1]: https://evil.example", "<!-- hidden", "tab\there\x00\x1b[31m", "-", "snake_case_name", "+ plus", "2.5 of 3",
]  # fmt: skip


@pytest.fixture
def report(pilots: dict[str, Record], today: date) -> Callable[[str], str]:
    """Return what renders the report of a pilot by its name."""
    return lambda name: render(assess(pilots[name], guide(), today), guide(), "Claims triage")


def parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def plain(page: Sequence[Token]) -> str:
    """Return what a reader sees."""
    return " ".join(child.content for token in page for child in token.children or [])


def squeezed(text: str) -> str:
    """Drop what does not change the content: white space, capitals at the start, full stops."""
    return re.sub(r"[\s.]+", "", "".join(text.split())).casefold()


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_each_verdict_is_reached_and_said_kindly(verdict: Verdict, pilots: dict[str, Record], today: date) -> None:
    found = assess(pilots[verdict], guide(), today)
    assert found.verdict == verdict
    text = render(found, guide(), "Claims triage")
    assert f"**{wording().verdicts[verdict].line}**" in text
    assert all(escape(part) in text for part in verdict_sentences(found))


@pytest.mark.parametrize("name", NAMES)
def test_the_sections_stand_in_their_order(name: str, report: Callable[[str], str]) -> None:
    assert re.findall(r"^## (.*)$", report(name), flags=re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_empty(name: str, report: Callable[[str], str]) -> None:
    text = report(name)
    assert not re.search(r"^#+ [^\n]*\n+(#{1,2} |\Z)", text, flags=re.MULTILINE), "a section without a line"
    assert not re.search(r"\| --- \|\n(?!\|)", text), "a table without a row"
    assert not re.search(r"^#+ .*\n(?!\n)", text, flags=re.MULTILINE), "a heading that runs into its text"
    assert "None" not in text
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, flags=re.MULTILINE)
    assert "!" not in text


@pytest.mark.parametrize("name", [*NAMES, "by hand"])
def test_no_content_is_dropped(name: str, pilots: dict[str, Record], today: date, full: Assessment) -> None:
    found = full if name == "by hand" else assess(pilots[name], guide(), today)
    shown = squeezed(plain(parser().parse(render(found, guide(), "Claims triage"))))
    for path, text in contents(found.model_dump()):
        assert squeezed(text) in shown, f"{path} is not in the report: {text}"


def contents(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a dumped assessment with its path, but for what the report words in its own way."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in WORDED | NOT_YET:
                yield from contents(inner, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from contents(inner, f"{path}[{index}]")
    elif isinstance(value, str) and re.fullmatch(r"\.(assessed_on|proof_of_scale\.due_on)", path):
        yield path, long_date(value)
    elif isinstance(value, str) and path.startswith(".reasons"):
        yield path, value.partition(": ")[2] or value
    elif isinstance(value, str) and path.endswith(".belongs_to"):
        yield path, place_name(value)
    elif isinstance(value, str) and path == ".projection.currency":
        return
    elif isinstance(value, str) and "sources" in path and path.endswith(".text"):
        yield from ((path, line.removeprefix("- ")) for line in value.splitlines())
    elif isinstance(value, str):
        yield path, value


def test_quotes_stand_under_their_finding_with_speaker_and_message(full: Assessment) -> None:
    text = render(full, guide(), "Claims triage")
    adoption = text.split("### Adoption: failed")[1].split("###")[0]
    assert '- You said: "55 of a hundred" (Anna Berg, message 3)' in adoption
    assert "- The guidance says: A gate is passed on figures. [1]" in adoption
    assert "- What lies behind it: Too few of the intended users work with it (constraint 1)" in adoption


def test_at_most_three_quotes_are_shown(full: Assessment) -> None:
    kpi = render(full, guide(), "x").split("### Primary measure: passed")[1].split("###")[0]
    assert kpi.count("You said") == 3
    assert "- and 2 more in the record" in kpi


def test_a_speaker_without_a_name_and_words_said_once(full: Assessment) -> None:
    twice = tuple(Evidence(item=item, quote="we waved it through", speaker="", turn=4) for item in ("gates.security_review", "gates.compliance_review"))
    readiness = full.gates["readiness"].model_copy(update={"evidence": twice})
    text = render(full.model_copy(update={"gates": {**full.gates, "readiness": readiness}}), guide(), "x")
    assert text.count('You said: "we waved it through" (message 4)') == 1


def test_what_nobody_spoke_about_is_not_what_was_asked_in_vain(full: Assessment) -> None:
    text = render(full, guide(), "x")
    assert "**Compliance owner**\n  - Nobody has spoken about this yet." in text
    assert "**Full case mix**: open, because it is not known" in text
    assert "**Not asked yet**: decision rights [3]. Nobody has spoken about this yet." in text
    assert "**Unapproved AI tools**: in use" in text


def test_a_contradiction_shows_both_sides(report: Callable[[str], str]) -> None:
    text = report("conflict").split("## What is not known")[1]
    assert "the answers differ" in text
    assert "what I know about gates.adoption" in text
    assert "more like 55, I'd say" in text


def test_sources_are_numbered_as_they_are_cited(full: Assessment) -> None:
    text = render(full, guide(), "x")
    listed = text.split("## Sources")[1]
    assert re.findall(r"^\[(\d+)\]", listed, flags=re.MULTILINE) == ["1", "2", "3"]
    assert {int(n) for n in re.findall(r" \[(\d+)\]", text.split("## Sources")[0])} == {1, 2, 3}
    assert "> - business;" in listed


def test_a_passage_that_is_in_no_list_is_named_rather_than_dropped(full: Assessment) -> None:
    text = render(full.model_copy(update={"sources": ()}), guide(), "x")
    assert "(passage guide/gates, which is not in the list of sources)" in text
    assert "no guidance was looked up" in text


def test_tables_have_iso_dates_and_sentences_have_long_ones(full: Assessment) -> None:
    text = render(full, guide(), "x")
    assert "| Stress test | 2026-11-21 | 2027-01-01 | Two checks are open |" in text
    assert "on 21 November 2026" in text
    assert "is due on 30 November 2026 (in 9 days)" in text
    assert "EUR 93.74 | EUR 14,062" in text


def test_an_empty_record_reads_as_one(report: Callable[[str], str]) -> None:
    text = report("empty")
    assert "Here, nothing has been heard about the pilot yet" in text
    assert "So far 0 % of what matters" in text
    assert "You said:" not in text


@pytest.mark.parametrize("nasty", NASTY)
def test_a_quote_cannot_break_the_report(nasty: str, full: Assessment, blocks_around_harmless_words: tuple[str, ...]) -> None:
    """The page has the same blocks whatever is quoted, and a reader sees the words that were said."""
    page = parser().parse(render(quoting(full, nasty), guide(), nasty))
    assert tuple(token.type for token in page) == blocks_around_harmless_words
    inside = {child.type for token in page for child in token.children or []}
    assert inside <= {"text", "strong_open", "strong_close", "softbreak"}
    visible = nasty.replace("\u202e", "").replace("\x00", " ").replace("\x1b", " ")
    assert squeezed(f'You said: "{visible}" (') in squeezed(plain(page))


@pytest.fixture(scope="module")
def blocks_around_harmless_words(full: Assessment) -> tuple[str, ...]:
    return tuple(token.type for token in parser().parse(render(quoting(full, "harmless"), guide(), "harmless")))


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
    markdown = "\n".join(table(("A", "B"), [(text, "end")])) + f"\n{escape(text)}\n\nend"
    types = {child.type for token in parser().parse(markdown) for child in token.children or []}
    assert types <= {"text"}
    cells = [token for token in parser().parse(markdown) if token.type == "td_open"]
    assert len(cells) == 2


def test_ordinary_words_are_left_as_they_are() -> None:
    for text in ("2.5 of 3", "R&D -- and more", "We're at 31 minutes now, about a quarter better.", "(maybe) 60 % #1", "-1.5 %"):
        assert escape(text) == text


def test_first_words_of_a_passage() -> None:
    assert first_words("A gate. Another.") == "A gate."
    assert first_words("It asks for three:\n\n- one") == "It asks for three…"
    assert first_words("word " * 100).endswith("word…")
    assert quoted("Three:\n\n- one [x]\n1. two") == ["> Three:", ">", "> - one \\[x\\]", "> 1. two"]


def test_small_words() -> None:
    assert [away(days) for days in (0, 1, 12, -1, -3)] == ["today", "in 1 day", "in 12 days", "1 day ago", "3 days ago"]
    assert money(None, "EUR") == "not known"
    assert money(0.5, None) == "0.50"
    assert [place_name(part) for part in ("kpi gate", "culture force", "owners")] == ["primary measure gate", "culture force", "owners"]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_record_gives_the_same_report(name: str, report: Callable[[str], str]) -> None:
    assert report(name) == report(name)


def test_the_full_report_is_the_golden_one(full: Assessment) -> None:
    """The assessment is made by hand, so only the report moves this; UPDATE_GOLDEN=1 writes it anew."""
    text = render(full, guide().model_copy(update={"items": {}}), "Claims triage, 60 agents")
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
