"""What a reply looks like on the page: the board, what stands in the reply, and the result; plain JSON that travels in the message itself."""

from datetime import date
from typing import TYPE_CHECKING, Any

from agent.conversation import Conversation
from agent.judging import assess
from agent.replies import Reply
from ui.web.answer import answer
from ui.web.canvas import canvas
from ui.web.result import result
from ui.web.wording import page_words

if TYPE_CHECKING:
    from agent.interview import Interview

Drawn = dict[str, Any]


def page(latest: dict[str, str] | None = None) -> Drawn:
    """Return what does not change while the page is open: its words, and the conversation that can be taken up again."""
    words = page_words()
    return {"words": {"answer": words.answer, "canvas": words.canvas, "result": words.result, "start": words.start}, "names": words.names, "latest": latest}


def empty_board(interview: "Interview") -> Drawn:
    """Return the board beside the greeting."""
    return {"board": _board(interview, Conversation(), "", None)}


def drawn(interview: "Interview", reply: Reply, today: date | None = None, *, example: bool = False) -> Drawn:
    """Return everything that is drawn for a reply; `today` is another day in the worked example."""
    conversation = interview.conversation(reply.thread)
    board = {**_board(interview, conversation, reply.text, today), "example": example}
    found = {"board": board, "answer": answer(reply, conversation, interview.guide, board["heard"], example=example)}
    # An answer to a question after the result leaves the result where it is.
    if reply.done and f"**{interview.spoken(conversation).wording.verdicts[reply.verdict]}**" in reply.text:
        found["result"] = result(interview.assessment(reply.thread, today)[1], interview.guide, reply.thread)
    return found


def _board(interview: "Interview", conversation: Conversation, said: str, today: date | None) -> Drawn:
    return {**canvas(conversation, assess(conversation.record, interview.guide, today or interview.today()), interview.guide), "said": said}
