"""The report as a document: its parts, what each verdict says, and that no format drops anything of the assessment."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from agent.conversation import Conversation
from agent.items import guide
from agent.judging import Assessment, assess
from agent.judging.assessment import Evidence, Verdict
from agent.judging.figures import number
from agent.record import Record
from agent.reports import FORMATS, render
from agent.reports.characters import runs_right_to_left
from agent.reports.content import document
from agent.reports.content.verdict import sentences
from agent.reports.document import Beside, Block, Chart, Points, Table
from agent.reports.material import material
from agent.reports.wording import wording
from tests.reports.extracting import squeezed, text_of

NAMES = [*get_args(Verdict), "empty", "conflict"]
WHOLE = ("html", "md", "pdf", "docx")
IN_PARTS = {
    "xlsx": ("constraints", "friction", "roadmap.phases", "roadmap.calendar", "owners", "governance", "feedback", "operations", "unknown"),
    "ics": ("roadmap.calendar",),
}
ALWAYS = [
    "On one page", "For the decision", "The verdict", "The four gates", "Owners", "The three forces", "Proof of scale",
    "What made the pilot easier than the rollout", "Friction ledger", "What will stop the rollout", "Roadmap", "Rollout design", "Projection",
    "The executive meeting", "What is not known, and who to ask", "Everything that was said", "Sources",
]  # fmt: skip
# What a reader sees instead of a name that code uses: the group of names in wording.yaml.
NAMED = {
    "Gate.status": "gate", "Owner.status": "owner", "Force.severity": "severity", "FrictionLine.kind": "kind", "UseCase.shown": "shown",
    "UseCase.segment": "segment", "Assumption.origin": "origin", "Change.kind": "change", "HardQuestion.known": "known", "CalendarEntry.occasion": "occasion",
    "Confidence.word": "confidence", "Comparison.verdict_before": "verdict", "Comparison.verdict_after": "verdict", "Swing.result": "result",
}  # fmt: skip
# Names that only code uses; what they name is shown, and checked, beside them.
INNER = {
    "item", "schema_version", "CheckResult.status", "Phase.track", "ProofOfScale.decisions", "ProofOfScale.incentives", "ProofOfScale.infrastructure",
    "Assessment.verdict", "Level.unit", "Assumption.unit", "Swing.key", "WhatIf.now", "WhatIf.becomes", "Finding.passages", "Constraint.belongs_to", "Projection.currency",
    "WhatIf.part", "Moved.part", "ProofOfScale.days_left", "FirstPage.stops",
}  # fmt: skip


def leaves(part: Any, path: str = "", field: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield every value inside a part of an assessment, with its path and the field of the model that it stands in."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from leaves(getattr(part, name), f"{path}.{name}".lstrip("."), f"{type(part).__name__}.{name}")
    elif isinstance(part, dict):
        for name, one in part.items():
            yield from leaves(one, f"{path}.{name}", field)
    elif isinstance(part, tuple):
        for one in part:
            yield from leaves(one, path, field)
    elif part is not None and part != "":
        yield path, field, part


def forms(path: str, field: str, value: Any) -> list[str]:
    """Return the ways in which a value may be written; a reader has to find one of them, or none is needed."""
    words = wording()
    if isinstance(value, bool) or field in INNER or field.partition(".")[2] in INNER or field.endswith(".passages"):
        return []
    if field in NAMED:
        return [words.name(NAMED[field], value)]
    if isinstance(value, int | float):
        return [number(value), number(round(value, 1)), number(value * 100), f"{value:,.0f}", f"{value:,.2f}", str(int(value * 100))]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return [value, words.day(value)]
    if path in ("reasons", "first_page.why"):
        return [value.partition(": ")[2] or value]
    if field == "Source.text":
        return [line.removeprefix("- ") for line in value.splitlines() if line.strip()]
    return [value]


def missing(found: Assessment, form: str, content: bytes, parts: tuple[str, ...] = ()) -> list[str]:
    """Return what of an assessment is not in a file."""
    shown, absent = squeezed(text_of(form, content)), []
    for path, field, value in leaves(found):
        if parts and not any(path == part or path.startswith(f"{part}.") for part in parts):
            continue
        if parts and field.startswith(("Evidence.", "Level.", "Cap.")) and field != "Evidence.quote":
            continue
        wanted = forms(path, field, value)
        if form == "pdf" and wanted and runs_right_to_left(wanted[0]):  # a PDF says where words stand, and readers of it put them from left to right
            wanted, enough = re.findall(r"\w+", wanted[0]), all
        else:
            enough = all if field == "Source.text" else any
        if wanted and not enough(squeezed(one) in shown for one in wanted):
            absent.append(f"{path}: {value}")
    return absent


@pytest.fixture(scope="session")
def files(pilots: dict[str, Record], today: Any, full: Assessment, extreme: Assessment) -> Callable[[str], tuple[Assessment, dict[str, bytes]]]:
    """Return an assessment by its name and its report in every format, each made once."""
    made: dict[str, tuple[Assessment, dict[str, bytes]]] = {}

    def files(name: str) -> tuple[Assessment, dict[str, bytes]]:
        if name not in made:
            by_hand = {"by hand": full, "extreme": extreme}
            record = pilots.get(name, Record())
            found = by_hand.get(name) or assess(record, guide(), today)
            made[name] = found, {form: render(form, Conversation(record=record), found, guide()) for form in FORMATS}
        return made[name]

    return files


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("name", [*NAMES, "by hand", "extreme"])
def test_no_format_drops_anything(name: str, form: str, files: Any) -> None:
    found, made = files(name)
    assert missing(found, form, made[form]) == []


@pytest.mark.parametrize("form", IN_PARTS)
@pytest.mark.parametrize("name", [*NAMES, "by hand", "extreme"])
def test_the_working_lists_hold_their_parts(name: str, form: str, files: Any) -> None:
    found, made = files(name)
    assert missing(found, form, made[form], IN_PARTS[form]) == []


def test_a_dropped_value_would_be_seen(files: Any) -> None:
    """The test of the tests: what no report says is found missing, a text, a figure and a date alike."""
    found, made = files("by hand")
    changed = found.model_copy(
        update={
            "executive_questions": ("Nobody asks this?",),
            "projection": found.projection.model_copy(update={"requests_today": 987654.0}),
            "proof_of_scale": found.proof_of_scale.model_copy(update={"due_on": "2031-05-05"}),
        }
    )
    for form in WHOLE:
        assert [one.partition(":")[0] for one in missing(changed, form, made[form])] == [
            "proof_of_scale.due_on", "projection.requests_today", "executive_questions",
        ]  # fmt: skip


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_each_verdict_is_reached_and_said_kindly(verdict: Verdict, pilots: dict[str, Record], files: Any) -> None:
    found, made = files(verdict)
    assert found.verdict == verdict
    shown = text_of("md", made["md"])
    assert shown.count(wording().verdicts[verdict].line) >= 2  # on the first page and under the verdict
    assert all(one in shown for one in sentences(material(found, guide(), "x")))


@pytest.mark.parametrize("name", [*NAMES, "by hand"])
def test_the_parts_stand_in_their_order(name: str, files: Any) -> None:
    titles = [section.title for section in document(material(files(name)[0], guide(), "x")).sections]
    words = wording()
    titles = [words.sections["constraints"] if title == words.headings["settle"] else title for title in titles]  # what is ready is stopped by nothing
    assert [title for title in titles if title in ALWAYS] == ALWAYS
    assert titles[:2] == ["On one page", "For the decision"]


@pytest.mark.parametrize("name", [*NAMES, "by hand", "extreme"])
def test_nothing_is_left_empty(name: str, files: Any) -> None:
    """No part, list or table without content, no heading without anything under it."""
    for section in document(material(files(name)[0], guide(), "x")).sections:
        assert section.blocks
        check_filled(section.blocks)
    markdown = files(name)[1]["md"].decode()
    assert "None" not in markdown and "\n\n\n" not in markdown and not re.search(r"[ \t]$", markdown, flags=re.MULTILINE)


def check_filled(blocks: tuple[Block, ...]) -> None:
    assert blocks[-1].kind != "heading"
    for one, after in zip(blocks, blocks[1:], strict=False):
        assert one.kind != "heading" or after.kind != "heading", f"nothing under {one.text}"
    for one in blocks:
        if isinstance(one, Points):
            assert one.items and all(point.label or point.text for point in one.items)
            for point in one.items:
                if point.under:
                    check_filled(point.under)
        elif isinstance(one, Table):
            assert one.rows and all(len(row) == len(one.head) for row in one.rows)
        elif isinstance(one, Chart):
            assert one.table.rows and one.description
        elif isinstance(one, Beside):
            check_filled(one.left)
            check_filled(one.right)


def test_quotes_stand_under_their_finding_with_speaker_and_message(files: Any) -> None:
    adoption = files("by hand")[1]["md"].decode().split("### Adoption: failed")[1].split("###")[0]
    assert "- You said: “55 of a hundred” (Anna Berg, message 3)" in adoption
    assert "- The guidance says: A gate is passed on figures. [1]" in adoption
    assert "- **What lies behind it**: Too few of the intended users work with it (constraint 1)" in adoption


def test_at_most_three_quotes_stand_under_a_finding_and_all_in_the_list(files: Any) -> None:
    text = files("by hand")[1]["md"].decode()
    kpi = text.split("### Primary measure: passed")[1].split("###")[0]
    assert kpi.count("You said") == 3
    assert "- and 2 more, in the messages 4 and 5" in kpi
    listed = text.split("## Everything that was said")[1]
    assert [f"figure {n}" in listed for n in range(1, 6)] == [True] * 5


def test_a_speaker_without_a_name_and_words_said_once(full: Assessment) -> None:
    twice = tuple(Evidence(item=item, quote="we waved it through", speaker="", turn=4) for item in ("gates.security_review", "gates.compliance_review"))
    readiness = full.gates["readiness"].model_copy(update={"evidence": twice})
    found = full.model_copy(update={"gates": {**full.gates, "readiness": readiness}})
    text = render("md", Conversation(), found, guide()).decode()
    assert text.count("You said: “we waved it through” (message 4)") == 1


def test_what_nobody_spoke_about_is_not_what_was_asked_in_vain(files: Any) -> None:
    text = files("by hand")[1]["md"].decode()
    assert "**Compliance owner**\n  - Nobody has spoken about this yet." in text
    assert "**Full case mix**: open, because it is not known" in text
    assert "**Not asked yet**: decision rights \\[3\\]. Nobody has spoken about this yet." in text
    assert "**Unapproved AI tools**: in use" in text


def test_a_contradiction_shows_both_sides(files: Any) -> None:
    text = files("conflict")[1]["md"].decode().split("## What is not known")[1].split("\n## ")[0]
    assert "the answers differ" in text
    assert "what I know about gates.adoption" in text
    assert "more like 55, I'd say" in text


def test_sources_are_numbered_as_they_are_cited(files: Any) -> None:
    text = files("by hand")[1]["md"].decode()
    listed = text.split("## Sources")[1]
    assert re.findall(r"^\[(\d+)\]", listed, flags=re.MULTILINE) == ["1", "2", "3"]
    assert {int(n) for n in re.findall(r" \\?\[(\d+)\\?\]", text.split("## Sources")[0])} == {1, 2, 3}
    assert "> - business;" in listed


def test_a_passage_that_is_in_no_list_is_named_rather_than_dropped(full: Assessment) -> None:
    text = render("md", Conversation(), full.model_copy(update={"sources": ()}), guide()).decode()
    assert "passage guide/gates, which is not in the list of sources" in text
    assert "no guidance was looked up" in text


def test_tables_have_iso_dates_and_sentences_have_long_ones(files: Any) -> None:
    text = files("by hand")[1]["md"].decode()
    assert "| Stress test | 2026-11-21 | 2027-01-01 |  | Two checks are open |" in text
    assert "on 21 November 2026" in text
    assert "is due on 30 November 2026 (in 9 days)" in text
    assert "EUR 93.74 | EUR 14,062" in text


def test_an_empty_record_reads_as_one(files: Any) -> None:
    text = files("empty")[1]["md"].decode()
    assert text.startswith("# An AI pilot\n")
    assert "Here, nothing has been heard about the pilot yet" in text
    assert "So far 0 % of what matters" in text
    assert "You said:" not in text


@pytest.mark.parametrize("form", ["html", "md", "pdf", "ics", "json"])
def test_the_same_assessment_gives_the_same_file(form: Any, files: Any) -> None:
    found, made = files("by hand")
    assert render(form, Conversation(), found, guide()) == made[form]


def test_small_words(today: date) -> None:
    words = wording()
    assert [words.away(days) for days in (0, 1, 12, -1, -3)] == ["today", "in 1 day", "in 12 days", "1 day ago", "3 days ago"]
    assert words.money(None, "EUR") == "not known"
    assert words.money(0.5, None) == "0.50"
    found = material(assess(Record(), guide(), today), guide(), "x")
    assert [found.part(one) for one in ("kpi gate", "culture force", "production owner", "owners")] == [
        "Primary measure gate", "Culture force", "Production owner", "owners",
    ]  # fmt: skip
