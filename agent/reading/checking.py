"""Holding what a model claims against the words: every quote must stand in the message, every value must be of its kind and be told by its quote."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from agent.items import Guide, Item
from agent.languages import ENGLISH, ReadingWords, in_english, reading_words
from agent.reading.parties import words as party_words
from agent.reading.reading import Listening
from agent.reading.understanding import Claim
from agent.reading.values import Mention, as_quantity, find_values
from agent.record import Statement
from agent.same import ends, same_value

LONGEST_QUOTE, LONGEST_TEXT, LONGEST_PARTY, MOST_ENTRIES = 600, 200, 80, 20
MOST_ON_ONE_QUOTE = 4  # nobody tells five things with the same words
FORMS = {
    "count": ("count",),
    "percent": ("percent", "count"),
    "money": ("money", "count"),
    "duration": ("duration", "count"),
    "quantity": ("percent", "duration", "money", "count"),
}
SHOWN = ("proven", "weak", "untested", "excluded")
MOSTLY = 0.6


def check(claims: Sequence[Claim], message: str, listening: Listening, guide: Guide, language: str = ENGLISH) -> tuple[list[Statement], frozenset[str]]:
    """Return the claims that hold as statements, and the items that the person takes back with them. What does not hold is left out."""
    repeated = Counter(_plain(claim.quote) for claim in claims)
    held: dict[str, Statement] = {}
    corrects: set[str] = set()
    for claim in claims:
        if claim.item in held or repeated[_plain(claim.quote)] > MOST_ON_ONE_QUOTE:
            continue
        statement = _hold(claim, message, listening, guide, language)
        if statement:
            held[claim.item] = statement
            corrects |= {claim.item} if claim.corrects and listening.record.heard(claim.item) else set()
    return list(held.values()), frozenset(corrects)


def _hold(claim: Claim, message: str, listening: Listening, guide: Guide, language: str) -> Statement | None:
    item, quote = guide.items.get(claim.item), exact_quote(claim.quote, message)
    if item is None or quote is None:
        return None
    words = reading_words(language)
    state, value = claim.state, None
    if state in ("unknown", "not_applicable") and item.id not in listening.asked:
        return None  # what nobody asked for is not yet unknown
    if state == "unknown" and words and words.unsure and not _has(quote, words.unsure):
        return None  # that the model found nothing does not say that the person knows nothing
    if state == "absent" or (state == "known" and item.kind == "party" and claim.value.strip().lower() in ("nobody", "none", "no one")):
        if words and words.none and not _has(quote, words.none):
            return None
        state, value = ("known", "no") if item.kind == "answer" else ("absent", "nobody" if item.kind == "party" else None)
    elif state == "known":
        value = _value(item, claim.value.strip(), quote, listening, words)
        if value is None:
            return None
    return Statement(
        item=item.id, state=state, value=value, quote=quote, speaker=listening.speaker, turn=listening.turn, said_on=listening.today.isoformat(),
    )  # fmt: skip


def exact_quote(quote: str, message: str) -> str | None:
    """Return the span of the message that a quote means, give or take white space, quotation marks and capitals; None where it does not stand there."""
    wanted = quote.strip().strip('"“”„«»').strip()
    if not any(char.isalnum() for char in wanted) or len(wanted) > LONGEST_QUOTE:
        return None
    pattern = r"\s+".join(_loosely(word) for word in wanted.split())
    found = re.search(pattern, message, re.IGNORECASE)
    return found[0] if found else None


def _loosely(word: str) -> str:
    """Apostrophes, quotation marks and dashes come in several shapes, and models swap them."""
    return re.sub(r"['’‘`]", "['’‘`]", re.sub(r"[\"“”„«»]", '["“”„«»]', re.sub(r"\\?[-–—]", "[-–—]", re.escape(word))))


def _value(item: Item, said: str, quote: str, listening: Listening, words: ReadingWords | None) -> Any:
    """Return the value in the form of the item's kind, or None where it is not of that kind or the quote does not tell it."""
    match item.kind:
        case "answer":
            return said.lower() if said.lower() in ("yes", "partly", "no") else None
        case "choice":
            return said.lower() if said.lower() in item.options else None
        case "text":
            return _text(said, quote)
        case "list":
            return _list(item, said, quote)
        case "party":
            return _party(said, quote, listening, words)
        case "date":
            return _date(said, quote, listening.today, words)
        case _:
            return _figure(item.kind, said, quote, listening.today, words)


def _text(said: str, quote: str) -> str:
    """Keep the model's shorter wording only where it is made of the person's words."""
    return said if said and len(said) <= LONGEST_TEXT and _share(said, quote) >= MOSTLY else quote[:LONGEST_TEXT]


def _list(item: Item, said: str, quote: str) -> list[str] | None:
    entries = [entry.strip() for entry in re.split(r"[;\n]", said) if entry.strip()][:MOST_ENTRIES]
    if item.id == "rollout.use_cases":
        parts = [entry.rpartition(":") for entry in entries]
        return [
            f"{name.strip()}: {shown.strip().lower()}" for name, _, shown in parts if shown.strip().lower() in SHOWN and _share(name, quote) >= MOSTLY
        ] or None
    return [entry for entry in entries if len(entry) <= LONGEST_TEXT and _share(entry, quote) >= MOSTLY] or None


def _party(said: str, quote: str, listening: Listening, words: ReadingWords | None) -> str | None:
    if not said or len(said) > LONGEST_PARTY or not re.search(r"\w", said):
        return None
    if said.lower() in ("me", "i", "the speaker", "speaker", listening.speaker.lower() or "me"):
        return (listening.speaker or "me") if words is None or _has(quote, words.me) or _share(said, quote) == 1 else None
    said = re.sub(r"^(?:the|our|a|an)\s+", "", said, flags=re.IGNORECASE)
    return said if _share(said, quote) == 1 and said.lower() not in party_words()["me"] else None


def _date(said: str, quote: str, today: date, words: ReadingWords | None) -> str | None:
    try:
        day = date.fromisoformat(said).isoformat()
    except ValueError:
        return None
    if words is None:  # in a language we have no words of, the year at least must be told
        return day if day[:4] in quote else None
    return day if any(one.kind == "date" and one.value == day for one in find_values(in_english(quote, words), today)) else None


def _figure(kind: str, said: str, quote: str, today: date, words: ReadingWords | None) -> Any:
    claimed = next((value for one in find_values(said, today) if (value := as_kind(one, said, kind)) is not None), None)
    if claimed is None:
        return None
    text = in_english(quote, words) if words else quote
    told = find_values(text, today)
    for mention in told:
        value = as_kind(mention, text, kind)
        if value is not None and (same_value(value, claimed) or (_without_unit(mention, words) and ends(value) == ends(_bare(claimed)))):
            return claimed
    return None


def _without_unit(mention: Mention, words: ReadingWords | None) -> bool:
    """A figure whose unit was left out, or stands there in a language we have no words of, may have the claimed one."""
    return words is None or (mention.kind == "count" and not mention.unit_said)


def _bare(value: Any) -> Any:
    return {("value" if key == "amount" else key): part for key, part in value.items() if key not in ("unit", "currency")} if isinstance(value, dict) else value


def as_kind(mention: Mention, text: str, kind: str) -> Any:
    """Return a value found in a text in the form of a kind, or None where it is of another sort."""
    if mention.kind not in FORMS.get(kind, ()):
        return None
    if kind == "quantity":
        return as_quantity(mention, text)
    if mention.kind == kind:
        return int(mention.value) if kind == "count" and isinstance(mention.value, float) else mention.value
    middle = mention.value if isinstance(mention.value, dict) else {"value": mention.value}
    if kind == "money":
        return {"amount": middle["value"], "currency": "", **{end: middle[end] for end in ("low", "high") if end in middle}}
    return {**middle, "unit": ""} if kind == "duration" else mention.value


def _has(text: str, listed: frozenset[str]) -> bool:
    return any(word.lower().replace("’", "'") in listed or word.lower().split("'")[0] in listed for word in re.findall(r"[^\W\d_]+(?:['’/][^\W\d_]+)?", text))


def _share(part: str, whole: str) -> float:
    """Return how many of the words of one text stand in the other."""
    wanted, there = (re.findall(r"\w+", text.lower()) for text in (part, whole))
    return sum(word in there for word in wanted) / len(wanted) if wanted else 0.0


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
