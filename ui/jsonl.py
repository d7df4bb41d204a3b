"""JSON lines: any program can be the person. One object a line in, one a line out, nothing else on standard output."""

import json
import sys
from datetime import date
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO

from agent.conversation import Depth
from agent.errors import EXPECTED

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.replies import Reply

FIELDS = {"thread", "text", "stage", "asks", "choices", "heard", "sources", "done", "seconds"}
LONGEST_LINE = 4_000_000
USAGE = 'Write {"say": "text"} or {"command": "back" | "skip" | "why" | "status" | "finish"}, one object a line.'


def serve(interview: "Interview", lines: TextIO, out: TextIO, *, thread: str | None, today: date | None, depth: Depth, stats: bool = False) -> int:
    """Answer line by line until the input ends; the thread stays and can be taken up again. What the model was used for goes to standard error."""
    from agent.interview import new_thread_id
    from agent.storage import check_thread_id

    for stream, errors in ((lines, "replace"), (out, "replace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    thread = check_thread_id(thread or new_thread_id())
    for line in _lines(lines):
        print(_encoded(_answer(interview, line, thread, today, depth)), file=out, flush=True)
    if stats:
        from ui.terminal import used

        print(used(interview, thread), file=sys.stderr)
    return 0


def _encoded(answer: dict[str, Any]) -> str:
    """Return one line; half a surrogate pair, as broken programs send it, is replaced."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _lines(lines: TextIO) -> Any:
    while True:
        line = lines.readline(LONGEST_LINE)
        if not line:
            return
        yield line


def _answer(interview: "Interview", line: str, thread: str, today: date | None, depth: Depth) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": f"This line is no JSON. {USAGE}"}
    try:
        if isinstance(message, dict) and isinstance(message.get("say"), str):
            return fields(interview.say(thread, message["say"], today=today, depth=depth))
        if isinstance(message, dict) and isinstance(message.get("command"), str):
            return fields(interview.press(thread, message["command"], today=today, depth=depth))
    except EXPECTED as error:
        return {"error": str(error)}
    return {"error": f"This object says nothing. {USAGE}"}


def fields(reply: "Reply") -> dict[str, Any]:
    """Return the public fields of a reply."""
    return reply.model_dump(mode="json", include=FIELDS)
