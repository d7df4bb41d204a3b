"""The reply to one message: what was heard or asked for, the guidance behind it, and the next question or the result."""

from dataclasses import replace

from agent import replies
from agent.answering import PASSAGES, Answered, Answering
from agent.asking import choices, question_text
from agent.citing import Guidance
from agent.conversation import Conversation, Turn
from agent.heard import proposals
from agent.judging import Assessment, assess
from agent.questions import Next, asked, minutes_left
from agent.replies import Reply
from agent.steering import ASIDE, BESIDE, Moment
from agent.usage import total
from knowledge.guidance import Passage


def ask(moment: Moment, library: Guidance, answering: Answering) -> tuple[Conversation, Reply]:
    """Fetch the guidance and word the question."""
    conversation, case, upcoming = moment.conversation, moment.spoken, moment.upcoming
    assert upcoming, "the router sends a moment with a question here"
    answered = _answer(moment, library, answering)
    passages = list(answered.passages) if answered else _passages(library, *_sought(moment, upcoming))
    before = _in_answer(moment, answered) if answered else _before(moment, upcoming, passages)
    waits = moment.wish == "bring"  # which of the document's facts are right comes before the next question
    reply = Reply(
        thread=moment.message["thread"], text=_joined(before, "" if waits else question_text(upcoming, case)), stage=upcoming.stage,
        asks=upcoming.items, choices=case.guide.wording.confirming if waits else choices(upcoming, case), heard=moment.hearing.heard, sources=replies.cited(passages),
        turn=len(conversation.turns), minutes_left=minutes_left(case, conversation), proposals=proposals(conversation, case.guide),
    )  # fmt: skip
    if not waits and not _again(moment, upcoming):
        now = asked(upcoming, len(conversation.turns))
        conversation = conversation.with_(asked=(*conversation.asked, now), open=now)
    return _ended(conversation.with_(done=False), moment, reply, answered)


def conclude(moment: Moment, library: Guidance, answering: Answering) -> tuple[Conversation, Reply]:
    """Judge the record and say the result. The interview can still go on: any later answer counts."""
    result = assess(moment.case.record, moment.case.guide, moment.case.today)
    answered = _answer(moment, library, answering)
    passages = list(answered.passages) if answered else _passages(library, moment.about or f"{result.verdict} {result.reasons[0]}")
    aside = _in_answer(moment, answered) if answered else _aside(moment, passages, result)
    waits = moment.wish == "bring"
    text = aside or _joined(moment.hearing.acknowledgement, "" if waits else replies.result(result, moment.spoken.guide))
    reply = Reply(
        thread=moment.message["thread"], text=text, stage="assessment", heard=moment.hearing.heard, sources=replies.cited(passages),
        done=True, verdict=result.verdict, turn=len(moment.conversation.turns), choices=moment.spoken.guide.wording.confirming if waits else (),
        proposals=proposals(moment.conversation, moment.spoken.guide),
    )  # fmt: skip
    return _ended(moment.conversation.with_(done=True, open=None), moment, reply, answered)


def _answer(moment: Moment, library: Guidance, answering: Answering) -> Answered | None:
    """Answer a question of the person's own with the model; None where they have none, or there is no model."""
    if not moment.about:
        return None
    passages = _passages(library, moment.about, limit=PASSAGES)
    answered = answering.answer(moment.about, passages, moment.conversation.language, moment.hearing.acknowledgement)
    if answered and answered.fault and not answered.text:
        return replace(answered, passages=tuple(passages[:1]))
    return answered


def _in_answer(moment: Moment, answered: Answered) -> str:
    """Return what comes before the question where a question of the person's own was answered: the streamed text first, as it was shown."""
    if answered.text:
        return _joined(moment.hearing.acknowledgement, answered.text, replies.references(answered.passages, answered.numbers))
    if answered.found_nothing or not answered.passages:
        return _joined(moment.hearing.acknowledgement, replies.found_nothing(moment.about, moment.spoken.guide))
    return _joined(moment.hearing.acknowledgement, replies.best_passage(answered.passages[0], moment.spoken.guide))


def _again(moment: Moment, upcoming: Next) -> bool:
    """Say whether the question is open already, and only repeated after an aside."""
    opened = moment.conversation.open
    return opened is not None and (moment.wish in ASIDE or (moment.wish in BESIDE and (opened.question, opened.mode) == (upcoming.question.id, upcoming.mode)))


def _sought(moment: Moment, upcoming: Next) -> tuple[str, tuple[str, ...]]:
    """Return the words to search the library for, and the items its passages must speak to."""
    if moment.about or moment.wish == "explain":
        return moment.about or _about(moment, upcoming), ()
    return _about(moment, upcoming), upcoming.items


def _about(moment: Moment, upcoming: Next) -> str:
    return " ".join([upcoming.question.why, *(moment.case.guide.label(item) for item in upcoming.items)])


def _passages(library: Guidance, query: str, items: tuple[str, ...] = (), limit: int = 2) -> list[Passage]:
    return [found.passage for found in library.search(query, items=items, limit=limit)]


def _before(moment: Moment, upcoming: Next, passages: list[Passage]) -> str:
    """Return what comes before the question: what was heard, or the answer to what the person asked."""
    if moment.wish == "why":
        return replies.why(upcoming, passages, moment.spoken.guide)
    if moment.wish == "explain" and not moment.about:
        return replies.explain("", [moment.spoken.guide.items[item] for item in upcoming.items], passages, moment.spoken.guide)
    before = _joined(moment.hearing.acknowledgement, _aside(moment, passages))
    not_caught = upcoming.mode == "again" and len(upcoming.items) == 1 and not moment.hearing.heard
    return _joined(before, replies.not_caught(moment.spoken.guide) if not_caught and moment.wish in ("answer", "told") else "")


def _aside(moment: Moment, passages: list[Passage], result: Assessment | None = None) -> str:
    """Answer a question of the person's own that does not hang on what is asked; nothing where they have none."""
    case, guide = moment.case, moment.spoken.guide
    if moment.about:
        words = {word for word in moment.about.lower().split() if len(word) > 3}
        named = [item for item in guide.items.values() if words and words <= set(item.label.lower().split())]
        return replies.explain(moment.about, named, passages, guide)
    if moment.wish == "status":
        return replies.status(case, moment.conversation, result or assess(case.record, case.guide, case.today), guide)
    return replies.help_text(guide) if moment.wish == "help" else ""


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _ended(conversation: Conversation, moment: Moment, reply: Reply, answered: Answered | None) -> tuple[Conversation, Reply]:
    """Write the turn down, with its reply and what the model was used for."""
    message = moment.message
    used = [usage for usage in (moment.hearing.usage, answered and answered.usage) if usage and usage.calls]
    turn = Turn(
        number=len(conversation.turns) + 1, speaker=message["speaker"], text=message["text"] or f"({' '.join(filter(None, (message['command'], message['item'])))})",
        said_on=message["today"], turn_id=message["turn_id"], reply=reply.text,
        usage=total(used) if used else None,
    )  # fmt: skip
    return conversation.with_(turns=(*conversation.turns, turn)), reply
