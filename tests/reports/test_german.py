"""A German report says everything in German that we word: no sentence of the judging stays English, whatever was found."""

import re
from functools import cache
from typing import Any

import pytest

from agent.items import guide
from agent.judging import Assessment, assess_for_report
from agent.languages.speaking import in_language
from agent.record import Record, Statement
from agent.reports.translating import WORDED, Translator
from evals.scenario import SCENARIOS, Scenario, find, load
from tests.judging.pilots import ABSENT, GUIDE, NOT_APPLICABLE, SCALES, TODAY, UNKNOWN, Both, minutes, record

ENGLISH = re.compile(
    r"\b(?:the|of|is|are|and|or|not|that|it|its|nobody|with|without|for|from|what|who|which|this|has|have|by|been|known|to|at|on|be|week|weeks|months|hours|days|minutes)\b"
)
STATES = {"nobody": "absent", "absent": "absent", "unknown": "unknown", "not_applicable": "not_applicable"}

TWO_ANSWERS: dict[str, Any] = {"charter.baseline": Both(minutes(42), minutes(48)), "charter.target": Both(minutes(32), minutes(30))}
UNUSUAL: list[dict[str, Any]] = [
    {"owners.business": Both("Maria Lopez", "Peter Gray")},
    {"gates.adoption": Both(40, 80), "gates.security_review": Both("yes", "no"), "gates.compliance_review": UNKNOWN},
    TWO_ANSWERS,
    {"owners.compliance": NOT_APPLICABLE, "infrastructure.commitment": NOT_APPLICABLE, "owners.decision_rights": "no"},
    {"owners.compliance": NOT_APPLICABLE, "infrastructure.commitment": NOT_APPLICABLE, "owners.production": Both("Tom Hill", "Eva Lind")},
    {"culture.coalition": "no", "owners.maintenance": "no"},
    {"culture.coalition": "no"},
    {"charter.started_on": "2027-02-01"},
    {name: {"value": value, "unit": "percent"} for name, value in (("charter.baseline", 90), ("charter.target", 95), ("gates.kpi_now", 96))},
    {"charter.baseline": UNKNOWN, "charter.target": ABSENT},
]


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(load(file) for file in find([SCENARIOS]))


def found(scenario: Scenario) -> Assessment:
    """Judge what a scenario's person means to say, with names and words that are no English."""
    record = Record()
    for item, gold in scenario.gold.items.items():
        state = STATES.get(gold, "known") if isinstance(gold, str) else "known"
        value = ("nobody" if guide().items[item].kind == "party" else None) if state == "absent" else _value(item, gold) if state == "known" else None
        record = record.take(Statement(item=item, state=state, value=value, quote="Zitat", turn=1, said_on=scenario.today.isoformat()))
    return assess_for_report(record, guide(), scenario.today)


def _value(item: str, gold: Any) -> Any:
    if isinstance(gold, dict) and "any_of" in gold:
        gold = gold["any_of"][0]
    match guide().items[item].kind:
        case "party":
            return f"Xaver {len(str(gold))}"
        case "text":
            return "Wort"
        case "list":
            return tuple(f"Punkt {number}" for number, _ in enumerate(gold))
        case "quantity":
            units = ("minutes", "hours", "days", "percent", "errors")
            return {**gold, "unit": gold.get("unit") if gold.get("unit") in units else "EUR"} if isinstance(gold, dict) else gold
        case _:
            return gold


def _words(value: Any) -> list[str]:
    """Return everything that the judging words in a part of an assessment."""
    if hasattr(type(value), "model_fields"):
        worded = WORDED.get(type(value).__name__, ())
        return [text for name in type(value).model_fields for text in (_flat(getattr(value, name)) if name in worded else _words(getattr(value, name)))]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return [text for one in inner for text in _words(one)]


def _flat(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [*value, *value.values()] if isinstance(value, dict) else list(value or ())


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.id)
def test_nothing_that_the_judging_says_stays_english(scenario: Scenario) -> None:
    _all_german(found(scenario))


@pytest.mark.parametrize("changes", UNUSUAL)
def test_nor_what_it_says_of_pilots_that_no_scenario_is_about(changes: dict[str, Any]) -> None:
    german = {item: value for item, value in SCALES.items() if item not in ("charter.kpi", "owners.builder")}
    _all_german(assess_for_report(record({**german, **changes}), GUIDE, TODAY))


def _all_german(assessment: Assessment) -> None:
    translator = Translator(guide(), in_language(guide(), "de"))
    for text in _words(assessment):
        said = translator.say(text)
        assert not ENGLISH.search(said.replace("proof of scale: ", "")), f"{text!r} became {said!r}"
