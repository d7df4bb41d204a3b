"""Yes, partly and no, choices, and what is unknown or absent: read clause by clause, asked for or volunteered."""

import re
from itertools import pairwise

import numpy as np

from agent.reading.absence import add_none, add_unknown, denies, none_of, noted_unknown, unknown
from agent.reading.contrast import against, in_part
from agent.reading.launch import LAUNCH_ITEMS, before_launch
from agent.reading.message import ASKED_TOPIC, FAR_TOPIC, NEAR_TOPIC, SURE, Message
from agent.reading.phrases import STANCES, only, says, tagged
from agent.reading.text import Span
from agent.record import Statement

ALONE_TOPIC = 0.02  # an item asked for alone is answered by nearly anything
LONG_CLAUSE, LONG_COST, ONE_WORD_COST = 14, 0.02, 0.05  # a long stretch speaks of several things, a single word of none
SENTENCE_WEIGHT, SHARED_SENTENCE_WEIGHT = 5, 1.5  # how much the sentence tells beside its clause: less if other items share it
TAG_WEIGHT = 0.3  # a "no" set before or after tips what the words leave even
PLAINLY_SAID, CERTAIN = 0.6, 0.9  # how sure the encoder must be of what no clause tells, and to be believed whatever the clauses say
HUNCH = 0.5  # how sure it must be of the label of a hunch
EVIDENCE, OPENING_EVIDENCE = 0.2, 0.5  # how like the item must be what is quoted for it; openings tell of what the tool does, which sounds like much
NONE_SCORE = 0.3  # a figure is absent only where the examples are fairly sure of it
RIVAL_MARGIN, LABEL_MARGIN = 0.1, 0.15  # volunteered, an item and its label must stand out from the next best
HUNCH_TOPIC, HUNCH_WORDS = 0.6, 4  # less than this is no hunch either
CONDITION = re.compile(r"(?:and |but )?(?:if|when|where|whether|should|in case|what|who)\b", re.IGNORECASE)
SHADOW_AI = "culture.shadow_ai"
BARE_MESSAGE, BARE_TOPIC = 7, 0.4  # words, of a message that is a figure and little else
BARE_FIGURE = 4  # words; "Baseline: 42 minutes" says nothing about when
MOST_HALVES = 50  # that are looked at, so that no message costs minutes
HALVES_SHARE = 0.5  # of the plainest item's likeness: a contrast about something else is left alone
CONTRADICT_TOPIC = 0.85  # what was heard before is contradicted only by what is quite plain


def read_answers(message: Message) -> None:
    """Read what was asked for first; the rest counts only where nobody has to guess."""
    asked = [item for item in message.open_items() if item in message.column and message.kind(item) != "party"]
    places = {item: _best_span(message, item) for item in asked}
    message.best.update({item: index for item, index in places.items() if index is not None})
    _read_halves(message, [item for item in asked if message.kind(item) == "answer"])
    for item, index in message.best.items():
        if item not in message.found:
            _read_asked(message, item, index)
    _read_bare(message, asked)
    for item in [item for item in message.open_items() if item in message.column]:
        _read_seen(message, item)
    for item in [item for item in message.column if item not in (*message.asked, *message.found)]:
        if message.kind(item) in ("answer", "choice"):
            _read_volunteered(message, item)
        elif not message.settled(item) and message.plainly(item, SURE) == "none":
            _read_none(message, item)


def _best_span(message: Message, item: str) -> int | None:
    """Return the span that is most an asked item's own, or None where nothing is."""
    own = message.topic(item)
    rivals = [other for other in message.asked if other != item and other in message.column]
    rival = np.max([message.topic(other) for other in rivals], axis=0) if rivals else np.zeros_like(own)
    lengths = np.array([len(piece.text.split()) for piece in message.spans])
    fit = own - np.maximum(rival - own, 0) - LONG_COST * (lengths > LONG_CLAUSE) - ONE_WORD_COST * (lengths < 2)
    index = int(np.argmax(fit))
    if message.alone and own[index] < ASKED_TOPIC and len(message.sentences) == 1:
        return message.whole_sentences()[0]
    return None if fit[index] < (ALONE_TOPIC if message.alone else ASKED_TOPIC) else index


def _read_halves(message: Message, asked: list[str]) -> None:
    """Where one sentence, or two beside each other, say yes of one thing and no of another, the item that they are most about holds in part.

    Where each of several items has a clause of its own there, the yes and the no are theirs.
    """
    possible = [item for item in asked if message.may_be(item, "partly")]
    alone = [(one,) for one in message.sentences if possible and in_part(one)]
    pairs = [(one, after) for one, after in pairwise(message.sentences) if possible and against(one, after)]
    for unit in (*alone, *pairs)[:MOST_HALVES]:
        inside = [index for one in unit for index in message.spans_in[one.sentence]]
        holders = [message.spans[message.best[item]] for item in asked if message.best.get(item) in inside]
        if any(one.end <= other.start for one in holders for other in holders):
            continue
        start, end = unit[0].start, unit[-1].end
        said = message.matcher.features([message.text[start:end]])[0]
        fit = {item: max(message.topic(item)[inside]) + message.matcher.label_scores(item, said).get("partly", 0.0) for item in possible}
        item = max(fit, key=lambda one: fit[one])
        if item not in message.found and max(message.topic(item)[inside]) >= max(ASKED_TOPIC, message.topics[inside].max() * HALVES_SHARE):
            message.add(item, "known", "partly", Span(message.text[start:end], start, end, unit[0].sentence))


def _read_asked(message: Message, item: str, index: int) -> None:
    """Read the label of an answer or a choice; of a figure, that it is unknown or that there is none."""
    piece, kind = message.spans[index], message.kind(item)
    if kind in ("answer", "choice"):
        label = _label(message, item, index)
        if label and not (_is_bare_figure(message, item) and message.plainly(item, CERTAIN) != label):
            message.found[item] = _labelled(message, item, label, piece)
    elif kind not in ("text", "list"):
        sentence = message.sentence_of(piece)
        if unknown(sentence.text) and message.may_be(item, "unknown"):
            message.add(item, "unknown", None, sentence)
        elif none_of(message, index, item, sentence.text, unless=NONE_SCORE):
            add_none(message, item, sentence)


def _is_bare_figure(message: Message, item: str) -> bool:
    """Say whether a message is a figure and little else, and nothing like an item: "300 ms p95" does not say that it was tested."""
    short = len(message.sentences) == 1 and len(message.text.split()) <= BARE_MESSAGE
    return bool(message.look and message.values) and short and float(message.topic(item).max()) < BARE_TOPIC


def _read_bare(message: Message, asked: list[str]) -> None:
    """A bare "no" or "partly" answers every yes-or-no item that was asked for."""
    first = message.sentences[0]
    label = only(first.text, STANCES)
    for item in asked if label else ():
        if item not in message.found and message.kind(item) == "answer":
            message.add(item, "known", label, first)


def _read_seen(message: Message, item: str) -> None:
    """Take what no clause has told, where the encoder plainly hears it in the whole message."""
    label = message.plainly(item, CERTAIN if _is_bare_figure(message, item) else PLAINLY_SAID)
    plainest = max(message.whole_sentences(), key=lambda index: message.topic(item)[index])
    if label == "unknown" or (label and message.kind(item) in ("answer", "choice") and message.topic(item)[plainest] >= ALONE_TOPIC):
        _add_seen(message, item, label, plainest)
    elif label == "none":
        _read_none(message, item)


def _add_seen(message: Message, item: str, label: str, index: int) -> None:
    """Put down what the encoder hears, with the stretch that is most the item's own as its evidence."""
    if label == "unknown":
        add_unknown(message, item)
    else:
        message.found[item] = _labelled(message, item, label, message.spans[index])


def _read_volunteered(message: Message, item: str) -> None:
    """Take what was not asked for only where it is the plainest reading; what is less plain is kept as a hunch."""
    index = int(np.argmax(message.topic(item)))
    if item == SHADOW_AI and message.listening.open_question and message.tells_the_story(index):
        return  # the assistant that an opening tells of is the pilot itself
    before, plain = message.settled(item), message.plain(index, item)
    if not before and message.surely_speaks_of(item):
        said, needed = message.plainly(item, SURE), OPENING_EVIDENCE if message.listening.open_question else EVIDENCE
        if said and message.topic(item)[index] >= needed:
            _add_seen(message, item, said, index)
        elif (hunch := message.plainly(item, HUNCH)) and hunch not in ("unknown", "not_applicable"):
            message.hunches[item] = _labelled(message, item, hunch, message.spans[index])
        return
    if plain < (CONTRADICT_TOPIC if before else HUNCH_TOPIC) or not message.leads(index, item) or not _stands_out(message, item, index):
        return
    label = _label(message, item, index)
    says_nothing = label in ("unknown", "not_applicable")
    if not label or (says_nothing and before):
        return
    first, second = np.sort(message.topics[index])[:-3:-1]
    heard_enough = message.look is None or before  # else the encoder would have heard it surely
    if heard_enough and plain >= message.needs(item, NEAR_TOPIC, FAR_TOPIC) and first - second >= RIVAL_MARGIN:
        message.found[item] = _labelled(message, item, label, message.spans[index])
    elif not says_nothing and len(message.spans[index].text.split()) >= HUNCH_WORDS:
        message.hunches[item] = _labelled(message, item, label, message.spans[index])


def _read_none(message: Message, item: str) -> None:
    """Take that there is none, from the sentence about it that says so."""
    denying = [one for one in message.sentences if denies(one.text)]
    if item not in message.found and denying:
        add_none(message, item, max(denying, key=lambda one: message.topic(item)[message.place(one)]))


def _stands_out(message: Message, item: str, index: int) -> bool:
    """Say whether one label of an item is far likelier than the next."""
    scores = _weighed(message, item, index, SENTENCE_WEIGHT)
    best, *rest = sorted(scores.values(), reverse=True)
    return not rest or best - rest[0] >= LABEL_MARGIN


def _label(message: Message, item: str, index: int) -> str | None:
    """Return the label of a span; None where the item has none to give."""
    index = _with_its_main_clause(message, index)
    piece = message.spans[index]
    sentence = message.sentence_of(piece)
    if says("not_applicable", piece.text) or says("not_applicable", sentence.text):
        return "not_applicable"
    shared = _shared(message, item, sentence)
    if message.may_be(item, "unknown") and (noted_unknown(piece.text) or (not shared and unknown(sentence.text))):
        return "unknown"
    scores = _weighed(message, item, index, SHARED_SENTENCE_WEIGHT if shared else SENTENCE_WEIGHT)
    if not scores:
        return None
    timing = before_launch(message, item, sentence) if item in LAUNCH_ITEMS else None
    if timing == "partly" or (timing and message.may_be(item, timing)):
        return timing
    if item in LAUNCH_ITEMS and len(sentence.text.split()) <= BARE_FIGURE and message.values_in(sentence):
        return None
    if (plain := message.plainly(item, CERTAIN)) in scores:
        return plain
    if "partly" in scores and says("says_partly", piece.text if shared else sentence.text):
        return "partly"
    tag = tagged(piece.text) or (None if shared else tagged(sentence.text))
    if tag in scores:
        scores[tag] += TAG_WEIGHT
    return max(scores, key=lambda label: scores[label])


def _with_its_main_clause(message: Message, index: int) -> int:
    """Return the stretch that goes on from a condition: "if it finds nothing" says nothing until it is said what then."""
    piece = message.spans[index]
    if not CONDITION.match(piece.text):
        return index
    longer = [one for one, other in enumerate(message.spans) if other.start == piece.start and other.sentence == piece.sentence]
    return max(longer, key=lambda one: message.spans[one].end)


def _weighed(message: Message, item: str, index: int, weight: float) -> dict[str, float]:
    """Return how much a clause says each label, together with its sentence."""
    scores = message.labels(index, item)
    scores.pop("unknown", None)
    whole = message.place(message.sentence_of(message.spans[index]))
    if whole == index:
        return scores
    wider = message.labels(whole, item)
    return {label: (score + weight * wider.get(label, 0)) / (1 + weight) for label, score in scores.items()}


def _shared(message: Message, item: str, sentence: Span) -> bool:
    """Say whether another asked item is spoken of elsewhere in the sentence, so that each has its own clause."""
    if item not in message.best:
        return False
    own = message.spans[message.best[item]]
    others = [message.spans[index] for other, index in message.best.items() if other != item]
    return any(piece.sentence == sentence.sentence and (piece.end <= own.start or own.end <= piece.start) for piece in others)


def _labelled(message: Message, item: str, label: str, piece: Span) -> Statement:
    """Return the statement that a label makes."""
    span = message.evidence(piece)
    if label == "unknown":
        return message.statement(item, "unknown", None, span)
    if label == "not_applicable":
        return message.statement(item, "not_applicable", None, span)
    return message.statement(item, "known", label, span)
