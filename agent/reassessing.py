"""Again in ninety days: a conversation that starts from the last record and asks what may have changed and what was open."""

from datetime import date

from agent.conversation import Before, Conversation
from agent.items import Guide
from agent.judging import Assessment, assess, assess_for_report
from agent.judging.assessment import Comparison, Score
from agent.judging.case import Case
from agent.judging.comparing import BEHIND, compare
from agent.judging.gates import KPI_ITEMS, gates
from agent.judging.lapses import lapsed
from agent.judging.scoring import scores
from agent.record import Record

TODAYS = ("gates.kpi_now", "gates.adoption", "gates.adoption_sustained")


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
    """Return what to ask anew, in the order of the guide: what moves, what has lapsed, and what was unknown, absent, or not yet in place."""
    anew = {one.item for one in lapsed(case)} | _moving(case)
    return tuple(item for item in case.guide.items if case.record.heard(item) and (item in anew or _was_open(case, item)))


def _moving(case: Case) -> set[str]:
    """Return today's figures, and what ages of a gate that is not passed; another measure than one of the model is set up anew."""
    behind = {item for name, gate in gates(case).items() if gate.status != "pass" for item in BEHIND[f"{name} gate"]}
    ageing = {item for item in behind if item in case.guide.keeps and case.check(item) != "met"}
    return {*TODAYS, *ageing, *(KPI_ITEMS if case.known("charter.kpi_kind") == "model" else ())}


def _was_open(case: Case, item: str) -> bool:
    state = case.record.state(item)
    if state in ("unknown", "conflicting", "absent"):
        return True
    return state == "known" and case.guide.items[item].open is not None and case.guide.items[item].kind in ("answer", "count") and case.check(item) != "met"


def with_the_past(found: Assessment, conversation: Conversation, guide: Guide) -> Assessment:
    """Return the assessment with what has moved since the last one, and with the scores of past projections."""
    return found.model_copy(update={"since_last_time": _since(found, conversation, guide), "scores": scores_of(conversation, guide)})


def scores_of(conversation: Conversation, guide: Guide) -> tuple[Score, ...]:
    """Score each actual figure by the last projection that was made before it; where there is none, it is only kept."""
    found: list[Score] = []
    for actual in conversation.actuals:
        if projected := _projected_by(conversation, actual.on):
            record, on = projected
            found += scores(assess(record, guide, date.fromisoformat(on)), [actual])
    return tuple(found)


def _projected_by(conversation: Conversation, day: str) -> tuple[Record, str] | None:
    """Return the record that stood on a day, and since when: that of the conversation before, else what had been said in this one."""
    before = conversation.before
    if before:
        return (before.record, before.on) if before.on <= day else None
    record, on = conversation.record, ""
    for turn in conversation.turns:
        if turn.said_on <= day:
            on = turn.said_on
        else:
            record = record.unsaid(turn.number)
    return (record, on) if on else None


def _since(found: Assessment, conversation: Conversation, guide: Guide) -> Comparison | None:
    before = conversation.before
    if before is None:
        return None
    earlier = assess_for_report(before.record, guide, date.fromisoformat(before.on))
    return compare(earlier, before.record, found, conversation.record, guide)
