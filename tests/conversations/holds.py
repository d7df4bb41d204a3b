"""What must hold after every message, whatever is said and however it is worded."""

from collections import Counter

from agent.conversation import Conversation
from agent.record import Record, Statement
from agent.replies import Reply


def check_reply(before: Conversation, reply: Reply, after: Conversation) -> None:
    """Check one message and its answer: the conversation before it, the reply, and the conversation after it."""
    assert reply.text.strip()
    assert reply.done == (not reply.asks) == (reply.stage == "assessment")
    assert len(after.turns) == len(before.turns) + 1
    never_asks_what_it_knows(reply, after)
    one_probe_only(after)
    quotes_are_exact(after)
    loses_nothing(before.record, after.record)


def never_asks_what_it_knows(reply: Reply, after: Conversation) -> None:
    if after.open and after.open.mode in ("question", "again"):
        known = [item for item in reply.asks if after.record.heard(item)]
        assert not known, f"asks for what was said already: {known}"


def one_probe_only(after: Conversation) -> None:
    """A question that the person went away from ("left") or back to may come again; one that they answered may not."""
    modes = Counter((item, one.mode) for one in after.asked for item in one.items if one.mode in ("question", "again", "conflict"))
    assert max(modes.values(), default=0) <= 1, modes.most_common(3)


def quotes_are_exact(after: Conversation) -> None:
    for said in statements(after.record):
        assert said.quote in after.turns[said.turn - 1].text, f"{said.item}: “{said.quote}” was not said in message {said.turn}"


def loses_nothing(before: Record, after: Record) -> None:
    lost = [said for said in statements(before) if said not in statements(after)]
    assert not lost, f"lost: {lost}"


def statements(record: Record) -> list[Statement]:
    """Return every statement that stands or stood."""
    return [said for entry in record.entries.values() for said in (*entry.standing, *entry.history)]
