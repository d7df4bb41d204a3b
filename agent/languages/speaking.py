"""The guide in a person's language: questions, names of items and fixed replies, from our own files or from those that a model made."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from agent.items import Guide
from agent.languages import FOLDER, language_of, names
from agent.wording import ENGLISH, Wording, wording

Phrases = dict[str, str]  # by where they stand: "replies.heard", "items.gates.adoption.ask", "questions.adoption.choices.0"

LEAST_WORDS = 4  # fewer may be the same in two languages
MARKUP = re.compile(r"[*<>\[\]`|{}#\n]|https?:|www\.")
DISTINCT = ("replies.answers.", "replies.answers_all.", "replies.confirming.", "replies.options.", "replies.statuses.")
VERDICTS = "replies.verdicts."


def in_language(guide: Guide, language: str) -> Guide:
    """Return the guide with all that a person reads of it in a language; what we have no words for stays English.

    Its `language` is that language only where every fixed reply is there.
    """
    ours = comes_with_us(language)
    if language in (guide.language, ENGLISH) or not (ours or language in names()):
        return guide
    words = _packaged(language) if ours else made(guide, language)
    if not words:
        return guide
    english = _data(guide)
    items = {name: item.model_copy(update=_filled(english["items"][name], f"items.{name}", words)) for name, item in guide.items.items()}
    questions = tuple(one.model_copy(update=_filled(english["questions"][one.id], f"questions.{one.id}", words)) for one in guide.questions)
    whole = all(key in words for key in phrases(guide) if key.startswith("replies."))
    said = wording(language) if ours else Wording(name=names()[language], **_filled(english["replies"], "replies", _beside_english(words, guide)))
    return guide.model_copy(update={"items": items, "questions": questions, "wording": said, "language": language if ours or whole else guide.language})


def comes_with_us(language: str) -> bool:
    """Say whether a language is there from the start, written by people."""
    return bool(re.fullmatch("[a-z]{2}", language)) and (FOLDER / language / "guide.yaml").is_file()


def phrases(guide: Guide) -> Phrases:
    """Return everything that is to be said in a language, in English: what every conversation needs first."""
    return dict(_flat(_data(guide), ""))


def made(guide: Guide, language: str) -> Phrases:
    """Return what a model has put into a language and somebody may have put right since, as far as it holds."""
    path = file_of(guide, language)
    if path is None or not path.is_file():
        return {}
    return dict(_read(path, path.stat().st_mtime_ns, tuple(phrases(guide).items()), language))


def file_of(guide: Guide, language: str) -> Path | None:
    """Return where the phrases that a model made of a language are kept; None where there is no such place."""
    return guide.languages / f"{language}.yaml" if guide.languages else None


def holding(english: Mapping[str, str], said: Mapping[str, str], language: str) -> Phrases:
    """Return the phrases that can stand for the English ones: the same gaps, no markup of their own, not English, and no two choices alike."""
    good = {key: text for key, text in said.items() if key in english and _holds(english[key], text, language)}
    for group in DISTINCT:
        alike = [text.casefold() for key, text in good.items() if key.startswith(group)]
        if len(alike) != len(set(alike)):
            good = {key: text for key, text in good.items() if not key.startswith(group)}
    return good


def _holds(english: str, text: str, language: str) -> bool:
    return (
        isinstance(text, str)
        and bool(text.strip())
        and len(text) <= 3 * len(english) + 30
        and _places(text) == _places(english)
        and Counter(MARKUP.findall(text)) == Counter(MARKUP.findall(english))
        and not (len(english.split()) >= LEAST_WORDS and (text == english or language_of(text) == ENGLISH != language))
    )


def _places(text: str) -> list[str] | None:
    """Return what is filled into a phrase; None where it is no phrase to fill in."""
    try:
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def _data(guide: Guide) -> dict[str, Any]:
    """Return what a person reads, as the files have it."""
    return {
        "replies": guide.wording.model_dump(by_alias=True, exclude={"name"}),
        "questions": {one.id: {"ask": one.ask, "choices": one.choices, "probe": one.probe, "why": one.why} for one in guide.questions},
        "items": {item.id: {"label": item.label, "ask": item.ask} for item in guide.items.values()},
    }


def _flat(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield from [(place, value)] if value else []
        return
    entries = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, one in entries:
        yield from _flat(one, f"{place}.{key}" if place else str(key))


def _filled(value: Any, place: str, words: Mapping[str, str]) -> Any:
    """Return English data with every phrase replaced that there are words for."""
    if isinstance(value, str):
        return words.get(place, value)
    if isinstance(value, Mapping):
        return {key: _filled(one, f"{place}.{key}", words) for key, one in value.items()}
    return tuple(_filled(one, f"{place}.{number}", words) for number, one in enumerate(value))


def _beside_english(words: Phrases, guide: Guide) -> Phrases:
    """A verdict that a model put into other words is shown beside our own: no code can tell whether it still says the same."""
    english = guide.wording.verdicts
    return {key: f"{text} ({english[key.removeprefix(VERDICTS)]})" if key.startswith(VERDICTS) else text for key, text in words.items()}


@cache
def _packaged(language: str) -> Phrases:
    files = {"replies": {}, **yaml.safe_load((FOLDER / language / "guide.yaml").read_text(encoding="utf-8"))}
    return dict(_flat(files, ""))


@cache
def _read(path: Path, written: int, english: tuple[tuple[str, str], ...], language: str) -> Phrases:
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return holding(dict(english), said, language) if isinstance(said, dict) else {}
