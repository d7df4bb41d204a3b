"""Scoring: what was heard against what a careful listener would have, item by item. Pure functions."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from agent.items import Guide
from agent.judging import Assessment
from agent.record import Record
from agent.same import convert, dimension, ends, in_full, same_party
from evals.inventing import inventions
from evals.outcome import Exchange, ItemScore, PartScore, Result
from evals.scenario import STATES, Scenario

TOLERANCE = 0.02


def scored(scenario: Scenario, exchanges: Sequence[Exchange], record: Record, assessment: Assessment, guide: Guide) -> dict[str, Any]:
    """Compare the end of a conversation with the gold; return the scored fields of an Outcome."""
    gold, messages = scenario.gold, [exchange.said for exchange in exchanges]
    standing = [said for entry in record.entries.values() for said in entry.standing]
    settled = {item for exchange in exchanges if exchange.settles for item in exchange.asks}
    return {
        "items": tuple(item_score(name, value, record, guide, contradicted=name in scenario.contradicts) for name, value in gold.items.items()),
        "parts": (
            *(PartScore(part="gates", name=name, gold=status, got=assessment.gates[name].status) for name, status in gold.gates.items()),
            *(PartScore(part="owners", name=name, gold=status, got=assessment.owners[name].status) for name, status in gold.owners.items()),
            *(PartScore(part="forces", name=name, gold=status, got=assessment.forces[name].severity) for name, status in gold.forces.items()),
        ),
        "verdict_gold": gold.verdict,
        "verdict": assessment.verdict,
        "inventions": inventions(record, gold.items, messages, guide, scenario.today),
        "statements": len(standing),
        "not_verbatim": sum(not _verbatim(said.quote, said.turn, messages) for said in standing),
        "contradictions": len(scenario.contradicts),
        "contradictions_caught": len(settled & set(scenario.contradicts)),
        "contradictions_imagined": len(settled - set(scenario.contradicts)),
    }


def item_score(name: str, gold: Any, record: Record, guide: Guide, *, contradicted: bool = False) -> ItemScore:
    """Compare one item with its gold value; where the person contradicts themselves, two statements that still stand are as good as unknown."""
    item, state, value = guide.items[name], record.state(name), record.value(name)
    quotes = [said.quote for said in record.said(name)]
    return ItemScore(
        item=name, kind=item.kind, stage=guide.question_for(name).stage, gold=gold, state=state, value=value, quote=quotes[0] if quotes else "",
        result=score(gold, "unknown" if contradicted and state == "conflicting" else state, value, item.kind), falsely_certain=gold == "unknown" and state == "known",
    )  # fmt: skip


def score(gold: Any, state: str, value: Any, kind: str) -> Result:
    """Compare a value with its gold; not heard at all is missed, which is not wrong."""
    if state == "unasked":
        return "missed"
    if isinstance(gold, str) and gold in STATES:
        return "right" if _is_state(gold, state, value) else "wrong"
    if state == "absent" and gold in ("none", []):
        return "right"
    return "right" if state == "known" and _same(gold, value, kind) else "wrong"


def mark_repeats(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """Mark the replies that ask again for what was asked before or was already told, and those that settle a contradiction.

    Only what stands in the replies counts, as a person on the other side sees it. To settle two statements that cannot both
    hold is no repetition.
    """
    marked: list[Exchange] = []
    states: dict[str, str] = {}
    asked: set[str] = set()
    for exchange in exchanges:
        states.update({one.item: one.state for one in exchange.heard})
        settles = bool(exchange.asks) and all(states.get(item) == "conflicting" for item in exchange.asks)
        repeated = not settles and any(item in asked or item in states for item in exchange.asks)
        asked.update(exchange.asks)
        marked.append(exchange.model_copy(update={"repeated": repeated, "settles": settles}))
    return tuple(marked)


def _verbatim(quote: str, turn: int, messages: Sequence[str]) -> bool:
    """Say whether a quote is an exact span of the message of its turn; turns count from 1."""
    return bool(quote) and 1 <= turn <= len(messages) and quote in messages[turn - 1]


def _is_state(gold: str, state: str, value: Any) -> bool:
    if gold == "nobody":
        return state == "absent" or value == "nobody"
    return state == gold


def _same(gold: Any, value: Any, kind: str) -> bool:
    if isinstance(gold, dict) and "any_of" in gold:
        text = f"{' '.join(value) if isinstance(value, list) else value} ".lower()
        return any(re.search(rf"\b{re.escape(str(word).lower())}", text) for word in gold["any_of"])
    if isinstance(gold, list):
        return isinstance(value, list) and len(gold) == len(value) and all(any(same_party(str(one), str(other)) for other in value) for one in gold)
    if kind == "party":
        return isinstance(value, str) and same_party(str(gold), value)
    if isinstance(gold, dict) and "amount" in gold:
        return isinstance(value, dict) and gold.get("currency") == value.get("currency") and _close(gold["amount"], value.get("amount"))
    if isinstance(gold, dict):
        if not isinstance(value, dict) or "value" not in value:
            return False
        units = in_full(str(quantity.get("unit") or "") for quantity in (gold, value))
        return dimension(units[0]) == dimension(units[1]) and _close(convert(float(gold["value"]), units[0]), convert(float(value["value"]), units[1]))
    if isinstance(gold, int | float) and not isinstance(gold, bool):
        return value is not None and not isinstance(value, str | list) and _close(float(gold), sum(ends(value)) / 2)
    if isinstance(gold, date):
        return bool(gold.isoformat() == value)
    return bool(gold == value)


def _close(one: float, other: Any) -> bool:
    return other is not None and abs(float(one) - float(other)) <= max(TOLERANCE * abs(float(one)), 1e-9)
