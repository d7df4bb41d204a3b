"""Said of one thing and denied of another, in one breath: "PDF yes, Excel no" holds in part."""

import re

from agent.reading.text import Span, clauses

TAG = re.compile(r"(?P<thing>[^.!?;]*?[^\W\d_]{2}[^.!?;]*?)(?:[,:]\s*|\s+)(?P<tag>yes|no|not)\s*(?:[.,;!–-]|$|\b(?:but|and)\b)", re.IGNORECASE)
TAGGED = re.compile(r"\b(?:yes|no|not)\s*(?:[.,;!–-]|$|\b(?:but|and)\b)", re.IGNORECASE)  # what TAG, which is slow, ends on
LONGEST = 400  # characters of a sentence that is looked at; a longer one is no contrast in one breath
SUMS_UP = re.compile(
    r"(?:^|[\s,])(?:so|then|well|but|and|oh|if|or|of course|in short|i'd say)[\s,]*$", re.IGNORECASE
)  # "it is slow, so no" says no of everything
BUT_NOT = re.compile(
    r"\bbut\s+(?:sadly |just |certainly )?(?:not|never)\s+(?:yet\s+)?(?:the|those|these|our|any|all|for|in|at|on|with|by|from)\b", re.IGNORECASE
)
ALL_BUT = re.compile(
    r"\b(?:all|every\w*|any)\b(?P<what>[^.!?;]*?),?\s(?:but(?: for)?|except(?: for)?|apart from|bar|save for|other than)\s+(?:the |our |for )?[\w-]+(?:\s(?!(?:is|are|was|were|has|have|had|not)\b)[\w-]+){0,5}\s*(?:[.,;!]|$)",
    re.IGNORECASE,
)
DENIED = re.compile(r"(?:\b(?:not|never)|n['’]t|\bcannot)\s+(?:yet |been |ever |really |quite |be |have )*(?P<verb>[a-z]{3,})", re.IGNORECASE)
DENIES = re.compile(r"\b(?:not?|never|none|nobody|nothing|cannot|without|hardly|only|whatever|who)\b|n['’]t\b", re.IGNORECASE)
DENIES_NOTHING = re.compile(r"\bonly\b|\bnot that\b", re.IGNORECASE)  # "only the vendor can" denies all of it, "it is not that it wasn't reviewed" nothing
LISTED = re.compile(r"[^.,;:!?]{2,40}(?:,[^.;:!?]{2,40})?:\s+(?:[\w’']+\s*){1,3}[.!]?$")
ENDINGS = re.compile(r"(?:ed|es|s|ing|e)$")

NO_VERBS = {"the", "any", "all", "for", "with", "from", "been", "hav", "sur", "that", "this", "yet", "much", "our", "you", "they", "ther", "need"}
SHORT = 12  # words of a sentence that is one half of a contrast


def in_part(sentence: Span) -> bool:
    """Say whether a sentence says yes of one thing and no of another, or yes of everything but one."""
    text = sentence.text
    if len(text) > LONGEST:
        return False
    return {"yes", "no"} <= _tags(text) or bool(BUT_NOT.search(text)) or _all_but(text) or _same_verb_denied(sentence)


def against(before: Span, after: Span) -> bool:
    """Say whether two short sentences say yes and no of a thing each: "Copper: tested. Stainless: not." """
    if max(len(before.text.split()), len(after.text.split())) > SHORT:
        return False
    first, second = _tags(before.text), _tags(after.text)
    if first and second:
        return first != second
    listed = LISTED.match(before.text) and LISTED.match(after.text)
    return bool(listed) and bool(DENIES.search(before.text)) != bool(DENIES.search(after.text))


def _tags(text: str) -> set[str]:
    """Return the yes and the no that are said of a thing each; a question or a summing up is none."""
    if len(text) > LONGEST or not TAGGED.search(text):
        return set()
    return {match["tag"].lower().replace("not", "no") for match in TAG.finditer(text) if not SUMS_UP.search(match["thing"])}


def _all_but(text: str) -> bool:
    found = ALL_BUT.search(text)
    return bool(found) and not DENIES.search(text[: found.end("what")])  # type: ignore[union-attr]


def _same_verb_denied(sentence: Span) -> bool:
    """ "It reads PDF, it doesn't read drawings": the verb that one clause denies is said without a no in another."""
    parts = [part.text.lower() for part in clauses(sentence)]
    denied = {ENDINGS.sub("", found["verb"]) for part in parts for found in DENIED.finditer(part)}
    said = {ENDINGS.sub("", word) for part in parts if not DENIES.search(part) for word in re.findall(r"[a-z]{3,}", part)}
    return bool(denied & said - NO_VERBS) and not DENIES_NOTHING.search(sentence.text)
