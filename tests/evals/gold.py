"""The record of a listener who heard a scenario's gold, so that the rules can be asked what follows from it."""

from typing import Any

from agent.items import guide
from agent.record import Entry, Record, Statement
from evals.scenario import Scenario


def record_of(scenario: Scenario) -> Record:
    """Return the record that holds what the gold lists; an item that is contradicted stands as two statements."""
    return Record(entries={item: _entry(scenario, item, gold) for item, gold in scenario.gold.items.items()})


def _entry(scenario: Scenario, item: str, gold: Any) -> Entry:
    state, value = "known", gold
    if isinstance(gold, str) and gold in ("unknown", "absent", "nobody", "not_applicable"):
        state, value = ("absent", "nobody") if gold == "nobody" else (gold, None)
    elif isinstance(gold, dict) and "any_of" in gold:
        value = [str(gold["any_of"][0])] if guide().items[item].kind == "list" else str(gold["any_of"][0])
    elif isinstance(gold, dict) and "amount" in gold:
        value = {"currency": "EUR", **gold}
    elif hasattr(gold, "isoformat"):
        value = gold.isoformat()
    said = next((one.text for one in scenario.says if item in one.about), scenario.opening)
    statement = Statement(item=item, state=state, value=value, quote=said, speaker="me", turn=1, said_on=scenario.today.isoformat())
    return Entry(standing=(statement, statement.model_copy(update={"state": "unknown"})) if item in scenario.contradicts else (statement,))
