"""Texts and lists in the person's own words: what the use case is, who it is for, what should come of it."""

import re
from functools import cache

import numpy as np

from agent.reading.absence import add_none, none_of, noted_unknown, unknown
from agent.reading.entries import entries, use_case_name
from agent.reading.message import FAR_TOPIC, NEAR_TOPIC, SURE, Message
from agent.reading.parties import words
from agent.reading.phrases import STANCES, only
from agent.reading.text import Span
from agent.reading.use_cases import LABELS, listed_use_cases

USE_CASE, USE_CASES = "charter.use_case", "rollout.use_cases"
TOLD_UNASKED = (USE_CASE, "charter.department", "charter.outcome", "charter.kpi")
TAKES_A_CLAUSE = (USE_CASE, "charter.outcome", "charter.kpi")  # more than a name to tell
STORY_TOPIC, STORY_SEEN = 0.22, 0.65  # an opening tells the use case, whatever its words; where the encoder looks on, "AI pilot, hotel group" does not
TOLD_TOPIC = 0.45  # the other texts have to be plain
SHORT_STORY, LONG_NAME, ODD_LENGTH_COST = 5, 14, 0.06  # words: a use case takes a sentence to tell, a department a few words
HINT = 0.1  # of an item there must be in another sentence for it to have the item instead of one that tells two
SEEN_WEIGHT = 0.7  # of the encoder in where a text stands
SEEN_TEXT, SEEN_ENTRY = 0.5, 0.6  # how plainly the encoder must see a text where it seems talk; a name that nobody asked for, or an entry of a list
USE_CASES_TOLD = 0.4  # how plainly the encoder must hear use cases that nobody asked for
NAMED_USE_CASE = 0.1  # a clause in a list of use cases need only hint at one


def read_texts(message: Message) -> None:
    """Give each text that was asked for its sentence, and take the plainest of what was not."""
    if message.listening.open_question:
        _read_story(message)
        return
    asked = [item for item in message.open_items() if item in message.column and message.kind(item) in ("text", "list")]
    places = _places(message, asked)
    for item in asked:
        if item in places:
            _read_asked(message, item, places[item])
    _read_volunteered_use_cases(message)
    for item in message.column:
        if message.kind(item) in ("text", "list") and item not in (*message.asked, USE_CASES) and not message.settled(item) and item not in message.found:
            _read_volunteered(message, item)


def _read_volunteered(message: Message, item: str) -> None:
    """Take a text or a list that nobody asked for where the encoder leaves no doubt; without one, a text where it is plain."""
    if message.look:
        if message.plainly(item, SURE) == "value":
            _read_seen(message, item)
    elif item in TOLD_UNASKED:
        index = int(np.argmax(message.topic(item)))
        if message.plain(index, item) >= message.needs(item, NEAR_TOPIC, FAR_TOPIC) and message.leads(index, item):
            _add_text(message, item, message.spans[index])


def _read_seen(message: Message, item: str) -> None:
    """Put down the text or the list that the encoder sees, with the sentence in which it sees it best."""
    seen = [(start, end) for start, end, score in message.stretches(item) if score >= SEEN_ENTRY or item in TAKES_A_CLAUSE]
    if not seen:
        return
    sentence = max(message.sentences, key=lambda one: _overlap(one, *seen[0]))
    told = _seen_entries(message, item, 0, len(message.text)) if message.kind(item) == "list" else _told(message, item, sentence)
    if told:
        message.add(item, "known", told, sentence)


def _overlap(sentence: Span, start: int, end: int) -> int:
    """Return how many characters of a stretch a sentence holds; the encoder sees some stretches across a full stop."""
    return min(sentence.end, end) - max(sentence.start, start)


def _told(message: Message, item: str, sentence: Span) -> str | None:
    """Return a text as it was said: what takes more to tell in its clause; a department only where it is called one, as "claims team" is."""
    inside = [(max(start, sentence.start), min(end, sentence.end)) for start, end, _ in message.stretches(item) if _overlap(sentence, start, end) > 0]
    if item not in TAKES_A_CLAUSE:
        called = _body().match(message.text, inside[0][0], sentence.end)
        return called.group() if called else None
    first, last = min(start for start, _ in inside), max(end for _, end in inside)
    around = [piece for piece in message.spans if piece.start <= first and last <= piece.end]
    return min((*around, sentence), key=lambda one: one.end - one.start).text.strip().rstrip(".")  # what goes on in the next sentence is left


@cache
def _body() -> re.Pattern[str]:
    """What a part of an organisation is called: some words of its own, and a word for it."""
    link = r"(?!(?:in|for|at|of|by|is|are|to|from|with|and|the|our|my|a|an|we|they|it|this|that|some|whole|all|other)\b)"
    return re.compile(rf"\b(?:{link}[\w’&-]+\s+){{1,3}}(?:{'|'.join(sorted(words()['bodies']))})\b", re.IGNORECASE)


def _read_volunteered_use_cases(message: Message) -> None:
    """Take how use cases have done where that was not asked for, but is plainly told."""
    item = USE_CASES
    if item in message.asked or message.settled(item) or message.look is None or message.look.speaks_of(item) < USE_CASES_TOLD:
        return
    index = int(np.argmax(message.topic(item)))
    listed = _use_cases(message, plainly=True)
    if listed:
        message.add(item, "known", listed, message.sentence_of(message.spans[index]))


def _read_story(message: Message) -> None:
    """In an opening the use case is the sentence that tells most of it; the other texts have to be plain."""
    for item in TOLD_UNASKED:
        if message.look and item != USE_CASE:
            _read_volunteered(message, item)
        if item in message.found or not message.may_speak_of(item) or (message.look and item not in TAKES_A_CLAUSE):
            continue
        fit, index = max(((_fit(message, item, one), one) for one in message.whole_sentences()), key=lambda pair: pair[0])
        needed = TOLD_TOPIC if item != USE_CASE else STORY_SEEN if message.look else STORY_TOPIC
        if fit >= needed and not unknown(message.spans[index].text):
            _add_text(message, item, message.spans[index])


def _places(message: Message, items: list[str]) -> dict[str, int]:
    """Give each text item the sentence that is most its own; a sentence serves two items only where there is no other."""
    whole = message.whole_sentences()
    asked = [item for item in message.asked if item in message.column]
    places: dict[str, int] = {}
    pairs = sorted(((_fit(message, item, index), item, index) for item in items for index in whole), key=lambda pair: -pair[0])
    for fit, item, index in pairs:
        if message.kind(item) == "list" and index in places.values():
            continue
        if item in places or (index in places.values() and len(whole) >= len(items) and _another(message, item, index, whole, places)):
            continue
        if (message.is_talk(index, item) and _seen(message, item, message.spans[index]) < SEEN_TEXT) or not _tells(message, index):
            continue
        claimed = any(message.topic(other)[index] >= TOLD_TOPIC for other in asked if other not in items)
        if fit >= 0 or message.alone or (len(whole) == 1 and not claimed):
            places[item] = index
    return places


def _another(message: Message, item: str, index: int, whole: list[int], places: dict[str, int]) -> bool:
    """Say whether there is another sentence for an item, one that tells something and is no other item's; not where it is plainly seen in this one."""
    return _seen(message, item, message.spans[index]) < SEEN_ENTRY and any(
        one not in places.values() and not message.is_talk(one, item) and _tells(message, one) and (not message.look or _fit(message, item, one) >= HINT)
        for one in whole
    )


def _tells(message: Message, index: int) -> bool:
    """Say whether a sentence has words that people use, beyond "ok" and "fine"."""
    text = message.spans[index].text
    known = [word for word in text.lower().split() if word.strip(".,!?") in message.matcher.common_words or word[:1].isupper()]
    return bool(known or text[:1].isupper()) and only(text, (*STANCES, "vague")) is None


def _fit(message: Message, item: str, index: int) -> float:
    """Return how like an item's examples a sentence is, less where its length is odd for the item."""
    length = len(message.spans[index].text.split())
    odd = (item == USE_CASE and length < SHORT_STORY) or (item == "charter.department" and length > LONG_NAME)
    return float(message.topic(item)[index]) - (ODD_LENGTH_COST if odd else 0) + SEEN_WEIGHT * _seen(message, item, message.spans[index])


def _seen(message: Message, item: str, piece: Span) -> float:
    """Return how plainly the encoder sees the words of an item in a stretch, 0 to 1."""
    return max((score for start, end, score in message.stretches(item) if piece.start <= start and end <= piece.end), default=0.0)


def _read_asked(message: Message, item: str, index: int) -> None:
    piece = message.spans[index]
    if noted_unknown(piece.text):
        message.add(item, "unknown", None, piece)
    elif none_of(message, index, item, piece.text):
        add_none(message, item, piece)
    else:
        _add_text(message, item, piece)


def _add_text(message: Message, item: str, piece: Span) -> None:
    """Put down a text as it was said, or the entries of a list."""
    if message.kind(item) != "list":
        called = _body().search(piece.text) if item == "charter.department" else None
        message.add(item, "known", called.group() if called else piece.text.strip().rstrip("."), piece)
        return
    listed = _use_cases(message) if item == USE_CASES else _listed(message, item, piece)
    if listed:
        message.add(item, "known", listed, piece)


def _listed(message: Message, item: str, piece: Span) -> list[str]:
    """Return the entries of a list: what the encoder sees of them, or their words, where those hold all that it sees and more."""
    seen, worded = _seen_entries(message, item, piece.start, piece.end), entries(piece.text)
    more = len(worded) > len(seen) and all(any(one in entry for entry in worded) for one in seen)
    return worded if more else seen


def _seen_entries(message: Message, item: str, first: int, last: int) -> list[str]:
    """Return the entries that the encoder plainly sees between two places, in the order they are said."""
    return [message.text[start:end] for start, end, score in sorted(message.stretches(item)) if score >= SEEN_ENTRY and first <= start and end <= last]


def _use_cases(message: Message, *, plainly: bool = False) -> list[str]:
    """Return the use cases that a message names, each with how it has done: "claims letters: proven"; plainly: only from sentences about nothing else."""
    about: list[Span] = []
    for one in message.sentences:
        goes_on = about and one.sentence == about[-1].sentence + 1 and len(one.text.split()) <= SHORT_STORY
        if not plainly or goes_on or message.leads(message.place(one), USE_CASES) or _sees_use_case(message, one):
            about.append(one)
    if listed := listed_use_cases(about):
        return listed
    found = []
    for sentence in about:
        for index in _widest_parts(message, sentence):
            name = use_case_name(message.spans[index].text)
            if name and message.topic(USE_CASES)[index] > NAMED_USE_CASE and (not plainly or message.leads(index, USE_CASES)):
                scores = {label: score for label, score in message.labels(index, USE_CASES).items() if label in LABELS}
                found.append(f"{name}: {max(scores, key=lambda label: scores[label])}")
    return found


def _sees_use_case(message: Message, sentence: Span) -> bool:
    """Say whether the encoder plainly sees the name of a use case in a sentence."""
    seen = [one for label in LABELS for one in message.stretches(f"{USE_CASES}:{label}")]
    return any(sentence.start <= start and end <= sentence.end and score >= SEEN_ENTRY for start, end, score in seen)


def _widest_parts(message: Message, sentence: Span) -> list[int]:
    """Return the widest stretches of clauses in a sentence, or the sentence where it is a single clause."""
    parts = [index for index in message.spans_in.get(sentence.sentence, []) if message.spans[index] != sentence]
    widest, end = [], -1
    for index in sorted(parts, key=lambda one: (message.spans[one].start, -message.spans[one].end)):
        if message.spans[index].end > end:  # else it lies inside the one before
            widest.append(index)
            end = message.spans[index].end
    return sorted(widest) or [message.place(sentence)]
