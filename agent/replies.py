"""What the person reads: what was heard, in short, then one question, or the answer to one of theirs."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import Field

from agent.conversation import Brought, Conversation, Mode
from agent.items import ANSWER_CHOICES, Frozen, Guide, Item
from agent.judging.assessment import Assessment
from agent.judging.case import Case, join
from agent.judging.figures import adoption, show
from agent.questions import Next, minutes_left
from agent.record import Record, Statement
from agent.reports.wording import wording
from knowledge.guidance import Passage

SHORT_QUOTE = 140
NOT_CAUGHT = "I did not catch that."
CONFIRMING = ("All of these are right", "None of these")
ALL_OR_NONE = ("Yes, all of them", "No, none of them", "I don't know")
VERDICTS = {
    "demo": "This was a demonstration, not a pilot: nothing was set up that could be passed.",
    "rerun": "Do not scale yet: fix the cause and run it again.",
    "unproven": "Not proven yet: some of the evidence is missing.",
    "redesign": "The pilot graduates, the organisation does not yet: redesign before you roll out.",
    "scale": "Ready for a staged rollout.",
}


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


def opening(guide: Guide) -> str:
    """Return the first text of a conversation."""
    return (
        "I help you find out whether your AI pilot is ready to scale, and what has to change first. It takes about twenty minutes.\n\n"
        "Tell me about the pilot in your own words, or paste what you have: what the AI does, who uses it, how it is measured and how it is going. "
        "I will ask about what is missing. “I don't know” is a good answer too."
    )


def acknowledge(statements: Sequence[Statement], guide: Guide, record: Record, corrected: frozenset[str]) -> str:
    """Say in short what was heard, so that a mistake can be corrected at once."""
    parts = []
    for said in statements:
        if record.state(said.item) == "conflicting":
            continue
        label = guide.label(said.item)
        parts.append(f"{label}{' now' if said.item in corrected else ''}: {_short(said, guide.items[said.item])}")
    return f"I heard: {'; '.join(parts)}." if parts else ""


def not_corrected(item: Item, known: bool) -> str:
    """Say that a correction could not be read, and that nothing has changed."""
    stands = "what you said before stands" if known else "nothing was put on record"
    return f"I could not read that as {item.label}, so {stands}. {item.ask}"


def cleared(item: Item, known: bool) -> str:
    """Say that a fact was taken off the record."""
    return f"Cleared: {item.label}." if known else f"There was nothing on record about {item.label}."


def taken_back(items: Sequence[str], guide: Guide) -> str:
    """Say what no longer stands because its message was deleted."""
    return f"Taken back: {join(guide.label(item) for item in items)}." if items else "Nothing on record stood on that message."


def _short(said: Statement, item: Item) -> str:
    if said.state == "unknown":
        return "not known"
    if said.state == "not_applicable":
        return "does not apply"
    if said.state == "absent":
        return "nobody" if said.value == "nobody" else "none"
    if item.kind == "text":
        return f"“{clip(str(said.value))}”"
    return show(said.value)


def clip(text: str, length: int = SHORT_QUOTE) -> str:
    """Shorten a text at a word's end."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


def proposals(conversation: Conversation, guide: Guide) -> tuple[Proposed, ...]:
    """Return what waits for confirmation, numbered from 1."""
    waiting = conversation.brought.proposals if conversation.brought else ()
    return tuple(
        Proposed(
            number=number, item=one.statement.item, label=guide.label(one.statement.item), value=_short(one.statement, guide.items[one.statement.item]),
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
    return "\n".join([
        f"This is what I understood of {brought.name}. Nothing of it counts yet:", "", *lines, "",
        "Which of these are right? You can say “all”, “none”, “1 and 4” or “all but 3”.",
    ])  # fmt: skip


def took_over(statements: Sequence[Statement], name: str, guide: Guide, record: Record) -> str:
    """Say what of a document counts now."""
    if not statements:
        return f"Nothing of {name} was taken over."
    conflicts = sum(record.state(said.item) == "conflicting" for said in statements)
    differ = (
        f" {conflicts} of them differ from what stood; I ask about that."
        if conflicts > 1
        else " One differs from what stood; I ask about that."
        if conflicts
        else ""
    )
    return f"Taken over from {name}: {join(dict.fromkeys(guide.label(said.item) for said in statements))}.{differ}"


def question_text(next_one: Next, case: Case) -> str:
    """Word a question: whole, about what is left of it, once more, or about two statements that cannot both hold."""
    guide = case.guide
    if next_one.mode == "conflict":
        return _conflict(next_one.items[0], case)
    if next_one.mode == "again":
        if len(next_one.items) == 1:
            return f"{guide.items[next_one.items[0]].ask} {_offer(guide.items[next_one.items[0]])}".strip()
        return f"I did not catch {join(guide.label(item) for item in next_one.items)}. {next_one.question.probe}"
    if next_one.mode == "back":
        return f"Back to this one: {next_one.question.ask}"
    if len(next_one.items) < len(next_one.question.asks) and len(next_one.items) == 1:
        return guide.items[next_one.items[0]].ask
    if len(next_one.items) < len(next_one.question.asks):
        return " ".join(guide.items[item].ask for item in next_one.items)
    return next_one.question.ask


def nothing_new(mode: Mode) -> str:
    """Say that nothing was heard where only the answer to one question was asked for, and what that means."""
    if mode == "conflict":
        return "I could not tell which one holds, so both stay on record and it counts as not known."
    if mode == "back":
        return "I heard nothing new there, so what you said before stands."
    return ""


def _offer(item: Item) -> str:
    return "“I don't know” is fine." if item.kind != "text" else ""


def _conflict(item: str, case: Case) -> str:
    label = case.guide.label(item)
    said = case.record.said(item)
    if len(said) > 1:
        first, second = said[-2:]
        by = f" ({second.speaker})" if second.speaker and second.speaker != first.speaker else ""
        return f"I have two statements about {label}: “{clip(first.quote)}” and “{clip(second.quote)}”{by}. Which one holds?"
    if item == "gates.adoption":
        use = adoption(case)
        counts = [said.quote for name in ("gates.active_users", "gates.target_users") for said in case.record.said(name)][:1]
        quotes = f"“{clip(case.record.said(item)[0].quote)}” and “{clip(counts[0])}”" if counts else f"“{clip(case.record.said(item)[0].quote)}”"
        return f"Two figures for regular use differ: {quotes}. The share you gave is {show(use.rate)} %, the counts give {show(use.counted)} %. Which one should stand?"
    return f"The figures before, wanted and today are in units I can't compare: {', '.join(show(case.known(name)) for name in ('charter.baseline', 'charter.target', 'gates.kpi_now') if case.known(name))}. Where does the measure stand today, in the unit of the starting value?"


def choices(next_one: Next, case: Case) -> tuple[str, ...]:
    """Return the answers that can be clicked; typing still works."""
    if next_one.mode == "conflict":
        said = case.record.said(next_one.items[0])
        return tuple(dict.fromkeys(_choice(one.value) for one in said)) + ("I don't know",) if len(said) > 1 else ()
    items = [case.guide.items[item] for item in next_one.items]
    if len(items) == 1 and items[0].kind == "choice":
        return (*(option.capitalize() for option in items[0].options), "I don't know")
    if all(item.kind == "answer" for item in items):
        return next_one.question.choices or (ANSWER_CHOICES if len(items) == 1 else ALL_OR_NONE)
    return ("I don't know",)


def _choice(value: Any) -> str:
    text = clip(show(value), 60)
    return text[:1].upper() + text[1:]


def why(next_one: Next, passages: Sequence[Passage]) -> str:
    """Answer "why do you ask?": our reason, and the passage it comes from."""
    return "\n\n".join([next_one.question.why, *(_quote(passage) for passage in passages[:1])])


def explain(words: str, items: Sequence[Item], passages: Sequence[Passage]) -> str:
    """Answer "what counts as ...?" from the guide and the library; say so where nothing fits."""
    parts = [f"{item.label.capitalize()}: {item.means}." for item in items[:3]]
    parts += [_quote(passage) for passage in passages[:1]]
    return "\n\n".join(parts) or f"I found nothing about “{clip(words, 60)}” in the guidance."


def _quote(passage: Passage) -> str:
    return (
        f"> {passage.text}\n>\n> — {passage.author}, *{passage.title}*, {passage.section}"
        if passage.article != "own"
        else f"> {passage.text}\n>\n> — {passage.title}"
    )


def status(case: Case, conversation: Conversation, assessment: Assessment) -> str:
    """Say where the interview is: the gates so far, what is left, and what the verdict would be now."""
    words = wording()
    gates = _grouped((words.gates[name].title.lower(), words.name("gate", gate.status)) for name, gate in assessment.gates.items())
    forces = _grouped((words.forces[name].title.lower(), words.name("severity", force.severity)) for name, force in assessment.forces.items())
    left = minutes_left(case, conversation)
    rest = f"about {left} minutes are left" if left > 1 else "we are nearly through"
    return (
        f"{round(assessment.completeness * 100)} % of what matters is on record; {rest}.\n\n"
        f"- The gates: {gates}.\n- What works against a rollout: {forces}.\n- If we stopped now: {VERDICTS[assessment.verdict]}"
    )


def _grouped(results: Iterable[tuple[str, str]]) -> str:
    """Say what has the same result in one breath: "impact passed; adoption and readiness not proven yet"."""
    groups: dict[str, list[str]] = {}
    for name, result in results:
        groups.setdefault(result, []).append(name)
    return "; ".join(f"{join(names)} {result}" for result, names in groups.items())


def result(assessment: Assessment) -> str:
    """Say the verdict and why, at the end or when the person wants it."""
    reasons = "\n".join(f"- {reason}" for reason in assessment.reasons[:6])
    first = assessment.constraints[:3]
    steps = "".join(f"\n{number}. {one.title}: {one.first_step}" for number, one in enumerate(first, start=1))
    rest = f"\n\nWhat will stop the rollout first:{steps}" if first else ""
    known = f"{round(assessment.completeness * 100)} % of what matters is on record."
    return f"**{VERDICTS[assessment.verdict]}**\n\n{reasons}{rest}\n\n{known} The full report shows every finding with your words and the guidance behind it."


def help_text() -> str:
    return (
        "Answer in your own words; several facts at once are welcome. You can also say: “why do you ask?”, “what counts as adoption?”, "
        "“I don't know”, “skip that”, “go back”, “where are we?”, “just give me the result”. To correct something, say it again: “no, it was 38, not 48”."
    )
