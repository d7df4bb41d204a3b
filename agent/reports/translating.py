"""An assessment in another language: labels and questions from the guide, and the sentences of the judging, each known by its English form.

The judging writes English, so that the same record gives the same assessment everywhere. What it writes is made of fixed sentences with gaps:
`sentences.LANGUAGE.yaml` has each of them in another language. What stands in a gap is a figure, a name of somebody, or again words of ours.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Field

from agent.items import Frozen, Guide
from agent.judging.assessment import Assessment
from agent.languages import FOLDER
from agent.reports.wording import Wording, capital, wording

# What the judging words; everything else in an assessment is a key, a figure, a day, or what people said.
WORDED = {
    "Assessment": ("reasons", "executive_questions"), "Gate": ("reason", "notes", "fix", "figures"), "Owner": ("reason",), "Missing": ("who",),
    "Cap": ("name", "reason"), "Confidence": ("reason",), "ProofOfScale": ("reason",), "FavourableCondition": ("kind", "reason"), "FrictionLine": ("owner",),
    "Constraint": ("title", "first_step", "owner", "board_question", "why"), "Phase": ("name", "work", "because", "depends_on"),
    "CalendarEntry": ("title", "detail"), "UseCase": ("placing", "condition", "reason", "starts"), "Assumption": ("name", "text"),
    "Step": ("name", "because"), "Swing": ("name",), "Projection": ("reason", "peak_wait"), "Change": ("today", "needed", "what", "who"),
    "WhatIf": ("note",), "WeekStep": ("what", "how"), "FirstPage": ("headline", "why"), "HardQuestion": ("asked_by", "question", "answer", "who"),
    "Moved": ("because",), "Comparison": ("closed", "opened", "unheard"), "Score": ("name",),
}  # fmt: skip
KEPT = ("threshold",)  # a figure's label that the report looks up
GAP = re.compile(r"\\{(\w+)\\}")


class Sentences(Frozen):
    """The sentences of the judging in another language, and the words that stand in their gaps."""

    sentences: dict[str, str]
    terms: dict[str, str]
    before: dict[str, str]
    units: dict[str, str]
    and_: str = Field(alias="and")
    or_: str = Field(alias="or")
    to: str


class Translator:
    """Says in another language what the judging says in English."""

    def __init__(self, english: Guide, spoken: Guide):
        self._guide, self._words = spoken, wording(spoken.language)
        self._said = _sentences(spoken.language)
        self._fixed = {**dict(_pairs(english, spoken)), **self._said.terms, **{one: text for one, text in self._said.sentences.items() if "{" not in one}}
        open_ones = [one for one in self._said.sentences if "{" in one]
        self._open = [(_pattern(one), self._said.sentences[one]) for one in sorted(open_ones, key=lambda one: -len(GAP.sub("", re.escape(one))))]
        self._about = {
            **self._said.before,
            **dict(_parts(wording(), self._words)),
            **{capital(item.label): capital(spoken.label(item.id)) for item in english.items.values()},
        }

    def assessment(self, one: Assessment) -> Assessment:
        found: Assessment = self._model(one)
        return found

    def _model(self, value: Any) -> Any:
        if isinstance(value, BaseModel):
            changed = {}
            for name in type(value).model_fields:
                inner = getattr(value, name)
                changed[name] = self._worded(inner) if name in WORDED.get(type(value).__name__, ()) else self._model(inner)
            item = self._guide.items.get(changed.get("item", ""))
            if item:
                changed |= {name: getattr(item, name) for name in ("label", "ask") if name in changed}
            return value.model_copy(update=changed)
        if isinstance(value, dict):
            return {key: self._model(one) for key, one in value.items()}
        return tuple(self._model(one) for one in value) if isinstance(value, tuple) else value

    def _worded(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key if key in KEPT else self.say(key): self.say(one) for key, one in value.items()}
        return tuple(map(self.say, value)) if isinstance(value, tuple) else self.say(value) if isinstance(value, str) else value

    def say(self, text: str) -> str:
        """Return a text in the language; what is none of our sentences stays as it is, but for its units."""
        known = self.known(text)
        return self._units(text) if known is None else known

    def known(self, text: str) -> str | None:
        """Return one of our texts in the language, or None where it is none of them."""
        if not text:
            return ""
        if text in self._fixed:
            return self._fixed[text]
        sentences = re.split(r"(?<=\.) (?=[A-Z])", text)
        if len(sentences) > 1:
            return " ".join(map(self.say, sentences))
        about, colon, rest = text.partition(": ")
        if colon and about in self._about:
            return f"{self._about[about]}: {self.known(rest) or self._value(rest)}"
        return self._list(text) or self._phrase_as_sentence(text) or self._filled_in(text)

    def _value(self, text: str) -> str:
        """Say what stands behind a label, with or without its full stop."""
        return f"{self.say(text[:-1])}." if text.endswith(".") else self.say(text)

    def _filled_in(self, text: str) -> str | None:
        for pattern, said in self._open:
            if filled := pattern.fullmatch(text):
                return said.format(**{name: self.say(inside) for name, inside in filled.groupdict().items()})
        return None

    def _phrase_as_sentence(self, text: str) -> str | None:
        """Say a phrase that was given a capital and a full stop; a result behind a colon has the full stop only."""
        said = self.known(f"{text[:1].lower()}{text[1:-1]}") if text[-1] == "." else None
        return None if said is None else f"{capital(said) if text[0].isupper() else said}."

    def _list(self, text: str) -> str | None:
        """Say "a, b and c" part by part, where every part is one of ours."""
        for last, word in ((" and ", self._said.and_), (" or ", self._said.or_)):
            head, found, tail = text.rpartition(last)
            if found and (parts := self._all([head, tail]) or self._all([*head.split(", "), tail])):
                return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
        for between in ("; ", ", "):
            if between in text and (parts := self._all(text.split(between))):
                return between.join(parts)
        return None

    def _all(self, parts: list[str]) -> list[str] | None:
        whole = [part.count("(") == part.count(")") and not (", " in part or " and " in part) for part in parts]
        said = [self._fixed.get(part) or (self.known(part) if alone else None) for part, alone in zip(parts, whole, strict=True)]
        return [one for one in said if one] if all(said) else None

    def _units(self, text: str) -> str:
        """Say the units behind figures, and the word between two of them."""
        units = "|".join(map(re.escape, self._said.units))
        text = re.sub(r"(?<=\d) to (?=\d)", f" {self._said.to} ", text)
        return re.sub(rf"(?<=\d )({units})\b", lambda unit: self._said.units[unit[1]], text)


def translated(assessment: Assessment, english: Guide, spoken: Guide) -> Assessment:
    """Return the assessment with everything that we word in the language of a guide."""
    return Translator(english, spoken).assessment(assessment)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(GAP.sub(lambda gap: f"(?P<{gap[1]}>.+?)", re.escape(sentence)))


def _pairs(english: Guide, spoken: Guide) -> Iterator[tuple[str, str]]:
    """Yield what the guide says in English with what it says in the language: labels, questions, and what follows from an open item."""
    follows = _follows(spoken.language)
    for name, item in english.items.items():
        yield item.label, spoken.label(name)
        yield item.ask, spoken.items[name].ask
        if item.open:
            for field, text in (("constraint", item.open.constraint), ("first_step", item.open.first_step), ("board", item.open.board)):
                yield text, follows.get(name, {}).get(field, text)  # what nobody has translated yet stays English


def _parts(english: Wording, spoken: Wording) -> Iterator[tuple[str, str]]:
    """Yield what stands before a reason's colon, by key and by title: keys stay, for the report to name, titles become titles."""
    for name, gate in english.gates.items():
        yield from ((name, name), (gate.title, spoken.gates[name].title))
    for name, title in english.owners.items():
        yield from ((f"{name} owner", f"{name} owner"), (title, spoken.owners[name]), (f"{capital(name)} owner", spoken.owners[name]))
    for name in english.forces:
        yield from ((f"{name} force", f"{name} force"), (f"{capital(name)} force", spoken.say("force", name=spoken.forces[name].title)))
    yield from (("proof of scale", "proof of scale"), ("Proof of scale", spoken.names["part"]["proof of scale"]))


@cache
def _sentences(language: str) -> Sentences:
    return Sentences.model_validate(yaml.safe_load(Path(__file__).with_name(f"sentences.{language}.yaml").read_text(encoding="utf-8")))


@cache
def _follows(language: str) -> Mapping[str, Mapping[str, str]]:
    return yaml.safe_load((FOLDER / language / "follows.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]
