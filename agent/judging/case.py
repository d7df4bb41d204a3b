"""What every rule is given: the record, the guide, the day and the thresholds, and the few readings of them all rules share."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agent.items import Guide
from agent.judging.assessment import Check, CheckResult, Evidence, Missing, Thresholds
from agent.record import Record

# What hangs on what: where the key is absent there is nothing to say about the others.
HANGS_ON = {
    "charter.kpi": ("charter.kpi_kind", "gates.kpi_now"),
    "charter.baseline": ("charter.baseline_before_launch", "gates.improvement"),
    "charter.target": ("charter.target_before_launch",),
    "owners.production": ("owners.production_in_room",),
    "owners.feedback_channel": (),
}


@dataclass(frozen=True)
class Case:
    """One record to be judged on one day."""

    record: Record
    guide: Guide
    today: date
    thresholds: Thresholds = field(default_factory=Thresholds)

    def known(self, item: str) -> Any:
        return self.record.known(item)

    def absent(self, item: str) -> bool:
        return self.record.state(item) == "absent"

    def check(self, item: str) -> Check:
        """Judge one item as met, partly, open, unasked or not_applicable, in the direction that is good for the pilot."""
        state = self.record.state(item)
        if state in ("unasked", "not_applicable"):
            return state
        value = self.record.known(item)
        if item == "culture.outside_interviews":
            return self._interviews(value)
        good = "no" if item == "culture.shadow_ai" else "yes"
        return "met" if value == good else "partly" if value == "partly" else "open"

    def _interviews(self, value: Any) -> Check:
        held = value.get("low", value["value"]) if isinstance(value, dict) else value
        if held is None or held < 1:
            return "open"
        return "met" if held >= self.thresholds.outside_interviews else "partly"

    def result(self, item: str) -> CheckResult:
        return CheckResult(item=item, label=self.guide.label(item), status=self.check(item), evidence=self.evidence(item))

    def evidence(self, *items: str) -> tuple[Evidence, ...]:
        """Return the words that stand for the items, in their order; an item nobody spoke about has none."""
        return tuple(
            Evidence(item=item, quote=said.quote, speaker=said.speaker, turn=said.turn) for item in items for said in self.record.said(item) if said.quote
        )

    def missing(self, *items: str) -> tuple[Missing, ...]:
        """Return those of the items that are not known, with what to ask and whom."""
        return self.to_ask(*(item for item in items if self.record.state(item) in ("unasked", "unknown", "conflicting")))

    def to_ask(self, *items: str) -> tuple[Missing, ...]:
        """Return the items with what to ask and whom, also where what is known of them is no use."""
        return tuple(Missing(item=item, label=self.guide.items[item].label, ask=self.guide.items[item].ask, who=self.guide.items[item].who) for item in items)

    def not_known(self, missing: tuple[Missing, ...]) -> str:
        """Say what is missing: what nobody knows, and what is not settled because two people say different things."""
        unsettled = [one.label for one in missing if self.record.state(one.item) == "conflicting"]
        unknown = [one.label for one in missing if one.label not in unsettled]
        told = (("Not known", unknown), ("Not settled, the answers differ", unsettled))
        return " ".join(f"{what}: {join(labels)}." for what, labels in told if labels)


def join(parts: Any, last: str = "and") -> str:
    """Join words as a sentence does: a, b and c."""
    words = list(parts)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""
