"""Languages beside English, as data: how they are told apart, and what their words mean to the parsers. One folder a language."""

import re
from functools import cache

import yaml
from pydantic import Field

from agent.items import Frozen
from agent.wording import ENGLISH, FOLDER

LEAST_SHARE = 0.12  # of the words; less is a quotation or a name
LEAST_WORDS = 5  # fewer do not tell a language
LATIN = "\u024f"  # the last letter of the Latin blocks


__all__ = ["ENGLISH", "FOLDER", "ReadingWords", "code", "in_english", "language_of", "names", "other_script", "reading_words", "tells"]


class ReadingWords(Frozen):
    """What it takes to hold a value against words of a language: number words by their value, other words in English, "me", "none" and "I don't know"."""

    numbers: tuple[str, ...] = ()
    words: dict[str, str | int] = Field(default_factory=dict)
    me: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


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


def other_script(text: str) -> bool:
    """Say whether a text is mostly written in letters that are not Latin ones."""
    letters = [character for character in text if character.isalpha()]
    return sum(letter > LATIN for letter in letters) * 2 > len(letters)


def tells(text: str) -> bool:
    """Say whether a text is long or foreign enough to have a language at all: "Maria Lopez" has none."""
    return len(text.split()) >= LEAST_WORDS or other_script(text)


@cache
def names() -> dict[str, str]:
    """Return the English name of every language that our words can be put into, by its two letters."""
    return yaml.safe_load((FOLDER / "names.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]
