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
LEADS = re.compile(r"^\s*(?:ones?|things?|cases?|use cases?)?\s*(?:are|is|for|with|:|=|-)?\s*", re.IGNORECASE)  # after a label that comes first
LONGEST_NAME = 8  # words


def listed_use_cases(sentences: Iterable[Span]) -> list[str]:
    """Return each named use case with its label, "claims letters: proven"; names without a label of their own wait for the next one that is said."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    for sentence in sentences:
        ahead: str | None = None  # "weak: renewals and quotes"
        if not STANDS_FOR_ONE.match(sentence.text):
            waiting = []
        for clause in clauses(sentence):
            label, said, end = _label(clause.text)
            if label and not waiting and not clause.text[:said].strip(" ,:"):
                ahead, name = label, _name(LEADS.sub("", clause.text[end:]))
            else:
                ahead, name = (None, _name(clause.text[:said])) if label else (ahead, _name(clause.text))
            waiting += [name] if name else []
            if (how := ahead or label) and waiting:
                found.update((one, how) for one in waiting if one not in found)
                waiting = []
    return [f"{name}: {label}" for name, label in found.items()]


def _name(text: str) -> str:
    """Return the name in a piece of a clause; nothing for a pronoun or a whole story."""
    name = WHO.sub("", use_case_name(USED_FOR.sub("", text))).strip(" ,:=–—-")
    return name if name and not STANDS_FOR_ONE.match(name) and len(name.split()) <= LONGEST_NAME else ""


def _label(clause: str) -> tuple[str | None, int, int]:
    """Return how a clause says that a use case has done, and from where to where; a bare "don't" at its end says that it does not do well."""
    for label in LABELS:
        if said := pattern(f"use_case_{label}").search(clause):
            return label, *said.span()
    denied = DONT.search(clause)
    return ("weak", *denied.span()) if denied and not clause[denied.end() :].strip(" .!") else (None, 0, 0)
