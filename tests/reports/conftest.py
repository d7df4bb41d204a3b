"""Pilots for the report tests: one record for each verdict, said by hand, and one assessment in which no part is empty."""

from datetime import date
from typing import Any

import pytest

from agent.judging.assessment import (
    Assessment,
    Assumption,
    CalendarEntry,
    CheckResult,
    Constraint,
    Evidence,
    FavourableCondition,
    Force,
    FrictionLine,
    Gate,
    Missing,
    Owner,
    Phase,
    Projection,
    ProofOfScale,
    Roadmap,
    Source,
    UseCase,
)  # fmt: skip
from agent.record import Record, Said, Statement

TODAY = date(2026, 11, 21)

GRADUATED: dict[str, Any] = {
    "charter.kpi": "handling time",
    "charter.kpi_kind": "business",
    "charter.baseline": {"value": 42, "unit": "minutes"},
    "charter.baseline_before_launch": "yes",
    "charter.target": {"value": 32, "unit": "minutes"},
    "charter.target_before_launch": "yes",
    "charter.started_on": "2026-09-01",
    "charter.pilot_users": 60,
    "charter.rollout_users": 900,
    "gates.kpi_now": {"value": 31, "unit": "minutes"},
    "gates.adoption": 78,
    "gates.adoption_sustained": {"value": 6, "unit": "weeks"},
    "gates.security_review": "yes",
    "gates.integration_review": "yes",
    "gates.compliance_review": "yes",
    "gates.requests_per_user_day": 40,
    "gates.cost_per_request": {"amount": 0.03, "currency": "EUR"},
}
ORGANISED: dict[str, Any] = {
    "owners.business": "Maria Lopez", "owners.technical": "Jon Berg", "owners.compliance": "Ines Roth", "owners.production": "Tom Hill",
    "owners.sponsor": "Ada King", "owners.builder": "the data team", "owners.decision_rights": "yes",
    "charter.production_data": "yes", "capability.ordinary_users_tested": "yes", "capability.full_mix_tested": "yes",
    "capability.support_removed": "yes", "capability.messy_data_tested": "partly",
    "culture.incentives_changed": "yes", "culture.coalition": "yes", "culture.outside_interviews": 6, "culture.users_shape_it": "yes",
    "culture.change_programme": "yes", "culture.replacement_message": "yes", "culture.shadow_ai": "no",
    "infrastructure.in_workflow": "yes", "infrastructure.data_formats": "yes", "infrastructure.approvals": "yes", "infrastructure.access_control": "yes",
    "infrastructure.exceptions": "yes", "infrastructure.commitment": "yes", "gates.load_test": "yes",
}  # fmt: skip
TOLD: dict[str, Any] = {
    "charter.team_selection": "volunteers", "friction.people": ["the night shift"], "friction.data": ["scanned letters", "old policies"],
    "rollout.use_cases": ["motor: proven", "home: weak", "legal: excluded"], "capability.new_contexts": ["the Polish branch"],
    "gates.peak_latency": {"value": 12, "unit": "seconds"},
}  # fmt: skip


def said(item: str, value: Any = None, *, state: Said = "known", quote: str = "", speaker: str = "Anna Berg", turn: int = 1) -> Statement:
    return Statement(item=item, state=state, value=value, quote=quote or f"what I know about {item}", speaker=speaker, turn=turn)


def record(values: dict[str, Any], *others: Statement) -> Record:
    """Return a record of the values, each said in a message of its own, and of the statements after them."""
    taken = Record()
    for turn, (item, value) in enumerate(values.items(), start=1):
        taken = taken.take(said(item, value, turn=turn))
    for statement in others:
        taken = taken.take(statement)
    return taken


PILOTS: dict[str, Record] = {
    "demo": record(TOLD, said("charter.kpi", state="absent", quote="we just wanted to see whether it works")),
    "rerun": record(
        {**GRADUATED, **TOLD, "gates.adoption": 55, "gates.security_review": "no", "culture.shadow_ai": "yes"}, said("owners.technical", state="absent")
    ),
    "unproven": record({"charter.kpi": "handling time", "gates.adoption": 80}, said("charter.baseline", state="unknown", quote="no idea, sorry")),
    "redesign": record({**GRADUATED, **TOLD, "owners.production": "Ada King", "owners.sponsor": "Ada King", "infrastructure.commitment": "partly"}),
    "scale": record({**GRADUATED, **ORGANISED, **TOLD}),
    "empty": Record(),
    "conflict": record({"gates.adoption": 80}, said("gates.adoption", 55, quote="more like 55, I'd say", speaker="Jon Berg", turn=9)),
}


def words(item: str, quote: str, turn: int = 3, speaker: str = "Anna Berg") -> tuple[Evidence, ...]:
    return (Evidence(item=item, quote=quote, speaker=speaker, turn=turn),)


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def pilots() -> dict[str, Record]:
    """Return a record for each verdict by its name, an empty one, and one with a contradiction."""
    return PILOTS


@pytest.fixture(scope="session")
def full() -> Assessment:
    """Return an assessment that depends on no guide and no rule, with something in every part."""
    gate, owner, rights = ("guide/gates",), ("guide/owners",), ("guide/rights",)
    late = Missing(item="gates.adoption_sustained", label="level held for", ask="How long has usage been at that level?", who="whoever sees the usage logs")
    many = tuple(Evidence(item="charter.kpi", quote=f"figure {n}", speaker="Anna Berg", turn=n) for n in range(1, 6))
    return Assessment(
        assessed_on="2026-11-21",
        verdict="rerun",
        reasons=("adoption: 55 % of the intended users use it regularly; the gate asks for 70 %.", "readiness: Not through: security review."),
        completeness=0.618,
        gates={
            "kpi": Gate(status="pass", reason="31 minutes reaches the target.", figures={"baseline": "42 minutes", "now": "31 minutes"}, evidence=many, passages=gate),
            "adoption": Gate(
                status="fail", reason="55 % of the intended users use it regularly; the gate asks for 70 %.", figures={"threshold": "70 %", "rate": "55 %"},
                notes=("The share stated is 55 %, the counts give 60 %.",), missing=(late,), fix=("Ask those who stopped.",),
                evidence=words("gates.adoption", "55 of a hundred"), passages=gate,
            ),
            "impact": Gate(status="unproven", reason="Not known: baseline.", passages=gate),
            "readiness": Gate(status="fail", reason="Not through: security review.", figures={"security review": "open"}, fix=("Book the review.",)),
        },
        owners={
            "business": Owner(status="named", name="Maria Lopez", reason="Maria Lopez has it.", evidence=words("owners.business", "Maria does that"), passages=owner),
            "technical": Owner(status="missing", reason="Nobody has it.", evidence=words("owners.technical", "nobody so far"), passages=owner),
            "compliance": Owner(status="unasked", reason="Nobody has been asked yet."),
            "production": Owner(status="conflict", name="Ada King", reason="Ada King is also the sponsor.", evidence=words("owners.production", "Ada, for now")),
        },
        governance=(CheckResult(item="owners.quality_standard", label="quality standard", status="partly", evidence=words("owners.quality_standard", "sort of")),),
        feedback=(CheckResult(item="owners.feedback_channel", label="feedback channel", status="not_applicable", evidence=words("owners.feedback_channel", "no users")),),
        operations=(CheckResult(item="owners.decision_rights", label="decision rights", status="unasked", passages=rights),),
        forces={
            "capability": Force(
                severity="high", open=2.5, heard=3, share=0.833, passages=gate,
                checks=(CheckResult(item="capability.full_mix_tested", label="full case mix", status="open", evidence=words("capability.full_mix_tested", "hard to say")),),
            ),
            "culture": Force(
                severity="medium", open=1, heard=2, share=0.5,
                checks=(CheckResult(item="culture.shadow_ai", label="unapproved AI tools", status="open", evidence=words("culture.shadow_ai", "on the side, yes")),),
            ),
            "infrastructure": Force(severity="unknown", open=0, heard=0, share=None, checks=(CheckResult(item="gates.load_test", label="load test", status="unasked"),)),
        },
        proof_of_scale=ProofOfScale(
            due_on="2026-11-30", days_left=9, decisions="unasked", incentives="open", infrastructure="met",
            reason="Not a scaling plan yet; it lacks decision rights.", evidence=words("charter.started_on", "since 1 September"), passages=rights,
        ),
        favourable_conditions=(FavourableCondition(kind="self-selected users", reason="All users chose it.", evidence=words("charter.team_selection", "all volunteers")),),
        friction=(
            FrictionLine(kind="data", what="scanned | letters", owner="to be found: the data owner", evidence=words("friction.data", "letters and old policies")),
            FrictionLine(kind="data", what="old policies", owner="to be found: the data owner", evidence=words("friction.data", "letters and old policies")),
        ),
        constraints=(
            Constraint(
                item="gates.adoption", title="Too few of the intended users work with it", belongs_to="adoption gate", severity=5, certainty=1, lead_weeks=8,
                priority=6.54, first_step="Run a short survey.", owner="business owner", board_question="What do we change so that people use it?",
                evidence=words("gates.adoption", "55 of a hundred"), passages=gate,
            ),
        ),
        roadmap=Roadmap(
            phases=(
                Phase(name="Stress test", starts_on="2026-11-21", ends_on="2027-01-01", track="sequence", work=("Test: full case mix",), because="two checks are open"),
                Phase(name="Incentives", starts_on="2026-11-21", ends_on="2027-02-12", track="parallel", work=("Pick one indicator.",), because="people do what they are paid for"),
            ),
            calendar=(CalendarEntry(on="2026-11-28", title="Five interviews", detail="Ask what would change."),),
            evidence=words("charter.started_on", "since 1 September"),
        ),
        rollout=(
            UseCase(name="motor", shown="proven", placing="ready", condition="", reason="It was shown to work.", evidence=words("rollout.use_cases", "motor works")),
            UseCase(name="home", shown="untested", placing="staged until", condition="it has been tried", reason="Never tried.", evidence=words("rollout.use_cases", "home not")),
        ),
        projection=Projection(
            headline_percent=26.2, low_percent=1.6, high_percent=16.2, requests_today=1488, requests_at_rollout=22320, monthly_cost_today=93.744,
            monthly_cost_at_rollout=14061.6, currency="EUR", peak_wait="12 seconds at the pilot's volume.", reason="Of 26.2 %, 1.6 to 16.2 % can be expected.",
            assumptions=(
                Assumption(name="case coverage", text="20 to 100 % of the cases", origin="default"),
                Assumption(name="requests", text="40 a user", origin="stated"),
                Assumption(name="improvement", text="26.2 %", origin="computed"),
            ),
        ),
        executive_questions=("What do we change so that people use it?", "Who owns it?", "By when?"),
        unknown=(Missing(item="capability.full_mix_tested", label="full case mix", ask="Has it been tried on all cases?", who="the head of operations"),),
        sources=(
            Source(id="guide/gates", article="guide", author="A. Writer", title="A Guide", section="Gates", text="A gate is passed on figures. More follows."),
            Source(id="guide/owners", article="guide", author="A. Writer", title="A Guide", section="Owners", text="It asks for three:\n\n- business;\n- technical."),
            Source(id="guide/rights", article="other", author="B. Writer", title="Rights", section="Decisions", text="Decide who decides."),
        ),
    )  # fmt: skip
