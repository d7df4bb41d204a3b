"""The report in Markdown: the verdict, what it stands on, and what to do, one function a section."""

from collections.abc import Callable, Sequence
from itertools import groupby

from agent.items import Guide
from agent.judging.assessment import Assessment, CheckResult, Finding, Gate, Owner, Phase
from agent.judging.figures import number
from agent.reports.lookups import asked_in_vain, behind, check_word, gaps, heard, why_open, words_by_item
from agent.reports.markdown_parts import NO_WORDS, NOBODY_YET, Grounds, escape, indent, quoted, table
from agent.reports.wording import (
    CHECK_RESULTS,
    GATE_RESULTS,
    ORIGINS,
    OWNER_RESULTS,
    SEVERITIES,
    SHOWN,
    away,
    capital,
    counted,
    long_date,
    money,
    percent,
    place_name,
    reason_parts,
    sentence,
    verdict_sentences,
    wording,
)  # fmt: skip

Lines = list[str]


def render(assessment: Assessment, guide: Guide, title: str) -> str:
    """Return the report as Markdown; the same assessment, guide and title give the same text."""
    grounds = Grounds(assessment.sources)
    sections: list[tuple[str, Callable[[], Lines]]] = [
        ("The verdict", lambda: verdict(assessment)),
        ("The four gates", lambda: gates(assessment, grounds)),
        ("Owners", lambda: owners(assessment, grounds)),
        ("The three forces", lambda: forces(assessment, grounds)),
        ("Proof of scale", lambda: proof_of_scale(assessment, grounds)),
        ("What made the pilot easier than the rollout", lambda: favourable_conditions(assessment, grounds)),
        ("Friction ledger", lambda: friction(assessment, grounds)),
        ("What will stop the rollout", lambda: constraints(assessment, guide, grounds)),
        ("Roadmap", lambda: roadmap(assessment, grounds)),
        ("Rollout design", lambda: rollout(assessment, grounds)),
        ("Projection", lambda: projection(assessment, grounds)),
        ("Three questions for the executive meeting", lambda: executive_questions(assessment)),
        ("What is not known, and who to ask", lambda: unknown(assessment)),
        ("Sources", lambda: sources(assessment)),
    ]
    lines = heading(assessment, title)
    for name, section in sections:
        lines += [f"## {name}", "", *section(), ""]
    return _tidy(lines)


def heading(assessment: Assessment, title: str) -> Lines:
    return [
        f"# {escape(title) or 'An AI pilot'}",
        "",
        f"Readiness to scale on {long_date(assessment.assessed_on)}. {heard(assessment)}",
        "",
        wording().introductions["report"],
        "",
    ]


def verdict(assessment: Assessment) -> Lines:
    sentences = verdict_sentences(assessment)
    lines = [f"**{wording().verdicts[assessment.verdict].line}**", "", escape(" ".join(sentences)), ""]
    if sentences[1] == " ".join(assessment.reasons):
        return lines
    lines += ["What decided it:", ""]
    for about, text in map(reason_parts, assessment.reasons):
        lines.append(f"- **{about}**: {escape(text)}" if about else f"- {escape(text)}")
    return lines


def gates(assessment: Assessment, grounds: Grounds) -> Lines:
    parts = wording().gates
    rows = [(parts[name].title, GATE_RESULTS[gate.status], _asks(parts[name].asks, gate), _figures(gate)) for name, gate in assessment.gates.items()]
    lines = [wording().introductions["gates"], ""]
    lines += table(("Gate", "Result", "What it asks", "Figures"), rows)
    for name, gate in assessment.gates.items():
        lines += [f"### {parts[name].title}: {GATE_RESULTS[gate.status]}", "", escape(gate.reason), ""]
        lines += [f"- Note: {escape(note)}" for note in gate.notes]
        lines += [f"- To do before the re-run: {escape(fix)}" for fix in gate.fix]
        lines += [f"- What lies behind it: {escape(one.title)} (constraint {place})" for place, one in behind(assessment, name)]
        if gate.missing:
            lines.append(f"- Still to find out: {'; '.join(f'{escape(one.label)} (ask {escape(one.who)})' for one in gate.missing)}.")
        asked = gate.status != "unproven" or {one.item for one in gate.missing} & asked_in_vain(assessment)
        lines += [*grounds.under(gate, silent=NO_WORDS if asked else NOBODY_YET), ""]
    return lines


def _asks(words: str, gate: Gate) -> str:
    return f"{words}: {gate.figures['threshold']}" if "threshold" in gate.figures else words


def _figures(gate: Gate) -> str:
    return "; ".join(f"{label}: {text}" for label, text in gate.figures.items() if label != "threshold") or "none yet"


def owners(assessment: Assessment, grounds: Grounds) -> Lines:
    titles = wording().owners
    lines = [wording().introductions["owners"], ""]
    lines += table(
        ("Role", "Who", "Result", "Why"),
        ((titles[name], owner.name or "nobody named", OWNER_RESULTS[owner.status], owner.reason) for name, owner in assessment.owners.items()),
    )
    lines += _shared_grounds(list(assessment.owners.values()), [titles[name] for name in assessment.owners], grounds)
    for title, asks, results in (
        ("Governance", "who answers for quality, and what happens to errors", assessment.governance),
        ("Feedback", "how users report bad output, and what comes of it", assessment.feedback),
        ("Operations", "who decides, who maintains and who watches it", assessment.operations),
    ):
        lines += ["", f"### {title}: {asks}", "", *_checks(assessment, results, grounds)]
    return lines


def forces(assessment: Assessment, grounds: Grounds) -> Lines:
    parts = wording().forces
    lines = [wording().introductions["forces"], ""]
    lines += table(
        ("Force", "The question", "Strength", "Open of heard", "Checks in all"),
        (
            (parts[name].title, parts[name].asks, SEVERITIES[force.severity], _open_of_heard(force.open, force.heard, force.share), str(len(force.checks)))
            for name, force in assessment.forces.items()
        ),
    )
    for name, force in assessment.forces.items():
        lines += [f"### {parts[name].title}: {SEVERITIES[force.severity]}", ""]
        if force.evidence or force.passages:
            lines += [*(grounds.under(force) if force.evidence else grounds.under(force)[1:]), ""]
        lines += [*_checks(assessment, force.checks, grounds), ""]
    return lines


def _open_of_heard(open_checks: float, checks: int, share: float | None) -> str:
    return "none heard" if share is None else f"{number(open_checks)} of {checks} ({percent(share * 100)})"


def _checks(assessment: Assessment, results: Sequence[CheckResult], grounds: Grounds) -> Lines:
    """Return a bullet for each check that was heard, and one line for those that nobody has spoken about."""
    lines: Lines = []
    for result in results:
        if result.status != "unasked":
            lines += [f"- **{escape(capital(result.label))}**: {check_word(assessment, result)}", *indent(grounds.under(result, silent=NO_WORDS))]
    unasked = [f"{escape(result.label)}{grounds.numbers(result)}" for result in results if result.status == "unasked"]
    if unasked:
        guidance = " The numbers show the guidance on each." if any(result.passages for result in results if result.status == "unasked") else ""
        lines.append(f"- **Not asked yet**: {', '.join(unasked)}. {NOBODY_YET}{guidance}")
    return lines or ["There are no checks here."]


def proof_of_scale(assessment: Assessment, grounds: Grounds) -> Lines:
    proof = assessment.proof_of_scale
    if proof.due_on is None:
        due = "The date of this checkpoint cannot be given, because nobody has said when the pilot started."
    else:
        state = "was" if (proof.days_left or 0) < 0 else "is"
        due = f"This checkpoint {state} due on {long_date(proof.due_on)}{f' ({away(proof.days_left)})' if proof.days_left is not None else ''}."
    lines = [f"{due} {escape(proof.reason)}", ""]
    words = wording().conditions
    lines += table(("Condition", "Result"), ((words[name], CHECK_RESULTS[getattr(proof, name)]) for name in ("decisions", "incentives", "infrastructure")))
    asked = proof.due_on or {proof.decisions, proof.incentives, proof.infrastructure} != {"unasked"}
    return [*lines, *grounds.under(proof, silent=NO_WORDS if asked else NOBODY_YET)]


def favourable_conditions(assessment: Assessment, grounds: Grounds) -> Lines:
    if not assessment.favourable_conditions:
        return [wording().nothing["favourable_conditions"]]
    lines = [wording().introductions["favourable_conditions"], ""]
    for one in assessment.favourable_conditions:
        lines += [f"- **{escape(capital(one.kind))}**: {escape(one.reason)}", *indent(grounds.under(one))]
    return lines


def friction(assessment: Assessment, grounds: Grounds) -> Lines:
    if not assessment.friction:
        return [wording().nothing["friction"]]
    lines = [wording().introductions["friction"], ""]
    rows = [(str(place), one.kind, one.what, one.owner, "", "") for place, one in enumerate(assessment.friction, start=1)]
    lines += table(("Line", "Kind", "What has to be solved", "Owner", "By when", "Done"), rows)
    return [*lines, *_shared_grounds(assessment.friction, [f"Line {row[0]}" for row in rows], grounds)]


def _shared_grounds(findings: Sequence[Finding], names: Sequence[str], grounds: Grounds) -> Lines:
    """Return what findings stand on; neighbours that stand on the same words share one bullet."""
    lines: Lines = []
    for _, group in groupby(zip(names, findings, strict=True), key=lambda pair: (pair[1].evidence, pair[1].passages)):
        pairs = list(group)
        lines += [f"- **{', '.join(name for name, _ in pairs)}**", *indent(grounds.under(pairs[0][1], silent=_silence(pairs[0][1])))]
    return lines


def _silence(finding: Finding) -> str:
    """Say why there are no words: an owner that was asked about without an answer is not one that nobody spoke about."""
    asked = isinstance(finding, Owner) and (finding.status != "unasked" or finding.reason == "Said not to apply.")
    return NO_WORDS if asked else NOBODY_YET


def constraints(assessment: Assessment, guide: Guide, grounds: Grounds) -> Lines:
    if not assessment.constraints:
        return [wording().nothing["constraints"]]
    lines = [wording().introductions["constraints"], ""]
    rows = [
        (str(place), one.title, place_name(one.belongs_to), str(one.severity), number(one.certainty), str(one.lead_weeks), number(one.priority))
        for place, one in enumerate(assessment.constraints, start=1)
    ]
    lines += table(("No.", "Constraint", "Belongs to", "Severity", "Certainty", "Lead time in weeks", "Priority"), rows)
    for place, one in enumerate(assessment.constraints, start=1):
        about = f" ({escape(guide.label(one.item))})" if one.item in guide.items else ""
        lines += [
            f"### {place}. {escape(one.title)}",
            "",
            f"- First step: {escape(one.first_step)}",
            f"- Who should own it: {escape(sentence(one.owner))}",
            f"- Question for the board: {escape(one.board_question)}",
            f"- Where it comes from: {escape(place_name(one.belongs_to))}{about}.",
            *grounds.under(one, silent=NO_WORDS),
            "",
        ]
    return lines


def roadmap(assessment: Assessment, grounds: Grounds) -> Lines:
    plan = assessment.roadmap
    if not plan.phases and not plan.calendar:
        return [wording().nothing["roadmap"]]
    lines = [
        f"{wording().verdicts[assessment.verdict].plan} {wording().introductions['roadmap']}",
        "",
    ]
    for track, title, order in (
        ("sequence", "One after the other", "Each phase starts only when the one before it is done."),
        ("parallel", "At the same time", "This work starts now and waits for no phase."),
    ):
        phases = [phase for phase in plan.phases if phase.track == track]
        lines += [f"### {title}", "", *(_phases(phases, order) if phases else ["No phase is planned here."]), ""]
    lines += ["### Calendar", ""]
    lines += table(("Date", "What", "Why"), ((entry.on, entry.title, entry.detail) for entry in plan.calendar)) if plan.calendar else ["No dates to keep."]
    silent = "Nobody has said when the pilot started, so the plan counts from the day of this report alone."
    return [*lines, *grounds.under(plan, silent=silent)]


def _phases(phases: Sequence[Phase], order: str) -> Lines:
    lines = [order, "", *table(("Phase", "From", "To", "Because"), ((one.name, one.starts_on, one.ends_on, capital(one.because)) for one in phases))]
    for one in phases:
        lines += [f"- **{escape(one.name)}**", *indent(f"- {escape(sentence(work))}" for work in one.work)]
    return lines


def rollout(assessment: Assessment, grounds: Grounds) -> Lines:
    if not assessment.rollout:
        return [wording().nothing["rollout"]]
    rows = [(one.name, SHOWN[one.shown], one.placing, one.condition, one.reason) for one in assessment.rollout]
    lines = table(("Use case", "What the pilot showed", "Placing", "Waits until", "Why"), ((*row[:3], row[3] or "no condition", row[4]) for row in rows))
    return [*lines, *_shared_grounds(assessment.rollout, [escape(one.name) for one in assessment.rollout], grounds)]


def projection(assessment: Assessment, grounds: Grounds) -> Lines:
    found = assessment.projection
    spread = "not known" if found.low_percent is None or found.high_percent is None else _range(found.low_percent, found.high_percent)
    rows = [
        ("Improvement", percent(found.headline_percent), spread),
        ("Requests a day", _count(found.requests_today), _count(found.requests_at_rollout)),
        ("Cost a month", money(found.monthly_cost_today, found.currency), money(found.monthly_cost_at_rollout, found.currency)),
    ]
    known = [row for row in rows if set(row[1:]) != {"not known"}]
    lines = [escape(found.reason), ""]
    lines += table(("Figure", "In the pilot", "At rollout"), known) if known else []
    if len(known) < len(rows):
        absent = [row[0].lower() for row in rows if row not in known]
        lines += [f"Not computed, because the figures it needs have not been said: {', '.join(absent)}.", ""]
    lines += [f"The wait at peak: {escape(found.peak_wait)}" if found.peak_wait else "The wait at peak is not known.", ""]
    if found.assumptions:
        lines += ["What the figures assume:", ""]
        lines += table(
            ("Assumption", "What is assumed", "Where it comes from"), ((capital(one.name), one.text, ORIGINS[one.origin]) for one in found.assumptions)
        )
    else:
        lines += ["No assumptions were needed.", ""]
    asked = any(one.origin != "default" for one in found.assumptions)
    return [*lines, *grounds.under(found, silent=NO_WORDS if asked else NOBODY_YET)]


def _range(low: float, high: float) -> str:
    return percent(low) if low == high else f"{number(low)} to {percent(high)}"


def _count(value: float | None) -> str:
    return "not known" if value is None else f"{value:,.0f}"


def executive_questions(assessment: Assessment) -> Lines:
    if not assessment.executive_questions:
        return [wording().nothing["executive_questions"]]
    return [f"{place}. {escape(question)}" for place, question in enumerate(assessment.executive_questions, start=1)]


def unknown(assessment: Assessment) -> Lines:
    said, lacking = words_by_item(assessment), gaps(assessment)
    rows = [(one, why_open(said.get(one.item, ()))) for one in assessment.unknown] + [(one, "not asked yet") for one in lacking]
    kind = "unknown" if assessment.unknown and lacking else "unknown_asked" if assessment.unknown else "unknown_gaps" if lacking else "unknown_none"
    lines = [f"{heard(assessment)} {wording().introductions[kind]}{_elsewhere(assessment)}", ""]
    if rows:
        lines += table(("What", "The question", "Who could know", "Why it is open"), ((capital(one.label), one.ask, one.who, why) for one, why in rows))
    for one in assessment.unknown:
        if one.item in said:
            lines += [f"- **{escape(capital(one.label))}**", *indent(Grounds(()).under(Finding(evidence=said[one.item])))]
    return lines


def _elsewhere(assessment: Assessment) -> str:
    checks = [*assessment.governance, *assessment.feedback, *assessment.operations, *(check for force in assessment.forces.values() for check in force.checks)]
    unasked = sum(check.status == "unasked" for check in checks)
    return f" Not asked yet, and listed under the owners and the forces: {counted(unasked, 'check')}." if unasked else ""


def sources(assessment: Assessment) -> Lines:
    if not assessment.sources:
        return [wording().nothing["sources"]]
    lines: Lines = []
    numbered = enumerate(assessment.sources, start=1)
    for (title, author), group in groupby(numbered, key=lambda pair: (pair[1].title, pair[1].author)):
        lines += [f"### {escape(title)} ({escape(author)})", ""]
        for place, source in group:
            lines += [f"[{place}] Section: {escape(source.section)} (passage {escape(source.id)} of {escape(source.article)})", ""]
            lines += [*quoted(source.text), ""]
    return lines


def _tidy(lines: Lines) -> str:
    """Join the lines with never more than one empty line between them."""
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip() + "\n"
