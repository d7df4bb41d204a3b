"""What the model says to the person before our own words: a sentence at most, and only where it promises, judges and smuggles nothing."""

import re

from agent.prompts import prompt

LONGEST = 160
MARKUP = re.compile(r"[<>\[\]{}|`*_#\\]|https?:|www\.|\b\w+\.(?:com|org|net|io|ai|de|example)\b|@", re.IGNORECASE)
VERDICT = re.compile(
    r"\b(?:verdict|ready|scal(?:e|es|ed|ing)|roll(?:ed|s)?[ -]?out|pass(?:es|ed|ing)?|fail(?:s|ed|ing)?|graduat\w*|gates?|approv\w+|green light|certif\w+|complian\w+|guarante\w+|"
    r"urteil|bereit|skalier\w*|bestanden|bestehen|gescheitert|freigegeben|freigabe|"
    r"prêt\w*|réussi\w*|échou\w*|list[oa]s?|aprobad\w*|superad\w*|pront[oi]|approvat\w*|superat\w*|klaar|geslaagd|goedgekeurd|gotow\w*|zaliczon\w*)\b",
    re.IGNORECASE,
)
OURS = 6  # words in a row; more of our prompt than that is repeated by nobody who only listened
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def acknowledgement(text: str, message: str) -> str:
    """Return the model's sentence if it can be shown, else nothing: its figures must be the person's, and judging is not its part."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST or "?" in text or MARKUP.search(text) or VERDICT.search(text) or repeats_prompt(text):
        return ""
    if any(number not in NUMBER.findall(message) for number in NUMBER.findall(text)):
        return ""
    return text if text[-1] in ".!…。" else f"{text}."


def repeats_prompt(text: str) -> bool:
    """Say whether a text repeats our instructions."""
    words = re.findall(r"\w+", text.lower())
    ours = " ".join(re.findall(r"\w+", f"{prompt('reading')} {prompt('answering')}".lower()))
    return any(" ".join(words[start : start + OURS + 1]) in ours for start in range(len(words) - OURS))
