"""The passages themselves, and the mistakes their loader names."""

import re
from pathlib import Path

import pytest

from agent.items import guide
from knowledge.errors import LibraryError
from knowledge.guidance import Passage, load_guidance

PASSAGES = load_guidance()
NAMED_IN_TEXT = {
    "execution-gap": "AI Execution Gap",
    "five-patterns": "Nordic engagements",
    "pilot-charter": "teamazing",
    "pilot-paradox": "Steinfeld",
    "rollouts-fail": "Lequiron",
}
GOOD = """---
article: sample
author: somebody
title: A sample
---

## first: The first one
section: Introduction
kind: warning
items: gates.adoption, owners.production

Two lines that
belong together:

- a point that
  goes on
- another point
"""


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.id)
def test_a_passage_can_be_cited_whole(passage: Passage) -> None:
    assert 35 <= len(passage.text.split()) <= 110
    assert passage.kind in ("figure", "instrument", "list", "warning")
    assert passage.id.startswith(f"{passage.article}/")
    assert passage.section and passage.heading and passage.author and passage.title
    assert NAMED_IN_TEXT[passage.article] in passage.text, "whoever reads the passage alone must see whose claim it is"


def test_the_guidance_speaks_to_every_item_of_the_interview_and_to_no_other() -> None:
    assert {item for passage in PASSAGES for item in passage.items} == set(guide().items)


def test_loading_keeps_the_order_of_the_files() -> None:
    assert load_guidance() == PASSAGES
    assert len({passage.id for passage in PASSAGES}) == len(PASSAGES)
    assert [passage.article for passage in PASSAGES] == sorted(passage.article for passage in PASSAGES)


def test_lines_are_joined_and_list_points_are_not(tmp_path: Path) -> None:
    (tmp_path / "sample.md").write_text(GOOD)
    assert load_guidance(tmp_path) == (
        Passage(
            id="sample/first",
            article="sample",
            author="somebody",
            title="A sample",
            section="Introduction",
            heading="The first one",
            kind="warning",
            items=("gates.adoption", "owners.production"),
            text="Two lines that belong together:\n\n- a point that goes on\n- another point",
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("---\narticle", "article", 1, "front matter"),
        ("author: somebody\n", "", 1, "author: is missing"),
        ("author: somebody", "writer: somebody", 3, "expected one of article:, author:, title:"),
        ("\n## first", "\nloose text\n## first", 7, "before the first passage"),
        ("## first:", "## First One:", 7, "slug"),
        ("## first: The first one", "## first", 7, "slug"),
        ("kind: warning", "kind: opinion", 9, "'opinion'; it must be one of figure, instrument, list, warning"),
        ("kind: warning", "kind: own", 9, "'own'; it must be one of"),
        ("kind: warning", "kind:", 9, "kind is empty"),
        ("kind: warning\n", "", 7, "kind: is missing"),
        ("kind: warning", "kind: warning\nkind: list", 10, "given twice"),
        ("gates.adoption, ", "adoption, ", 10, "'adoption' is no item"),
        ("gates.adoption, ", "gates.adoption,, ", 10, "'' is no item"),
        (GOOD[GOOD.index("Two lines") :], "", 7, "has no text"),
        (GOOD[GOOD.index("## first") :], "", 1, "no passage"),
        ("- another point\n", "- another point\n\n" + GOOD[GOOD.index("## first") :], 19, "sample/first stands in the guidance twice"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    path = tmp_path / "sample.md"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(LibraryError, match=f"{re.escape(f'{path}:{line}: ')}.*{re.escape(message)}"):
        load_guidance(tmp_path)


def test_what_is_no_text_or_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no guidance is here"):
        load_guidance(tmp_path)
    (tmp_path / "sample.md").write_bytes(b"\xff\xfe---")
    with pytest.raises(LibraryError, match=r"sample\.md:1: the file is not UTF-8"):
        load_guidance(tmp_path)
