"""The second wave: phases that follow each other from today, tracks beside them, and the calendar."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.judging import assess, assess_for_report
from agent.judging.days import working_day
from agent.record import Record
from tests.judging.pilots import ABSENT, GUIDE, SCALES, TODAY, UNASKED, changed, judged, record
from tests.judging.test_properties import records, some_examples

PILOTS: dict[str, dict[str, Any]] = {
    "nothing known": dict.fromkeys(SCALES, UNASKED),
    "demo": {"charter.kpi": ABSENT},
    "rerun": {"gates.adoption": 40, "gates.integration_review": "no"},
    "unproven": {"gates.adoption": UNASKED},
    "redesign": {"infrastructure.commitment": "no", "capability.support_removed": "no", "capability.full_mix_tested": "no", "owners.decision_rights": "partly"},
    "scale": {},
}
MONDAY = date(2026, 11, 23)  # today is a Saturday
PARALLEL = ["Decision rights", "Incentives", "Infrastructure timeline"]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture(params=PILOTS)
def found(request: pytest.FixtureRequest) -> Any:
    return changed(PILOTS[request.param])


def test_phases_follow_each_other_from_today(found: Any) -> None:
    phases = [one for one in found.roadmap.phases if one.track == "sequence"]
    assert day(phases[0].starts_on) == MONDAY
    for before, after in pairwise(phases):
        assert day(after.starts_on) == day(before.ends_on) + timedelta(days=1)
    assert all(day(one.starts_on) < day(one.ends_on) and one.work and one.because for one in found.roadmap.phases)


def test_stress_test_then_build_then_stages(found: Any) -> None:
    names = [one.name for one in found.roadmap.phases if one.track == "sequence"]
    first = found.verdict in ("demo", "rerun", "unproven")
    assert [name.split(",")[0] for name in names[first:]] == ["Stress test", "Infrastructure build", *["Staged rollout"] * 3]
    assert len(names) == 5 + first


def test_decisions_incentives_and_infrastructure_run_beside_them_from_today(found: Any) -> None:
    beside = [one for one in found.roadmap.phases if one.track == "parallel"]
    assert [one.name for one in beside] == PARALLEL
    assert {day(one.starts_on) for one in beside} == {MONDAY}


def test_the_calendar_is_in_order_and_agrees_with_the_phases(found: Any) -> None:
    calendar = found.roadmap.calendar
    assert [entry.on for entry in calendar] == sorted(entry.on for entry in calendar)
    phases = {one.name: one for one in found.roadmap.phases}
    entries = {entry.title: entry.on for entry in calendar}
    assert entries["Stress test begins"] == phases["Stress test"].starts_on
    assert entries["Staged rollout begins"] == phases["Staged rollout, stage 1"].starts_on


@pytest.mark.parametrize(
    ("started", "title", "on"),
    [("2026-09-01", "Proof of scale", "2026-11-30"), ("2026-03-01", "Proof of scale was due", "2026-05-30"), ("2026-08-23", "Proof of scale", "2026-11-21")],
)
def test_the_calendar_has_the_proof_of_scale_90_days_after_the_start(started: str, title: str, on: str) -> None:
    assert (title, on) in {(entry.title, entry.on) for entry in changed({"charter.started_on": started}).roadmap.calendar}


def test_a_missed_proof_of_scale_gets_a_new_date() -> None:
    missed = changed({"charter.started_on": "2026-03-01", "owners.decision_rights": "no"}).roadmap.calendar
    assert [day(entry.on) for entry in missed if entry.title == "Proof of scale, new date"] == [TODAY + timedelta(days=90)]


def test_without_a_start_the_calendar_has_no_proof_of_scale() -> None:
    assert not [entry for entry in changed({"charter.started_on": UNASKED}).roadmap.calendar if "Proof" in entry.title]


def length(found: Any, name: str) -> int:
    phase = next(one for one in found.roadmap.phases if one.name == name)
    return (day(phase.ends_on) - day(phase.starts_on)).days + 1


def test_constraints_make_a_phase_longer() -> None:
    ready, held_up = (
        judged(SCALES),
        changed(
            {"infrastructure.in_workflow": "no", "capability.full_mix_tested": "no", "capability.support_removed": "no", "capability.messy_data_tested": "no"}
        ),
    )
    assert length(held_up, "Infrastructure build") > length(ready, "Infrastructure build")
    assert length(held_up, "Stress test") > length(ready, "Stress test")


def test_the_build_takes_at_least_the_longest_lead_time() -> None:
    held_up = changed({"infrastructure.commitment": "no"})
    assert length(held_up, "Infrastructure build") >= 7 * held_up.constraints[0].lead_weeks


@pytest.mark.parametrize("today", [date(2026, 1, 31), date(2028, 2, 29), date(2026, 12, 31), date(2026, 8, 30)])
def test_any_day_will_do(today: date) -> None:
    roadmap = assess(record(SCALES), GUIDE, today).roadmap
    assert roadmap.phases[0].starts_on == working_day(max(today, day(SCALES["charter.started_on"]))).isoformat()
    assert [entry.on for entry in roadmap.calendar] == sorted(entry.on for entry in roadmap.calendar)


@some_examples
@given(records, st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_for_every_record_the_plan_is_possible(some: Record, today: date) -> None:
    """Nothing begins before today, ends before it begins, or begins before what it depends on has ended."""
    found = assess(some, GUIDE, today).roadmap
    phases = {one.name: one for one in found.phases}
    assert len(phases) == len(found.phases)
    for one in found.phases:
        assert today <= day(one.starts_on) <= day(one.ends_on)
        assert all(day(phases[name].ends_on) < day(one.starts_on) for name in one.depends_on)
    assert all(entry.on >= today.isoformat() for entry in found.calendar if entry.title != "Proof of scale was due")


@some_examples
@given(records)
def test_a_first_step_is_ahead_and_comes_before_the_work_is_done(some: Record) -> None:
    for one in assess(some, GUIDE, TODAY).constraints:
        assert TODAY < day(one.first_step_by) <= day(one.done_by)


def test_the_rollout_waits_for_the_tracks_beside_it() -> None:
    held_up = changed({"culture.incentives_changed": "no", "infrastructure.commitment": "no"}).roadmap
    phases = {one.name: one for one in held_up.phases}
    first = phases["Staged rollout, stage 1"]
    assert set(PARALLEL) < set(first.depends_on)
    assert first.starts_on > max(phases[name].ends_on for name in PARALLEL)


def test_a_pilot_that_has_not_started_runs_first() -> None:
    found = changed({"charter.started_on": "2027-02-01"})
    first, then = found.roadmap.phases[:2]
    assert (first.name, first.starts_on, first.ends_on) == ("Run the pilot", "2027-02-01", found.proof_of_scale.due_on)
    assert day(then.starts_on) == day(first.ends_on) + timedelta(days=1)


def test_figures_of_a_pilot_that_has_not_started_are_doubted() -> None:
    note = "The pilot starts only on 2027-02-01; ask what this was measured on."
    found = assess_for_report(record({**SCALES, "charter.started_on": "2027-02-01"}), GUIDE, TODAY)
    assert {name for name, gate in found.gates.items() if note in gate.notes} == {"kpi", "adoption", "impact"}
    assert found.first_page and found.first_page.why[0] == note


def test_the_dates_of_an_empty_record_are_those_of_the_articles() -> None:
    """Six months of infrastructure, and a rollout within a year: nothing absurd where nothing is known."""
    found = judged({}).roadmap
    assert length(judged({}), "Infrastructure build") == 26 * 7
    assert {one.ends_on[:4] for one in found.phases} <= {"2026", "2027", "2028"}
    assert found.phases[0].name == "Find the missing evidence"
