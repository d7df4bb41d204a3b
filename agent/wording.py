"""Our own words in a conversation, in the languages that come with Pilotcheck: one replies.yaml a language, one entry a sentence."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent / "languages"
ENGLISH = "en"


class Wording(BaseModel):
    """The sentences of a conversation; replies.yaml of English says what each is for. What stands in {braces} is filled in by code."""

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
    questions_in_english: str
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
    document: str
    right_of: str
    nothing_of: str
    taken_back: str
    nothing_stood: str
    found_nothing: str
    nearest_passage: str
    best_passage: str
    status: str
    minutes_left: str
    nearly_through: str
    on_record: str
    stops_first: str
    settle_meanwhile: str
    full_report: str
    help: str
    verdicts: dict[str, str]
    statuses: dict[str, str]
    without_model: dict[str, str]


@cache
def wording(language: str = ENGLISH) -> Wording:
    """Load our own words in a language that comes with Pilotcheck."""
    return Wording.model_validate(yaml.safe_load((FOLDER / language / "replies.yaml").read_text(encoding="utf-8")))
