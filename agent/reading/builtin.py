"""The built-in reader: no model, no network. It matches clauses to labelled examples and reads their values."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from agent.items import Guide
from agent.reading import parties as people
from agent.reading.entries import entries, name_of_speaker, use_case_name
from agent.reading.matching import Features, Floats, Matcher
from agent.reading.phrases import begins, is_only, says, tagged
from agent.reading.reading import Listening, Reading
from agent.reading.text import Span, sentences, spans
from agent.reading.values import Mention, as_quantity, find_values, since
from agent.record import Said, Statement

# How like the examples something must be. Asked for, little is enough; volunteered, it must be the plainest reading.
ASKED_TOPIC, NEAR_TOPIC, FAR_TOPIC, RIVAL_MARGIN = 0.05, 0.45, 0.60, 0.05
HUNCH_TOPIC, CONTRADICT_TOPIC, NAMES_ITEM = 0.08, 0.6, 0.3
ASKED_SLOT, NEAR_SLOT, FAR_SLOT = 0.06, 0.25, 0.5
STORY_TOPIC = 0.15
SENTENCE_WEIGHT, SHARED_SENTENCE_WEIGHT, TAG_WEIGHT, VOLUNTEERED_LABEL = 5, 1.5, 0.3, 0.05
ASKED_BONUS = 0.3
MEASURE_ITEMS = ("charter.baseline", "charter.target", "gates.kpi_now")
APPOSITION = re.compile(
    r"[,:(–-]?\s*\(?(?:[–-]\s+)?(?:mister |miss |namely |called |named |they call |they're called |it's called |that's |that is |his name is |her name is |by name )?",
    re.IGNORECASE,
)
LAUNCH_ITEMS = ("charter.baseline_before_launch", "charter.target_before_launch")
FITS = {
    "count": ("count",),
    "percent": ("percent",),
    "money": ("money",),
    "duration": ("duration", "date"),
    "date": ("date",),
    "quantity": ("duration", "percent", "money", "count"),
}


@dataclass
class Message:
    """One message, cut and scored once, and what has been taken from it so far."""

    text: str
    listening: Listening
    sentences: list[Span]
    spans: list[Span]
    rows: list[Features]
    topics: Floats
    values: list[Mention]
    parties: list[people.Party]
    found: dict[str, Statement]
    column: dict[str, int]
    best: dict[str, int] = field(default_factory=dict)
    hunches: dict[str, Statement] = field(default_factory=dict)

    def needs(self, item: str, near: float, far: float) -> float:
        """Return how plain a volunteered item must be: less in an opening and beside what was asked, more out of the blue."""
        sections = {other.split(".")[0] for other in self.listening.asked}
        return near if item.split(".")[0] in sections else far

    def topic(self, item: str) -> Floats:
        return self.topics[:, self.column[item]]

    def sentence_of(self, span: Span) -> Span:
        return self.sentences[span.sentence]

    def add(self, item: str, state: Said, value: Any, span: Span | tuple[int, int]) -> None:
        start, end = (span.start, span.end) if isinstance(span, Span) else span
        self.found[item] = Statement(
            item=item, state=state, value=value, quote=self.text[start:end], speaker=self.listening.speaker,
            turn=self.listening.turn, said_on=self.listening.today.isoformat(),
        )  # fmt: skip


class BuiltinReader:
    """Reads with what comes in the package: the guide, the labelled examples and a small static embedder."""

    name = "builtin"

    def __init__(self, guide: Guide, matcher: Matcher):
        self.guide = guide
        self.matcher = matcher
        self.column = {item: index for index, item in enumerate(matcher.items)}
        self.slot_column = {item: index for index, item in enumerate(matcher.slot_items)}

    def read(self, message: str, listening: Listening) -> Reading:
        """Turn a message into statements. What is not understood is left out, never guessed."""
        heard = self._prepare(message, listening)
        if not heard.spans:
            return Reading()
        correction = self._correction(heard)
        if self._says_only_unknown(heard):
            for item in self._open(heard):
                heard.add(item, "unknown", None, heard.sentences[0])
            return Reading(
                tuple(heard.found.values()), knows_nothing=not any(heard.topic(item).max() > NAMES_ITEM for item in heard.found if item in self.column)
            )
        self._read_values(heard)
        self._read_parties(heard)
        self._read_labels(heard)
        self._read_texts(heard)
        self._follow_up(heard)
        corrects = set(correction)
        if correction or says("corrects", message):
            corrects |= {item for item in heard.found if listening.record.heard(item)}
        heard.found.update(correction)
        return Reading(
            statements=tuple(heard.found.values()),
            corrects=frozenset(corrects),
            vague=tuple(item for item in listening.asked if item not in heard.found) if says("vague", message) else (),
            speaker_name=name_of_speaker(message, heard.parties),
            hunches=tuple(statement for item, statement in heard.hunches.items() if item not in heard.found),
        )

    def _prepare(self, message: str, listening: Listening) -> Message:
        pieces, whole = spans(message), sentences(message)
        rows = self.matcher.features([piece.text for piece in pieces])
        found = people.find_parties(message, self.matcher.common_words)
        return Message(
            text=message, listening=listening, sentences=whole, spans=pieces, rows=rows, topics=self.matcher.topic_scores(rows),
            values=find_values(message, listening.today), parties=found, found={}, column=self.column,
        )  # fmt: skip

    def _open(self, heard: Message) -> list[str]:
        return [item for item in heard.listening.asked if item not in heard.found]

    def _says_only_unknown(self, heard: Message) -> bool:
        """The whole reply is that the person does not know, or will not say."""
        if len(heard.sentences) > 2 or heard.values:
            return False
        text = heard.text
        if not (says("unknown", text) or says("unwilling", text)):
            return False
        asked = [item for item in heard.listening.asked if item in self.column]
        return len(text.split()) <= 9 and (not asked or not self._labelled_otherwise(heard, asked))

    def _labelled_otherwise(self, heard: Message, asked: list[str]) -> bool:
        """ "I don't think so, no" and "not sure, but yes" are answers."""
        return any(begins(group, sentence.text) for sentence in heard.sentences for group in ("yes", "no")) and len(heard.text.split()) > 6

    # Values: numbers, shares, money, durations, dates ------------------------------------------------------------------

    def _read_values(self, heard: Message) -> None:
        """Give each value to the item whose examples its surroundings are most like; asked items come first."""
        mentions = [mention for mention in heard.values if not _negated(heard.text, mention)]
        if not mentions:
            return
        places = [(*self._window(heard, mention),) for mention in mentions]
        scores = self.matcher.slot_scores(places)
        candidates = []
        for index, mention in enumerate(mentions):
            best = max((float(scores[index, self.slot_column[item]]) for item in self.slot_column if self._fits(item, mention)), default=0.0)
            for item, column in self.slot_column.items():
                if not self._fits(item, mention):
                    continue
                asked = item in heard.listening.asked
                score = float(scores[index, column]) + self._hint(heard, item, mention)
                if score < (ASKED_SLOT if asked else (NEAR_SLOT if heard.listening.open_question else heard.needs(item, NEAR_SLOT, FAR_SLOT))) or (
                    not asked and score < best
                ):
                    continue
                candidates.append((score + (ASKED_BONUS if asked else 0), -index, item, mention))
        used: set[int] = set()
        for _, index, item, mention in sorted(candidates, key=lambda one: (-one[0], -one[1], one[2])):
            if item not in heard.found and -index not in used:
                used.add(-index)
                self._add_value(heard, item, mention)
        self._take_what_is_left(heard, [mention for index, mention in enumerate(mentions) if index not in used])
        self._order_by_size(heard)

    def _hint(self, heard: Message, item: str, mention: Mention) -> float:
        """What speaks for or against a value beyond its surroundings: its unit, and whether it is today's figure."""
        kind = self.guide.items[item].kind
        if kind == "duration" and mention.kind == "date":
            return -0.3
        hint = 0.0
        if kind == "quantity":
            units = {(heard.listening.record.known(other) or {}).get("unit") for other in MEASURE_ITEMS if other != item}
            quantity = as_quantity(mention, heard.text)
            hint += 0.3 if quantity and quantity["unit"] and quantity["unit"] in units else 0.0
        if item in ("gates.adoption", "gates.kpi_now", "gates.active_users") and item in heard.listening.asked:
            text, start, end = self._window(heard, mention)
            hint += 0.3 if says("today", text) else 0.0
        return hint

    def _take_what_is_left(self, heard: Message, left: list[Mention]) -> None:
        """An asked item that no surroundings gave away gets the first value that fits it; two of a kind get them in the order of the question."""
        for item in self._open(heard):
            fitting = [mention for mention in left if item in self.slot_column and self._fits(item, mention) and not self._unknown_here(heard, mention)]
            rivals = [other for other in self._open(heard) if other != item and other in self.slot_column and fitting and self._fits(other, fitting[0])]
            if fitting and len(rivals) < len(fitting):
                left.remove(fitting[0])
                self._add_value(heard, item, fitting[0])

    def _order_by_size(self, heard: Message) -> None:
        """A rollout is larger than its pilot, and the users at work are no more than those it was meant for."""
        for small, large in (("charter.pilot_users", "charter.rollout_users"), ("gates.active_users", "gates.target_users")):
            one, other = heard.found.get(small), heard.found.get(large)
            if one and other and isinstance(one.value, int) and isinstance(other.value, int) and one.value > other.value:
                heard.found[small], heard.found[large] = other.model_copy(update={"item": small}), one.model_copy(update={"item": large})

    def _fits(self, item: str, mention: Mention) -> bool:
        kind = self.guide.items[item].kind
        if kind not in FITS or mention.kind not in FITS[kind]:
            return False
        if kind == "count":
            return float(mention.raw).is_integer()
        if mention.kind == "date" and kind == "duration":
            return item == "gates.adoption_sustained"
        return not (item in ("gates.peak_latency",) and mention.kind == "date")

    def _window(self, heard: Message, mention: Mention) -> tuple[str, int, int]:
        """Return the clause a value stands in, and its place there; a very short clause borrows its neighbours."""
        holding = [piece for piece in heard.spans if piece.start <= mention.start and mention.end <= piece.end]
        piece = min(holding, key=lambda one: one.end - one.start) if holding else Span(heard.text, 0, len(heard.text), 0)
        if len(piece.text.split()) < 4:
            wider = [one for one in holding if len(one.text.split()) >= 4]
            piece = min(wider, key=lambda one: one.end - one.start) if wider else piece
        return piece.text, mention.start - piece.start, mention.end - piece.start

    def _add_value(self, heard: Message, item: str, mention: Mention) -> None:
        kind = self.guide.items[item].kind
        value: Any = mention.value
        if kind == "quantity":
            value = self._with_unit(heard, as_quantity(mention, heard.text))
        elif mention.kind == "date" and kind == "duration":
            value = since(mention.value, heard.listening.today)
        elif kind == "count" and isinstance(value, float) and value.is_integer():
            value = int(value)
        heard.add(item, "known", value, self._quote_around(heard, mention))

    def _with_unit(self, heard: Message, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """A figure without a unit has that of the measure's other figures: "from 42 down to 31 minutes"."""
        if value is None or value["unit"] in ("percent", "seconds", "minutes", "hours", "days", "weeks", "months", "years"):
            return value
        known = [heard.listening.record.known(item) for item in MEASURE_ITEMS]
        known += [statement.value for statement in heard.found.values() if self.guide.items[statement.item].kind == "quantity"]
        units = [other["unit"] for other in known if isinstance(other, dict) and other.get("unit")]
        if units:
            return {**value, "unit": units[0]}
        near = [as_quantity(other, heard.text) for other in heard.values if other.kind == "duration"]
        return {**value, "unit": near[0]["unit"]} if near and near[0] and not value["unit"] else value

    def _quote_around(self, heard: Message, mention: Mention) -> tuple[int, int]:
        start, text, end = 0, "", 0
        text, start, end = self._window(heard, mention)
        return mention.start - start, mention.start - start + len(text)

    def _unknown_here(self, heard: Message, mention: Mention) -> bool:
        return any(says("unknown", one.text) for one in heard.sentences if one.start <= mention.start < one.end)

    # People, roles and teams ---------------------------------------------------------------------------------------------

    def _read_parties(self, heard: Message) -> None:
        """Find who has each role: in the clause that is most like the role's examples, the surest party named there."""
        wanted = [item for item in self.column if self.guide.items[item].kind == "party"]
        asked = [item for item in wanted if item in heard.listening.asked]
        taken: dict[tuple[int, int], str] = {}
        ranked = sorted(
            ((self._role_score(heard, index, item, asked), index, item) for index in range(len(heard.spans)) for item in wanted),
            key=lambda one: (-one[0], one[1]),
        )
        for score, index, item in ranked:
            piece = heard.spans[index]
            if piece.text.rstrip().endswith("?") and len(heard.sentences) > 1:
                continue
            if score < (ASKED_TOPIC if item in asked else heard.needs(item, NEAR_TOPIC, FAR_TOPIC)):
                break_here = item not in asked
                if break_here:
                    continue
                break
            if item in heard.found or (item not in asked and not self._leads(heard, index, item)):
                continue
            if says("unknown", heard.sentence_of(piece).text) and self.matcher.label_scores(item, heard.rows[index]).get("unknown", 0) > 0.1:
                heard.add(item, "unknown", None, heard.sentence_of(piece))
                continue
            party = self._party_in(heard, piece, item, taken)
            if party is None:
                continue
            value = self._resolved(heard, party, item)
            if value is None:
                continue
            taken[(party.start, party.end)] = item
            if value == "nobody":
                heard.add(item, "absent", "nobody", self._widened(heard, piece))
            else:
                heard.add(item, "known", value, self._widened(heard, piece))

    def _role_score(self, heard: Message, index: int, item: str, asked: list[str]) -> float:
        score = float(heard.topic(item)[index])
        rivals = [float(heard.topic(other)[index]) for other in asked if other != item]
        if item in asked:
            alone = ASKED_BONUS if len(asked) == 1 else 0.0
            return score + alone - max([0.0, *(rival - score for rival in rivals)])
        return score

    def _leads(self, heard: Message, index: int, item: str) -> bool:
        """The item is the plainest reading of the span among all items."""
        return int(np.argmax(heard.topics[index])) == self.column[item]

    def _party_in(self, heard: Message, piece: Span, item: str, taken: dict[tuple[int, int], str]) -> people.Party | None:
        end = self._with_apposition(heard, piece)
        inside = [party for party in heard.parties if piece.start <= party.start and party.end <= end]
        free = [party for party in inside if (party.start, party.end) not in taken or party.sort in ("nobody", "me", "they")]
        order = {"name": 0, "builder": 1, "role": 2, "sponsor": 4, "nobody": 5, "me": 6, "they": 7}
        if any(party.sort == "nobody" for party in free) and not any(party.sort == "name" for party in free):
            labels = self.matcher.label_scores(item, self.matcher.features([piece.text])[0])
            if labels.get("nobody", 0) >= labels.get("value", 0) or not any(party.sort == "role" for party in free):
                return next(party for party in free if party.sort == "nobody")
        free = [party for party in free if not self._names_the_role(party, item)]
        if item == "owners.builder":
            free = [party for party in free if party.sort != "builder"]
        return min(free, key=lambda party: (order[party.sort] + 3 * (party.generic or party.placed(heard.text)), party.start), default=None)

    def _with_apposition(self, heard: Message, piece: Span) -> int:
        """Return where a clause ends if a name set beside it belongs to it: "our finance director sponsors it, Helen Marsh"."""
        beside = [
            party for party in heard.parties if party.sort == "name" and party.start >= piece.end and APPOSITION.fullmatch(heard.text[piece.end : party.start])
        ]
        return max([piece.end, *(party.end for party in beside)])

    def _names_the_role(self, party: people.Party, item: str) -> bool:
        """ "The business owner" is the role that was asked for, not who has it."""
        low = party.name.lower()
        return party.sort == "role" and (
            low.endswith(("owner", "owners", "sponsor", "sponsorship"))
            or (low in ("business", "compliance", "security", "legal", "operations", "it") and item in ("owners.business", "owners.compliance"))
        )

    def _resolved(self, heard: Message, party: people.Party, item: str) -> str | None:
        record = heard.listening.record

        def known(other: str) -> str | None:
            said = heard.found.get(other)
            value = said.value if said else record.known(other)
            return value if isinstance(value, str) and value != "nobody" else None

        if party.sort == "nobody":
            return "nobody"
        if party.sort == "builder":
            return known("owners.builder")
        if party.sort == "sponsor":
            return known("owners.sponsor")
        if party.sort == "me":
            return heard.listening.speaker or "me"
        if party.sort == "they":
            earlier = [one for one in heard.parties if one.start < party.start and one.sort in ("name", "role") and not self._names_the_role(one, item)]
            return earlier[-1].name if earlier else None
        if party.name.lower() in ("vendor", "supplier", "the vendor", "provider", "manufacturer", "contractor") and item != "owners.builder":
            return known("owners.builder") or party.name
        return party.name

    def _widened(self, heard: Message, piece: Span) -> Span:
        return heard.sentence_of(piece) if len(piece.text.split()) < 4 else piece

    # Answers, choices and absences ---------------------------------------------------------------------------------------

    def _read_labels(self, heard: Message) -> None:
        """Read yes, partly and no, choices, and what there is none of, clause by clause."""
        asked = [item for item in heard.listening.asked if item in self.column and item not in heard.found and self._has_labels(item)]
        spans_of = {item: self._best_span(heard, item) for item in asked}
        heard.best.update({item: index for item, index in spans_of.items() if index is not None})
        for item in asked:
            self._read_asked_label(heard, item)
        self._read_bare_answer(heard, asked)
        for item in self.column:
            if item not in heard.listening.asked and self._has_labels(item) and self.guide.items[item].kind in ("answer", "choice"):
                self._read_volunteered_label(heard, item)

    def _has_labels(self, item: str) -> bool:
        return self.guide.items[item].kind not in ("party",)

    def _best_span(self, heard: Message, item: str) -> int | None:
        """Return the span that is most an asked item's own, or None where nothing is."""
        own = heard.topic(item)
        rivals = [other for other in heard.listening.asked if other != item and other in self.column]
        rival = np.max([heard.topic(other) for other in rivals], axis=0) if rivals else np.zeros_like(own)
        lengths = np.array([len(piece.text.split()) for piece in heard.spans])
        fit = own - np.maximum(rival - own, 0) - 0.02 * (lengths > 14) - 0.05 * (lengths < 2)
        index = int(np.argmax(fit))
        if not rivals and own[index] < ASKED_TOPIC and len(heard.sentences) == 1:
            return heard.spans.index(heard.sentences[0])
        return None if fit[index] < (ASKED_TOPIC if rivals else 0.02) else index

    def _read_asked_label(self, heard: Message, item: str) -> None:
        kind = self.guide.items[item].kind
        index = heard.best.get(item)
        if index is None:
            return
        piece = heard.spans[index]
        sentence = heard.sentence_of(piece)
        if kind in ("answer", "choice"):
            label = self._label(heard, item, index)
            if label:
                self._add_label(heard, item, label, self._widened(heard, piece))
            return
        if kind in ("text", "list"):
            return
        if self._is_unknown(sentence.text):
            heard.add(item, "unknown", None, sentence)
            return
        scores = self.matcher.label_scores(item, heard.rows[index])
        none = max(scores.get("absent", 0), scores.get("none", 0))
        if none > max(scores.get("value", 0), 0.3) and (self._denies(sentence.text)):
            self._add_none(heard, item, sentence)

    def _add_none(self, heard: Message, item: str, span: Span) -> None:
        kind = self.guide.items[item].kind
        if kind == "count":
            heard.add(item, "known", 0, span)
        elif kind == "list":
            heard.add(item, "known", [], span)
        elif item in ("charter.kpi", "charter.baseline", "charter.target"):
            heard.add(item, "absent", None, span)

    def _denies(self, text: str) -> bool:
        return (
            bool(people.words()["nobody"] & set(text.lower().split()))
            or says("no", text)
            or " not" in f" {text.lower()}".replace("n't", " not")
            or "without" in text.lower()
            or "nothing" in text.lower()
        )

    def _is_unknown(self, text: str) -> bool:
        return says("unknown", text) or says("unwilling", text)

    def _label(self, heard: Message, item: str, index: int) -> str | None:
        """Return the label of a span; None where it is not sure enough."""
        piece = heard.spans[index]
        if says("not_applicable", piece.text) or says("not_applicable", heard.sentence_of(piece).text):
            return "not_applicable"
        scores = dict(self.matcher.label_scores(item, heard.rows[index]))
        scores.pop("unknown", None)
        sentence = heard.sentence_of(piece)
        if self._is_unknown(piece.text) or (self._is_unknown(sentence.text) and not self._shared(heard, item, sentence)):
            return "unknown"
        if not scores:
            return None
        if item in LAUNCH_ITEMS:
            timing = self._before_launch(heard, item, sentence)
            if timing:
                return timing
        shared = self._shared(heard, item, sentence)
        whole = heard.spans.index(sentence)
        if whole != index:
            wider = self.matcher.label_scores(item, heard.rows[whole])
            weight = SHARED_SENTENCE_WEIGHT if shared else SENTENCE_WEIGHT
            scores = {label: (score + weight * wider.get(label, 0)) / (1 + weight) for label, score in scores.items()}
        if "partly" in scores and says("says_partly", piece.text if shared else sentence.text):
            return "partly"
        tag = tagged(piece.text) or (None if shared else tagged(sentence.text))
        if tag in scores:
            scores[tag] += TAG_WEIGHT
        return max(scores, key=lambda label: scores[label])

    def _before_launch(self, heard: Message, item: str, own: Span) -> str | None:
        """Compare what was set or measured with the start: by the words for before and after, else by a date and the known start."""
        for sentence in (own, *(other for other in heard.sentences if other != own)):
            timing = self._timing(heard, item, sentence)
            if timing:
                return timing
        return None

    def _timing(self, heard: Message, item: str, sentence: Span) -> str | None:
        text = sentence.text
        if item == "charter.baseline_before_launch" and not says("measured", text):
            return None
        before, after = says("before_launch", text), says("after_launch", text)
        if says("says_partly", text) or (before and after):
            return "partly"
        if before or after:
            return "yes" if before else "no"
        started = heard.listening.record.known("charter.started_on")
        days = [mention.value for mention in heard.values if mention.kind == "date" and sentence.start <= mention.start < sentence.end]
        if not started or not days:
            return None
        return "yes" if max(days) <= started else "no"

    def _shared(self, heard: Message, item: str, sentence: Span) -> bool:
        """Say whether another asked item is spoken of elsewhere in the sentence, so that each has its own clause."""
        if item not in heard.best:
            return False
        own = heard.spans[heard.best[item]]
        others = [heard.spans[index] for other, index in heard.best.items() if other != item]
        return any(piece.sentence == sentence.sentence and (piece.end <= own.start or own.end <= piece.start) for piece in others)

    def _add_label(self, heard: Message, item: str, label: str, span: Span) -> None:
        if label == "unknown":
            heard.add(item, "unknown", None, span)
        elif label == "not_applicable":
            heard.add(item, "not_applicable", None, span)
        else:
            heard.add(item, "known", label, span)

    def _read_bare_answer(self, heard: Message, asked: list[str]) -> None:
        """A bare "no" or "partly" answers every yes-or-no item that was asked for."""
        for label in ("yes", "no", "partly"):
            if is_only(label, heard.sentences[0].text):
                for item in asked:
                    if item not in heard.found and self.guide.items[item].kind == "answer":
                        heard.add(item, "known", label, heard.sentences[0])

    def _read_volunteered_label(self, heard: Message, item: str) -> None:
        """Take what was not asked for only where it is the plainest reading; what is less plain is kept as a hunch."""
        own = heard.topic(item)
        index = int(np.argmax(own))
        if own[index] < HUNCH_TOPIC or (heard.listening.record.heard(item) and own[index] < CONTRADICT_TOPIC):
            return
        first, second = np.argsort(heard.topics[index])[::-1][:2]
        column = self.column[item]
        plain = own[index] >= heard.needs(item, NEAR_TOPIC, FAR_TOPIC) and first == column and own[index] - heard.topics[index][second] >= RIVAL_MARGIN
        scores = dict(self.matcher.label_scores(item, heard.rows[index]))
        scores.pop("unknown", None)
        best, *rest = sorted(scores.values(), reverse=True)
        label = self._label(heard, item, index)
        if label in (None, "unknown", "not_applicable") and not (plain and not heard.listening.record.heard(item)):
            return
        if plain and label and (not rest or best - rest[0] >= VOLUNTEERED_LABEL):
            self._add_label(heard, item, label, self._widened(heard, heard.spans[index]))
        elif column == first and label not in ("unknown", "not_applicable", None) and (not rest or best - rest[0] >= VOLUNTEERED_LABEL):
            before = dict(heard.found)
            self._add_label(heard, item, label, self._widened(heard, heard.spans[index]))
            heard.hunches[item] = heard.found.pop(item)
            heard.found.update(before)

    # Texts and lists -------------------------------------------------------------------------------------------------------

    def _read_texts(self, heard: Message) -> None:
        if heard.listening.open_question:
            self._read_story(heard)
            return
        open_texts = [item for item in self._open(heard) if item in self.column and self.guide.items[item].kind in ("text", "list")]
        places = self._places(heard, open_texts)
        for item in open_texts:
            if item in places:
                self._read_text(heard, item, places[item])
        for item in ("charter.use_case", "charter.department", "charter.outcome", "charter.kpi"):
            if item not in heard.listening.asked and not heard.listening.record.heard(item) and item not in heard.found:
                index = int(np.argmax(heard.topic(item)))
                if heard.topic(item)[index] >= heard.needs(item, NEAR_TOPIC, FAR_TOPIC) and self._leads(heard, index, item):
                    self._add_text(heard, item, heard.spans[index])

    def _read_story(self, heard: Message) -> None:
        """In an opening the use case is the sentence that tells most of it; the other texts have to be plain."""
        for item in ("charter.use_case", "charter.department", "charter.outcome", "charter.kpi"):
            whole = [heard.spans.index(sentence) for sentence in heard.sentences]
            index = max(whole, key=lambda one: self._text_fit(heard, item, one))
            needed = STORY_TOPIC if item == "charter.use_case" else FAR_TOPIC
            if self._text_fit(heard, item, index) >= needed and not self._is_unknown(heard.spans[index].text):
                self._add_text(heard, item, heard.spans[index])

    def _places(self, heard: Message, items: list[str]) -> dict[str, int]:
        """Give each text item the sentence that is most its own; a sentence serves two items only where there is no other."""
        whole = [heard.spans.index(sentence) for sentence in heard.sentences]
        asked = [item for item in heard.listening.asked if item in self.column]
        places: dict[str, int] = {}
        pairs = sorted(((self._text_fit(heard, item, index), item, index) for item in items for index in whole), key=lambda pair: -pair[0])
        for fit, item, index in pairs:
            free = [one for one in whole if one not in places.values()]
            if item in places or (index in places.values() and free and len(whole) >= len(items)):
                continue
            if fit >= 0 or len(asked) == len(items) == 1 or len(whole) == 1:
                places[item] = index
        return places

    def _text_fit(self, heard: Message, item: str, index: int) -> float:
        """A use case takes a sentence to tell, a department a few words."""
        words = len(heard.spans[index].text.split())
        odd = (item == "charter.use_case" and words < 5) or (item == "charter.department" and words > 14)
        return float(heard.topic(item)[index]) - (0.06 if odd else 0)

    def _read_text(self, heard: Message, item: str, index: int) -> None:
        piece = heard.spans[index]
        if self._is_unknown(piece.text):
            heard.add(item, "unknown", None, piece)
            return
        scores = self.matcher.label_scores(item, heard.rows[index])
        none = max(scores.get("absent", 0), scores.get("none", 0))
        if none > scores.get("value", 0) and self._denies(piece.text):
            self._add_none(heard, item, piece)
            return
        self._add_text(heard, item, piece)

    def _add_text(self, heard: Message, item: str, piece: Span) -> None:
        if item == "rollout.use_cases":
            found = self._use_cases(heard)
            if found:
                heard.add(item, "known", found, piece)
        elif self.guide.items[item].kind == "list":
            listed = entries(piece.text)
            if listed:
                heard.add(item, "known", listed, piece)
        else:
            heard.add(item, "known", piece.text.strip().rstrip("."), piece)

    def _use_cases(self, heard: Message) -> list[str]:
        found = []
        column = self.column["rollout.use_cases"]
        for sentence in heard.sentences:
            parts = [index for index, piece in enumerate(heard.spans) if piece.sentence == sentence.sentence and piece != sentence] or [
                heard.spans.index(sentence)
            ]
            for index in parts:
                piece = heard.spans[index]
                if any(
                    other != index
                    and heard.spans[other].start <= piece.start
                    and piece.end <= heard.spans[other].end
                    and len(heard.spans[other].text) < len(sentence.text)
                    for other in parts
                ):
                    continue
                name = use_case_name(piece.text)
                scores = {
                    label: score
                    for label, score in self.matcher.label_scores("rollout.use_cases", heard.rows[index]).items()
                    if label in ("proven", "weak", "untested", "excluded")
                }
                if name and heard.topics[index, column] > 0.1:
                    found.append(f"{name}: {max(scores, key=lambda label: scores[label])}")
        return found

    # What follows from what was heard --------------------------------------------------------------------------------------

    def _follow_up(self, heard: Message) -> None:
        """One statement fills every item that it truly answers: the sort of measure is plain from the measure."""
        kpi = heard.found.get("charter.kpi")
        if kpi and kpi.state == "known" and "charter.kpi_kind" not in heard.found:
            row = self.matcher.features([kpi.quote])[0]
            scores = {label: score for label, score in self.matcher.label_scores("charter.kpi_kind", row).items() if label in ("business", "model")}
            best = max(scores, key=lambda label: scores[label])
            if "charter.kpi_kind" in heard.listening.asked or abs(scores["business"] - scores["model"]) > VOLUNTEERED_LABEL:
                heard.found["charter.kpi_kind"] = kpi.model_copy(update={"item": "charter.kpi_kind", "value": best})
        removed = heard.found.get("capability.support_removed")
        if removed and removed.value == "yes" and "charter.close_support" not in heard.found and not heard.listening.record.heard("charter.close_support"):
            heard.found["charter.close_support"] = removed.model_copy(update={"item": "charter.close_support", "value": "no"})

    # Corrections -----------------------------------------------------------------------------------------------------------

    def _correction(self, heard: Message) -> dict[str, Statement]:
        """Read "that was 38, not 48": the item that holds the taken-back value gets the new one."""
        wrong = [mention for mention in heard.values if _negated(heard.text, mention)]
        right = [mention for mention in heard.values if not _negated(heard.text, mention)]
        fixed: dict[str, Statement] = {}
        for mention in wrong:
            for item, entry in heard.listening.record.entries.items():
                held = [_number(said.value) for said in entry.standing]
                fitting = [other for other in right if self._fits_loosely(item, other)]
                if mention.raw in held and fitting and item in self.slot_column:
                    self._add_value(heard, item, replace(fitting[0]))
                    fixed[item] = heard.found.pop(item)
                    old = entry.standing[-1].value
                    if isinstance(old, dict) and "unit" in old and not fitting[0].unit_said:
                        fixed[item] = fixed[item].model_copy(update={"value": {"value": fitting[0].raw, "unit": old["unit"]}})
        if fixed:
            heard.values = [mention for mention in heard.values if mention in right and not any(_number(said.value) == mention.raw for said in fixed.values())]
        return fixed

    def _fits_loosely(self, item: str, mention: Mention) -> bool:
        kind = self.guide.items[item].kind
        return self._fits(item, mention) or (kind in ("percent", "quantity", "duration") and mention.kind == "count")


def _number(value: Any) -> float | None:
    if isinstance(value, dict):
        value = value.get("value", value.get("amount"))
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _negated(text: str, mention: Mention) -> bool:
    """ "not 48" takes the 48 back."""
    before = text[max(0, mention.start - 12) : mention.start].lower().rstrip()
    return before.endswith((" not", ",not", "instead of", "rather than")) or before == "not"
