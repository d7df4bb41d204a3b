"""Where a message leads: what the person wants, what that changes, and what is asked next."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from agent.bringing import chosen_of
from agent.conversation import Asked, Brought, Conversation, Message, restore
from agent.heard import cleared, proposed
from agent.items import Guide
from agent.judging.case import Case
from agent.languages.speaking import in_language
from agent.listening import Hearing, amend, confirm, correct, decline, listen_to
from agent.questions import Next, next_question, unsettled
from agent.reading.phrases import Intent, intent
from agent.reading.reading import Reader
from agent.usage import NOTHING_USED, Usage

Wish = Intent | Literal["correct", "clear", "bring", "confirm", "told", "amend", "decline"]
# After these the open question comes again.
ASIDE = ("why", "status", "help", "explain", "back")
# After these as well, unless it was answered by the way.
BESIDE = ("correct", "clear", "told", "amend", "decline")


@dataclass(frozen=True)
class Moment:
    """One message taken in, before it is answered: what the person wants, where the pilot stands now, and what is asked next.

    `spoken` is the case with the guide in the person's language: for words only, never for judging.
    """

    message: Message
    conversation: Conversation
    case: Case
    wish: Wish
    hearing: Hearing
    upcoming: Next | None
    spoken: Case
    about: str = ""

    def charged(self, usage: Usage) -> "Moment":
        """Return the moment with what the model was used for besides added to what hearing it took."""
        hearing = replace(self.hearing, usage=(self.hearing.usage or NOTHING_USED) + usage)
        return replace(self, hearing=hearing) if usage.calls else self

    @property
    def stage(self) -> str:
        """The node that answers."""
        return self.upcoming.stage if self.upcoming else "assessment"


def take_in(data: dict[str, object] | None, message: Message, guide: Guide, reader: Callable[[], Reader]) -> Moment:
    """Take a message in and decide how to go on; `data` is the conversation as a checkpoint keeps it."""
    conversation = restore(data)
    if message["depth"] in ("quick", "full"):
        conversation = conversation.with_(depth=message["depth"])
    wish, about, message = _wish(message, conversation, in_language(guide, conversation.language))
    before = conversation
    if wish in ("answer", "told"):
        conversation, hearing = listen_to(conversation, message, guide, reader())
        about = hearing.about
        if hearing.wish != "answer":  # the model heard a wish in words that are no set phrase
            wish = hearing.wish
            conversation, done = _do(wish, conversation, message, guide)
            hearing = replace(hearing, acknowledgement=done.acknowledgement)
    elif wish == "correct":
        conversation, hearing = correct(conversation, message, guide, reader())
    elif wish == "amend":
        conversation, hearing = amend(conversation, message, guide, reader())
    elif wish == "decline":
        conversation, hearing = decline(conversation, message, guide)
    elif wish == "confirm":
        conversation, message, hearing = confirm(conversation, message, guide)
    else:
        conversation, hearing = _do(wish, conversation, message, guide)
    case = Case(conversation.record, guide, date.fromisoformat(message["today"]))
    spoken = replace(case, guide=in_language(guide, conversation.language))
    return Moment(message, conversation, case, wish, hearing, _upcoming(case, conversation, wish, message, over=before.done), spoken, about)


def _wish(message: Message, conversation: Conversation, spoken: Guide) -> tuple[Wish, str, Message]:
    """Return what the person wants, what about, and the message: words about a document that waits are its confirmation."""
    if message["command"]:
        return message["command"], "", message  # type: ignore[return-value]
    chosen = _chosen(message["text"], len(conversation.brought.proposals), spoken) if conversation.brought else None
    if chosen is not None:
        return "confirm", "", {**message, "chosen": list(chosen)}
    wish, about = intent(message["text"])
    return wish, about, message


def _chosen(text: str, count: int, spoken: Guide) -> tuple[int, ...] | None:
    """Return which proposals of a document an answer confirms, in words or by one of the two buttons; None where it is no such answer."""
    everything, nothing = spoken.wording.confirming
    return chosen_of(text, count) if text not in (everything, nothing) else tuple(range(1, count + 1)) if text == everything else ()


def _do(wish: Wish, conversation: Conversation, message: Message, guide: Guide) -> tuple[Conversation, Hearing]:
    """Do what a button does. Nothing that was said is lost, but for the one fact that the person clears."""
    if wish == "skip" and conversation.open and _may_leave(conversation.open, message):
        return _skip(conversation), Hearing(in_language(guide, conversation.language).wording.skipped)
    if wish == "back":
        return _step_back(conversation, guide)
    if wish == "finish":
        return conversation.unasked(), Hearing()
    if wish == "bring":
        brought = Brought.model_validate(message["brought"])
        return conversation.with_(brought=brought), Hearing(proposed(brought, in_language(guide, conversation.language)))
    if wish == "clear":
        return conversation.cleared(message["item"]), Hearing(_cleared(conversation, message["item"], guide))
    return conversation, Hearing()


def _may_leave(opened: Asked, message: Message) -> bool:
    """Say whether somebody may go on without an answer: only whoever decides a contradiction leaves it open."""
    return message["decides"] or opened.mode != "conflict"


def _cleared(conversation: Conversation, item: str, guide: Guide) -> str:
    spoken = in_language(guide, conversation.language)
    return cleared(spoken.items[item], conversation.record.heard(item), spoken)


def _skip(conversation: Conversation) -> Conversation:
    """Leave the open question; a contradiction that nobody wants to settle leaves the rest of its question to be asked."""
    assert conversation.open
    skipped = () if conversation.open.mode == "conflict" else (conversation.open.question,)
    return conversation.with_(skipped=(*conversation.skipped, *skipped), open=None)


def _step_back(conversation: Conversation, guide: Guide) -> tuple[Conversation, Hearing]:
    """Open the question before the open one again, or say that there is none; its old answers stand until new ones come."""
    order = list(dict.fromkeys(one.question for one in conversation.asked if one.mode not in ("opening", "conflict")))
    opened = conversation.open
    if opened and opened.mode != "conflict" and opened.question in order:
        order = order[: order.index(opened.question)]
    if not order:
        return conversation, Hearing(in_language(guide, conversation.language).wording.no_earlier_question)
    question = guide.question(order[-1])
    reopened = Asked(question=question.id, items=question.asks, mode="back", turn=len(conversation.turns))
    conversation = conversation.unasked()
    return conversation.with_(open=reopened, skipped=tuple(one for one in conversation.skipped if one != question.id)), Hearing()


def _upcoming(case: Case, conversation: Conversation, wish: Wish, message: Message, *, over: bool) -> Next | None:
    """Return what is asked in this reply: after an aside the open question again, otherwise the most telling one."""
    opened = conversation.open
    if wish == "finish" or (over and wish in ("correct", "clear", "bring", "decline")):
        return None
    if opened and not _may_leave(opened, message) and not _settled(opened, case):
        return Next(case.guide.question(opened.question), opened.items, opened.mode)
    if wish in ("told", "amend") and (contradiction := unsettled(case, conversation)):
        return contradiction
    if opened and opened.mode != "opening" and (wish in (*ASIDE, "bring") or (wish in BESIDE and not _settled(opened, case))):
        return Next(case.guide.question(opened.question), opened.items, opened.mode)
    return next_question(case, conversation)


def _settled(opened: Asked, case: Case) -> bool:
    """Say whether a correction has answered what is open."""
    if opened.mode == "conflict":
        return all(case.record.state(item) != "conflicting" for item in opened.items)
    return all(case.record.heard(item) for item in opened.items)
