"""The three forces that stop a rollout: capability, culture and infrastructure."""

from agent.judging.assessment import Force, Severity
from agent.judging.case import Case

FORCES = {
    "capability": (
        "charter.production_data", "capability.ordinary_users_tested", "capability.full_mix_tested",
        "capability.support_removed", "capability.messy_data_tested",
    ),
    "culture": (
        "culture.incentives_changed", "culture.coalition", "culture.outside_interviews", "culture.users_shape_it",
        "culture.change_programme", "culture.replacement_message", "culture.shadow_ai",
    ),
    "infrastructure": (
        "infrastructure.in_workflow", "infrastructure.data_formats", "infrastructure.approvals",
        "infrastructure.access_control", "infrastructure.exceptions", "infrastructure.commitment", "gates.load_test",
    ),
}  # fmt: skip
WEIGHT = {"met": 0.0, "partly": 0.5, "open": 1.0}


def forces(case: Case) -> dict[str, Force]:
    """Judge the three forces by the share of their checks that is open."""
    return {name: _force(case, items) for name, items in FORCES.items()}


def _force(case: Case, items: tuple[str, ...]) -> Force:
    results = tuple(case.result(item) for item in items)
    weights = [WEIGHT[result.status] for result in results if result.status in WEIGHT]
    applicable = [result for result in results if result.status != "not_applicable"]
    share = sum(weights) / len(weights) if weights else None
    return Force(
        severity=_severity(case, share, len(weights), len(applicable)),
        open=sum(weights),
        heard=len(weights),
        share=None if share is None else round(share, 3),
        checks=results,
    )


def _severity(case: Case, share: float | None, heard: int, applicable: int) -> Severity:
    if share is None or heard * 2 < applicable:
        return "unknown"
    if share >= case.thresholds.high_share:
        return "high"
    return "medium" if share > case.thresholds.medium_share else "low"
