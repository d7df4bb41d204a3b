"""The conversation in the terminal: numbered choices, plain text, nothing lost when it is closed."""

import sys
import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from agent.conversation import Depth
from agent.errors import EXPECTED
from knowledge.documents import content_of

if TYPE_CHECKING:
    from agent.interview import Interview
    from agent.replies import Reply

WIDTH = 100


def talk(interview: "Interview", *, thread: str | None, today: date | None, depth: Depth, document: Path | None = None, stats: bool = False) -> int:
    """Talk until the result is there and the person leaves; “quit” or Ctrl-D ends it and keeps everything. A document is read first."""
    reply = interview.open(thread)
    if document:
        reply = interview.bring(reply.thread, document.name, content_of(document), today=today, depth=depth)
    _show(reply)
    if not thread:
        _say(f"\n(This conversation is {reply.thread}; `pilotcheck chat --thread {reply.thread}` takes it up again.)")
    threading.Thread(target=interview.warm, daemon=True).start()
    while True:
        try:
            text = input("\n> ")
        except EOFError:
            break
        if text.strip().lower() in ("quit", "exit", "bye", "/quit"):
            break
        try:
            written = _Writing()
            reply = interview.say(reply.thread, _chosen(text, reply), today=today, depth=depth, on_text=written.take)
            _show(reply, written.text)
        except EXPECTED as error:
            _say(f"! {error}")
    if stats:
        _say(f"\n{used(interview, reply.thread)}")
    _say(f"\nEverything is kept. Take it up again: pilotcheck chat --thread {reply.thread}\nThe report so far: pilotcheck assess --thread {reply.thread}")
    return 0


def _chosen(text: str, reply: "Reply") -> str:
    """Turn the number of a choice into its words, but only where a number is no answer of its own."""
    number = text.strip()
    if len(reply.choices) > 1 and number.isdecimal() and 1 <= int(number) <= len(reply.choices):
        return reply.choices[int(number) - 1]
    return text


class _Writing:
    """Shows the words of an answer as they come."""

    def __init__(self) -> None:
        self.text = ""

    def take(self, text: str) -> None:
        if not self.text:
            print()
        self.text += text
        print(text, end="", flush=True)


def used(interview: "Interview", thread: str) -> str:
    """Say what the language model was used for in a conversation."""
    from agent.usage import shown

    return f"Language model: {shown(interview.conversation(thread).usage)}"


def _show(reply: "Reply", written: str = "") -> None:
    """Show a reply; `written` is its beginning, where that has been shown already."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=min(WIDTH, Console().width))
    console.print()
    console.print(Markdown(reply.text.removeprefix(written)))
    if len(reply.choices) > 1:
        console.print("  ".join(f"[bold]{number}[/bold] {choice}" for number, choice in enumerate(reply.choices, start=1)))


def _say(text: str) -> None:
    print(text, file=sys.stdout, flush=True)
