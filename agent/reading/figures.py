"""Counts, shares, money, durations and dates: each value in a message goes to the item whose examples its surroundings are most like."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from agent.reading.absence import unknown
from agent.reading.dates import ago
from agent.reading.matching import Floats
from agent.reading.message import Message
from agent.reading.phrases import says
from agent.reading.text import Span
from agent.reading.values import EVENLY, REACH, Mention, as_quantity, holds_since, since, units, until_now
from agent.record import Statement
from agent.same import SECONDS

# How like an item's examples the surroundings of a value must be: asked for, little is enough; a stray figure must be plain.
ASKED_SLOT, NEAR_SLOT, FAR_SLOT, OPENING_SLOT = 0.06, 0.5, 0.58, 0.5
ASKED_BONUS = 0.3  # a value goes to an asked item before any other it may suit
SAME_UNIT, SAID_OF_TODAY, SAID_OF_BEFORE, DATE_FOR_DURATION = 0.3, 0.3, -0.3, -0.3  # what the words around a value do not tell
BEFORE_DATE, BARE_DATE = 60, 3  # characters before a day, in which it is said that something began; words of a message that is only a day
LOOK_SHARE = 0.6  # of the encoder in whose value a value is
SHORT_CLAUSE = 4  # words; fewer do not tell what a value is
FITS = {
    "count": ("count",),
    "percent": ("percent",),
    "money": ("money",),
    "duration": ("duration", "date"),
    "date": ("date", "duration"),
    "quantity": ("duration", "percent", "money", "count"),
}
MEASURE_ITEMS = ("charter.baseline", "charter.target", "gates.kpi_now")
PEOPLE = ("charter.pilot_users", "charter.rollout_users", "gates.active_users", "gates.target_users", "culture.outside_interviews")
TODAYS_FIGURES = ("gates.adoption", "gates.kpi_now", "gates.active_users")
AT_WORK, INTENDED = "gates.active_users", "gates.target_users"
SMALL_AND_LARGE = (("charter.pilot_users", "charter.rollout_users"), (AT_WORK, INTENDED))
# "9 minutes faster", "shaved off 9 minutes": how far apart two levels are, not a level.
DIFFERS_AFTER = re.compile(
    r"\s*(?:faster|quicker|less|fewer|shorter|sooner|slower|more|longer|better|worse|saved)\b(?! than (?:one|two|a|an|\d))", re.IGNORECASE
)
DIFFERS_BEFORE = re.compile(
    r"\b(?:sav(?:es?|ed|ing)|shav(?:es?|ed|ing)(?: off)?|(?:down|up|cut|dropped|reduced|fell|fallen|rose|improved|shortened|quicker|faster|better) by)(?:\s+(?:us|about|some|around))?\s+$",
    re.IGNORECASE,
)
OF_ALL, OF_EACH = (
    re.compile(r"\b(?:in total|overall|altogether|whole team|all in all|all (?:of )?(?:us|users)|over all|across)\b", re.IGNORECASE),
    re.compile(r"\b(?:each|per|every|apiece)\b", re.IGNORECASE),
)
NOT_USING = re.compile(
    r"\b(?:never|not at all|dropped out|have stopped|has stopped|refuse|refused|have left|gave up|given up|now and then|now and again)\b", re.IGNORECASE
)
ALL_BUT = re.compile(r"\b(?:all|everyone|everybody) (?:but|except|save)(?: for)?\s+$", re.IGNORECASE)
BARE_BEFORE = re.compile(r"(?:(?:it|that)(?:['’]s|\s+(?:is|was))|about|around|roughly|only|just|well|so|i think|some|,|\s)*", re.IGNORECASE)
BARE_AFTER = re.compile(r"[\s.,!]*(?:or so|i think|i['’]d say)?[\s.!]*", re.IGNORECASE)
NOT_THEN = re.compile(r"(?:n['’]t|\bnot|\bnever)(?:\s+(?!,)\w+){0,3}\s+$", re.IGNORECASE)
BUT_THEN = re.compile(
    r"\s*[,;.–—-]?\s*(?:but\s+|actually\s+)?(?:it|that|we|they)(?:['’]s|\s+(?:was|is|were|did|(?:really\s+)?(?:started|began)))(?:\s+(?:on|in|actually|really|only|the))*\s+(?=\d|[A-Z])",
    re.IGNORECASE,
)
INSTEAD_OF = re.compile(r"\b(?:instead of|rather than|down from|up from)\s+(?:the\s+)?$", re.IGNORECASE)
MEASURED_IN = re.compile(  # a measure that begins with its unit: "days from appeal to decision"; not "tickets a day", nor "minutes drafted"
    rf"(?:(?:the|our|average|mean|median|total|number of|how many|working|net)\s+)*(?P<unit>{'|'.join(SECONDS)})"
    r"(?=\s*(?:$|[,.(]|(?:from|to|per|until|till|of|between|for|spent|lost|saved|it|a|an|we|they)\b))",
    re.IGNORECASE,
)
FIXED_UNITS = ("percent", *SECONDS)
NEARLY_ALL = re.compile(r"\b(?:all|most|majority|bulk)\b", re.IGNORECASE)  # who says so speaks of a share
LEFT_OUT = re.compile(r"\s*(?:at|or|on|in|during|when|under|$|[,;.!?])", re.IGNORECASE)  # after a figure whose unit was said before
AT_PEAK = re.compile(r"(?<!off-)(?<!off )\bpeaks?\b|\bworst\b", re.IGNORECASE)
OFF_PEAK = re.compile(r"\b(?:off[- ]peak|normal(?:ly)?|usual(?:ly)?|typical(?:ly)?|average|otherwise|quiet)\b", re.IGNORECASE)
PART_ENDS = re.compile(r"[,;.!?](?!\d)|\b(?:and|but|while)\b", re.IGNORECASE)
SAID_OF_PEAK = 0.4
LASTS_BEFORE = re.compile(
    r"\b(?:for|since|after|over|every|of|by|in|during|these|last|past|first|another|than|took)\s+(?:the\s+|about\s+|almost\s+|nearly\s+|over\s+|some\s+|last\s+|past\s+)*$",
    re.IGNORECASE,
)
LASTS_AFTER = re.compile(r"\s*(?:ago|before|after|later|earlier|ahead|old|running|straight|in\b|in a row|now\b|already|long)", re.IGNORECASE)
SEEN_AT_WORK, RATHER = 0.3, 4  # how plainly the encoder must see a figure as users at work; and how many times as plainly as those intended
LEVEL = 0.4  # how plainly the encoder must see a figure of the measure in a time that lends its unit to another
RUMOUR = re.compile(
    r"\b(?:some|others|another|one|people|somebody(?: else)?|someone(?: else)?|somebody once)\s+(?:of (?:us|them)\s+)?(?:says?|said|hears?|heard|reckons?|claims?|thinks?)\s+(?:it(?:['’]s| is| was)\s+)?(?:about\s+|around\s+)?$",
    re.IGNORECASE,
)
KPI, STARTED, SUSTAINED, PEAK = "charter.kpi", "charter.started_on", "gates.adoption_sustained", "gates.peak_latency"


def read_figures(message: Message) -> None:
    """Give each value to one item; asked items come first."""
    unsaid = (*_rumours(message), *(one for one in message.values if _says_again(message, one) or _only_asked(message, one)))
    mentions = [mention for mention in message.values if mention not in unsaid and not taken_back(message.text, mention)]
    if not mentions:
        return
    left, given = list(mentions), dict[str, Mention]()
    for _, _, item, mention in sorted(_candidates(message, mentions), key=lambda one: one[:3]):
        if item not in message.found and mention in left:
            left.remove(mention)
            given[item] = mention
            message.found[item] = figure(message, item, mention)
    for item, mention in _take_what_is_left(message, left):
        given[item] = mention
        message.found[item] = figure(message, item, mention)
    _order_by_size(message, given)


def _candidates(message: Message, mentions: list[Mention]) -> list[tuple[float, int, str, Mention]]:
    """Return each value with each item it may belong to; the surest sorts first, then the one that was said first."""
    scores = _slots(message, mentions)
    candidates: list[tuple[float, int, str, Mention]] = []
    for index, mention in enumerate(mentions):
        suited = _suited(message, mention, scores[index].tolist())
        best = max(suited.values(), default=0.0)
        for item, alike in suited.items():
            asked = item in message.asked
            score = alike + (_hint(message, item, mention) if asked or message.kind(item) == "duration" else 0.0)
            contradicts = not asked and message.settled(item) and message.kind(item) == "quantity"
            if (contradicts and not mention.unit_said) or (not asked and says("hedged", _clause(message, mention).text)):
                continue  # "it was 35 in October" takes nothing back; "about 35, I think" is worth a question of its own
            if item in TODAYS_FIGURES and INSTEAD_OF.search(message.text[max(0, mention.start - 16) : mention.start]):
                continue  # "31 instead of 42" is 31 today
            if not asked and message.kind(item) == "date" and not _begins(message, mention):
                continue  # "Minutes of 3 March" is the day of something else
            if item == INTENDED and _at_work(message, mention):
                continue
            if score >= _needed(message, item) and (asked or score >= best):
                candidates.append((-(score + (ASKED_BONUS if asked else 0)), index, item, mention))
    told_now = {item for _, _, item, mention in candidates if item in TODAYS_FIGURES and _said_of_today(message, mention)}
    return [one for one in candidates if one[2] not in told_now or _said_of_today(message, one[3])]  # "85 % in the first week, it's 60 % now"


def _suited(message: Message, mention: Mention, scores: list[float]) -> dict[str, float]:
    """Return how well a value suits each item whose kind it fits; where a message is nothing but a figure, only what was asked for: "28."."""
    suited = {item: score for item, score in zip(message.matcher.slot_items, scores, strict=True) if fits(message, item, mention)}
    answered = suited.keys() & set(message.asked)
    if answered and BARE_BEFORE.fullmatch(message.text, 0, mention.start) and BARE_AFTER.fullmatch(message.text, mention.end):
        return {item: max(suited[item], ASKED_SLOT) for item in answered}
    return suited


def _said_of_today(message: Message, mention: Mention) -> bool:
    return says("today", _clause(message, mention).text)


def _begins(message: Message, mention: Mention) -> bool:
    """Say whether something is said to begin on a day that nobody asked for, or nothing else is said at all; not where it tells how long use has held."""
    if SUSTAINED in message.asked and holds_since(message.text, mention):
        return False
    return says("begins", message.text[max(0, mention.start - BEFORE_DATE) : mention.end]) or len(message.text.split()) <= BARE_DATE


def _slots(message: Message, mentions: list[Mention]) -> Floats:
    """Return how much each value is the value of each item in `slot_items`: matcher and encoder together, where there is one.

    Of what was not asked for, the encoder must also hear in the whole message that it is spoken of.
    """
    scores = message.matcher.slot_scores([_place(message, mention) for mention in mentions])
    if message.look is None:
        return scores
    seen = message.look.slots_of([(mention.start, mention.end) for mention in mentions])
    for column, item in enumerate(message.matcher.slot_items):
        if item not in message.look.slot_columns:
            continue
        mine = seen[:, message.look.slot_columns[item]]
        if item in message.asked:
            scores[:, column] = (1 - LOOK_SHARE) * scores[:, column] + LOOK_SHARE * mine
        else:
            scores[:, column] = (scores[:, column] + mine + message.look.speaks_of(item)) / 3
    return scores


def _needed(message: Message, item: str) -> float:
    """Say how like its examples an item's value must stand; people open with figures, so there less is enough."""
    if item in message.asked:
        return ASKED_SLOT
    return OPENING_SLOT if message.listening.open_question else message.needs(item, NEAR_SLOT, FAR_SLOT)


def _hint(message: Message, item: str, mention: Mention) -> float:
    """Return what speaks for or against a value beyond its surroundings: its unit, and whether it is today's figure."""
    kind = message.kind(item)
    if kind == "duration" and mention.kind == "date":
        return -DATE_FOR_DURATION if holds_since(message.text, mention) else DATE_FOR_DURATION
    hint = 0.0
    if kind == "quantity":
        said = {(message.record.known(other) or {}).get("unit") for other in MEASURE_ITEMS if other != item}
        quantity = as_quantity(mention, message.text)
        hint += SAME_UNIT if quantity and quantity["unit"] and quantity["unit"] in said else 0.0
    if item in PEOPLE and says("formerly", _clause(message, mention).text):
        hint += SAID_OF_BEFORE
    if item == PEAK:
        part = message.text[slice(*_part_around(message.text, mention))]
        hint += SAID_OF_PEAK if AT_PEAK.search(part) else -SAID_OF_PEAK if OFF_PEAK.search(part) else 0.0
    if item in TODAYS_FIGURES and item in message.asked:
        hint += SAID_OF_TODAY if _said_of_today(message, mention) else 0.0
    return hint


def _take_what_is_left(message: Message, left: list[Mention]) -> Iterator[tuple[str, Mention]]:
    """Yield each asked item that no surroundings gave away with the first value that fits it; two of a kind get them in the order of the question.

    Whoever takes a pair puts it down before the next, which depends on it.
    """
    for item in message.open_items():
        if item not in message.matcher.slot_items:
            continue
        fitting = [
            mention
            for mention in left
            if fits(message, item, mention) and not _in_doubt(message, mention) and not (item == INTENDED and _at_work(message, mention))
        ]
        rivals = [
            other for other in message.open_items()
            if other != item and other in message.matcher.slot_items and fitting and fits(message, other, fitting[0])
        ]  # fmt: skip
        if fitting and len(rivals) < len(fitting):
            left.remove(fitting[0])
            yield item, fitting[0]


def _in_doubt(message: Message, mention: Mention) -> bool:
    """Say whether the sentence of a value says that the person does not know."""
    return any(unknown(one.text) for one in message.sentences if one.start <= mention.start < one.end)


def _at_work(message: Message, mention: Mention) -> bool:
    """Say whether the encoder sees a figure as users at work, and not as those it was meant for: "nine use it, three when she looks" tells no plan."""
    return _seen_as(message, AT_WORK, mention) > max(SEEN_AT_WORK, RATHER * _seen_as(message, INTENDED, mention))


def _seen_as(message: Message, item: str, mention: Mention) -> float:
    """Return how plainly the encoder sees a figure as an item's, 0 without an encoder."""
    if message.look is None or item not in message.look.slot_columns:
        return 0.0
    return float(message.look.slots_of([(mention.start, mention.end)])[0, message.look.slot_columns[item]])


def _order_by_size(message: Message, given: Mapping[str, Mention]) -> None:
    """A rollout is larger than its pilot, and the users at work are no more than those it was meant for.

    Two figures the other way round are swapped; but where the encoder sees the larger as those at work, the smaller is of something else.
    """
    for small, large in SMALL_AND_LARGE:
        one, other = message.found.get(small), message.found.get(large)
        if not (one and other and isinstance(one.value, int) and isinstance(other.value, int) and one.value > other.value):
            continue
        if small == AT_WORK and small in given and _at_work(message, given[small]):
            del message.found[large]
        else:
            message.found[small], message.found[large] = other.model_copy(update={"item": small}), one.model_copy(update={"item": large})


def fits(message: Message, item: str, mention: Mention) -> bool:
    """Say whether a value is of the item's kind; only how long adoption has held is also told by the day it began."""
    kind = message.kind(item)
    if not message.may_be(item, "value"):
        return False  # "somebody once said one in ten, but nobody counted"
    if kind in ("duration", "percent") and mention.kind == "count":
        return item in message.asked and _unit_left_out(message, item, mention) is not None
    if kind not in FITS or mention.kind not in FITS[kind]:
        return False
    if item in MEASURE_ITEMS and _is_difference(message.text, mention):
        return False
    if kind == "percent" and item not in message.asked:
        return not EVENLY.fullmatch(message.text[mention.start : mention.end])  # "it's fifty-fifty" is said of much
    if kind == "date" and mention.kind == "duration":
        return item in message.asked and until_now(message.text, mention)
    if item == SUSTAINED and item not in message.asked and STARTED in message.asked and until_now(message.text, mention):
        return False
    if kind == "count":
        return (
            float(mention.raw).is_integer()
            and mention.raw >= 0
            and not (item in PEOPLE and _of_places(message.text, mention))
            and not _of_others(message, item, mention)
        )
    if kind == "duration" and mention.kind == "date":  # figures "from last week" have not held since
        return item == SUSTAINED and not re.search(r"\bfrom\s+$", message.text[: mention.start], re.IGNORECASE)
    return True


def _is_difference(text: str, mention: Mention) -> bool:
    """Say whether a value tells how far apart two levels are."""
    return bool(DIFFERS_AFTER.match(text, mention.end) or DIFFERS_BEFORE.search(text[max(0, mention.start - 30) : mention.start]))


def _of_others(message: Message, item: str, mention: Mention) -> bool:
    """Say whether a count is of those who do not use it, or of everybody's requests together."""
    clause = _clause(message, mention).text
    if item == "gates.requests_per_user_day":
        return bool(OF_ALL.search(clause)) and not OF_EACH.search(clause)
    return item == "gates.active_users" and bool(NOT_USING.search(clause) or ALL_BUT.search(message.text, max(0, mention.start - REACH), mention.start))


def _unit_left_out(message: Message, item: str, mention: Mention) -> str | None:
    """Return the unit that a bare figure goes without: the percent of "nearly all of it, 95 or so", the seconds of "2 seconds off-peak, 11 at peak"."""
    if not LEFT_OUT.match(message.text, mention.end):
        return None
    if message.kind(item) == "percent":
        counted = any(message.kind(other) in ("count", "quantity") for other in message.asked)
        return "percent" if not counted and NEARLY_ALL.search(message.text[: mention.start]) and 0 < mention.raw <= 100 else None
    start, end = _part_around(message.text, mention)
    if item != PEAK or not AT_PEAK.search(message.text, start, end):
        return None
    times = [other for other in message.values if other.kind == "duration" and other.start < mention.start]
    return times[-1].value["unit"] if times and times[-1].end <= start else None


def _part_around(text: str, mention: Mention) -> tuple[int, int]:
    """Return the stretch around a value up to the next comma, stop or "and"."""
    first, last = max(0, mention.start - REACH), min(len(text), mention.end + REACH)
    before = [cut.end() for cut in PART_ENDS.finditer(text, first, mention.start)]
    after = PART_ENDS.search(text, mention.end, last)
    return before[-1] if before else first, after.start() if after else last


def _of_places(text: str, mention: Mention) -> bool:
    """Say whether a count is of sites or shops, not of people."""
    words = re.findall(r"[a-z-]+", text[mention.end : mention.end + 30].split(".")[0].lower())[:2]
    return any(word in units().places for word in words)


def _says_again(message: Message, mention: Mention) -> bool:
    """Say whether a bare number only says again the figure before it: "it's held a good ten weeks. Ten, yes."."""
    before = [other for other in message.values if other.end <= mention.start]
    again = bool(before) and mention.kind == "count" and before[-1].kind != "count" and before[-1].raw == mention.raw
    return again and any(one.start == mention.start and len(one.text.split()) < SHORT_CLAUSE for one in message.sentences)


def _rumours(message: Message) -> list[Mention]:
    """Return the figures that some say and others say otherwise: "some say 40, some say 50" is nobody's figure."""
    said = [mention for mention in message.values if RUMOUR.search(message.text, max(0, mention.start - REACH), mention.start)]
    return said if len({mention.raw for mention in said}) > 1 else []


def _only_asked(message: Message, mention: Mention) -> bool:
    """Say whether a figure stands only in a question that the person cannot answer: "Was it seventy? I don't know."."""
    asking = any(one.start <= mention.start < one.end and one.text.endswith("?") for one in message.sentences)
    return asking and any(unknown(one.text) for one in message.sentences)


def taken_back(text: str, mention: Mention) -> bool:
    """Say whether a value is mentioned only to deny it: "not 48", "not on 1 May, it was". "Instead of 48" says what it was before."""
    if mention.kind == "date" and NOT_THEN.search(text, max(0, mention.start - REACH), mention.start) and BUT_THEN.match(text, mention.end):
        return True
    before = text[max(0, mention.start - 12) : mention.start].lower().rstrip()
    return before.endswith((" not", ",not")) or before == "not"


def figure(message: Message, item: str, mention: Mention) -> Statement:
    """Return the statement that a value makes about an item."""
    kind = message.kind(item)
    value: Any = mention.value
    if kind == "quantity":
        value = _with_unit(message, mention)
    elif mention.kind == "count" and kind in ("duration", "percent"):
        ends = value if isinstance(value, dict) else {"value": value}
        value = {**ends, "unit": _unit_left_out(message, item, mention)} if kind == "duration" else value
    elif mention.kind == "duration" and kind == "date":
        value = ago(value["value"], value["unit"].removesuffix("s"), message.today).isoformat()
    elif mention.kind == "date" and kind == "duration":
        value = since(mention.value, message.today)
    elif kind == "count" and isinstance(value, float) and value.is_integer():
        value = int(value)
    return message.statement(item, "known", value, _clause(message, mention))


def _with_unit(message: Message, mention: Mention) -> dict[str, Any] | None:
    """A figure without a unit has that of the measure's other figures: "from 42 down to 31 minutes"."""
    value = as_quantity(mention, message.text)
    if value is None or value["unit"] in FIXED_UNITS:
        return value
    known = [message.record.known(item) for item in MEASURE_ITEMS]
    known += [statement.value for statement in message.found.values() if message.kind(statement.item) == "quantity"]
    said = [other["unit"] for other in known if isinstance(other, dict) and other.get("unit")]
    if said:
        return {**value, "unit": said[0]}
    if value["unit"]:
        return value
    times = [other.value["unit"] for other in message.values if _is_level(message, other, mention)]
    measured = MEASURED_IN.match(str(message.record.known(KPI) or ""))
    times += [measured["unit"].lower()] if measured else []
    return {**value, "unit": times[0]} if times else value


def _is_level(message: Message, mention: Mention, other: Mention) -> bool:
    """Say whether a time is a measure's figure like another, as in "from 42 down to 31 minutes", and not how long something took: "51, for six weeks now"."""
    if mention.kind != "duration" or any(said.value == mention.value for said in message.found.values() if message.kind(said.item) == "duration"):
        return False
    if max(_seen_as(message, item, mention) for item in MEASURE_ITEMS) > LEVEL:
        return True
    together = any(one.start <= min(mention.start, other.start) and max(mention.start, other.start) < one.end for one in message.sentences)
    return together and not (LASTS_BEFORE.search(message.text, max(0, mention.start - REACH), mention.start) or LASTS_AFTER.match(message.text, mention.end))


def _place(message: Message, mention: Mention) -> tuple[str, int, int]:
    """Return the clause a value stands in, and its place there."""
    clause = _clause(message, mention)
    return clause.text, mention.start - clause.start, mention.end - clause.start


def _clause(message: Message, mention: Mention) -> Span:
    """Return the clause a value stands in; a very short clause borrows its neighbours."""
    return message.clause_around(mention.start, mention.end, SHORT_CLAUSE) or Span(message.text, 0, len(message.text), 0)
