"""Again in ninety days: a conversation that starts from the last record and asks what may have changed and what was open."""

from datetime import date

from agent.conversation import Before, Conversation
from agent.items import Guide
from agent.judging import Assessment, assess, assess_for_report
from agent.judging.assessment import Comparison, Score
from agent.judging.case import Case
from agent.judging.comparing import compare
from agent.judging.lapses import lapsed
from agent.judging.scoring import scores
from agent.record import Record


def again(last: Conversation, thread: str, guide: Guide, today: date) -> Conversation:
    """Return the conversation that goes on from the last one of a thread.

    Its messages stay, so that every quote still leads to where it was said; what has lapsed or was open is asked anew. What stood
    before is kept whole, to be compared with.
    """
    record = last.record
    ask = set(to_ask(Case(record, guide, today)))
    left = Record(entries={item: entry for item, entry in record.entries.items() if item not in ask})
    said_on = last.turns[-1].said_on if last.turns else today.isoformat()
    return Conversation(
        record=left,
        depth=last.depth,
        speaker_names=last.speaker_names,
        turns=last.turns,
        before=Before(thread=thread, on=said_on, record=record),
    )


def to_ask(case: Case) -> tuple[str, ...]:
    """Return what to ask anew, in the order of the guide: evidence that has lapsed, and what was unknown, absent, or not yet in place."""
    old = {one.item for one in lapsed(case)}
    return tuple(item for item in case.guide.items if case.record.heard(item) and (item in old or _was_open(case, item)))


def _was_open(case: Case, item: str) -> bool:
    state = case.record.state(item)
    if state in ("unknown", "conflicting", "absent"):
        return True
    return state == "known" and case.guide.items[item].open is not None and case.guide.items[item].kind in ("answer", "count") and case.check(item) != "met"


def with_the_past(found: Assessment, conversation: Conversation, guide: Guide) -> Assessment:
    """Return the assessment with what has moved since the last one, and with the scores of past projections."""
    return found.model_copy(update={"since_last_time": _since(found, conversation, guide), "scores": scores_of(conversation, guide)})


def scores_of(conversation: Conversation, guide: Guide) -> tuple[Score, ...]:
    """Score the last projection that was made before the actual figures: that of the conversation before, where there is one."""
    if not conversation.actuals:
        return ()
    record, on = (conversation.before.record, conversation.before.on) if conversation.before else (conversation.record, conversation.turns[-1].said_on)
    return scores(assess(record, guide, date.fromisoformat(on)), conversation.actuals)


def _since(found: Assessment, conversation: Conversation, guide: Guide) -> Comparison | None:
    before = conversation.before
    if before is None:
        return None
    earlier = assess_for_report(before.record, guide, date.fromisoformat(before.on))
    return compare(earlier, before.record, found, conversation.record, guide)
