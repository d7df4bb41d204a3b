"""Languages beside English, as data: what their words mean to the parsers, and our own wording in them. One folder a language."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ConfigDict, Field

from agent.items import Frozen, Guide

FOLDER = Path(__file__).parent
ENGLISH = "en"
LEAST_SHARE = 0.12  # of the words; less is a quotation or a name


class ReadingWords(Frozen):
    """What it takes to hold a value against words of a language: number words by their value, other words in English, "me" and "none"."""

    numbers: tuple[str, ...] = ()
    words: dict[str, str | int] = Field(default_factory=dict)
    me: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()


def code(language: str) -> str:
    """Return the two letters of a language: "de" for "DE", "de-AT" and "de_DE"; nothing where that is no code."""
    two = re.split(r"[-_]", language.strip().lower())[0]
    return two if re.fullmatch(r"[a-z]{2}", two) else ""


@cache
def reading_words(language: str) -> ReadingWords | None:
    """Return the reading words of a language, or None where we have none."""
    path = FOLDER / language / "reading.yaml"
    if not re.fullmatch(r"[a-z]{2}", language) or not path.is_file():
        return None
    return ReadingWords.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def in_english(text: str, words: ReadingWords) -> str:
    """Return a text with the words that values are made of in English, so that the parsers can read them."""
    table = {**{word: str(value) for value, word in enumerate(words.numbers)}, **{word: str(english) for word, english in words.words.items()}}
    if not table:
        return text
    text = re.sub(r"\b(\d{1,2})\. (?=[^\W\d])", r"\1 ", text)  # "3. März" is a day, no end of a sentence
    return re.sub(r"[^\W\d_]+", lambda word: table.get(word[0].lower(), word[0]), text)


@cache
def _common() -> dict[str, frozenset[str]]:
    data = yaml.safe_load((FOLDER / "common.yaml").read_text(encoding="utf-8"))
    return {language: frozenset(map(str, words)) for language, words in data.items()}


def language_of(text: str) -> str:
    """Guess the language a text is written in by its small words; nothing where the words do not tell, as in "42" or "Maria Lopez"."""
    words = [word.lower().replace("’", "'") for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)]
    hits = {language: sum(word in common for word in words) for language, common in _common().items()}
    best, next_best = sorted(hits, key=lambda language: -hits[language])[:2]
    needed = max(2 if len(words) > 4 else 1, LEAST_SHARE * len(words))
    return best if hits[best] >= needed and hits[best] > hits[next_best] else ""


class Wording(Frozen):
    """Our own words in a conversation, one entry a sentence; replies.yaml of English says what each is for."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str
    opening: str
    opening_with_model: str
    heard: str
    fact: str
    fact_now: str
    not_known: str
    does_not_apply: str
    nobody: str
    none: str
    stands: str
    nothing_on_record: str
    not_corrected: str
    cleared: str
    nothing_to_clear: str
    skipped: str
    no_earlier_question: str
    unknown_is_fine: str
    not_caught: str
    not_caught_that: str
    still_open: str
    no_words: str
    another_language: str
    nothing_new: str
    back_to: str
    which_holds: str
    which_of_several: str
    which_is_meant: str
    adoption_differs: str
    both_quotes: str
    one_quote: str
    units_differ: str
    answers: tuple[str, ...]
    answers_all: tuple[str, ...]
    and_: str = Field(alias="and")
    options: dict[str, str]
    proposed: str
    which_are_right: str
    confirming: tuple[str, ...]
    took_over: str
    took_over_nothing: str
    one_differs: str
    some_differ: str
    no_document: str
    found_nothing: str
    best_passage: str
    status: str
    minutes_left: str
    nearly_through: str
    on_record: str
    stops_first: str
    full_report: str
    help: str
    verdicts: dict[str, str]
    statuses: dict[str, str]
    without_model: dict[str, str]


@cache
def wording(language: str) -> Wording:
    """Return our own words in a language; in English where we have none."""
    path = FOLDER / language / "replies.yaml"
    return Wording.model_validate(yaml.safe_load((path if speaks(language) else FOLDER / ENGLISH / "replies.yaml").read_text(encoding="utf-8")))


def speaks(language: str) -> bool:
    """Say whether our own words and the interview guide are there in a language."""
    return bool(re.fullmatch(r"[a-z]{2}", language)) and (FOLDER / language / "replies.yaml").is_file()


@cache
def _overlay(language: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / language / "guide.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def in_language(guide: Guide, language: str) -> Guide:
    """Return the guide with its questions and labels in a language; as it is where we do not speak that."""
    if language in ("", guide.language) or language == ENGLISH or not speaks(language):
        return guide
    words = _overlay(language)
    items = {name: item.model_copy(update=words["items"].get(name, {})) for name, item in guide.items.items()}
    questions = tuple(question.model_copy(update=_question(words["questions"].get(question.id, {}))) for question in guide.questions)
    return guide.model_copy(update={"items": items, "questions": questions, "language": language})


def _question(words: dict[str, Any]) -> dict[str, Any]:
    return {**words, **({"choices": tuple(words["choices"])} if "choices" in words else {})}
