"""The four graduation gates: kpi, adoption, impact and readiness, each pass, fail or unproven."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from agent.judging.assessment import Gate, GateStatus, Level, Missing
from agent.judging.case import Case, join
from agent.judging.figures import adoption, apart, both_answers, both_ends, days, differs, measure, number, show
from agent.same import ends

REVIEWS = ("gates.security_review", "gates.integration_review", "gates.compliance_review")
KPI_ITEMS = (
    "charter.kpi", "charter.kpi_kind", "charter.baseline", "charter.baseline_before_launch",
    "charter.target", "charter.target_before_launch", "gates.kpi_now",
)  # fmt: skip
ADOPTION_ITEMS = ("gates.adoption", "gates.active_users", "gates.target_users", "gates.adoption_sustained")
IMPACT_ITEMS = ("charter.baseline", "gates.kpi_now", "charter.target", "gates.improvement")


def gates(case: Case) -> dict[str, Gate]:
    """Judge the four gates in the order the report shows them."""
    return {"kpi": kpi(case), "adoption": adoption_gate(case), "impact": impact(case), "readiness": readiness(case)}


def kpi(case: Case) -> Gate:
    """Pass a business measure with baseline and target from before the launch that is reached today."""
    figures = measure(case)
    faults: list[tuple[str, str, str]] = []  # the item, what is wrong with it, and what to do
    for item, fix in (
        ("charter.kpi", "Agree on one business measure before anything else."),
        ("charter.baseline", "Measure the process without the AI, or run a control group beside it."),
        ("charter.target", "Set a figure that must be reached, before the re-run starts."),
    ):
        if case.absent(item) or none_said(case, item):
            faults.append((item, f"there is no {case.guide.label(item)}", fix))
    if case.known("charter.kpi_kind") == "model":
        fix = "Choose a measure of the work itself; keep the model's figures beside it."
        faults.append(("charter.kpi_kind", "the measure is about the model, not about the business", fix))
    for item, fix in (
        ("charter.baseline_before_launch", "Measure the baseline first, or run a control group beside the re-run."),
        ("charter.target_before_launch", "Fix the target in writing before the re-run starts."),
    ):
        if case.known(item) == "no" or case.absent(item):
            name = "baseline" if "baseline" in item else "target"
            faults.append((item, f"the {name} came only after the launch", fix))
    if figures.reached is False:
        faults.append(
            (
                "gates.kpi_now",
                f"{_beside(case.known('gates.kpi_now'), case.known('charter.target'))} misses the target of {show(case.known('charter.target'))}",
                "Find what holds the measure back, fix workflow or data, and run again.",
            )
        )
    shown = {
        name: show(case.known(item))
        for name, item in (("baseline", "charter.baseline"), ("target", "charter.target"), ("now", "gates.kpi_now"))
        if case.known(item) is not None
    }
    missing = case.missing(*KPI_ITEMS)
    partly = [item for item in ("charter.baseline_before_launch", "charter.target_before_launch") if case.known(item) == "partly"]
    set_aside = [item for item in KPI_ITEMS if case.record.state(item) == "not_applicable" or (item == "gates.kpi_now" and case.absent(item))]
    passed = not missing and not partly and not set_aside and figures.reached
    status: GateStatus = "fail" if faults else "pass" if passed else "unproven"
    if status == "pass":
        reason = f"{show(case.known('gates.kpi_now'))} reaches the target of {show(case.known('charter.target'))}, set before the launch from a baseline of {show(case.known('charter.baseline'))}."
    elif faults:
        reason = _sentence(join(fault for _, fault, _ in faults))
    elif missing:
        reason = case.not_known(missing)
    elif figures.mixed_units:
        reason = "Baseline, target and today's figure are in units that can't be compared."
    elif set_aside:
        reason = f"Said not to apply or not to exist: {join(case.guide.label(item) for item in set_aside)}."
    elif partly:
        reason = f"Only partly before the launch: {join(case.guide.label(item) for item in partly)}."
    else:
        reason = "Baseline and target are the same figure, so nobody can say which way is better."
    return Gate(
        status=status,
        reason=reason,
        level=None if figures.way is None else Level(reached=figures.way, asked=100, unit="percent of the way"),
        figures=shown,
        notes=() if case.known("gates.kpi_now") is None else not_started(case),
        missing=missing,
        fix=tuple(fix for *_, fix in faults),
        evidence=case.evidence(*_telling_first([item for item, *_ in faults] or partly)),
    )


def adoption_gate(case: Case) -> Gate:
    """Pass where enough of the intended users use it regularly and have done so long enough."""
    limits = case.thresholds
    found = adoption(case)
    held = days(case.known("gates.adoption_sustained"))
    long_enough = held is not None and held >= limits.adoption_weeks * 7
    figures = {"threshold": f"{number(limits.adoption)} % for {number(limits.adoption_weeks)} weeks"}
    notes: list[str] = [] if found.rate is None else [*not_started(case)]
    missing: tuple[Missing, ...] = ()
    if held is None:
        no_time = case.known("gates.adoption_sustained") is not None
        missing = case.to_ask("gates.adoption_sustained") if no_time else case.missing("gates.adoption_sustained")
    fix: tuple[str, ...] = ()
    share = "" if found.spread is None else both_ends(found.spread, limits.adoption)
    if found.rate is not None:
        figures["rate"] = f"{share} %"
    if held is not None:
        figures["held for"] = show(case.known("gates.adoption_sustained"))
    if found.stated and found.counted is not None and found.spread and differs(found.spread, found.counted) > limits.discrepancy_points:
        notes.append(f"The share stated is {share} %, the counts give {number(found.counted)} %; the stated one stands until it is settled.")
    if found.misfit is not None:
        notes.append(f"{number(found.misfit)} % of the intended users cannot be; what was said of the users does not fit together.")
    status: GateStatus
    if found.misfit is not None:
        status, missing = "unproven", (*case.to_ask("gates.target_users"), *missing)
        reason = "More people are said to use it regularly than it is meant for, so the share is not known."
    elif found.rate is None:
        status, missing = "unproven", (*case.missing("gates.adoption"), *missing)
        reason = _no_rate(case)
    elif found.rate < limits.adoption:
        status, reason = "fail", f"{share} % of the intended users use it regularly; the gate asks for {number(limits.adoption)} %."
        fix = ("Ask the people who stopped or never started what stands in the way, remove it, and watch the share for a month.",)
    elif long_enough:
        status, reason = "pass", f"{share} % of the intended users use it regularly, for {show(case.known('gates.adoption_sustained'))}."
    elif held is None:
        status, reason = "unproven", f"{share} % use it regularly, but how long that has held is not known."
    else:
        status, reason = (
            "unproven",
            f"{share} % use it regularly, but only for {show(case.known('gates.adoption_sustained'))}; the gate asks for {number(limits.adoption_weeks)} weeks.",
        )
    return Gate(
        status=status,
        reason=reason,
        level=None if found.rate is None else Level(reached=found.rate, asked=limits.adoption, unit="percent"),
        figures=figures,
        notes=tuple(notes),
        missing=missing,
        fix=fix,
        evidence=case.evidence(*ADOPTION_ITEMS),
    )


def _no_rate(case: Case) -> str:
    counts = ("gates.active_users", "gates.target_users", "charter.pilot_users")
    for item in ("gates.adoption", *(one for one in counts if not case.record.heard("gates.adoption"))):
        if case.record.state(item) == "conflicting":
            return both_answers(case, item) if item == "gates.adoption" else case.not_known(case.missing(item))
    if case.record.state("gates.adoption") == "unknown":
        return "Nobody could say how many of the intended users use it regularly."
    return "Nobody has said how many of the intended users use it regularly."


def impact(case: Case) -> Gate:
    """Pass where the improvement on the baseline is large enough; a stated figure stands where none can be computed."""
    limits = case.thresholds
    figures = measure(case)
    stated = case.known("gates.improvement")
    claimed = None if stated is None else ends(stated)
    shown = {"threshold": f"{number(limits.impact)} %"}
    notes: list[str] = []
    baseline_known = case.known("charter.baseline") is not None and not _zero(case.known("charter.baseline"))
    computable = figures.now is not None and figures.direction != 0
    value = figures.improvement
    spread = None if value is None else (value, value)
    if value is not None and claimed is not None and differs(claimed, value) > limits.discrepancy_points:
        notes.append(f"The improvement stated is {both_ends(claimed)} %, the figures give {number(value)} %; the figures stand.")
    how = "computed from baseline and today"
    if value is None and baseline_known and not computable and not figures.mixed_units and claimed is not None:
        value, spread, how = claimed[0], claimed, "as stated, not computed"
    missing = case.missing("charter.baseline", "gates.kpi_now", *(("charter.target",) if claimed is None else ()))
    status: GateStatus
    if value is None or spread is None:
        status = "unproven"
        if case.absent("charter.baseline"):
            reason = "Without a baseline there is no improvement to speak of."
        elif _zero(case.known("charter.baseline")):
            reason = "From a baseline of zero no percentage can be computed."
        elif figures.mixed_units:
            reason = "Baseline, target and today's figure are in units that can't be compared."
        else:
            reason = case.not_known(missing) if missing else "The figures do not allow to compute an improvement."
        fix: tuple[str, ...] = ()
    else:
        notes += not_started(case)
        gained = both_ends(spread, limits.impact)
        shown["improvement"] = f"{gained} % ({how})"
        status = "pass" if value >= limits.impact else "fail"
        reason = f"An improvement of {gained} % ({how}); the gate asks for {number(limits.impact)} %."
        fix = ("Find the step of the work where the gain is lost, fix it, and measure again against the same baseline.",) if status == "fail" else ()
    return Gate(
        status=status,
        reason=reason,
        level=None if value is None else Level(reached=value if round(value, 2) == limits.impact else round(value, 2), asked=limits.impact, unit="percent"),
        figures=shown,
        notes=tuple(notes),
        missing=missing if status == "unproven" else (),
        fix=fix,
        evidence=case.evidence(*IMPACT_ITEMS),
    )


def readiness(case: Case) -> Gate:
    """Pass where security, integration and compliance are all reviewed."""
    states = {item: case.check(item) for item in REVIEWS}
    open_ones = [item for item in REVIEWS if case.known(item) in ("no", "partly") or case.absent(item)]
    missing = case.missing(*REVIEWS)
    figures = {case.guide.label(item): _WORDS[states[item]] for item in REVIEWS}
    fix = tuple(case.guide.items[item].open.first_step for item in open_ones if case.guide.items[item].open)  # type: ignore[union-attr]
    status: GateStatus
    if open_ones:
        status, reason = "fail", f"Not through: {join(case.guide.label(item) for item in open_ones)}."
    elif missing:
        status, reason = "unproven", case.not_known(missing)
    elif all(state == "not_applicable" for state in states.values()):
        status, reason = "unproven", "None of the three reviews is said to apply, so there is nothing that shows readiness."
    else:
        status, reason = "pass", "Security, integration and compliance are reviewed."
    heard = [state for state in states.values() if state not in ("unasked", "not_applicable")]
    asked = sum(state != "not_applicable" for state in states.values())
    return Gate(
        status=status,
        reason=reason,
        level=Level(reached=heard.count("met"), asked=asked, unit="reviews") if heard else None,
        figures=figures,
        missing=missing,
        fix=fix,
        evidence=case.evidence(*REVIEWS),
    )


_WORDS = {"met": "done", "partly": "partly", "open": "open", "unasked": "not asked", "not_applicable": "does not apply"}


def _telling_first(decided: Sequence[str]) -> tuple[str, ...]:
    """The words that decide come first: what fails the gate, then today's figure, the target, the baseline, and how they came about."""
    return tuple(dict.fromkeys((*decided, "gates.kpi_now", "charter.target", "charter.baseline", *KPI_ITEMS)))


def not_started(case: Case) -> tuple[str, ...]:
    """Return a note where a figure of today is on record of a pilot that is still to start."""
    starts = case.known("charter.started_on")
    ahead = starts and date.fromisoformat(starts) > case.today
    return (f"The pilot starts only on {starts}; ask what this was measured on.",) if ahead else ()


def none_said(case: Case, item: str) -> bool:
    """A text item may say in words that there is none."""
    said = case.known(item)
    return isinstance(said, str) and said.strip().lower() in ("none", "no measure", "nothing")


def _zero(value: object) -> bool:
    return isinstance(value, dict) and value.get("value") == 0


def _beside(now: Any, target: Any) -> str:
    """Write today's figure so that it does not read like the target that it misses."""
    text, aim = show(now), show(target)
    return show(now, lambda value: apart(value, ends(target)[0] * (100 if target["unit"] == "share" else 1))) if text == aim else text


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
