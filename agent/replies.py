"""The reply, and what stands in it besides what was heard and what is asked: the opening, the guidance, where the interview is, and the result."""

from collections.abc import Iterable, Sequence

from agent.conversation import Conversation
from agent.heard import Heard, Proposed, clip
from agent.items import Frozen, Guide, Item
from agent.judging.assessment import Assessment
from agent.judging.case import Case, join
from agent.judging.completeness import percent
from agent.questions import Next, minutes_left
from agent.wording import ENGLISH, Wording
from knowledge.guidance import Passage


class Cited(Frozen):
    """A passage of guidance behind a reply."""

    id: str
    article: str
    section: str


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
    minutes_left: int = 0
    proposals: tuple[Proposed, ...] = ()


def cited(passages: Sequence[Passage]) -> tuple[Cited, ...]:
    return tuple(Cited(id=passage.id, article=passage.article, section=passage.section) for passage in passages)


def opening(guide: Guide, model: str = "", host: str = "") -> str:
    """Return the first text of a conversation; it says so where a language model reads along, and where that is."""
    words = guide.wording
    with_model = words.opening_with_model.format(model=model, host=host) if model else ""
    return "\n\n".join(part for part in (words.opening, with_model) if part)


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
    if passages:
        parts += [_quote(passages[0]) if parts else f"{guide.wording.nearest_passage}\n\n{_quote(passages[0])}"]
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
        known=percent(assessment.completeness),
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
    known = f"{words.on_record.format(known=percent(assessment.completeness))} {words.full_report}"
    first = [(guide.items[one.item], one) for one in assessment.constraints[:3]]
    if guide.language == ENGLISH:
        reasons = "\n".join(f"- {_named(reason, words)}" for reason in assessment.reasons[:6])
        steps = "".join(f"\n{number}. {one.title}: {one.first_step}" for number, (_, one) in enumerate(first, start=1))
    else:  # the rules give their reasons in English; in other languages stand what they come to, and what the items are called
        reasons = f"- {_gates(assessment, words)}\n- {_forces(assessment, words)}"
        steps = "".join(f"\n{number}. {item.label}" for number, (item, _) in enumerate(first, start=1))
    rest = f"\n\n{words.settle_meanwhile if assessment.verdict == 'scale' else words.stops_first}{steps}" if first else ""
    return f"**{words.verdicts[assessment.verdict]}**\n\n{reasons}{rest}\n\n{known}"


def _named(reason: str, words: Wording) -> str:
    """Call the gate that a reason is about as everywhere else: "kpi" is the primary measure."""
    about, colon, rest = reason.partition(": ")
    return f"{words.statuses.get(about, about)}{colon}{rest}"


def help_text(guide: Guide) -> str:
    return guide.wording.help
