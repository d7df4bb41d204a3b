"""The readiness canvas: one conversation and its assessment as the page draws them, every fact with its words; plain JSON."""

from collections.abc import Iterable
from typing import Any

from agent.conversation import Conversation
from agent.heard import clip, in_short
from agent.items import Guide
from agent.judging import Assessment
from agent.judging.assessment import CheckResult, Gate
from agent.judging.completeness import percent
from agent.judging.gates import ADOPTION_ITEMS, KPI_ITEMS, REVIEWS
from agent.record import Entry
from agent.reports import title
from agent.reports.wording import Wording, wording
from ui.web.wording import page_words

Drawn = dict[str, Any]

CHARTER = ("charter.use_case", "charter.department", "charter.pilot_users", "charter.rollout_users", "charter.started_on", "charter.outcome")
GATE_ITEMS = {"kpi": KPI_ITEMS, "adoption": ADOPTION_ITEMS, "impact": ("gates.improvement",), "readiness": REVIEWS}
PROOF = {"decisions": "owners.decision_rights", "incentives": "culture.incentives_changed", "infrastructure": "infrastructure.commitment"}
MARK = 70  # every bar has its threshold at the same place, so that the four can be compared at a glance


def canvas(conversation: Conversation, assessment: Assessment, guide: Guide) -> Drawn:
    """Return everything the board shows; shares are in percent of a bar's width."""
    words = wording(guide.language)
    running = (*assessment.governance, *assessment.feedback, *assessment.operations)
    drawn: Drawn = {
        "turn": len(conversation.turns),
        "title": title(conversation) if conversation.record.entries else "",
        "verdict": {"key": assessment.verdict, "line": words.verdicts[assessment.verdict].line},
        "heard": percent(assessment.completeness),
        "charter": list(CHARTER),
        "gates": [_gate(name, gate, words) for name, gate in assessment.gates.items()],
        "owners": [
            {"key": name, "title": words.owners[name], "status": owner.status, "word": owner.name or words.name("owner", owner.status),
             "reason": owner.reason, "items": [f"owners.{name}"]}
            for name, owner in assessment.owners.items()
        ],
        "running": _checks(running, words),
        "forces": [
            {"key": name, "title": words.forces[name].title, "asks": words.forces[name].asks, "status": force.severity,
             "word": words.name("severity", force.severity), "share": round((force.share or 0) * 100), "checks": _checks(force.checks, words)}
            for name, force in assessment.forces.items()
        ],
        "proof": _proof(assessment, words),
    }  # fmt: skip
    shown = _items(drawn)
    drawn["other"] = [item for item in conversation.record.entries if item not in shown]
    drawn["facts"] = {item: _fact(item, conversation.record.entries.get(item), guide) for item in (*shown, *drawn["other"])}
    return drawn


def _gate(name: str, gate: Gate, words: Wording) -> Drawn:
    part = words.gates[name]
    word = words.name("gate", gate.status) if gate.evidence else page_words().states["unheard"]
    return {
        "key": name, "title": part.title, "asks": part.asks, "status": gate.status, "word": word, "reason": gate.reason,
        "share": filled(gate), "mark": MARK, "items": list(GATE_ITEMS[name]),
    }  # fmt: skip


def filled(gate: Gate) -> int:
    """Return how far a gate's bar is filled, in percent of its width; the threshold is at MARK."""
    level = gate.level
    return 0 if level is None or not level.asked else round(max(0.0, min(100.0, level.reached / level.asked * MARK)))


def _checks(checks: Iterable[CheckResult], words: Wording) -> list[Drawn]:
    return [{"item": check.item, "status": check.status, "word": words.name("check", check.status)} for check in checks]


def _proof(assessment: Assessment, words: Wording) -> Drawn:
    proof = assessment.proof_of_scale
    due = f"{words.day(proof.due_on)}, {words.away(proof.days_left or 0)}" if proof.due_on else page_words().canvas["proof_unknown"]
    states = {"decisions": proof.decisions, "incentives": proof.incentives, "infrastructure": proof.infrastructure}
    checks = [{"item": item, "status": states[name], "word": words.name("check", states[name])} for name, item in PROOF.items()]
    return {"due": due, "checks": checks}


def _items(drawn: Drawn) -> list[str]:
    """Return every item that stands somewhere on the board, each once."""
    named = [*drawn["charter"], *(item for gate in drawn["gates"] for item in gate["items"]), *(item for owner in drawn["owners"] for item in owner["items"])]
    checked = [*drawn["running"], *(check for force in drawn["forces"] for check in force["checks"]), *drawn["proof"]["checks"]]
    return list(dict.fromkeys((*named, *(check["item"] for check in checked))))


def _fact(name: str, entry: Entry | None, guide: Guide) -> Drawn:
    """Return one fact with the words it stands on; what nobody spoke about has neither."""
    item, said = guide.items[name], entry.standing if entry else ()
    states = page_words().states
    value = "" if entry is None else states["conflicting"] if entry.state == "conflicting" else in_short(said[0], guide)
    return {
        "item": item.id, "label": item.label, "state": entry.state if entry else "unasked", "value": value, "means": item.means, "who": item.who, "ask": item.ask,
        "quotes": [{"text": clip(one.quote, 400), "by": one.speaker} for one in said if one.quote],
    }  # fmt: skip
