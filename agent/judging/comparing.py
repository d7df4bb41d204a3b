"""What lies between two assessments: what moved each gate, owner and force, what was closed, and which evidence has lapsed."""

from agent.items import Guide
from agent.judging.assessment import Assessment, Comparison, Evidence, Moved
from agent.judging.figures import show_as
from agent.judging.forces import FORCES
from agent.judging.gates import ADOPTION_ITEMS, IMPACT_ITEMS, KPI_ITEMS, REVIEWS
from agent.judging.owners import OWNERS
from agent.judging.proof_of_scale import CONDITIONS
from agent.record import Record

# From worst to best; what is not known stands between what is wrong and what is right.
BETTER = {
    "gate": ("fail", "unproven", "pass"),
    "owner": ("conflict", "missing", "unasked", "named"),
    "force": ("high", "unknown", "medium", "low"),
    "condition": ("open", "unasked", "met"),
}
BEHIND = {
    "kpi gate": KPI_ITEMS, "adoption gate": ADOPTION_ITEMS, "impact gate": IMPACT_ITEMS, "readiness gate": REVIEWS,
    **{f"{name} owner": (f"owners.{name}", *(("owners.sponsor", "owners.builder") if name == "production" else ())) for name in OWNERS},
    **{f"{name} force": items for name, items in FORCES.items()},
    **{f"proof of scale: {name}": (item,) for name, (item, _) in CONDITIONS.items()},
}  # fmt: skip


def compare(before: Assessment, heard_before: Record, after: Assessment, heard_after: Record, guide: Guide) -> Comparison:
    """Say what moved from one assessment to the other, and what was heard that moved it."""
    was, now = _parts(before), _parts(after)
    moved = []
    for part, (kind, old) in was.items():
        new = now[part][1]
        if new != old:
            ranks = BETTER[kind]
            heard = _heard_anew(heard_before, heard_after, BEHIND[part], guide)
            moved.append(
                Moved(
                    part=part,
                    before=old,
                    after=new,
                    better=heard and ranks.index(new) > ranks.index(old),
                    asked_again=heard,
                    because=_because(heard_before, heard_after, BEHIND[part], guide),
                    evidence=_evidence(heard_after, BEHIND[part]),
                )
            )
    open_before, open_after = {one.item: one.title for one in before.constraints}, {one.item: one.title for one in after.constraints}
    gone = [item for item in open_before if item not in open_after]
    return Comparison(
        before_on=before.assessed_on,
        after_on=after.assessed_on,
        verdict_before=before.verdict,
        verdict_after=after.verdict,
        moved=tuple(moved),
        unmoved=tuple(part for part in was if was[part] == now[part]),
        closed=tuple(open_before[item] for item in gone if heard_after.heard(item)),
        opened=tuple(title for item, title in open_after.items() if item not in open_before),
        unheard=tuple(open_before[item] for item in gone if not heard_after.heard(item)),
        lapsed=after.lapsed,
    )


def _parts(found: Assessment) -> dict[str, tuple[str, str]]:
    """Return each part with its kind and its result."""
    proof = found.proof_of_scale
    return {
        **{f"{name} gate": ("gate", str(one.status)) for name, one in found.gates.items()},
        **{f"{name} owner": ("owner", str(one.status)) for name, one in found.owners.items()},
        **{f"{name} force": ("force", str(one.severity)) for name, one in found.forces.items()},
        **{f"proof of scale: {name}": ("condition", str(getattr(proof, name))) for name in CONDITIONS},
    }


def _because(before: Record, after: Record, items: tuple[str, ...], guide: Guide) -> tuple[str, ...]:
    return tuple(
        f"{guide.label(item)}: {_stands(before, item, guide)}, now {_stands(after, item, guide)}"
        for item in items
        if _stands(before, item, guide) != _stands(after, item, guide)
    )


def _heard_anew(before: Record, after: Record, items: tuple[str, ...], guide: Guide) -> bool:
    """Say whether anything that differs was heard; an item that is no longer on record was only not asked again."""
    return any(after.heard(item) and _stands(before, item, guide) != _stands(after, item, guide) for item in items)


def _stands(record: Record, item: str, guide: Guide) -> str:
    value = record.known(item)
    words = {"unasked": "not asked", "absent": "none", "unknown": "not known", "conflicting": "contradictory", "not_applicable": "does not apply"}
    return show_as(guide.items[item].kind, value) if value is not None else words.get(record.state(item), "not known")


def _evidence(record: Record, items: tuple[str, ...]) -> tuple[Evidence, ...]:
    return tuple(Evidence(item=item, quote=said.quote, speaker=said.speaker, turn=said.turn) for item in items for said in record.said(item) if said.quote)
