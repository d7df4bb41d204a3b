"""What made the pilot easier than the organisation will be: favourable conditions and the friction ledger."""

from agent.judging.assessment import FavourableCondition, FrictionLine
from agent.judging.case import Case
from agent.judging.gates import REVIEWS
from agent.same import ends

FRICTION = {
    "friction.problems": ("problems", "the process owner"),
    "friction.people": ("people", "the line manager of those people"),
    "friction.systems": ("systems", "the owner of the system in IT"),
    "friction.data": ("data", "the data owner"),
}


def favourable_conditions(case: Case) -> tuple[FavourableCondition, ...]:
    """Return each condition that the person's own words show."""
    known = case.known
    found: list[FavourableCondition] = []

    def add(kind: str, reason: str, *items: str) -> None:
        found.append(FavourableCondition(kind=kind, reason=reason, evidence=case.evidence(*items)))  # type: ignore[arg-type]

    if known("charter.team_selection") in ("volunteers", "mixed"):
        some = "All" if known("charter.team_selection") == "volunteers" else "Some"
        add(
            "self-selected users",
            f"{some} of the pilot's users chose to take part; the rest of the organisation will not have chosen.",
            "charter.team_selection",
        )
    stood_by = known("charter.close_support")
    if stood_by in ("yes", "partly") or (stood_by != "no" and known("capability.support_removed") == "no"):
        items = ("charter.close_support",) if stood_by in ("yes", "partly") else ("capability.support_removed",)
        add("close support", "Somebody stood by to fix and explain; at scale nobody will.", *items)
    coverage = known("charter.case_coverage")
    narrow = coverage is not None and ends(coverage)[0] < 80
    if narrow or known("charter.hard_cases") in ("no", "partly") or known("capability.full_mix_tested") in ("no", "partly"):
        telling = [item for item in ("charter.hard_cases", "capability.full_mix_tested") if known(item) in ("no", "partly")]
        add("curated cases", "The pilot has not met every kind of case that the rollout will bring.", *(["charter.case_coverage"] if narrow else []), *telling)
    if known("gates.measured_independently") in ("no", "partly") or known("gates.correction_time") == "no":
        telling = [item for item in ("gates.measured_independently", "gates.correction_time") if known(item) in ("no", "partly")]
        add("favourable measurement", "The results were measured by people with a stake in them, or without the time spent on corrections.", *telling)
    cleaned = known("friction.data") or []
    if known("charter.production_data") in ("no", "partly") or cleaned:
        if known("charter.production_data") in ("no", "partly"):
            reason = "The pilot ran on data that was prepared, at least in part; production will not prepare it."
            add("cleaned data", reason, "charter.production_data", "friction.data")
        else:
            add("cleaned data", "The pilot was spared some data, or had it cleaned by hand; production meets all of it.", "friction.data")
    waived = [item for item in REVIEWS if known(item) == "no"]
    if waived:
        add("waived reviews", "The pilot ran without reviews that the rollout cannot skip.", *waived)
    return tuple(found)


def friction_ledger(case: Case) -> tuple[FrictionLine, ...]:
    """Return every item of the friction audit as a line of work, with whom to look for as its owner."""
    return tuple(
        FrictionLine(kind=kind, what=what, owner=f"to be found: {owner}", evidence=case.evidence(item))  # type: ignore[arg-type]
        for item, (kind, owner) in FRICTION.items()
        for what in (case.known(item) or [])
    )
