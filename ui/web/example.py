"""The worked example: an invented pilot whose diagnosis is played on the page, and which nobody finds among their own conversations."""

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from agent.items import Frozen
from agent.storage import NOBODY
from agent.yaml_file import YamlFile

if TYPE_CHECKING:
    from agent.interview import Interview
    from ui.web.screen import Screen

EXAMPLE = Path(__file__).parent / "example.yaml"
SECONDS_TO_READ = 0.3  # between a question and its answer, and again before the reply
MOST_TURNS = 45  # then the result is asked for


class Utterance(Frozen):
    """One thing the person can say, and the items it is about."""

    about: tuple[str, ...]
    text: str


class Example(Frozen):
    """What is known about the invented pilot, in the order in which it is told."""

    title: str
    today: date
    opening: str
    says: tuple[Utterance, ...]
    default: str

    def answer(self, asks: Sequence[str]) -> str:
        """Return what the person says to a question about these items."""
        return " ".join(one.text for one in self.says if set(one.about) & set(asks)) or self.default


@cache
def example() -> Example:
    """Load the example; a mistake raises GuideError with file and line."""
    source = YamlFile(EXAMPLE)
    return source.build(Example, (), source.data)


async def play(screen: "Screen", interview: "Interview", thread: str) -> None:
    """Have the invented person talk to the interview, at a pace that can be read along; at the end is a real result."""
    told = example()
    text = told.opening
    for number in range(1, MOST_TURNS):
        await screen.person(f"{thread}-{number}", text)
        await asyncio.sleep(SECONDS_TO_READ)
        reply = await asyncio.to_thread(interview.say, thread, text, turn_id=f"{thread}-{number}", owner=NOBODY, today=told.today, depth="full")
        await screen.played(reply, told.today)
        if reply.done:
            return
        await asyncio.sleep(SECONDS_TO_READ)
        text = told.answer(reply.asks)
    await screen.played(await asyncio.to_thread(interview.press, thread, "finish", owner=NOBODY, today=told.today), told.today)
