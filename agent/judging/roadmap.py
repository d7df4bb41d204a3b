"""The second wave: stress test, infrastructure build and staged rollout, with decisions, incentives and infrastructure beside them."""

from datetime import date, timedelta

from agent.judging.assessment import CalendarEntry, Constraint, Force, Phase, ProofOfScale, Roadmap, Verdict
from agent.judging.case import Case, join

# The articles: the infrastructure is a six-month project, rollouts stall between month four and month seven.
BUILD_WEEKS = {"high": 26, "unknown": 26, "medium": 16, "low": 6}
STRESS_WEEKS_PER_OPEN_CHECK, STRESS_WEEKS_AT_LEAST = 2, 4
RERUN_WEEKS = 8
STAGE_WEEKS = 8
STALL_MONTHS = (4, 7)


def roadmap(case: Case, verdict: Verdict, ranked: tuple[Constraint, ...], forces: dict[str, Force], proof: ProofOfScale) -> Roadmap:
    """Lay the phases one after the other from today, as long as the open points take, and draw the calendar from them."""
    phases: list[Phase] = []
    start = case.today
    repairs = [one for one in ranked if one.belongs_to.endswith("gate") and one.certainty == 1]
    if verdict in ("demo", "rerun"):
        weeks = max([RERUN_WEEKS, *(one.lead_weeks + 4 for one in repairs)])
        what = "Set up a charter that can be passed, then run" if verdict == "demo" else "Repair the causes, then run again"
        start = _add(
            phases,
            what,
            start,
            weeks,
            [one.first_step for one in repairs[:4]],
            "a pilot that did not graduate is not scaled; adoption has to hold for four weeks",
        )
    open_capability = [one for one in forces["capability"].checks if one.status in ("open", "partly", "unasked")]
    weeks = max(STRESS_WEEKS_AT_LEAST, STRESS_WEEKS_PER_OPEN_CHECK * len(open_capability))
    stress_from = start
    start = _add(
        phases,
        "Stress test",
        start,
        weeks,
        [f"Test: {one.label}" for one in open_capability] or ["Confirm the results with one more ordinary team"],
        f"{len(open_capability)} of {len(forces['capability'].checks)} checks of capability are not fully met",
    )
    weeks = max([BUILD_WEEKS[forces["infrastructure"].severity], *(one.lead_weeks for one in ranked if one.belongs_to == "infrastructure force")])
    build = [one.first_step for one in ranked if one.belongs_to in ("infrastructure force", "readiness gate")][:5]
    start = _add(
        phases,
        "Infrastructure build",
        start,
        weeks,
        build or ["Keep the connections, rights and logging under review"],
        f"the infrastructure force is {forces['infrastructure'].severity}",
    )
    rollout_from = start
    for stage, users in enumerate(("where value is shown best", "the next segment", "everybody else in scope"), start=1):
        start = _add(
            phases,
            f"Staged rollout, stage {stage}",
            start,
            STAGE_WEEKS,
            [f"Bring in {users}; go on only when the stage before works"],
            "each stage has to work before the next one starts",
        )
    for name, item, because in (
        ("Decision rights", "owners.decision_rights", "people need to know what the AI decides, what they decide and what is escalated"),
        ("Incentives", "culture.incentives_changed", "people do what they are judged and paid for"),
        ("Infrastructure timeline", "infrastructure.commitment", "without a date from the infrastructure team there is no date for the rollout"),
    ):
        work = case.guide.items[item].open
        met = case.check(item) == "met"
        length = 2 if met or work is None else work.weeks
        doing = "Keep it as settled" if met or work is None else work.first_step
        phases.append(_phase(name, case.today, length, "parallel", [doing], "in place already" if met else because))
    return Roadmap(phases=tuple(phases), calendar=_calendar(case, phases, proof, stress_from, rollout_from), evidence=case.evidence("charter.started_on"))


def _add(phases: list[Phase], name: str, start: date, weeks: int, work: list[str], because: str) -> date:
    phases.append(_phase(name, start, weeks, "sequence", work, because))
    return start + timedelta(weeks=weeks)


def _phase(name: str, start: date, weeks: int, track: str, work: list[str], because: str) -> Phase:
    end = start + timedelta(weeks=weeks, days=-1)
    return Phase(name=name, starts_on=start.isoformat(), ends_on=end.isoformat(), track=track, work=tuple(work), because=because)  # type: ignore[arg-type]


def _calendar(case: Case, phases: list[Phase], proof: ProofOfScale, stress_from: date, rollout_from: date) -> tuple[CalendarEntry, ...]:
    entries = [
        _entry(case.today + timedelta(days=7), "Five interviews outside the pilot", "Ask what would change if the AI ran in their part of the organisation."),
        _entry(case.today + timedelta(days=30), "Friction audit done", "48 hours with the pilot team: what was taken out of the pilot's way?"),
        _entry(stress_from, "Stress test begins", "From here on without favourable conditions."),
        _entry(rollout_from, "Staged rollout begins", "Only if the phases before are done."),
        _entry(_months(rollout_from, STALL_MONTHS[0] - 1), "Watch for the stall: month four", "Rollouts tend to stall between month four and month seven."),
        _entry(_months(rollout_from, STALL_MONTHS[1]), "End of the stall watch: month seven", "What still grows now tends to last."),
    ]
    if proof.due_on:
        late = (proof.days_left or 0) < 0
        lacking = [name for name in ("decisions", "incentives", "infrastructure") if getattr(proof, name) != "met"]
        note = f"Still lacking: {join(lacking)}." if lacking else "All three conditions are met."
        entries.append(_entry(date.fromisoformat(proof.due_on), "Proof of scale was due" if late else "Proof of scale", note))
        if late and lacking:
            entries.append(_entry(case.today + timedelta(days=case.thresholds.proof_of_scale_days), "Proof of scale, new date", note))
    entries += [_entry(date.fromisoformat(one.ends_on), f"Review: {one.name}", "Go on, repair or stop.") for one in phases if one.track == "sequence"]
    return tuple(sorted(entries, key=lambda entry: (entry.on, entry.title)))


def _entry(day: date, title: str, detail: str) -> CalendarEntry:
    return CalendarEntry(on=day.isoformat(), title=title, detail=detail)


def _months(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, 28))
