"""What would change the verdict: every way proposed really turns it, and no smaller part of it does."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from agent.judging import assess
from agent.judging.assessment import WhatIf
from agent.judging.case import Case
from agent.judging.verdict import quick_verdict
from agent.judging.what_if import LADDER, RULES, _candidates, _with, what_if
from agent.record import Record
from tests.judging.pilots import ABSENT, GUIDE, NOT_APPLICABLE, SCALES, TODAY, UNASKED, UNKNOWN, Both, case, minutes, quantity, weeks
from tests.judging.test_properties import answers, records, some_examples, subsets

# A record has up to eighty items; making one smaller takes minutes and its few telling items are named in the message anyway.
some_examples = settings(some_examples, phases=[Phase.generate])

PILOTS: dict[str, dict[str, Any]] = {
    "nothing known": {},
    "ready": SCALES,
    "low adoption": {**SCALES, "gates.adoption": 62},
    "adoption by counts": {**SCALES, "gates.adoption": UNASKED, "gates.active_users": 30, "gates.adoption_sustained": weeks(1)},
    "target missed": {**SCALES, "gates.kpi_now": minutes(40)},
    "more is better": {**SCALES, "charter.baseline": quantity(10, "calls"), "charter.target": quantity(15, "calls"), "gates.kpi_now": quantity(11, "calls")},
    "target too easy": {**SCALES, "charter.target": minutes(41), "gates.kpi_now": minutes(40)},
    "target is the baseline": {**SCALES, "charter.target": minutes(42)},
    "baseline of zero": {**SCALES, "charter.baseline": minutes(0)},
    "a range": {**SCALES, "gates.kpi_now": minutes(33, 30, 36)},
    "units that do not fit": {**SCALES, "gates.kpi_now": quantity(9, "calls")},
    "no baseline": {**SCALES, "charter.baseline": ABSENT, "charter.baseline_before_launch": UNASKED},
    "no measure": {"charter.kpi": ABSENT},
    "neither baseline nor target": {"charter.baseline": UNKNOWN, "charter.target": UNKNOWN},
    "a contradiction": {**SCALES, "gates.adoption": Both(80, 55)},
    "reviews said not to apply": {**SCALES, **dict.fromkeys(("gates.security_review", "gates.integration_review", "gates.compliance_review"), NOT_APPLICABLE)},
    "the builder owns it": {**SCALES, "owners.production": "BackSoft"},
    "infrastructure lags": {**SCALES, "infrastructure.commitment": "no", "infrastructure.in_workflow": "no", "infrastructure.approvals": "no", "gates.load_test": "no"},
    "a small share": {
        **SCALES, "charter.baseline": quantity(0.006, "share"), "charter.target": quantity(0.004, "share"), "gates.kpi_now": quantity(0.005, "share"),
    },
    "everything is no": {item.id: "no" for item in GUIDE.items.values() if item.kind == "answer"},
}  # fmt: skip


def found(some: Case) -> tuple[WhatIf, ...]:
    judged = assess(some.record, some.guide, some.today)
    return what_if(some, judged.gates, judged.verdict)


def turns(one: WhatIf) -> Callable[[Case], bool]:
    """Return whether a case has turned, asked of the same rules that judge."""
    if one.part in RULES:
        return lambda tried: RULES[one.part](tried).status == "pass"
    if one.becomes == "scale":
        return lambda tried: quick_verdict(tried) == "scale"
    return lambda tried: LADDER.index(quick_verdict(tried)) > LADDER.index(one.now)  # type: ignore[arg-type]


def check(some: Case) -> None:
    """Each way turns it; leaving out any part, or any larger part of a small one, does not."""
    candidates = {one.change.item: one for one in _candidates(some)}
    for one in found(some):
        turned = turns(one)
        assert not turned(some)
        for way in one.ways:
            changes = [candidates[change.item] for change in way.changes]
            assert turned(_with(some, changes)), (one.part, [change.item for change in way.changes])
            sizes = range(len(changes)) if len(changes) <= 6 else [len(changes) - 1]
            smaller = [part for size in sizes for part in combinations(changes, size)]
            assert not any(turned(_with(some, part)) for part in smaller), (one.part, [change.item for change in way.changes])


@pytest.mark.parametrize("name", PILOTS)
def test_each_way_turns_it_and_no_part_of_one_does(name: str) -> None:
    some = case(PILOTS[name])
    check(some)
    assert all(one.ways for one in found(some))


@some_examples
@given(records)
def test_so_it_is_for_every_record(some: Record) -> None:
    check(Case(some, GUIDE, TODAY))


@some_examples
@given(subsets, answers)
def test_so_it_is_for_plausible_pilots(kept: set[str], said: dict[str, Any]) -> None:
    some = case({**{name: SCALES[name] for name in kept}, **said})
    check(some)
    assert all(one.ways for one in found(some))


def ways(name: str, part: str) -> list[list[tuple[str, str, str]]]:
    return [[(change.kind, change.today, change.needed) for change in way.changes] for one in found(case(PILOTS[name])) if one.part == part for way in one.ways]


def test_a_figure_says_what_it_is_and_what_it_must_be() -> None:
    assert ways("low adoption", "adoption") == [[("action", "62 %", "at least 70 %, held for 4 weeks")]]
    assert ways("target missed", "kpi") == [[("action", "40 minutes", "at most 32 minutes")]]
    assert ways("more is better", "kpi") == [[("action", "11 calls", "at least 15 calls")]]
    assert ways("target too easy", "impact") == [[("action", "40 minutes", "at most 33.6 minutes")]]
    assert (
        ways("adoption by counts", "adoption")[0][0] == ("action", "1 week", "at least 4 weeks") or ways("adoption by counts", "adoption")[0][1][1] == "1 week"
    )


def test_a_small_share_is_not_rounded_to_nothing() -> None:
    assert ways("a small share", "kpi") == [[("action", "0.5 %", "at most 0.4 %")]]


@pytest.mark.parametrize(("now", "kpi"), [(96, []), (94, ["at least 95 %"])])
def test_no_share_is_over_a_hundred_percent(now: int, kpi: list[str]) -> None:
    percent: dict[str, Any] = dict(
        zip(("charter.baseline", "charter.target", "gates.kpi_now"), (quantity(one, "percent") for one in (90, 95, now)), strict=True)
    )
    parts = found(case({**SCALES, **percent}))
    assert [change.needed for one in parts if one.part == "kpi" for way in one.ways for change in way.changes] == kpi
    (impact,) = [one for one in parts if one.part == "impact"]
    assert impact.ways == ()
    assert impact.note.startswith("From 90 % no share can rise by 20 %;")


def test_what_nobody_has_said_is_to_be_found_out_and_what_is_wrong_is_to_be_done() -> None:
    some = case({**SCALES, "gates.security_review": UNASKED, "gates.compliance_review": "no", "gates.integration_review": UNKNOWN})
    (way,) = next(one for one in found(some) if one.part == "readiness").ways
    assert [(one.kind, one.today) for one in way.changes] == [("fact", "not asked yet"), ("fact", "nobody knows"), ("action", "no")]
    assert way.changes[0].what.startswith("Find out: ")
    work = GUIDE.items["gates.compliance_review"].open
    assert work
    assert (way.changes[2].what, way.changes[2].who, way.weeks) == (work.first_step, work.owner, work.weeks)


def test_the_cheapest_way_comes_first() -> None:
    for name in PILOTS:
        for one in found(case(PILOTS[name])):
            assert [(way.weeks, way.effort) for way in one.ways] == sorted((way.weeks, way.effort) for way in one.ways)


def test_a_force_is_turned_by_its_cheapest_checks() -> None:
    (way,) = next(one for one in found(case(PILOTS["infrastructure lags"])) if one.becomes == "scale").ways
    assert [change.item for change in way.changes] == ["infrastructure.commitment"]


def test_a_ready_pilot_needs_nothing() -> None:
    assert found(case(SCALES)) == ()


def test_a_range_has_to_reach_it_with_its_worse_end() -> None:
    assert ways("a range", "kpi")[0][0][2] == "at most 32 minutes"
