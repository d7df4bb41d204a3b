"""The result as the page draws it: verdict, gates, forces, projection, constraints, roadmap, what would change it, and the files; plain JSON."""

from datetime import date
from typing import Any

from agent.items import Guide
from agent.judging import Assessment
from agent.judging.assessment import Constraint, Phase, Step, WhatIf
from agent.judging.figures import number
from agent.reports.content.verdict import sentences
from agent.reports.material import Material, material
from agent.reports.wording import capital
from ui.web.canvas import MARK, filled
from ui.web.guard import REPORTS
from ui.web.wording import page_words

Drawn = dict[str, Any]

MOST_CONSTRAINTS, MOST_WAYS = 5, 3


def result(assessment: Assessment, guide: Guide, thread: str) -> Drawn:
    """Return everything the result shows. Every chart is a table with bars in it; shares are in percent of a bar's width."""
    words, found = page_words().result, material(assessment, guide, "", guide.language)
    told = found.words
    return {
        "key": assessment.verdict, "line": told.verdicts[assessment.verdict].line, "says": " ".join(sentences(found)),
        "gates": [
            {"title": told.gates[name].title, "status": gate.status, "word": told.name("gate", gate.status), "text": gate.reason, "share": filled(gate), "mark": MARK}
            for name, gate in assessment.gates.items()
        ],
        "forces": [
            {"title": told.forces[name].title, "status": force.severity, "word": told.name("severity", force.severity), "share": round((force.share or 0) * 100),
             "text": words["open_of"].format(open=number(force.open), heard=force.heard) if force.heard else ""}
            for name, force in assessment.forces.items()
        ],
        "projection": {"text": assessment.projection.reason, "rows": [_step(step, assessment.projection.steps[0]) for step in assessment.projection.steps]},
        "constraints": [_constraint(one, found) for one in assessment.constraints[:MOST_CONSTRAINTS]],
        "roadmap": _timeline(assessment.roadmap.phases, found),
        "what_if": [_what_if(one, found) for one in assessment.what_if if one.ways],
        "files": [{"form": form, "href": f"/report/{thread}.{form}", "label": words.get(f"file_{form}", form)} for form in REPORTS],
    }  # fmt: skip


def _step(step: Step, first: Step) -> Drawn:
    """Return a step of the waterfall; its bar spans what is left, in percent of the headline."""
    scale = max(first.high, 1e-9)
    spread = number(round(step.low, 1)) if step.low == step.high else f"{number(round(step.low, 1))}–{number(round(step.high, 1))}"
    return {"title": step.name, "word": f"{spread} %", "text": step.because, "low": _percent(step.low / scale), "share": _percent(step.high / scale)}


def _percent(share: float) -> int:
    return round(max(0.0, min(1.0, share)) * 100)


def _constraint(one: Constraint, found: Material) -> Drawn:
    belongs = capital(found.part(one.belongs_to))
    return {
        "title": one.title,
        "belongs": belongs,
        "first_step": one.first_step,
        "owner": one.owner_name or one.owner,
        "lead": found.words.counted(one.lead_weeks, "week"),
    }


def _timeline(phases: tuple[Phase, ...], found: Material) -> list[Drawn]:
    """Return the phases with where each begins and how long it is, in percent of the whole."""
    if not phases:
        return []
    days = [(date.fromisoformat(one.starts_on), date.fromisoformat(one.ends_on)) for one in phases]
    first, last = min(start for start, _ in days), max(end for _, end in days)
    whole = max((last - first).days, 1)
    return [
        {"title": one.name, "from": found.words.day(one.starts_on), "to": found.words.day(one.ends_on), "left": round((start - first).days / whole * 100),
         "width": max(2, round((end - start).days / whole * 100)), "track": one.track, "text": one.because}
        for one, (start, end) in zip(phases, days, strict=True)
    ]  # fmt: skip


def _what_if(one: WhatIf, found: Material) -> Drawn:
    words = page_words().result
    title = found.words.gates[one.part].title if one.part in found.words.gates else words["verdict"]
    becomes = found.words.names["gate"].get(one.becomes) or found.words.verdicts[one.becomes].line  # type: ignore[index]
    ways = [
        {"weeks": found.words.counted(way.weeks, "week"), "changes": [{"label": change.label, "today": change.today, "needed": change.needed, "what": change.what, "who": change.who} for change in way.changes]}
        for way in one.ways[:MOST_WAYS]
    ]  # fmt: skip
    return {"title": title, "becomes": becomes, "note": one.note, "ways": ways}
