"""The words that every report shares: the sentences of the verdicts, the names of results, dates and money."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from agent.items import Frozen
from agent.judging.assessment import Assessment, Verdict
from agent.judging.case import join
from agent.judging.figures import number
from agent.yaml_file import YamlFile

WORDING = Path(__file__).parent / "wording.yaml"

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
COUNTS = ("none", "one", "two", "three", "four")

GATE_RESULTS = {"pass": "passed", "fail": "failed", "unproven": "not proven yet"}
OWNER_RESULTS = {"named": "named", "missing": "missing", "conflict": "in conflict", "unasked": "not settled yet"}
CHECK_RESULTS = {"met": "met", "partly": "partly met", "open": "open", "unasked": "not asked yet", "not_applicable": "does not apply"}
SHADOW_RESULTS = {**CHECK_RESULTS, "met": "none in use", "partly": "some in use", "open": "in use"}
SEVERITIES = {"low": "low", "medium": "medium", "high": "high", "unknown": "not known yet"}
SHOWN = {"proven": "it works", "weak": "weak results", "untested": "not tried", "excluded": "left out on purpose", "not said": "not said"}
ORIGINS = {"stated": "stated: somebody said so", "computed": "computed from what was said", "default": "default: nobody has said"}


class VerdictWords(Frozen):
    """What a verdict is called, what it says, what to do next, and what that means for the dates of the roadmap."""

    line: str
    says: str
    next: str
    plan: str


class Part(Frozen):
    """What a gate or a force is called, and what it asks."""

    title: str
    asks: str


class Wording(Frozen):
    """The fixed sentences of every report."""

    verdicts: dict[Verdict, VerdictWords]
    gates: dict[str, Part]
    forces: dict[str, Part]
    owners: dict[str, str]
    conditions: dict[str, str]
    introductions: dict[str, str]
    nothing: dict[str, str]


@cache
def wording() -> Wording:
    """Load the fixed sentences; a mistake raises GuideError with file and line."""
    source = YamlFile(WORDING)
    return source.build(Wording, (), source.data)


def verdict_sentences(assessment: Assessment) -> tuple[str, str, str]:
    """Say in three sentences what the verdict says, why it is so here, and what to do next."""
    words = wording().verdicts[assessment.verdict]
    return words.says, why_here(assessment), words.next


def why_here(assessment: Assessment) -> str:
    """Say in one sentence what decided the verdict for this pilot."""
    if assessment.completeness == 0:
        return "Here, nothing has been heard about the pilot yet, so none of the four gates can be judged."
    if assessment.verdict == "rerun":
        failed = _gates(assessment, "fail")
        return f"Here, {_count(failed, len(assessment.gates))} failed: {join(failed)}."
    if assessment.verdict == "unproven":
        unproven = _gates(assessment, "unproven")
        return f"Here, no gate has failed, but {_count(unproven, len(assessment.gates))} cannot be judged for want of evidence: {join(unproven)}."
    if assessment.verdict == "redesign":
        return f"Here, all four gates are passed, but {'; '.join(_not_ready(assessment))}."
    return " ".join(assessment.reasons)


def reason_parts(reason: str) -> tuple[str, str]:
    """Split a reason of the verdict into what it is about, as the report calls it, and the sentence; the first may be empty."""
    about, colon, rest = reason.partition(": ")
    names = {name: f"{part.title} gate" for name, part in wording().gates.items()}
    names |= {f"{name} owner": title for name, title in wording().owners.items()}
    names |= {f"{name} force": f"{part.title} force" for name, part in wording().forces.items()}
    names["proof of scale"] = "Proof of scale"
    return (names[about], rest) if colon and about in names else ("", reason)


def place_name(belongs_to: str) -> str:
    """Name the part that a constraint belongs to as the report calls it."""
    gate = belongs_to.removesuffix(" gate")
    return f"{wording().gates[gate].title.lower()} gate" if gate != belongs_to and gate in wording().gates else belongs_to


def _gates(assessment: Assessment, status: str) -> list[str]:
    return [wording().gates[name].title.lower() for name, gate in assessment.gates.items() if gate.status == status]


def _count(found: list[str], of: int) -> str:
    return f"{COUNTS[len(found)] if len(found) < len(COUNTS) else len(found)} of the {COUNTS[of] if of < len(COUNTS) else of} gates"


def _not_ready(assessment: Assessment) -> Iterable[str]:
    owners = [name for name, owner in assessment.owners.items() if owner.status != "named"]
    high = [name for name, force in assessment.forces.items() if force.severity == "high"]
    unheard = [name for name, force in assessment.forces.items() if force.severity == "unknown"]
    if owners:
        yield f"the {join(owners)} {'owners are' if len(owners) > 1 else 'owner is'} not settled"
    if high:
        yield f"much is still open in {join(high)}"
    if unheard:
        yield f"too little is known about {join(unheard)}"
    if not proof_holds(assessment):
        yield "the proof of scale does not hold yet"


def proof_holds(assessment: Assessment) -> bool:
    proof = assessment.proof_of_scale
    return proof.decisions == proof.incentives == proof.infrastructure == "met"


def long_date(iso: str) -> str:
    """Write an ISO date as a sentence has it: 21 November 2026."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def away(days: int) -> str:
    """Say how far off a day is: in 12 days, 3 days ago, today."""
    if days == 0:
        return "today"
    return f"{'in ' if days > 0 else ''}{counted(abs(days), 'day')}{' ago' if days < 0 else ''}"


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def percent(value: float | None) -> str:
    return "not known" if value is None else f"{number(value)} %"


def money(amount: float | None, currency: str | None) -> str:
    """Write an amount a month; pennies only where the amount is small."""
    if amount is None:
        return "not known"
    figure = f"{amount:,.0f}" if amount >= 100 else f"{amount:,.2f}"
    return f"{currency} {figure}" if currency else figure


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Give a phrase its capital and its full stop."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".?!…" else f"{text}."
