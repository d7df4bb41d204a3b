"""The owners in production, and the questions of governance, feedback and operations that hang on them."""

import re
from typing import Any

from agent.judging.assessment import CheckResult, Owner
from agent.judging.case import Case
from agent.judging.figures import both_answers
from agent.same import same_party

OWNERS = ("business", "technical", "compliance", "production")
ME = "me"
GOVERNANCE = ("owners.output_accountable", "owners.quality_standard", "owners.error_process", "owners.escalation_path")
FEEDBACK = ("owners.feedback_channel", "owners.feedback_review", "owners.feedback_closing")
OPERATIONS = ("owners.decision_rights", "owners.maintenance", "owners.monitoring")


def owners(case: Case) -> dict[str, Owner]:
    """Judge the four owners; the production owner is in conflict where it is the sponsor or the builder."""
    return {name: _owner(case, name) for name in OWNERS}


def _owner(case: Case, name: str) -> Owner:
    item = f"owners.{name}"
    evidence = case.evidence(item)
    state = case.record.state(item)
    if state in ("unasked", "not_applicable"):
        return Owner(status="unasked", reason="Nobody has been asked yet." if state == "unasked" else "Said not to apply.")
    if state == "conflicting":
        return Owner(status="missing", reason=both_answers(case, item), evidence=evidence)
    party = _party(case, item)
    if party is None or party == "nobody":
        reason = "Nobody has it." if state == "absent" or party == "nobody" else "Nobody could say who has it."
        return Owner(status="missing", reason=reason, evidence=evidence)
    if name == "production":
        for role in ("sponsor", "builder"):
            if _is(case, item, f"owners.{role}"):
                reason = f"{'Whoever said so' if party == ME else party} is also the {role}, who does not live with the system six months after the handover."
                return Owner(status="conflict", name=party, reason=reason, evidence=(*evidence, *case.evidence(f"owners.{role}")))
    return Owner(status="named", name=party, reason="Whoever said so has it." if party == ME else f"{party} has it.", evidence=evidence)


def _party(case: Case, item: str) -> Any:
    """Return who has a part; "me" is whoever said so, by name where we know it."""
    party = case.known(item)
    return case.record.said(item)[0].speaker.strip() or ME if party == ME else party


def _is(case: Case, one: str, other: str) -> bool:
    """Say whether two owners are one party, by name or because the words place a person in the other's team."""
    left, right = _party(case, one), _party(case, other)
    if left is None or right is None or "nobody" in (left, right):
        return False
    if same_party(left, right):
        return True
    return other == "owners.builder" and _belongs(case, one, left, right)


def _belongs(case: Case, item: str, person: str, team: str) -> bool:
    """Say whether the words place the person in the team: "Jonas from BackSoft", "works for BackSoft", "a BackSoft engineer"."""
    core = re.sub(r"^(?:the|our|my)\s+|\s+(?:GmbH|AG|Ltd|Inc|LLC|SA|BV|plc|team)\.?$", "", team, flags=re.IGNORECASE)
    named, placed = re.escape(person), rf"(?:the\s+|our\s+)?{re.escape(core)}\b"
    belongs = re.compile(
        rf"{named}\s*,?\s*(?:(?:who|he|she)\s+)?(?:is\s+|comes\s+)?(?:from|at|of|in|with|works\s+(?:for|at))\s+{placed}|{named}\s*,\s*an?\s+{placed}"
        rf"|{re.escape(core)}(?:'s|’s)\s+(?:own\s+)?(?:\w+\s+)?{named}",
        re.IGNORECASE,
    )
    return any(belongs.search(said.quote) for said in case.record.said(item))


def checks(case: Case, items: tuple[str, ...]) -> tuple[CheckResult, ...]:
    """Judge a group of questions; a party counts as met where somebody is named."""
    results = []
    for item in items:
        result = case.result(item)
        if case.guide.items[item].kind == "party" and case.known(item) not in (None, "nobody"):
            result = result.model_copy(update={"status": "met"})
        results.append(result)
    return tuple(results)
