"""What holds for every record: better evidence never harms, silence never harms, the same gives the same, nothing breaks."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.items import Item
from agent.judging import assess
from agent.record import Entry, Record, Statement
from tests.judging.pilots import GUIDE, SCALES, TODAY, UNKNOWN, judged, span

some_examples = settings(derandomize=True, max_examples=30, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
more_examples = settings(some_examples, max_examples=80)

UNITS = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"]
ANSWERS = ["yes", "partly", "no"]
CHECKED = [item for item in GUIDE.items.values() if item.kind == "answer"]
GATES = ("fail", "unproven", "pass")
SEVERITIES = ("low", "medium", "high")

words = st.sampled_from(
    [
        "",
        "claims",
        "the claims team",
        "Ada King",
        "Ada",
        "nobody",
        "none",
        "motor: proven",
        ": weak",
        "a:b:excluded",
        "ünïcode 漢字 🙂",
        "x" * 300,
        "[a](b) | *c*",
    ]
)
figures = st.sampled_from([0, 1, 4, 5, 20, 60, 70, 99.9, 100, 0.001, -1, -40, 1e6, 1e15]) | st.integers(-10, 200) | st.floats(-1e6, 1e6)
counts = st.sampled_from([0, 1, 5, 10**15]) | st.integers(0, 2000)
dates = st.dates().filter(lambda day: day.year < 9999).map(str)


def ranges(ends: st.SearchStrategy[Any], name: str = "value", **others: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    def build(low: Any, high: Any, rest: dict[str, Any]) -> dict[str, Any]:
        low, high = sorted((low, high))
        return {name: (low + high) / 2, "low": low, "high": high, **rest}

    return st.builds(build, ends, ends, st.fixed_dictionaries(others))


def values(item: Item) -> st.SearchStrategy[Any]:
    """Return values of the item in their JSON form, odd ones too."""
    units = st.sampled_from(UNITS)
    match item.kind:
        case "text" | "party":
            return words
        case "list":
            return st.lists(words, max_size=4)
        case "choice":
            return st.sampled_from(item.options)
        case "answer":
            return st.sampled_from(ANSWERS)
        case "count":
            return counts | ranges(st.integers(1, 3000))
        case "percent":
            return st.integers(0, 100) | st.floats(0, 100) | ranges(st.integers(0, 100))
        case "quantity":
            unit = st.sampled_from([*UNITS, "", "percent", "share", "calls", "%", "minutes a case", "calls an hour", "calls a day", "errors per 1000 cases"])
            return st.fixed_dictionaries({"value": figures, "unit": unit}) | ranges(figures, unit=unit)
        case "money":
            currency = st.sampled_from(["EUR", "USD", "JPY"])
            return st.fixed_dictionaries({"amount": figures, "currency": currency}) | ranges(figures, "amount", currency=currency)
        case "duration":
            return st.fixed_dictionaries({"value": figures, "unit": units}) | ranges(figures, unit=units)
        case "date":
            return dates
    raise AssertionError(item.kind)


def entries(item: Item) -> st.SearchStrategy[Entry]:
    known = st.builds(Statement, item=st.just(item.id), state=st.just("known"), value=values(item), quote=words, speaker=words, turn=st.integers(1, 90))
    other = st.builds(Statement, item=st.just(item.id), state=st.sampled_from(["unknown", "absent", "not_applicable"]), quote=words)
    one = st.tuples(known) | st.tuples(other)
    return st.builds(Entry, standing=one | st.tuples(known, known) | st.tuples(known, other))


ENTRIES = {name: entries(item) for name, item in GUIDE.items.items()}
records = st.builds(Record, entries=st.fixed_dictionaries({}, optional=ENTRIES))
answers = st.fixed_dictionaries({}, optional={item.id: st.sampled_from([*ANSWERS, UNKNOWN]) for item in CHECKED})
subsets = st.sets(st.sampled_from(sorted(SCALES)))


def good(item: Item) -> str:
    return "no" if item.id == "culture.shadow_ai" else "yes"


@some_examples
@given(records)
def test_judging_never_breaks(some: Record) -> None:
    found = assess(some, GUIDE, TODAY)
    assert 0 <= found.completeness <= 1
    assert found.reasons
    assert type(found).model_validate_json(found.model_dump_json()) == found


@some_examples
@given(records, st.randoms(use_true_random=False))
def test_the_same_record_gives_the_same_bytes(some: Record, random: Any) -> None:
    first = assess(some, GUIDE, TODAY).model_dump_json()
    assert assess(some, GUIDE, TODAY).model_dump_json() == first
    assert assess(Record.model_validate_json(some.model_dump_json()), GUIDE, TODAY).model_dump_json() == first
    shuffled = list(some.entries.items())
    random.shuffle(shuffled)
    assert assess(Record(entries=dict(shuffled)), GUIDE, TODAY).model_dump_json() == first


@more_examples
@given(subsets, answers, st.sampled_from(CHECKED))
def test_better_evidence_never_harms(kept: set[str], said: dict[str, Any], item: Item) -> None:
    items = {**{name: SCALES[name] for name in kept}, **said}
    before, after = judged(items), judged({**items, item.id: good(item)})
    for name, gate in before.gates.items():
        assert GATES.index(after.gates[name].status) >= GATES.index(gate.status)
    for name, force in before.forces.items():
        if force.severity != "unknown":
            assert SEVERITIES.index(after.forces[name].severity) <= SEVERITIES.index(force.severity)


@more_examples
@given(subsets)
def test_what_was_not_asked_never_counts_against_the_pilot(kept: set[str]) -> None:
    found = judged({name: SCALES[name] for name in kept})
    assert found.verdict not in ("demo", "rerun")
    assert "fail" not in {gate.status for gate in found.gates.values()}
    assert {owner.status for owner in found.owners.values()} <= {"named", "unasked"}
    assert {force.severity for force in found.forces.values()} <= {"low", "unknown"}
    proof = found.proof_of_scale
    assert {proof.decisions, proof.incentives, proof.infrastructure} <= {"met", "unasked"}
    assert found.constraints == ()
    assert found.completeness <= judged(SCALES).completeness


@some_examples
@given(records)
def test_a_claim_stands_on_words_of_the_record(some: Record) -> None:
    found = assess(some, GUIDE, TODAY)
    said = {(one.item, one.quote) for entry in some.entries.values() for one in entry.standing}
    findings = [*found.gates.values(), *found.owners.values(), *found.constraints, *found.friction, *found.rollout, *found.favourable_conditions]
    assert {(one.item, one.quote) for finding in findings for one in finding.evidence} <= said


@pytest.mark.parametrize(
    "items",
    [
        pytest.param({"gates.active_users": 5, "gates.target_users": span(0, 0)}),
        pytest.param({"charter.started_on": "9999-12-01"}),
        pytest.param({"gates.active_users": 10**400, "gates.target_users": 5}),
        pytest.param({"gates.cost_per_request": {"amount": 1e308, "currency": "EUR"}, "gates.requests_per_user_day": 10**15, "charter.pilot_users": 10**15}),
        {"gates.active_users": 5, "gates.target_users": 0, "charter.pilot_users": 0},
    ],
)
def test_odd_figures_do_not_break_it(items: dict[str, Any]) -> None:
    assert judged(items).model_dump_json()
