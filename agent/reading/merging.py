"""Two readings of one message, the model's and the built-in reader's, made into one: pure, one rule after the other."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from agent.items import Guide, Kind
from agent.reading.checking import as_kind
from agent.reading.parties import find_parties
from agent.reading.reading import Reading
from agent.reading.values import find_values
from agent.record import Statement
from agent.same import same_value

FIGURES: tuple[Kind, ...] = ("count", "percent", "quantity", "money", "duration", "date")
DECIDED_BY_QUOTE: tuple[Kind, ...] = (*FIGURES, "party")
OPPOSED = {"yes", "no"}


def merge(model: Reading, builtin: Reading, guide: Guide, today: date) -> Reading:
    """Return one reading. What only one of the two heard stands; where they differ, `_decide` says what becomes of it.

    Two statements about one item are left in where nothing decides between them: the record takes them for a conflict, and the person is asked.
    The built-in reader's "I don't know" and hunches count only where the model heard nothing about the item.
    """
    ours, theirs = _by_item(builtin.statements), _by_item(model.statements)
    theirs = {item: said for item, said in theirs.items() if not _taken_elsewhere(said, ours, theirs, guide)}
    statements: list[Statement] = []
    for item in {**ours, **theirs}:
        if item in ours and item in theirs:
            statements += _decide(theirs[item], ours[item], guide, today)
        else:
            statements.append(ours.get(item) or theirs[item])
    heard = {said.item for said in statements}
    return replace(
        model,
        statements=tuple(statements),
        corrects=frozenset(item for item in model.corrects | builtin.corrects if sum(said.item == item for said in statements) == 1),
        speaker_name=builtin.speaker_name,
        hunches=tuple(hunch for hunch in builtin.hunches if hunch.item not in heard),
        knows_nothing=builtin.knows_nothing and not theirs,
    )


def _by_item(statements: Iterable[Statement]) -> dict[str, Statement]:
    return {said.item: said for said in statements}


def _taken_elsewhere(said: Statement, ours: dict[str, Statement], theirs: dict[str, Statement], guide: Guide) -> bool:
    """One figure tells one item: the model gave it to two, and the built-in reader agrees with the other one."""
    if guide.items[said.item].kind not in FIGURES or said.item in ours:
        return False
    return any(
        other != said.item and other in ours and ours[other].value == said.value == theirs[other].value and theirs[other].quote == said.quote
        for other in theirs
    )


def _decide(model: Statement, builtin: Statement, guide: Guide, today: date) -> list[Statement]:
    """Return the statement that holds, or both where the words leave it open."""
    if model.state != builtin.state:
        return [_more_told(model, builtin)]
    if model.state != "known" or same_value(model.value, builtin.value):
        return [_shorter(model, builtin)]
    kind = guide.items[model.item].kind
    if kind in DECIDED_BY_QUOTE:
        sure = [said for said in (builtin, model) if _alone(said, kind, today)]
        return sure if len(sure) == 1 else [builtin, model]
    if kind in ("answer", "choice"):
        return [builtin, model] if kind == "choice" or {model.value, builtin.value} == OPPOSED else [model]
    return [model]


def _more_told(model: Statement, builtin: Statement) -> Statement:
    """A value tells more than that there is none, and that more than "I don't know"."""
    order = ("known", "absent", "not_applicable", "unknown")
    return min(model, builtin, key=lambda said: order.index(said.state))


def _shorter(model: Statement, builtin: Statement) -> Statement:
    """The same understood twice: the quote with fewer words around it is the better evidence; the built-in value has the record's form."""
    return (
        builtin.model_copy(update={"quote": min(model.quote, builtin.quote, key=len)})
        if model.quote in builtin.quote or builtin.quote in model.quote
        else builtin
    )


def _alone(said: Statement, kind: Kind, today: date) -> bool:
    """Say whether a quote holds one value only of the item's kind, so that it cannot have meant another."""
    if kind == "party":
        return len({party.name for party in find_parties(said.quote, frozenset())}) <= 1
    told: Callable[[Any], Any] = (lambda one: one.value if one.kind == "date" else None) if kind == "date" else (lambda one: as_kind(one, said.quote, kind))
    return len([value for one in find_values(said.quote, today) if (value := told(one)) is not None]) <= 1
