"""What will stop the rollout, most pressing first, and the three questions an executive meeting should ask about it."""

from datetime import timedelta

from agent.items import Open
from agent.judging.assessment import Constraint, Force, Gate, Owner
from agent.judging.case import Case
from agent.judging.days import working_day
from agent.judging.figures import number
from agent.judging.forces import FORCES
from agent.judging.gates import REVIEWS
from agent.judging.owners import ME, OWNERS

CERTAINTY = {"said so": 1.0, "partly": 0.6, "nobody knows": 0.5}
WEEKS_PER_HALF_YEAR = 26
# Three first steps a week are what an organisation starts beside its daily work.
STEPS_A_WEEK = 3
SURE = {1.0: "said so", 0.6: "partly met", 0.5: "nobody knows, so it has to be found out first"}
BEHIND = {"gates.kpi_now": ("gates.kpi_now", "gates.improvement", "charter.target"), "gates.adoption": ("gates.adoption", "gates.active_users")}


def constraints(case: Case, gates: dict[str, Gate], owners: dict[str, Owner], forces: dict[str, Force]) -> tuple[Constraint, ...]:
    """Return every open point that the guide has work for.

    Order: priority = effect x certainty x (1 + lead weeks / 26), so that what is heavy, sure and slow comes first.
    """
    open_points = []
    for place, (item, entry) in enumerate(case.guide.items.items()):
        certainty = _certainty(case, item, gates, owners)
        if entry.open is not None and certainty is not None:
            priority = round(entry.open.effect * certainty * (1 + entry.open.weeks / WEEKS_PER_HALF_YEAR), 2)
            open_points.append((-priority, place, item, entry.open, certainty))
    ranked = enumerate(sorted(open_points, key=lambda one: one[:2]), start=1)
    return tuple(_constraint(case, item, work, certainty, -priority, place, owners) for place, (priority, _, item, work, certainty) in ranked)


def _constraint(case: Case, item: str, work: Open, certainty: float, priority: float, place: int, owners: dict[str, Owner]) -> Constraint:
    """Word one open point; its dates follow from its place in the list and its lead time."""
    first = working_day(case.today + timedelta(weeks=-(-place // STEPS_A_WEEK)))
    role = work.owner.removesuffix(" owner")
    return Constraint(
        item=item,
        title=work.constraint,
        belongs_to=belongs_to(item),
        severity=work.effect,
        certainty=certainty,
        lead_weeks=work.weeks,
        priority=priority,
        first_step=work.first_step,
        owner=work.owner,
        board_question=work.board,
        owner_name=owners[role].name if role in owners and owners[role].status == "named" and owners[role].name != ME else None,
        why=(
            f"effect {work.effect} of 5 x certainty {number(certainty * 100)} % ({_sure(case, item, certainty)})"
            f" x (1 + {work.weeks} / {WEEKS_PER_HALF_YEAR} weeks) = {number(priority)}"
        ),
        first_step_by=first.isoformat(),
        done_by=max(first, working_day(case.today + timedelta(weeks=work.weeks))).isoformat(),
        evidence=case.evidence(*BEHIND.get(item, (item,))),
    )


def _certainty(case: Case, item: str, gates: dict[str, Gate], owners: dict[str, Owner]) -> float | None:
    """Return how sure it is that the point is open, or None where it is not open."""
    state = case.record.state(item)
    if item == "gates.kpi_now":
        return CERTAINTY["said so"] if gates["impact"].status == "fail" or _misses(gates) else None
    if item == "gates.adoption":
        return CERTAINTY["said so"] if gates["adoption"].status == "fail" else None
    if state in ("unasked", "not_applicable"):
        return None
    if item.startswith("owners.") and item.removeprefix("owners.") in OWNERS:
        status = owners[item.removeprefix("owners.")].status
        if status == "conflict" or (status == "missing" and (state == "absent" or case.known(item) == "nobody")):
            return CERTAINTY["said so"]
        return CERTAINTY["nobody knows"] if status == "missing" else None
    if state == "absent":
        return CERTAINTY["said so"]
    if state in ("unknown", "conflicting"):
        return CERTAINTY["nobody knows"]
    if case.guide.items[item].kind not in ("answer", "count"):
        return None
    return {"open": CERTAINTY["said so"], "partly": CERTAINTY["partly"]}.get(case.check(item))


def _sure(case: Case, item: str, certainty: float) -> str:
    return "the answers differ, so it has to be settled first" if case.record.state(item) == "conflicting" else SURE[certainty]


def _misses(gates: dict[str, Gate]) -> bool:
    return gates["kpi"].status == "fail" and "misses the target" in gates["kpi"].reason


def belongs_to(item: str) -> str:
    """Name the part of the assessment an item belongs to, as a reader would."""
    if item in REVIEWS:
        return "readiness gate"
    for force, items in FORCES.items():
        if item in items:
            return f"{force} force"
    section = item.split(".")[0]
    if item in ("gates.adoption", "gates.active_users", "gates.adoption_sustained"):
        return "adoption gate"
    if item == "gates.kpi_now" or (
        section == "charter" and item.split(".")[1] in ("kpi", "kpi_kind", "baseline", "target", "baseline_before_launch", "target_before_launch")
    ):
        return "kpi gate"
    return {
        "owners": "owners",
        "charter": "charter",
        "gates": "measurement",
        "culture": "culture force",
        "capability": "capability force",
        "infrastructure": "infrastructure force",
    }.get(section, section)


def executive_questions(ranked: tuple[Constraint, ...]) -> tuple[str, ...]:
    """Pick three questions from this pilot's own gaps, one an area as long as there are areas."""
    chosen: list[Constraint] = []
    for constraint in ranked:
        if len(chosen) < 3 and constraint.belongs_to not in {one.belongs_to for one in chosen}:
            chosen.append(constraint)
    items = {one.item for one in chosen}
    chosen += [one for one in ranked if one.item not in items][: 3 - len(chosen)]
    return tuple(one.board_question for one in chosen)
