"""Conversations as files: a list of turns in YAML, and the whole conversation in Markdown as the person sees it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from agent.conversation import Conversation
from agent.interview import Command, Interview
from agent.judging.figures import show
from agent.replies import Reply

FOLDER = Path(__file__).parent / "scripts"
MOST_TURNS = 80


class Move(BaseModel):
    """One turn: what the person says or which button they press; with `until: done` again and again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: str = ""
    press: Command | None = None
    until: Literal["done", ""] = ""


class Script(BaseModel):
    """One conversation, and in a sentence what it shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    turns: tuple[Move, ...]


@dataclass(frozen=True)
class Step:
    """One turn as it went: where the conversation stood before it, the answer, and where it stood after."""

    move: Move
    before: Conversation
    reply: Reply
    after: Conversation


def scripts() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(name: str) -> Script:
    return Script.model_validate(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def talk(interview: Interview, script: Script, thread: str) -> list[Step]:
    """Go through a script and return every turn."""
    steps: list[Step] = []
    for move in script.turns:
        while len(steps) < MOST_TURNS:
            before = interview.conversation(thread)
            reply = interview.press(thread, move.press) if move.press else interview.say(thread, move.person.strip())
            steps.append(Step(move, before, reply, interview.conversation(thread)))
            if not move.until or reply.done:
                break
    return steps


def shown(opening: Reply, script: Script, steps: list[Step]) -> str:
    """Return what a person sees, and what is on record at the end."""
    parts = [f"# {script.about}", _quoted("Pilotcheck", opening.text)]
    for step in steps:
        said = f"[{step.move.press}]" if step.move.press else step.move.person.strip()
        parts += ["---", _quoted("You", said), _quoted("Pilotcheck", step.reply.text)]
        if len(step.reply.choices) > 1:
            parts.append(" ".join(f"[{choice}]" for choice in step.reply.choices))
    return "\n\n".join([*parts, "---", "## On record", _record(steps[-1].after), ""])


def _quoted(who: str, text: str) -> str:
    return f"**{who}:** {text}"


def _record(conversation: Conversation) -> str:
    rows = ["| item | state | value | from the words |", "| --- | --- | --- | --- |"]
    for item, entry in sorted(conversation.record.entries.items()):
        values = " / ".join(_value(said.value) for said in entry.standing)
        rows.append(f"| {item} | {entry.state} | {_cell(values)} | {' / '.join(_cell(said.quote) for said in entry.standing)} |")
    return "\n".join(rows)


def _value(value: Any) -> str:
    return "" if value is None else show(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
