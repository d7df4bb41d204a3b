"""The reply to one message: what was heard or asked for, the guidance behind it, and the next question or the result."""

from agent import replies
from agent.citing import Guidance
from agent.conversation import Conversation, Turn
from agent.judging import Assessment, assess
from agent.questions import Next, asked, minutes_left
from agent.replies import Reply
from agent.steering import ASIDE, BESIDE, Moment
from knowledge.guidance import Passage


def ask(moment: Moment, library: Guidance) -> tuple[Conversation, Reply]:
    """Fetch the guidance and word the question."""
    conversation, case, upcoming = moment.conversation, moment.case, moment.upcoming
    assert upcoming, "the router sends a moment with a question here"
    passages = _passages(library, *_sought(moment, upcoming))
    waits = moment.wish == "bring"  # which of the document's facts are right comes before the next question
    reply = Reply(
        thread=moment.message["thread"], text=_joined(_before(moment, upcoming, passages), "" if waits else replies.question_text(upcoming, case)),
        stage=upcoming.stage, asks=upcoming.items, choices=replies.CONFIRMING if waits else replies.choices(upcoming, case), heard=moment.hearing.heard, sources=replies.cited(passages),
        turn=len(conversation.turns), minutes_left=minutes_left(case, conversation), proposals=replies.proposals(conversation, case.guide),
    )  # fmt: skip
    if not waits and not _again(moment, upcoming):
        now = asked(upcoming, len(conversation.turns))
        conversation = conversation.with_(asked=(*conversation.asked, now), open=now)
    return _ended(conversation.with_(done=False), moment, reply)


def conclude(moment: Moment, library: Guidance) -> tuple[Conversation, Reply]:
    """Judge the record and say the result. The interview can still go on: any later answer counts."""
    result = assess(moment.case.record, moment.case.guide, moment.case.today)
    passages = _passages(library, moment.about or f"{result.verdict} {result.reasons[0]}")
    waits = moment.wish == "bring"
    text = _aside(moment, passages, result) or _joined(moment.hearing.acknowledgement, "" if waits else replies.result(result))
    reply = Reply(
        thread=moment.message["thread"], text=text, stage="assessment", heard=moment.hearing.heard, sources=replies.cited(passages),
        done=True, verdict=result.verdict, turn=len(moment.conversation.turns), choices=replies.CONFIRMING if waits else (),
        proposals=replies.proposals(moment.conversation, moment.case.guide),
    )  # fmt: skip
    return _ended(moment.conversation.with_(done=True, open=None), moment, reply)


def _again(moment: Moment, upcoming: Next) -> bool:
    """Say whether the question is open already, and only repeated after an aside."""
    opened = moment.conversation.open
    return opened is not None and (moment.wish in ASIDE or (moment.wish in BESIDE and (opened.question, opened.mode) == (upcoming.question.id, upcoming.mode)))


def _sought(moment: Moment, upcoming: Next) -> tuple[str, tuple[str, ...]]:
    """Return the words to search the library for, and the items its passages must speak to."""
    if moment.wish == "explain":
        return moment.about or _about(moment, upcoming), ()
    return _about(moment, upcoming), upcoming.items


def _about(moment: Moment, upcoming: Next) -> str:
    return " ".join([upcoming.question.why, *(moment.case.guide.label(item) for item in upcoming.items)])


def _passages(library: Guidance, query: str, items: tuple[str, ...] = ()) -> list[Passage]:
    return [found.passage for found in library.search(query, items=items, limit=2)]


def _before(moment: Moment, upcoming: Next, passages: list[Passage]) -> str:
    """Return what comes before the question: what was heard, or the answer to what the person asked."""
    if moment.wish == "why":
        return replies.why(upcoming, passages)
    if moment.wish == "explain" and not moment.about:
        return replies.explain("", [moment.case.guide.items[item] for item in upcoming.items], passages)
    not_caught = replies.NOT_CAUGHT if upcoming.mode == "again" and len(upcoming.items) == 1 and not moment.hearing.heard else ""
    return _aside(moment, passages) or moment.hearing.acknowledgement or not_caught


def _aside(moment: Moment, passages: list[Passage], result: Assessment | None = None) -> str:
    """Answer a question of the person's own that does not hang on what is asked; nothing where they have none."""
    case = moment.case
    if moment.wish == "explain":
        words = {word for word in moment.about.lower().split() if len(word) > 3}
        named = [item for item in case.guide.items.values() if words and words <= set(item.label.lower().split())]
        return replies.explain(moment.about, named, passages)
    if moment.wish == "status":
        return replies.status(case, moment.conversation, result or assess(case.record, case.guide, case.today))
    return replies.help_text() if moment.wish == "help" else ""


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _ended(conversation: Conversation, moment: Moment, reply: Reply) -> tuple[Conversation, Reply]:
    """Write the turn down, with its reply."""
    message = moment.message
    turn = Turn(
        number=len(conversation.turns) + 1, speaker=message["speaker"], text=message["text"] or f"({' '.join(filter(None, (message['command'], message['item'])))})",
        said_on=message["today"], turn_id=message["turn_id"], reply=reply.text,
    )  # fmt: skip
    return conversation.with_(turns=(*conversation.turns, turn)), reply
