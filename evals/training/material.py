"""What the encoder learns from, gathered into one JSON file: labelled clauses, whole answers, and which items a question asks together."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from agent.items import guide
from agent.reading.encoder import USE_CASES
from agent.reading.examples import CHATTER, load_examples
from agent.reading.parties import find_parties
from agent.reading.values import as_quantity, find_values
from evals.scenario import find, load
from evals.scoring import score

SOME_DAY = date(2026, 11, 21)
WRITTEN = Path(__file__).parent
SCENARIOS = WRITTEN.parent / "scenarios"
LABELS = ("yes", "partly", "no", "unknown", "not_applicable", "value", "none", "business", "model", "volunteers", "mixed", "assigned")
STANCES = ("yes", "partly", "no")
USE_CASE_LABELS = ("proven", "weak", "untested", "excluded")


def labels_of(item: str) -> tuple[str, ...]:
    """Return the labels an item can have."""
    entry = guide().items[item]
    if entry.kind == "answer":
        return ("yes", "partly", "no", "unknown", "not_applicable")
    return (*(entry.options or ("value", "none")), "unknown", "not_applicable")


def same_label(label: str) -> str:
    """Return the encoder's label for one of the examples' labels."""
    return {"absent": "none", "nobody": "none"}.get(label, "value" if label in USE_CASE_LABELS else label)


@cache
def slot_classes() -> tuple[str, ...]:
    """Return what a stretch of a message can be: the figure, party, text or entry of an item, or a use case and how it did."""
    return (
        *(item.id for item in guide().items.values() if item.kind not in ("answer", "choice") and item.id != USE_CASES),
        *(f"{USE_CASES}:{label}" for label in USE_CASE_LABELS),
    )


class Answer(BaseModel):
    """One whole answer: what was asked, what was said, and what a careful listener takes from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: tuple[str, ...]
    text: str
    gold: dict[str, Any]
    voice: str = ""
    today: date = SOME_DAY
    unsure: tuple[str, ...] = Field(default=(), description="items it speaks of, nobody has said how")


def written_answers() -> Iterator[Answer]:
    """Yield the answers of answers/*.yaml, and of people/*.yaml, where each file is one person."""
    for path in sorted([*(WRITTEN / "answers").glob("*.yaml"), *(WRITTEN / "people").glob("*.yaml")]):
        yield from (Answer.model_validate(entry) for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def scripted_answers(files: list[Path]) -> Iterator[Answer]:
    """Yield what scripted people say, with the gold of the items it is about."""
    for scenario in map(load, files):
        for said in scenario.says:
            gold = {item: scenario.gold.items[item] for item in said.about if item in scenario.gold.items}
            unsure = tuple(item for item in said.about if item not in gold)
            yield from (Answer(asked=said.about, text=text, gold=gold, today=scenario.today, unsure=unsure) for text in (said.text, said.again) if text)


def clauses() -> Iterator[dict[str, Any]]:
    """Yield every labelled example: text, items with labels, the places of its values and of values that are no item's."""
    for example in load_examples():
        item = None if example.item == CHATTER else example.item
        slot = f"{item}:{example.label}" if item == USE_CASES else item
        slots = [[start, end, slot] for start, end in example.slots if slot in slot_classes()]
        yield {
            "text": example.text, "items": {item: same_label(example.label)} if item else {}, "slots": slots,
            "others": _others(example.text, slots, SOME_DAY), "asked": [],
        }  # fmt: skip


def message(answer: Answer) -> dict[str, Any]:
    """Return an answer as training material."""
    text = " ".join(answer.text.split())
    items = {item: label_of(item, gold) for item, gold in answer.gold.items()} | dict.fromkeys(answer.unsure)
    found = {item: places_of(text, item, gold, answer.today) for item, gold in answer.gold.items() if items[item] == "value"}
    items |= {item: "none" for item, places in found.items() if answer.gold[item] == 0 and not places}  # "nobody was interviewed" names no figure
    slots = [place for places in found.values() for place in places]
    placed = {slot.split(":")[0] for *_, slot in slots}
    all_placed = all(item in placed for item, label in items.items() if guide().items[item].kind not in ("answer", "choice") and label in ("value", None))
    return {"text": text, "items": items, "slots": slots, "others": _others(text, slots, answer.today) if all_placed else [], "asked": list(answer.asked)}


def how_often(answers: Iterable[Answer]) -> dict[str, int]:
    """Count how often something holds, holds in part and does not: a scenario is a whole person, while written answers dwell on what is hard."""
    items = [(item, label_of(item, gold)) for answer in answers for item, gold in answer.gold.items() if guide().items[item].kind == "answer"]
    return {label: sum(said == label for _, said in items) for label in STANCES}


def label_of(item: str, gold: Any) -> str | None:
    """Return the label that a gold value has."""
    if isinstance(gold, bool):
        raise ValueError(f"{item}: put yes and no in quotes")
    if isinstance(gold, str) and gold in LABELS and gold in labels_of(item):
        return gold
    if gold in ("absent", "nobody", []):
        return "none"
    return "value" if "value" in labels_of(item) else None


def places_of(text: str, item: str, gold: Any, today: date) -> list[list[Any]]:
    """Find a gold value in its message: the words themselves, or the mention that scores as right."""
    kind = guide().items[item].kind
    if item == USE_CASES and isinstance(gold, list):
        pairs = [entry.rsplit(": ", 1) for entry in gold if ": " in entry]
        return [[*place, f"{item}:{label}"] for name, label in pairs if (place := _place(name, text))]
    words = [gold] if isinstance(gold, str) else gold if isinstance(gold, list) else []
    found = [[*place, item] for word in words if kind != "date" and word != "me" and (place := _place(word, text))]
    if found or kind in ("text", "list"):
        return found
    if kind == "party":
        hits: list[Any] = [party for party in find_parties(text, frozenset()) if party.name == gold or score(gold, "known", party.name, kind) == "right"]
    else:
        hits = [
            value for value in find_values(text, today)
            if score(gold, "known", as_quantity(value, text) if kind == "quantity" else value.value, kind) == "right"
        ]  # fmt: skip
    return [[hit.start, hit.end, item] for hit in hits[:1]]


def _place(words: str, text: str) -> tuple[int, int] | None:
    """Return where a text holds these words, as they are written if it can be ("IT", not "it"), and never inside other words."""
    for flags in (0, re.IGNORECASE):
        if found := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, flags):
            return found.span()
    return None


def _others(text: str, slots: list[list[Any]], today: date) -> list[list[int]]:
    """Return where values stand that are no item's."""
    return [[value.start, value.end] for value in find_values(text, today) if not any(value.start < end and start < value.end for start, end, _ in slots)]


def main(target: str, check: str = "") -> None:
    """Gather everything but the holdout; `check` is a folder of other scenarios to watch the training by."""
    answers = [*written_answers(), *scripted_answers(sorted(SCENARIOS.glob("*.yaml")))]
    material = {
        "items": list(guide().items),
        "labels": LABELS,
        "allowed": {item: labels_of(item) for item in guide().items},
        "slots": slot_classes(),
        "questions": [list(question.asks) for question in guide().questions],
        "means": {item.id: f"{item.label}: {item.means}" for item in guide().items.values()},
        "clauses": list(clauses()),
        "answers": [message(answer) for answer in answers],
        "often": how_often(scripted_answers(sorted(SCENARIOS.glob("*.yaml")))),
        "check": [message(answer) for answer in scripted_answers(find([Path(check)]))] if check else [],
    }
    part = Path(f"{target}.part")
    part.write_text(json.dumps(material), encoding="utf-8")
    part.replace(target)
    print({name: len(part) for name, part in material.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
