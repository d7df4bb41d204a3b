"""The verdict, by the first rule that holds, and the assessment around it."""

from collections.abc import Mapping
from datetime import date

from agent.items import Guide
from agent.judging.assessment import Assessment, Force, Gate, Missing, Owner, ProofOfScale, Thresholds, Verdict
from agent.judging.case import Case, join
from agent.judging.completeness import completeness
from agent.judging.conditions import favourable_conditions, friction_ledger
from agent.judging.confidence import with_confidence
from agent.judging.constraints import constraints, executive_questions
from agent.judging.forces import forces
from agent.judging.gates import gates, none_said
from agent.judging.owners import FEEDBACK, GOVERNANCE, OPERATIONS, checks, owners
from agent.judging.projection import projection
from agent.judging.proof_of_scale import proof_of_scale
from agent.judging.roadmap import roadmap
from agent.judging.rollout import rollout
from agent.record import Record


def assess(record: Record, guide: Guide, today: date, thresholds: Thresholds | None = None, *, assumptions: Mapping[str, float] | None = None) -> Assessment:
    """Judge a record. The same record, guide, day, thresholds and assumptions give the same assessment, byte for byte.

    Assumptions stand in for figures of the projection, by their keys (assumptions.py); one that is out of range raises InputRefused.
    """
    case = Case(record, guide, today, thresholds or Thresholds())
    conditions = favourable_conditions(case)
    found_gates, found_owners, found_forces, proof = gates(case), owners(case), forces(case), proof_of_scale(case)
    decided, reasons = verdict(case, found_gates, found_owners, found_forces, proof)
    ranked = constraints(case, found_gates, found_owners, found_forces)
    return Assessment(
        assessed_on=today.isoformat(),
        verdict=decided,
        reasons=reasons,
        completeness=completeness(case),
        gates=with_confidence(case, found_gates, conditions),
        owners=found_owners,
        governance=checks(case, GOVERNANCE),
        feedback=checks(case, FEEDBACK),
        operations=checks(case, OPERATIONS),
        forces=found_forces,
        proof_of_scale=proof,
        favourable_conditions=conditions,
        friction=friction_ledger(case),
        constraints=ranked,
        roadmap=roadmap(case, decided, ranked, found_forces, proof, found_owners, found_gates["adoption"].status == "pass"),
        rollout=rollout(case, found_gates),
        projection=projection(case, found_gates["impact"], conditions, assumptions),
        executive_questions=executive_questions(ranked),
        unknown=_unknown(case),
    )


def quick_verdict(case: Case) -> Verdict:
    """Judge only as far as the verdict; the interview asks this after every message."""
    return verdict(case, gates(case), owners(case), forces(case), proof_of_scale(case))[0]


def verdict(case: Case, found: dict[str, Gate], owned: dict[str, Owner], forced: dict[str, Force], proof: ProofOfScale) -> tuple[Verdict, tuple[str, ...]]:
    """Return the first verdict of the rules that holds, and why."""
    if case.absent("charter.kpi") or none_said(case, "charter.kpi"):
        return "demo", ("There is no measure, so nothing was set up that could be passed.",)
    if all(case.record.state(item) in ("absent", "unknown", "conflicting") for item in ("charter.baseline", "charter.target")):
        return "demo", (_nothing_to_pass(case),)
    failed = [f"{name}: {gate.reason}" for name, gate in found.items() if gate.status == "fail"]
    if failed:
        return "rerun", tuple(failed)
    unproven = [f"{name}: {gate.reason}" for name, gate in found.items() if gate.status == "unproven"]
    if unproven:
        return "unproven", tuple(unproven)
    reasons = [f"{name} owner: {owner.reason}" for name, owner in owned.items() if owner.status != "named"]
    reasons += [f"{name} force: {force.severity}." for name, force in forced.items() if force.severity in ("high", "unknown")]
    if join(name for name in ("decisions", "incentives", "infrastructure") if getattr(proof, name) != "met"):
        reasons.append(f"proof of scale: {proof.reason}")
    if reasons:
        return "redesign", tuple(reasons)
    return "scale", ("All four gates pass, every owner is named, no force is high, and the proof of scale holds.",)


def _nothing_to_pass(case: Case) -> str:
    """Say what is wrong with baseline and target: there is none, nobody knows it, or two answers stand."""
    states = {"charter.baseline": case.record.state("charter.baseline"), "charter.target": case.record.state("charter.target")}
    if set(states.values()) == {"absent"}:
        return "There is neither a baseline nor a target, so nothing was set up that could be passed."
    words = {"absent": "there is no {label}", "unknown": "the {label} is not known", "conflicting": "the {label} is not settled, the answers differ"}
    told = "; ".join(words[state].format(label=case.guide.label(item)) for item, state in states.items())
    return f"Nothing can be passed as it stands: {told}."


def _unknown(case: Case) -> tuple[Missing, ...]:
    open_items = [item for item, entry in case.record.entries.items() if entry.state in ("unknown", "conflicting")]
    return case.missing(*(item for item in case.guide.items if item in open_items))
