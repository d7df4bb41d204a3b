"""Use cases and how each has done, as people list them: "quotes and renewals work well, claims don't, new business we excluded"."""

import re
from collections.abc import Iterable

from agent.reading.entries import use_case_name
from agent.reading.phrases import pattern
from agent.reading.text import Span, clauses

LABELS = ("excluded", "untested", "weak", "proven")  # "not proven" is found before "proven"
DONT = re.compile(r"\b(?:don|doesn|didn|isn|aren|wasn|weren)['’]?t\b(?:\s+(?:yet|really))?|\bnot(?:\s+(?:yet|really|so much))?", re.IGNORECASE)
STANDS_FOR_ONE = re.compile(r"^(?:it|that|this|they|these|those|both|all|the (?:rest|others?)|everything|nothing|so|part|half|some|we|i|you)\b", re.IGNORECASE)
WHO = re.compile(r"\s+(?:we|they|i|you|it)$", re.IGNORECASE)
USED_FOR = re.compile(r"^(?:(?:it|that|this)(?:['’]s| is)|we) (?:used?|using|meant|there)(?: it)? (?:for|on|in)\s+", re.IGNORECASE)
LONGEST_NAME = 8  # words


def listed_use_cases(sentences: Iterable[Span]) -> list[str]:
    """Return each named use case with its label, "claims letters: proven"; names without a label of their own wait for the next one that is said."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    for sentence in sentences:
        for clause in clauses(sentence):
            label, said = _label(clause.text)
            name = WHO.sub("", use_case_name(USED_FOR.sub("", clause.text[:said] if label else clause.text))).strip(" ,:=–—-")
            if name and not STANDS_FOR_ONE.match(name) and len(name.split()) <= LONGEST_NAME:
                waiting.append(name)
            if label:
                found.update((one, label) for one in waiting if one not in found)
                waiting = []
    return [f"{name}: {label}" for name, label in found.items()]


def _label(clause: str) -> tuple[str | None, int]:
    """Return how a clause says that a use case has done, and where it says so; a bare "don't" at its end says that it does not do well."""
    for label in LABELS:
        if said := pattern(f"use_case_{label}").search(clause):
            return label, said.start()
    denied = DONT.search(clause)
    return ("weak", denied.start()) if denied and not clause[denied.end() :].strip(" .!") else (None, 0)
