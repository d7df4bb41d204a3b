"""A report in another language: the same report in other words."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import agent.reports
from agent.conversation import Conversation
from agent.items import guide
from agent.judging.assessment import Assessment
from agent.reports import render

FOLDER = Path(agent.reports.__file__).parent
LANGUAGES = sorted(file.name.split(".")[1] for file in FOLDER.glob("wording.*.yaml"))


def shape(words: Any) -> Any:
    """Return which keys there are and which gaps each text has; a list counts by its length."""
    if isinstance(words, dict):
        return {key: shape(value) for key, value in words.items()}
    if isinstance(words, list):
        return [shape(one) for one in words]
    return sorted(re.findall(r"{\w+}", str(words)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_and_every_gap_of_the_english_words_is_there(language: str) -> None:
    english, other = (yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")) for name in ("wording.yaml", f"wording.{language}.yaml"))
    assert shape(other) == shape(english)
    assert other["language"] == language


def test_a_report_is_in_the_language_of_its_conversation_or_in_the_one_asked_for(full: Assessment) -> None:
    german = render("md", Conversation(language="de"), full, guide()).decode()
    assert "## Die vier Hürden" in german
    assert german == render("md", Conversation(), full, guide(), language="de").decode()
    english = render("md", Conversation(language="de"), full, guide(), language="en").decode()
    assert english == render("md", Conversation(language="fr"), full, guide()).decode()
    assert "## The four gates" in english


def test_items_and_their_questions_have_their_german_names(full: Assessment) -> None:
    german = render("md", Conversation(language="de"), full, guide()).decode()
    assert "so seit (zu fragen: " in german
    assert "level held for" not in german


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fixed_sentence_is_left_in_english(full: Assessment, language: str) -> None:
    english = yaml.safe_load((FOLDER / "wording.yaml").read_text(encoding="utf-8"))
    text = render("md", Conversation(), full, guide(), language=language).decode()
    fixed = [*english["introductions"].values(), *english["nothing"].values(), *english["sections"].values(), *english["headings"].values()]
    assert [one for one in fixed if len(one.split()) > 1 and one in text] == []


def test_what_programs_read_is_the_same_in_every_language(full: Assessment) -> None:
    assert render("json", Conversation(), full, guide(), language="de") == render("json", Conversation(), full, guide())
