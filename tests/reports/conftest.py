"""Pilots for the report tests: one record for each verdict, said by hand, and one assessment in which no part is empty."""

from typing import Any

import pytest

from agent.judging.assessment import (
    Assessment,
    Assumption,
    CalendarEntry,
    Cap,
    Change,
    CheckResult,
    Comparison,
    Confidence,
    Constraint,
    Evidence,
    FavourableCondition,
    FirstPage,
    Force,
    FrictionLine,
    Gate,
    HardQuestion,
    Lapsed,
    Level,
    Manifest,
    Missing,
    Moved,
    Owner,
    Peak,
    Phase,
    Projection,
    ProofOfScale,
    Roadmap,
    Score,
    Source,
    Step,
    Swing,
    UseCase,
    Way,
    WeekStep,
    WhatIf,
)  # fmt: skip
from agent.record import Record, Said, Statement

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
def pilots() -> dict[str, Record]:
    """Return a record for each verdict by its name, an empty one, and one with a contradiction."""
    return PILOTS


@pytest.fixture(scope="session")
def full() -> Assessment:
    """Return an assessment that depends on no guide and no rule, with something in every part."""
    gate, owner, rights = ("guide/gates",), ("guide/owners",), ("guide/rights",)
    late = Missing(item="gates.adoption_sustained", label="level held for", ask="How long has usage been at that level?", who="whoever sees the usage logs")
    many = tuple(Evidence(item="charter.kpi", quote=f"figure {n}", speaker="Anna Berg", turn=n) for n in range(1, 6))
    volunteers = Cap(
        name="self-selected users", at=0.6, reason="Volunteers try harder.", evidence=words("charter.team_selection", "all volunteers"), passages=gate
    )
    curated = Cap(name="curated cases", at=0.7, reason="Easy cases were picked.", evidence=words("charter.hard_cases", "no hard ones"))
    doubted = Confidence(level=0.55, word="medium", reason="The pilot's users were volunteers.", caps=(volunteers, curated))
    survey = Change(
        kind="action",
        item="gates.adoption",
        label="adoption",
        today="55 %",
        needed="70 %",
        what="Bring those back who stopped.",
        who="the team lead",
        weeks=8,
        effort=3,
    )
    logs = Change(
        kind="fact",
        item="gates.adoption_sustained",
        label="level held for",
        today="not known",
        needed="4 weeks",
        what="Read the usage logs.",
        who="whoever sees the usage logs",
        weeks=0,
        effort=1,
    )
    review = CalendarEntry(on="2026-11-28", title="Five interviews", detail="Ask what would change.", occasion="step")
    return Assessment(
        assessed_on="2026-11-21",
        verdict="rerun",
        reasons=("adoption: 55 % of the intended users use it regularly; the gate asks for 70 %.", "readiness: Not through: security review."),
        completeness=0.618,
        gates={
            "kpi": Gate(
                status="pass", reason="31 minutes reaches the target.", figures={"baseline": "42 minutes", "now": "31 minutes"}, evidence=many, passages=gate,
                level=Level(reached=110, asked=100, unit="percent of the way"), confidence=doubted,
            ),
            "adoption": Gate(
                status="fail", reason="55 % of the intended users use it regularly; the gate asks for 70 %.", figures={"threshold": "70 %", "rate": "55 %"},
                notes=("The share stated is 55 %, the counts give 60 %.",), missing=(late,), fix=("Ask those who stopped.",),
                evidence=words("gates.adoption", "55 of a hundred"), passages=gate, level=Level(reached=55, asked=70, unit="percent"),
            ),
            "impact": Gate(status="unproven", reason="Not known: baseline.", passages=gate),
            "readiness": Gate(
                status="fail", reason="Not through: security review.", figures={"security review": "open"}, fix=("Book the review.",),
                level=Level(reached=2, asked=3, unit="reviews"),
            ),
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
                evidence=words("gates.adoption", "55 of a hundred"), passages=gate, owner_name="Maria Lopez", why="5 x 1 x 1.31 is 6.54.",
                first_step_by="2026-12-05", done_by="2027-01-16",
            ),
        ),
        roadmap=Roadmap(
            phases=(
                Phase(name="Stress test", starts_on="2026-11-21", ends_on="2027-01-01", track="sequence", work=("Test: full case mix",), because="two checks are open"),
                Phase(
                    name="Infrastructure build", starts_on="2027-01-02", ends_on="2027-07-02", track="sequence", work=("Ask for a timeline",), because="six months",
                    depends_on=("Stress test",),
                ),
                Phase(name="Incentives", starts_on="2026-11-21", ends_on="2027-02-12", track="parallel", work=("Pick one indicator.",), because="people do what they are paid for"),
            ),
            calendar=(review, CalendarEntry(on="2027-01-01", title="Review: Stress test", detail="Go on, repair or stop.", occasion="review")),
            evidence=words("charter.started_on", "since 1 September"),
        ),
        rollout=(
            UseCase(name="motor", shown="proven", placing="ready", condition="", reason="It was shown to work.", starts="with stage 1", evidence=words("rollout.use_cases", "motor works")),
            UseCase(name="Polish branch", shown="untested", placing="staged until", condition="it has been tried", reason="Never tried.", segment="context", evidence=words("rollout.use_cases", "home not")),
        ),
        projection=Projection(
            headline_percent=26.2, low_percent=1.6, high_percent=16.2, requests_today=1488, requests_at_rollout=22320, monthly_cost_today=93.744,
            monthly_cost_at_rollout=14061.6, currency="EUR", peak_wait="12 seconds at the pilot's volume.", reason="Of 26.2 %, 1.6 to 16.2 % can be expected.",
            assumptions=(
                Assumption(name="case coverage", text="20 to 100 % of the cases", origin="default", key="coverage", unit="share", low=0.2, high=1, least=0, most=1),
                Assumption(name="requests", text="40 a user", origin="stated", key="requests", unit="a day", low=40, high=40, least=0, most=100000),
                Assumption(name="improvement", text="26.2 %", origin="computed"),
            ),
            steps=(
                Step(name="improvement in the pilot", factor_low=1, factor_high=1, low=26.2, high=26.2, because="from baseline and today's figure"),
                Step(name="case coverage", factor_low=0.2, factor_high=1, low=5.24, high=26.2, because="a pilot is tuned for a part of the cases"),
                Step(name="adoption at rollout", factor_low=0.3, factor_high=0.62, low=1.6, high=16.2, because="rollouts level off"),
            ),
            sensitivity=(
                Swing(key="coverage", name="case coverage", result="effect at rollout, %", low=0.2, high=1, result_low=2.4, result_high=12.1, swing=9.7),
                Swing(key="adoption", name="adoption at rollout", result="effect at rollout, %", low=0.3, high=0.62, result_low=4.7, result_high=9.8, swing=5.1),
                Swing(key="requests", name="requests", result="cost a month at rollout", low=30, high=50, result_low=10500, result_high=17600, swing=7100),
            ),
            confidence=doubted, monthly_cost_low=6804, monthly_cost_high=14061.6, budget_a_year=168739.2,
            peak=Peak(seconds=12, bearable_seconds=10, tested=False, bearable=False),
        ),
        executive_questions=("What do we change so that people use it?", "Who owns it?", "By when?"),
        unknown=(Missing(item="capability.full_mix_tested", label="full case mix", ask="Has it been tried on all cases?", who="the head of operations"),),
        what_if=(
            WhatIf(part="verdict", now="rerun", becomes="unproven", ways=(Way(changes=(survey, logs), weeks=8, effort=4),), evidence=words("gates.adoption", "55 of a hundred")),
            WhatIf(part="readiness", now="fail", becomes="pass", ways=(), note="The review has not begun, so nothing can be seen from here.", passages=gate),
        ),
        first_page=FirstPage(
            headline="Not yet. Repair the causes and run the pilot again.",
            why=("adoption: 55 % of the intended users use it regularly.", "readiness: The security review is open.", "proof of scale: It lacks decision rights."),
            stops=("gates.adoption",),
            this_week=(WeekStep(what="Hold the friction audit", how="48 hours with the pilot team.", by="2026-11-28", passages=gate),),
            next_date=review,
        ),
        hard_questions=(
            HardQuestion(asked_by="the CFO", question="What does it cost a year?", answer="EUR 168,739 at the higher end.", known="partly", evidence=words("gates.cost_per_request", "3 cents")),
            HardQuestion(asked_by="the CISO", question="Who has reviewed it?", answer="Nobody yet.", known="not known", who="the security office", passages=gate),
        ),
        lapsed=(Lapsed(item="gates.adoption", label="adoption", said_on="2026-05-02", held_until="2026-08-02", evidence=words("gates.adoption", "half of them in May")),),
        manifest=Manifest(version="0.2.0", record="a1" * 32, rules="b2" * 32, guide="c3" * 32, library="d4" * 32, assumptions={"adoption": 0.45}),
        since_last_time=Comparison(
            before_on="2026-08-20", after_on="2026-11-21", verdict_before="unproven", verdict_after="rerun",
            moved=(Moved(part="adoption gate", before="not proven yet", after="failed", better=False, because=("usage was counted",), evidence=words("gates.adoption", "55 of a hundred")),),
            unmoved=("impact gate",), closed=("The baseline is missing",), opened=("Too few use it",),
            lapsed=(Lapsed(item="charter.kpi", label="primary measure", said_on="2026-02-01", held_until="2026-08-01"),),
        ),
        scores=(Score(name="adoption at rollout", projected_on="2026-08-20", low=30, high=62, actual=41, actual_on="2026-11-15", inside=True, off_by=0),),
        sources=(
            Source(id="guide/gates", article="guide", author="A. Writer", title="A Guide", section="Gates", text="A gate is passed on figures. More follows."),
            Source(id="guide/owners", article="guide", author="A. Writer", title="A Guide", section="Owners", text="It asks for three:\n\n- business;\n- technical."),
            Source(id="guide/rights", article="other", author="B. Writer", title="Rights", section="Decisions", text="Decide who decides."),
        ),
    )  # fmt: skip


RIGHT_TO_LEFT = "צוות הדיווח אמר: 62% מהעובדים"
ARABIC = "فريق المطالبات يستخدمها يوميا 42"


@pytest.fixture(scope="session")
def extreme(full: Assessment) -> Assessment:
    """Return the fullest assessment with what people can say at worst: names of 200 letters, other scripts, markup and formulas."""
    long_name, endless = ("Very Long Name of a Department " * 7)[:200], "Donaudampfschifffahrt" * 10
    nasty = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script> #let x = 1; *b* \x00\x1b \ufffe'
    quotes = (RIGHT_TO_LEFT, ARABIC, nasty, long_name, endless[:200], "你好，这是一个试点项目")
    spoken = tuple(Evidence(item="gates.adoption", quote=quote, speaker=long_name, turn=turn) for turn, quote in enumerate(quotes, start=1))
    gates = {name: gate.model_copy(update={"evidence": spoken, "reason": f"{long_name} {nasty} misses."}) for name, gate in full.gates.items()}
    first = full.constraints[0]
    constraints = tuple(
        first.model_copy(update={"title": f"{place}: {long_name}", "item": f"x.{place}", "owner_name": long_name, "evidence": spoken}) for place in range(1, 25)
    )
    phase = full.roadmap.phases[0]
    phases = tuple(phase.model_copy(update={"name": f"{long_name} {place}", "work": (endless, nasty)}) for place in range(6))
    return full.model_copy(
        update={
            "gates": gates,
            "reasons": tuple(f"{name}: {gate.reason}" for name, gate in gates.items()),
            "owners": {name: owner.model_copy(update={"name": endless[:200] if name == "business" else RIGHT_TO_LEFT, "evidence": spoken}) for name, owner in full.owners.items()},
            "constraints": constraints,
            "friction": tuple(one.model_copy(update={"what": what}) for one in full.friction[:1] for what in (nasty, RIGHT_TO_LEFT, long_name, endless, ARABIC)),
            "roadmap": full.roadmap.model_copy(update={"phases": phases, "calendar": (*full.roadmap.calendar, full.roadmap.calendar[0].model_copy(update={"title": long_name, "detail": nasty}))}),
            "rollout": tuple(full.rollout[0].model_copy(update={"name": name}) for name in (long_name, endless, RIGHT_TO_LEFT, nasty)),
            "first_page": full.first_page and full.first_page.model_copy(update={"stops": ("x.1", "x.2", "x.3"), "why": tuple(f"adoption: {long_name} {nasty}" for _ in range(3))}),
        }
    )  # fmt: skip
