"""Set phrases of a conversation (phrases.yaml): what the person wants, and how they say that they don't know."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import yaml

Intent = Literal["answer", "why", "skip", "back", "status", "finish", "help", "explain"]
STANCES = ("yes", "no", "partly")
LONGEST_COMMAND = 14  # words; whoever writes more is telling something
POLITE = re.compile(
    r"^(?:(?:please|ok|okay|well|hm+|um+|er|so|hey|sorry|and|but|hello|hi|no|thanks|thank you|could you|can you|can we|could we|let us|let's|wait|right|enough|that['’]?s enough|i['’]?m done)[\s,]+)+|[\s,]+(?:please|thanks|thank you|then|now|again)$",
    re.IGNORECASE,
)
ASKS_BACK = re.compile(
    r"(?:who|what|which|when|where|why|how|whose|is|are|am|was|were|can|could|do|does|did|will|would|should|may|must|shall|have|has"
    r"|isn['’]?t|aren['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|won['’]?t|can['’]?t)\b[^.!?]*\?+",
    re.IGNORECASE,
)


@cache
def phrases(group: str) -> tuple[str, ...]:
    return tuple(_load()[group])


@cache
def _load() -> dict[str, list[str]]:
    data = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))
    intents = data.pop("intents")
    return {**{name: [str(entry) for entry in entries] for name, entries in data.items()}, **{f"intent:{name}": entries for name, entries in intents.items()}}


@cache
def pattern(group: str, whole: bool = False) -> re.Pattern[str]:
    """Return one pattern for a group; * stands for any words and is captured."""
    parts = [_as_regex(entry) for entry in sorted(phrases(group), key=len, reverse=True)]
    body = "|".join(parts)
    return re.compile(rf"^(?:{body})$" if whole else rf"\b(?:{body})\b", re.IGNORECASE)


def _as_regex(phrase: str) -> str:
    """Phrases are written for people: * is any words, (a|b) a choice, x? an optional letter; nothing else is special."""
    opened = re.sub(r"\((?!\?)", "(?:", phrase.replace(" *", "\0").replace("* ", "\1"))
    return opened.replace("'", "['’]").replace("\0", "(?: .*)?").replace("\1", "(?:.* )?")


def intent(message: str) -> tuple[Intent, str]:
    """Return what the person wants of the interview, and the words a question of theirs is about.

    Only a short message that is nothing but the phrase counts, so that "skip tracing is our use case" stays an answer.
    """
    plain = _plain(message).removeprefix("/")  # as commands are written elsewhere
    if not plain or len(plain.split()) > LONGEST_COMMAND:
        return "answer", ""
    for name in ("why", "skip", "back", "status", "finish", "help", "explain"):
        for candidate in (plain, _plain(POLITE.sub("", plain))):
            if pattern(f"intent:{name}", whole=True).match(candidate):
                return name, _topic(candidate) if name == "explain" else ""
    return "answer", ""


def _plain(message: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'’/-]", " ", message)).strip().lower()


def _topic(question: str) -> str:
    words = re.sub(
        r"^(?:what counts as|what do you mean by|what is meant by|what do you mean|what does|what is|what's|define|explain|how do you define|(?:can|could) you (?:explain|rephrase)|i don['’]t understand(?: the question)?)\s*",
        "",
        question,
    )
    return re.sub(r"\bmean$|^(?:an?|the)\s+", "", words).strip()


def asks_back(message: str) -> bool:
    """Say whether a message is one question of the person's own: "who counts as owner here?"; "Priya, I think?" is an answer."""
    return bool(ASKS_BACK.fullmatch(POLITE.sub("", message.strip())))


@lru_cache(maxsize=2048)  # the same clause is tried for every item
def says(group: str, text: str) -> bool:
    """Say whether a text contains a phrase of the group."""
    return bool(pattern(group).search(re.sub(r"\s+", " ", text)))


def tagged(text: str) -> str | None:
    """Return the yes or no that a sentence begins or ends with: "a proper process, no." """
    plain = re.sub(r"\s+", " ", text).strip().lower()
    if re.search(r"\b(?:nothing|none|nobody|no one|zero)[.!]?$", plain):
        return "no"
    for label in ("no", "yes"):
        if re.search(
            rf"(?:^(?:and |but |well,? |so )?{label}\b[,.!:;]|[,?:] (?:so |then )?{label}[.,!;]?(?:$|,? (?:i|we|they|that|it|not)\b)|[,?:;] {label}[.!]?$)",
            plain,
        ):
            return label
    return None


def begins(group: str, text: str) -> bool:
    """Say whether a text begins with a phrase of the group."""
    return bool(re.match(rf"^\W*(?:{'|'.join(_as_regex(entry) for entry in sorted(phrases(group), key=len, reverse=True))})\b", text, re.IGNORECASE))


def only(text: str, groups: Sequence[str]) -> str | None:
    """Return which of the groups a text is nothing but a phrase of."""
    return next((group for group in groups if is_only(group, text)), None)


def is_only(group: str, text: str) -> bool:
    """Say whether a text is nothing but a phrase of the group, give or take politeness."""
    plain = _plain(text)
    return any(pattern(group, whole=True).match(candidate) for candidate in (plain, _plain(POLITE.sub("", plain))))
