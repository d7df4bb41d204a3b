"""A real conversation as the skeleton of a scenario: what was said, in the order it was asked for, and what was heard as gold to be checked."""

import json
from collections.abc import Iterator
from typing import Any

from agent.conversation import Conversation, Turn
from agent.items import Guide
from agent.judging import Assessment
from agent.record import Record

HEADER = """\
# From a real conversation. Three things are yours to do before this counts as a scenario:
# 1. Replace names, companies and figures that must not be public, in what is said and in the gold alike.
# 2. Check every line of the gold: it is what Pilotcheck heard, not what is true. Put right what it got wrong; that is why this file exists.
# 3. Give it an id, a title and the voice it has, and run `pilotcheck eval THIS_FILE -v`.
"""


def as_scenario(id: str, conversation: Conversation, assessment: Assessment, guide: Guide) -> str:
    """Return a scenario file. Buttons that were pressed are left out: the scripted person answers the question that follows."""
    spoken = [turn for turn in conversation.turns if not _is_button(turn)]
    first = spoken[0] if spoken else None
    says, left_out = _says(conversation, spoken[1:])
    lines = [HEADER]
    lines += [f"# Left out, because the same was asked more than twice: {json.dumps(text, ensure_ascii=False)}\n" for text in left_out]
    lines += [
        f"id: {json.dumps(id)}\n",
        f"title: {json.dumps((first.text if first else '')[:60].strip(), ensure_ascii=False)}\n",
        f"today: {first.said_on if first else ''}\n",
        "voice: chatty  # terse, hedging, formal, hostile, non-native or rambling?\n",
        f"opening: {_text(first.text if first else '', 2)}\n",
        "says:\n" if says else "says: []\n",
    ]
    for one in says:
        lines.append(f"  - about: [{', '.join(one['about'])}]\n    text: {_text(one['text'], 6)}\n")
        if "again" in one:
            lines.append(f"    again: {_text(one['again'], 6)}\n")
    lines += ["default: I don't know.\n", *_gold(conversation.record, assessment, guide)]
    return "".join(lines)


def _is_button(turn: Turn) -> bool:
    return turn.text.startswith("(") and turn.text.endswith(")") and turn.text[1:-1].isalpha()


def _says(conversation: Conversation, turns: list[Turn]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the utterances, each about what was asked when it was said; a second answer to the same question is how it is put again."""
    says: list[dict[str, Any]] = []
    left_out: list[str] = []
    for turn in turns:
        # The question before a message is the last one asked by an earlier reply; turns count from 1, what was asked from 0.
        asked = [one for one in conversation.asked if one.turn <= turn.number - 2]
        about = asked[-1].items if asked else ()
        before = next((one for one in says if set(one["about"]) & set(about)), None)
        if not about or (before and "again" in before):
            left_out.append(turn.text)
        elif before:
            before["again"] = turn.text
        else:
            says.append({"about": about, "text": turn.text})
    return says, left_out


def _gold(record: Record, assessment: Assessment, guide: Guide) -> Iterator[str]:
    contradicted = record.conflicts()
    if contradicted:
        yield f"contradicts: [{', '.join(contradicted)}]\n"
    yield "gold:\n  items:\n" if record.entries else "gold:\n  items: {}\n"
    for item in guide.items:
        if record.heard(item) and record.state(item) != "not_applicable":
            yield f"    {item}: {json.dumps(_value(record, item, guide.items[item].kind), ensure_ascii=False)}\n"
    yield f"  gates: {_flow({name: gate.status for name, gate in assessment.gates.items()})}\n"
    yield f"  owners: {_flow({name: owner.status for name, owner in assessment.owners.items()})}\n"
    yield f"  forces: {_flow({name: force.severity for name, force in assessment.forces.items()})}\n"
    yield f"  verdict: {assessment.verdict}\n"


def _value(record: Record, item: str, kind: str) -> Any:
    """Return the gold of an item: a state, or the value; of texts and lists the words that must appear."""
    state, value = record.state(item), record.value(item)
    if state != "known":
        return "nobody" if value == "nobody" else "absent" if state == "absent" else "unknown"
    if kind == "text":
        return {"any_of": [value]}
    return {"any_of": value} if kind == "list" and value else value


def _flow(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def _text(text: str, indent: int) -> str:
    """Return a text as YAML: a block where it has several plain lines, else in quotes."""
    lines = text.strip().split("\n")
    plain = len(lines) > 1 and all(line == line.rstrip() and line.isprintable() and not line.startswith(" ") for line in lines)
    if not plain:
        return json.dumps(text.strip(), ensure_ascii=False)
    return "|\n" + "\n".join(" " * indent + line if line else "" for line in lines)
