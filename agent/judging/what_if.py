"""What would change the verdict: the smallest sets of facts and actions that turn a gate or the verdict, tried out on the rules themselves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import Any, get_args

from agent.items import Item
from agent.judging.assessment import Verdict
from agent.judging.case import Case
from agent.judging.decisions import Change, Way, WhatIf
from agent.judging.figures import adoption, days, number, show, show_as
from agent.judging.figures_needed import figures_needed, out_of_reach
from agent.judging.findings import Gate
from agent.judging.forces import FORCES
from agent.judging.gates import KPI_ITEMS, REVIEWS, adoption_gate, impact, kpi, none_said, readiness
from agent.judging.owners import OWNERS, owners
from agent.judging.proof_of_scale import CONDITIONS
from agent.judging.verdict import quick_verdict
from agent.record import Entry, Record, Statement

RULES: dict[str, Callable[[Case], Gate]] = {"kpi": kpi, "adoption": adoption_gate, "impact": impact, "readiness": readiness}
READS = {
    "kpi": KPI_ITEMS,
    "adoption": ("gates.adoption", "gates.adoption_sustained"),
    "impact": ("charter.baseline", "charter.target", "gates.kpi_now", "gates.improvement"),
    "readiness": REVIEWS,
}
FIGURES = ("charter.baseline", "charter.target", "gates.kpi_now", "gates.improvement")
ORGANISATION = (*(f"owners.{name}" for name in OWNERS), *(item for items in FORCES.values() for item in items), *(item for item, _ in CONDITIONS.values()))
LADDER: tuple[Verdict, ...] = get_args(Verdict)
MOST_WAYS, MOST_TRIES = 3, 8
FIND_OUT_WEEKS, FIND_OUT_EFFORT = 1, 1
# What costs as much as another item, because it is the same piece of work.
SAME_WORK = {"charter.kpi_kind": "charter.kpi", "gates.improvement": "gates.kpi_now", "gates.adoption_sustained": "gates.adoption"}
SOMEBODY = "somebody whose daily work it changes"


@dataclass(frozen=True, eq=False)
class Candidate:
    """A change with the value that the rules are to judge it by."""

    change: Change
    value: Any

    @property
    def cost(self) -> tuple[bool, int, int, str]:
        return self.change.kind == "action", self.change.weeks, self.change.effort, self.change.item


def what_if(case: Case, gates: dict[str, Gate], verdict: Verdict) -> tuple[WhatIf, ...]:
    """Return the smallest ways to turn each gate that is not passed, then the verdict to the next better one, then to scale."""
    candidates = {one.change.item: one for one in _candidates(case)}
    found = []
    for name, gate in gates.items():
        if gate.status != "pass":
            ways = _ways(case, [candidates[item] for item in READS[name] if item in candidates], partial(_passes, name))
            found.append(_what_if(case, name, gate.status, "pass", ways))
    if verdict == "scale":
        return tuple(found)
    everything = list(candidates.values())
    rank = LADDER.index(verdict)
    nearer = _ways(case, everything, lambda tried: LADDER.index(quick_verdict(tried)) > rank)
    becomes = quick_verdict(_with(case, [candidates[change.item] for change in nearer[0].changes])) if nearer else "scale"
    found.append(_what_if(case, "verdict", verdict, becomes, nearer))
    if becomes != "scale":
        found.append(_what_if(case, "verdict", verdict, "scale", _ways(case, everything, lambda tried: quick_verdict(tried) == "scale", most=1)))
    return tuple(found)


def _passes(gate: str, tried: Case) -> bool:
    return RULES[gate](tried).status == "pass"


def _ways(case: Case, candidates: list[Candidate], turned: Callable[[Case], bool], most: int = MOST_WAYS) -> tuple[Way, ...]:
    """Find minimal sets: drop the dearest change as long as the rest still turns it, then try again without one of those that were kept."""
    first = _smallest(case, candidates, turned)
    if first is None:
        return ()
    found = [first]
    for without in sorted(first, key=lambda one: one.cost, reverse=True)[:MOST_TRIES]:
        if len(found) >= most:
            break
        other = _smallest(case, [one for one in candidates if one is not without], turned)
        if other is not None and {one.change.item for one in other} not in [{one.change.item for one in way} for way in found]:
            found.append(other)
    return tuple(sorted((_way(case, way) for way in found), key=lambda way: (way.weeks, way.effort, len(way.changes))))


def _smallest(case: Case, candidates: list[Candidate], turned: Callable[[Case], bool]) -> list[Candidate] | None:
    """Return a set that turns it and of which no part does, or None.

    Better evidence never harms, so dropping one after the other is enough, but for the figures of the measure: a baseline without
    today's figure to go with it can make things worse. They are dropped together as well.
    """
    if not turned(_with(case, candidates)):
        return None
    kept, before = sorted(candidates, key=lambda one: one.cost), -1
    while len(kept) != before:
        before = len(kept)
        for dropped in (*_figures_together(kept), *((one,) for one in reversed(kept))):
            rest = [one for one in kept if one not in dropped]
            if len(rest) < len(kept) and turned(_with(case, rest)):
                kept = rest
    return kept


def _figures_together(kept: list[Candidate]) -> list[tuple[Candidate, ...]]:
    figures = [one for one in kept if one.change.item in FIGURES]
    return [together for size in range(len(figures), 1, -1) for together in combinations(figures, size)]


def _with(case: Case, changes: Iterable[Candidate]) -> Case:
    changed = {one.change.item: Entry(standing=(Statement(item=one.change.item, state="known", value=one.value),)) for one in changes}
    return replace(case, record=Record(entries={**case.record.entries, **changed}))


def _way(case: Case, chosen: list[Candidate]) -> Way:
    order = list(case.guide.items)
    changes = tuple(sorted((one.change for one in chosen), key=lambda one: (one.kind == "action", one.weeks, order.index(one.item))))
    return Way(changes=changes, weeks=max(one.weeks for one in changes), effort=sum(one.effort for one in changes))


def _what_if(case: Case, part: str, now: str, becomes: str, ways: tuple[Way, ...]) -> WhatIf:
    items = dict.fromkeys(change.item for way in ways for change in way.changes)
    facts = sum(change.kind == "fact" for change in ways[0].changes) if ways else 0
    note = "" if ways else out_of_reach(case) or "Nothing that the rules read turns it."
    if facts:
        note = f"Facts count only if they turn out well; the first way rests on {facts} of them."
    return WhatIf(part=part, now=now, becomes=becomes, ways=ways, note=note, evidence=case.evidence(*items))


# Candidates ----------------------------------------------------------------------------------------------------------------


def _candidates(case: Case) -> list[Candidate]:
    """Return every change that could help: each item the verdict reads that is not as it should be."""
    found: dict[str, Candidate] = {}
    for item, needed in figures_needed(case).items():
        found[item] = _candidate(case, item, needed.value, needed.text)
    for item, value, text in (*_plain(case), *_use(case), *_stated_improvement(case)):
        found.setdefault(item, _candidate(case, item, value, text))
    return list(found.values())


def _plain(case: Case) -> Iterable[tuple[str, Any, str]]:
    if case.known("charter.kpi") is None or none_said(case, "charter.kpi"):
        yield "charter.kpi", "a measure", "one business measure"
    if case.known("charter.kpi_kind") != "business":
        yield "charter.kpi_kind", "business", "a measure of the business, not of the model"
    owned = owners(case)
    for item in ("charter.baseline_before_launch", "charter.target_before_launch", *REVIEWS, *ORGANISATION):
        if item.removeprefix("owners.") in OWNERS:
            if owned[item.removeprefix("owners.")].status != "named":
                yield item, SOMEBODY, "somebody who is neither the sponsor nor the builder" if item == "owners.production" else "somebody, by name"
        elif case.check(item) != "met":
            yield item, *_good(case, item)


def _good(case: Case, item: str) -> tuple[Any, str]:
    if item == "culture.outside_interviews":
        return case.thresholds.outside_interviews, f"at least {case.thresholds.outside_interviews}"
    return ("no", "no") if item == "culture.shadow_ai" else ("yes", "yes")


def _use(case: Case) -> Iterable[tuple[str, Any, str]]:
    limits = case.thresholds
    held = days(case.known("gates.adoption_sustained"))
    span = f"{number(limits.adoption_weeks)} weeks"
    rate = adoption(case).rate
    if rate is None or rate < limits.adoption:
        yield "gates.adoption", limits.adoption, f"at least {number(limits.adoption)} %, held for {span}"
    if held is None or held < limits.adoption_weeks * 7:
        yield "gates.adoption_sustained", {"value": limits.adoption_weeks, "unit": "weeks"}, f"at least {span}"


def _stated_improvement(case: Case) -> Iterable[tuple[str, Any, str]]:
    stated = case.known("gates.improvement")
    if stated is None or show(stated) != number(case.thresholds.impact):
        yield "gates.improvement", case.thresholds.impact, f"at least {number(case.thresholds.impact)} % against the starting value"


def _candidate(case: Case, item: str, value: Any, needed: str) -> Candidate:
    entry = case.guide.items[item]
    state = case.record.state(item)
    known = _today(case, item)
    if state in ("unasked", "unknown", "conflicting", "not_applicable") and known is None:
        words = {"unasked": "not asked yet", "unknown": "nobody knows", "conflicting": "the answers differ", "not_applicable": "said not to apply"}
        what = f"Find out: {entry.ask}" if state != "conflicting" else f"Settle it: {entry.ask}"
        change = Change(
            kind="fact", item=item, label=entry.label, today=words[state], needed=needed, what=what, who=entry.who, weeks=FIND_OUT_WEEKS, effort=FIND_OUT_EFFORT
        )
        return Candidate(change, value)
    return Candidate(_action(case, entry, known or "none", needed), value)


def _today(case: Case, item: str) -> str | None:
    """Return how the item stands today, where it is known or follows from counts."""
    if item == "gates.adoption" and case.known(item) is None:
        rate = adoption(case).rate
        return None if rate is None else f"{number(rate)} %"
    value = case.known(item)
    if value is None:
        return None
    return show_as(case.guide.items[item].kind, value)


def _action(case: Case, entry: Item, today: str, needed: str) -> Change:
    work = entry.open or case.guide.items[SAME_WORK.get(entry.id, entry.id)].open
    weeks = work.weeks if work else FIND_OUT_WEEKS
    if entry.id == "gates.adoption":
        weeks += round(case.thresholds.adoption_weeks)
    if entry.id == "gates.adoption_sustained":
        held = days(case.known(entry.id)) or 0
        weeks = max(1, round(case.thresholds.adoption_weeks - held / 7))
    return Change(
        kind="action",
        item=entry.id,
        label=entry.label,
        today=today,
        needed=needed,
        what=work.first_step if work else entry.ask,
        who=work.owner if work else entry.who,
        weeks=weeks,
        effort=work.effect if work else FIND_OUT_EFFORT,
    )
