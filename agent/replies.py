"""What the person reads: what was heard, in short, then one question, or the answer to one of theirs."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import Field

from agent.conversation import Brought, Conversation, Mode
from agent.items import Frozen, Guide, Item
from agent.judging.assessment import Assessment
from agent.judging.case import Case, join
from agent.judging.figures import adoption, show
from agent.languages import LEAST_WORDS, language_of, other_script
from agent.questions import Next, minutes_left
from agent.record import Record, Statement
from agent.wording import ENGLISH, Wording
from knowledge.guidance import Passage

SHORT_QUOTE = 140


class Heard(Frozen):
    """One thing that was understood, with the words it was understood from."""

    item: str
    state: str
    value: Any = None
    quote: str = ""


class Cited(Frozen):
    """A passage of guidance behind a reply."""

    id: str
    article: str
    section: str


class Proposed(Frozen):
    """One thing that a document seems to say, as the person is shown it; `number` confirms it."""

    number: int
    item: str
    label: str
    value: str
    quote: str
    place: str


class Reply(Frozen):
    """One answer of the assistant. `asks` is empty only when the interview is done."""

    thread: str
    text: str
    stage: str
    asks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    heard: tuple[Heard, ...] = ()
    sources: tuple[Cited, ...] = ()
    done: bool = False
    verdict: str = ""
    seconds: float = 0.0
    turn: int = 0
    minutes_left: int = Field(default=0)
    proposals: tuple[Proposed, ...] = ()


def heard(statements: Iterable[Statement], record: Record) -> tuple[Heard, ...]:
    return tuple(Heard(item=said.item, state=record.state(said.item), value=said.value, quote=said.quote) for said in statements)


def cited(passages: Sequence[Passage]) -> tuple[Cited, ...]:
    return tuple(Cited(id=passage.id, article=passage.article, section=passage.section) for passage in passages)


def opening(guide: Guide, model: str = "", host: str = "") -> str:
    """Return the first text of a conversation; it says so where a language model reads along, and where that is."""
    words = guide.wording
    with_model = words.opening_with_model.format(model=model, host=host) if model else ""
    return "\n\n".join(part for part in (words.opening, with_model) if part)


def acknowledge(statements: Sequence[Statement], guide: Guide, record: Record, corrected: frozenset[str]) -> str:
    """Say in short what was heard, so that a mistake can be corrected at once."""
    words, parts = guide.wording, []
    for said in statements:
        if record.state(said.item) == "conflicting":
            continue
        fact = words.fact_now if said.item in corrected else words.fact
        parts.append(fact.format(label=guide.label(said.item), value=in_short(said, guide)))
    return words.heard.format(facts="; ".join(parts)) if parts else ""


def without_model(fault: str, guide: Guide) -> str:
    """Say in half a sentence why a message was read without the language model; nothing where it was not, or where that was said before."""
    return guide.wording.without_model.get(fault, "")


def not_corrected(item: Item, known: bool, guide: Guide) -> str:
    """Say that a correction could not be read, and that nothing has changed."""
    words = guide.wording
    return words.not_corrected.format(label=item.label, stands=words.stands if known else words.nothing_on_record, ask=item.ask)


def cleared(item: Item, known: bool, guide: Guide) -> str:
    """Say that a fact was taken off the record."""
    words = guide.wording
    return (words.cleared if known else words.nothing_to_clear).format(label=item.label)


def taken_back(items: Sequence[str], guide: Guide) -> str:
    """Say what no longer stands because its message was deleted."""
    words = guide.wording
    return words.taken_back.format(labels=join((guide.label(item) for item in items), words.and_)) if items else words.nothing_stood


def in_short(said: Statement, guide: Guide) -> str:
    """Say what was heard about an item in a few words."""
    item, words = guide.items[said.item], guide.wording
    if said.state == "unknown":
        return words.not_known
    if said.state == "not_applicable":
        return words.does_not_apply
    if said.state == "absent":
        return words.nobody if said.value == "nobody" else words.none
    if item.kind == "text":
        return f"“{clip(str(said.value))}”"
    return _shown(said.value, item, words)


def _shown(value: Any, item: Item, words: Wording) -> str:
    """Return a value as a person reads it; yes, no and the options of a choice in their language."""
    return words.options.get(value, show(value)) if item.kind in ("answer", "choice") and isinstance(value, str) else show(value)


def clip(text: str, length: int = SHORT_QUOTE) -> str:
    """Shorten a text at a word's end."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


def proposals(conversation: Conversation, guide: Guide) -> tuple[Proposed, ...]:
    """Return what waits for confirmation, numbered from 1."""
    waiting = conversation.brought.proposals if conversation.brought else ()
    return tuple(
        Proposed(
            number=number, item=one.statement.item, label=guide.label(one.statement.item), value=in_short(one.statement, guide),
            quote=one.statement.quote, place=one.place,
        )
        for number, one in enumerate(waiting, start=1)
    )  # fmt: skip


def proposed(brought: Brought, guide: Guide) -> str:
    """Show what a document seems to say, with page or slide; none of it counts yet."""
    lines = [
        f"{one.number}. {one.label}: {one.value}{f' ({one.place})' if one.place else ''}"
        for one in proposals(Conversation(brought=brought), guide)
    ]  # fmt: skip
    words = guide.wording
    return "\n".join([words.proposed.format(name=brought.name), "", *lines, "", words.which_are_right])


def took_over(statements: Sequence[Statement], name: str, guide: Guide, record: Record) -> str:
    """Say what of a document counts now."""
    words = guide.wording
    if not statements:
        return words.took_over_nothing.format(name=name)
    conflicts = sum(record.state(said.item) == "conflicting" for said in statements)
    labels = join(dict.fromkeys(guide.label(said.item) for said in statements), words.and_)
    told = [words.took_over.format(name=name, labels=labels)]
    if conflicts:
        told.append(words.one_differs if conflicts == 1 else words.some_differ.format(count=conflicts))
    return " ".join(told)


def question_text(next_one: Next, case: Case) -> str:
    """Word a question: whole, about what is left of it, once more, or about two statements that cannot both hold."""
    guide, words = case.guide, case.guide.wording
    question = guide.question(next_one.question.id)
    if next_one.mode == "conflict":
        return _conflict(next_one.items[0], case)
    if next_one.mode == "again":
        if len(next_one.items) == 1:
            item = guide.items[next_one.items[0]]
            return f"{item.ask} {words.unknown_is_fine if item.kind != 'text' else ''}".strip()
        labels = join((guide.label(item) for item in next_one.items), words.and_)
        return words.not_caught.format(labels=labels, probe=question.probe)
    if next_one.mode == "back":
        return words.back_to.format(ask=question.ask)
    if len(next_one.items) < len(question.asks):
        return " ".join(guide.items[item].ask for item in next_one.items)
    return question.ask


def nothing_new(mode: Mode, guide: Guide) -> str:
    """Say that nothing was heard where only the answer to one question was asked for, and what that means."""
    words = guide.wording
    return {"conflict": words.still_open, "back": words.nothing_new}.get(mode, "")


def unreadable(text: str, guide: Guide) -> str:
    """Say what to do about a message without words, or in a language that the built-in reader does not know; nothing for any other."""
    words = guide.wording
    if not any(character.isalnum() for character in text):
        return words.no_words
    told_by_words = len(text.split()) >= LEAST_WORDS and language_of(text) not in ("", ENGLISH)
    return words.another_language if other_script(text) or told_by_words else ""


def _conflict(item: str, case: Case) -> str:
    words, label = case.guide.wording, case.guide.label(item)
    said = case.record.said(item)
    if len(said) > 2:
        quotes = join((f"“{clip(one.quote)}”{f' ({one.speaker})' if one.speaker else ''}" for one in said), words.and_)
        return words.which_of_several.format(label=label, count=len(said), quotes=quotes)
    if len(said) > 1:
        first, second = said
        if first.turn == second.turn and (first.quote in second.quote or second.quote in first.quote):
            values = [in_short(one, case.guide) for one in (first, second)]
            return words.which_is_meant.format(quote=clip(max(first.quote, second.quote, key=len)), label=label, first=values[0], second=values[1])
        by = f" ({second.speaker})" if second.speaker and second.speaker != first.speaker else ""
        return words.which_holds.format(label=label, first=clip(first.quote), second=clip(second.quote), by=by)
    if item == "gates.adoption":
        use = adoption(case)
        counts = [said.quote for name in ("gates.active_users", "gates.target_users") for said in case.record.said(name)][:1]
        stated = clip(case.record.said(item)[0].quote)
        quotes = words.both_quotes.format(first=stated, second=clip(counts[0])) if counts else words.one_quote.format(first=stated)
        return words.adoption_differs.format(quotes=quotes, rate=show(use.rate), counted=show(use.counted))
    measures = ("charter.baseline", "charter.target", "gates.kpi_now")
    return words.units_differ.format(figures=", ".join(show(case.known(name)) for name in measures if case.known(name)))


def choices(next_one: Next, case: Case) -> tuple[str, ...]:
    """Return the answers that can be clicked; typing still works."""
    words = case.guide.wording
    unknown = words.answers[-1]
    items = [case.guide.items[item] for item in next_one.items]
    if next_one.mode == "conflict":
        said = case.record.said(next_one.items[0])
        return (*dict.fromkeys(_choice(_shown(one.value, items[0], words)) for one in said), unknown) if len(said) > 1 else ()
    if len(items) == 1 and items[0].kind == "choice":
        return (*(_choice(words.options.get(option, option)) for option in items[0].options), unknown)
    if all(item.kind == "answer" for item in items):
        return case.guide.question(next_one.question.id).choices or (words.answers if len(items) == 1 else words.answers_all)
    return (unknown,)


def _choice(text: str) -> str:
    text = clip(text, 60)
    return text[:1].upper() + text[1:]


def why(next_one: Next, passages: Sequence[Passage], guide: Guide) -> str:
    """Answer "why do you ask?": our reason, and the passage it comes from."""
    return "\n\n".join([guide.question(next_one.question.id).why, *(_quote(passage) for passage in passages[:1])])


def references(passages: Sequence[Passage], numbers: Sequence[int]) -> str:
    """List what an answer cites, by its numbers."""
    return "\n".join(f"[{number}] {_source(passage)}" for number, passage in zip(numbers, passages, strict=True))


def not_caught(guide: Guide) -> str:
    return guide.wording.not_caught_that


def found_nothing(about: str, guide: Guide) -> str:
    return guide.wording.found_nothing.format(words=clip(about, 60))


def best_passage(passage: Passage, guide: Guide) -> str:
    """Quote the guidance where it was to be put in other words and could not be."""
    return f"{guide.wording.best_passage}\n\n{_quote(passage)}"


def explain(about: str, items: Sequence[Item], passages: Sequence[Passage], guide: Guide) -> str:
    """Answer "what counts as ...?" from the guide and the library; say so where nothing fits."""
    parts = [f"{item.label[:1].upper()}{item.label[1:]}: {item.means}." for item in items[:3]]
    parts += [_quote(passage) for passage in passages[:1]]
    return "\n\n".join(parts) or found_nothing(about, guide)


def _quote(passage: Passage) -> str:
    return f"> {passage.text}\n>\n> — {_source(passage)}"


def _source(passage: Passage) -> str:
    return f"{passage.author}, *{passage.title}*, {passage.section}" if passage.article != "own" else passage.title


def status(case: Case, conversation: Conversation, assessment: Assessment, guide: Guide) -> str:
    """Say where the interview is: the gates so far, what is left, and what the verdict would be now."""
    words = guide.wording
    left = minutes_left(case, conversation)
    return words.status.format(
        known=round(assessment.completeness * 100),
        rest=words.minutes_left.format(minutes=left) if left > 1 else words.nearly_through,
        gates=_gates(assessment, words),
        forces=_forces(assessment, words),
        verdict=words.verdicts[assessment.verdict],
    )


def _gates(assessment: Assessment, words: Wording) -> str:
    return _grouped(((words.statuses[name], words.statuses[gate.status]) for name, gate in assessment.gates.items()), words)


def _forces(assessment: Assessment, words: Wording) -> str:
    return _grouped(((words.statuses[name], words.statuses[force.severity]) for name, force in assessment.forces.items()), words)


def _grouped(results: Iterable[tuple[str, str]], words: Wording) -> str:
    """Say what has the same result in one breath: "impact passed; adoption and readiness not proven yet"."""
    groups: dict[str, list[str]] = {}
    for name, result in results:
        groups.setdefault(result, []).append(name)
    return "; ".join(f"{join(names, words.and_)} {result}" for result, names in groups.items())


def result(assessment: Assessment, guide: Guide) -> str:
    """Say the verdict and why, at the end or when the person wants it."""
    words = guide.wording
    known = f"{words.on_record.format(known=round(assessment.completeness * 100))} {words.full_report}"
    first = [(guide.items[one.item], one) for one in assessment.constraints[:3]]
    if guide.language == ENGLISH:
        reasons = "\n".join(f"- {reason}" for reason in assessment.reasons[:6])
        steps = "".join(f"\n{number}. {one.title}: {one.first_step}" for number, (_, one) in enumerate(first, start=1))
    else:  # the rules give their reasons in English; in other languages stand what they come to, and what the items are called
        reasons = f"- {_gates(assessment, words)}\n- {_forces(assessment, words)}"
        steps = "".join(f"\n{number}. {item.label}" for number, (item, _) in enumerate(first, start=1))
    rest = f"\n\n{words.stops_first}{steps}" if first else ""
    return f"**{words.verdicts[assessment.verdict]}**\n\n{reasons}{rest}\n\n{known}"


def help_text(guide: Guide) -> str:
    return guide.wording.help
