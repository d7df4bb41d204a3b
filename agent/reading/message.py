"""One message, cut and scored once, and what has been taken from it so far."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.items import Guide
from agent.reading.encoder import Encoder, Look
from agent.reading.matching import Features, Floats, Matcher
from agent.reading.parties import Party, find_parties
from agent.reading.phrases import STANCES, only, says
from agent.reading.reading import Listening
from agent.reading.repairs import put_right, without_former, without_slips
from agent.reading.text import Span, sentences, spans
from agent.reading.values import Mention, find_values, holds_since
from agent.record import Record, Said, Statement

Whole = npt.NDArray[np.int64]

# How like an item's examples a clause must be: asked for, little is enough; volunteered, the encoder must hear it too.
ASKED_TOPIC, NEAR_TOPIC, FAR_TOPIC = 0.07, 0.72, 0.8
OPENING_TOPIC = 0.72  # an opening is there to volunteer facts
TALK_TOPIC = 0.35  # from here on a clause may be talk around the facts
TOPIC_SHARE = 0.5  # of the encoder beside the matcher, in where an item is spoken of
LOOK_WEIGHT = 0.5  # of the encoder beside the matcher, in what is said of an item
OPENING_ASKS = ("charter.use_case",)  # the greeting asks for the story
HARDLY_SPOKEN_OF = 0.25  # less, and the encoder rules it out, also where it was asked for: the person speaks of something else
HARDLY_UNKNOWN, HARDLY_SO = 0.03, 0.1  # less, and the encoder rules it out that an item is not known, or stands so
ONCE_MORE = 0.03  # is enough where it was asked a second time: the words are the answer, however oddly they say it
SPOKEN_OF, SURELY_SPOKEN_OF = 0.5, 0.9  # from here on an item is spoken of; from here on also where nobody asked for it
SURE = 0.8  # how sure the encoder must be of how it stands, where nobody asked for it
NONE = {"absent": "none", "nobody": "none"}  # the encoder has one label for all of them
SHORT_QUOTE = 4  # words; fewer say little as evidence
RUNS_FOR = 9  # words; so few with how long it has run are the answer to when it began: "it's been running for four months"
LONGEST_TALK = 6  # words
BRIEF_WHO = 8  # "Ana from the depot in Ghent", "a logistics man in Bremen, Olaf Kern"
BRIEF = 4  # words; so few with a figure or a name are the answer where one item alone was asked for: "20 people"


@dataclass
class Message:
    """What the parts of the reader share; each adds to `found`, and leaves alone what an earlier one has found.

    `look` is what the encoder sees in the whole message, None without an encoder. `rows` are the features of `spans`; `topics` scores them, shape (spans, items). `best` is where each asked item is spoken of. `alone` says that a single item was asked for, which nearly anything answers.
    """

    text: str
    listening: Listening
    guide: Guide
    matcher: Matcher
    look: Look | None
    sentences: list[Span]
    spans: list[Span]
    rows: list[Features]
    topics: Floats
    values: list[Mention]
    parties: list[Party]
    taken_back: list[Party]
    slips: list[tuple[Mention, Mention]]
    column: dict[str, int]
    alone: bool
    found: dict[str, Statement] = field(default_factory=dict)
    hunches: dict[str, Statement] = field(default_factory=dict)
    best: dict[str, int] = field(default_factory=dict)
    seen: dict[str, list[tuple[int, int, float]]] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[str, ...]:
        return self.listening.asked

    @property
    def record(self) -> Record:
        return self.listening.record

    @property
    def today(self) -> date:
        return self.listening.today

    def leave_unanswered(self) -> None:
        """Leave of what was asked only what the message speaks of: nothing is squeezed out of words about something else, or about nothing."""
        if self.look is None or self.listening.pointed or only(self.text, STANCES):
            return
        length, tells = len(self.text.split()), bool(self.values or self.parties)
        kind = self.kind(self.asked[0]) if len(self.asked) == 1 else ""
        brief = BRIEF_WHO if kind == "party" and any(party.sort == "name" for party in self.parties) else BRIEF
        if kind not in ("", "answer", "choice") and tells and length <= brief:
            return
        if kind == "date" and self.values and length <= RUNS_FOR and says("runs_for", self.text):
            return
        beside = max((self.look.speaks_of(item) for item in self.look.items if item not in self.asked), default=0.0)
        talk = length <= LONGEST_TALK and not tells  # "lol ok" sounds a little like anything
        needed = ONCE_MORE if self.listening.again and not talk else SPOKEN_OF if talk or beside >= SURELY_SPOKEN_OF else HARDLY_SPOKEN_OF
        since = any(holds_since(self.text, value) for value in self.values)
        answered = tuple(item for item in self.asked if self.spoken_of(item, unheard=1.0) >= needed or (since and self.kind(item) == "duration"))
        self.listening = replace(self.listening, asked=answered)

    def plainest_asked(self) -> float:
        """Return how plainly the encoder hears what it hears best of what was asked."""
        return max((self.spoken_of(item, unheard=1.0) for item in self.asked), default=0.0)

    def open_items(self) -> list[str]:
        """Return what was asked for and has not been found."""
        return [item for item in self.asked if item not in self.found]

    def settled(self, item: str) -> bool:
        """Say whether something was said of an item before that more words may contradict; what was not known then may be told now."""
        return self.record.state(item) not in ("unasked", "unknown")

    def kind(self, item: str) -> str:
        return self.guide.items[item].kind

    def needs(self, item: str, near: float, far: float) -> float:
        """Return how plain a volunteered item must be: less in an opening or beside what was asked, more out of the blue."""
        if self.listening.open_question:
            return OPENING_TOPIC
        sections = {other.split(".")[0] for other in self.asked}
        return near if item.split(".")[0] in sections else far

    def topic(self, item: str) -> Floats:
        return self.topics[:, self.column[item]]

    def plain(self, index: int, item: str) -> float:
        """Return how plainly a span speaks of an item that was not asked for: the mean of the matcher and, where there is one, the encoder."""
        topic = min(float(self.topic(item)[index]), 1.0)
        return (topic + self.look.speaks_of(item)) / 2 if self.look and item in self.look.items else topic

    def leads(self, index: int, item: str) -> bool:
        """Say whether the item is the plainest reading of a span among all items."""
        return int(np.argmax(self.topics[index])) == self.column[item]

    @cached_property
    def _places(self) -> dict[tuple[int, int], int]:
        return {(piece.start, piece.end): index for index, piece in enumerate(self.spans)}

    def place(self, span: Span) -> int:
        """Return where a span stands among the spans."""
        return self._places[span.start, span.end]

    @cached_property
    def spans_in(self) -> dict[int, list[int]]:
        """Return where the spans of each sentence stand among the spans."""
        found: dict[int, list[int]] = {}
        for index, piece in enumerate(self.spans):
            found.setdefault(piece.sentence, []).append(index)
        return found

    @cached_property
    def _bounds(self) -> tuple[Whole, Whole, Whole]:
        """Return where each span begins and ends, and how many words it has."""
        starts, ends, lengths = np.array([(piece.start, piece.end, len(piece.text.split())) for piece in self.spans]).T
        return starts, ends, lengths

    def clause_around(self, start: int, end: int, words: int) -> Span | None:
        """Return the shortest span around a stretch, of so many words if there is one."""
        starts, ends, lengths = self._bounds
        around = np.flatnonzero((starts <= start) & (ends >= end))
        around = long if len(long := around[lengths[around] >= words]) else around
        return self.spans[around[np.argmin(ends[around] - starts[around])]] if len(around) else None

    def tells_the_story(self, index: int) -> bool:
        """Say whether a span belongs to the sentence that tells most of the use case."""
        return self.spans[index].sentence == self.spans[int(np.argmax(self.topic("charter.use_case")))].sentence

    def values_in(self, span: Span) -> list[Mention]:
        return [value for value in self.values if span.start <= value.start < span.end]

    def is_talk(self, index: int, item: str) -> bool:
        """Say whether a span is more like talk around the facts than like an item."""
        return float(self.topics[index][-1]) > max(TALK_TOPIC, 2 * float(self.topic(item)[index]))

    def labels(self, index: int, item: str) -> dict[str, float]:
        """Return how much a span says each label of an item; what the whole message says of the item weighs in."""
        scores = self.matcher.label_scores(item, self.rows[index])
        if self.look is None or item not in self.look.items:
            return scores
        whole = self.look.says(item)
        return {label: score + LOOK_WEIGHT * whole.get(NONE.get(label, label), 0.0) for label, score in scores.items()}

    def stretches(self, item: str) -> list[tuple[int, int, float]]:
        """Return the stretches (start, end, score) that the encoder sees as an item's value, the plainest first."""
        if item not in self.seen:
            self.seen[item] = self.look.stretches(item, self.text) if self.look and item in self.look.slot_columns else []
        return self.seen[item]

    def spoken_of(self, item: str, unheard: float = 0.0) -> float:
        """Return how plainly the encoder hears an item spoken of; `unheard` where there is no encoder, or it does not know the item."""
        return self.look.speaks_of(item) if self.look and item in self.look.items else unheard

    def may_speak_of(self, item: str) -> bool:
        """Say whether the encoder does not rule out that the message speaks of an item."""
        return self.spoken_of(item, unheard=1.0) >= HARDLY_SPOKEN_OF

    def surely_speaks_of(self, item: str) -> bool:
        """Say whether the encoder leaves no doubt that the message speaks of an item, asked for or not."""
        return self.spoken_of(item) >= SURELY_SPOKEN_OF

    def plainly(self, item: str, sure: float) -> str | None:
        """Return the label of an item that the encoder hears spoken of and is so sure of, 0 to 1; what nobody asked for it must surely hear."""
        needed = SURELY_SPOKEN_OF if item not in self.asked else ONCE_MORE if self.listening.again else SPOKEN_OF
        if self.look is None or self.spoken_of(item) < needed:
            return None
        label, score = self.look.plainest(item)
        return label if score >= sure else None

    def may_be(self, item: str, label: str) -> bool:
        """Say whether the encoder does not rule out that an item stands so; of "don't know" words alone do not tell ("they don't know us from Adam")."""
        needed = HARDLY_UNKNOWN if label == "unknown" else HARDLY_SO
        return self.look is None or item not in self.look.items or self.look.says(item)[label] >= needed

    def says_rather(self, item: str, one: str, other: str) -> bool:
        """Say whether the encoder holds one label of an item for likelier than another."""
        return self.look is not None and item in self.look.items and self.look.says(item)[one] > self.look.says(item)[other]

    def sentence_of(self, span: Span) -> Span:
        return self.sentences[span.sentence]

    def whole_sentences(self) -> list[int]:
        """Return where the sentences stand among the spans."""
        return [self.place(sentence) for sentence in self.sentences]

    def evidence(self, span: Span) -> Span:
        """Return what to quote: a clause of a word or two is shown with its sentence."""
        return self.sentence_of(span) if len(span.text.split()) < SHORT_QUOTE else span

    def statement(self, item: str, state: Said, value: Any, span: Span) -> Statement:
        """Return a statement with the span as its quote."""
        return Statement(
            item=item, state=state, value=value, quote=self.text[span.start : span.end], speaker=self.listening.speaker,
            turn=self.listening.turn, said_on=self.today.isoformat(),
        )  # fmt: skip

    def add(self, item: str, state: Said, value: Any, span: Span) -> None:
        self.found[item] = self.statement(item, state, value, span)


def hear(text: str, listening: Listening, guide: Guide, matcher: Matcher, encoder: Encoder | None) -> Message:
    """Cut a message, score its spans and find the values and parties in it; meanwhile the encoder looks at the whole."""
    told = listening.open_question and not listening.document
    looking = encoder.begin(text, OPENING_ASKS if told else listening.asked) if encoder else None
    pieces = spans(text)
    rows = matcher.features([piece.text for piece in pieces])
    topics, column = matcher.topic_scores(rows), {item: index for index, item in enumerate(matcher.items)}
    (values, slips), named = put_right(text, find_values(text, listening.today)), find_parties(text, matcher.common_words)
    parties = without_former(text, without_slips(text, named))
    look = looking.result() if looking else None
    if look:
        _place_by_encoder(topics, column, look, pieces)
    return Message(
        text=text, listening=listening, guide=guide, matcher=matcher, look=look, sentences=sentences(text), spans=pieces,
        rows=rows, topics=topics, values=values, parties=parties, taken_back=[one for one in named if one not in parties], slips=slips, column=column, alone=len(listening.asked) == 1,
    )  # fmt: skip


def _place_by_encoder(topics: Floats, column: dict[str, int], look: Look, pieces: list[Span]) -> None:
    """Let the encoder have its share in where each item is spoken of: it knows the words around a clause, the matcher only the clause."""
    known = [item for item in column if item in look.items]
    columns, heard = [column[item] for item in known], look.topics_of([(piece.start, piece.end) for piece in pieces])
    topics[:, columns] = (1 - TOPIC_SHARE) * topics[:, columns] + TOPIC_SHARE * heard[:, [look.items[item] for item in known]]
