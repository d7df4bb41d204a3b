"""The hard questions of an executive meeting: three from this pilot's own gaps, then those of a CFO, a CISO and a line manager."""

from agent.items import BoardQuestion
from agent.judging.assessment import Assessment, HardQuestion
from agent.judging.case import Case, join
from agent.judging.figures import adoption, number, show

EACH = 3
HARDEST_FIRST = ("not known", "partly", "known")
# What a computed figure says better than the item it is made from.
COVERS = {"wait": "gates.peak_latency"}
UNITS = {"gates.adoption": " %", "charter.case_coverage": " %", "charter.rollout_users": " people"}


def hard_questions(case: Case, found: Assessment) -> tuple[HardQuestion, ...]:
    """Return the board's three questions and the three hardest of each of the others, hardest first."""
    asked = [_answered(case, found, one) for one in case.guide.board]
    others = []
    for who in dict.fromkeys(one.asked_by for one in asked):
        theirs = [one for one in asked if one.asked_by == who]
        others += sorted(theirs, key=lambda one: HARDEST_FIRST.index(one.known))[:EACH]
    return (*_from_gaps(case, found), *others)


def _from_gaps(case: Case, found: Assessment) -> list[HardQuestion]:
    by_question = {one.board_question: one for one in found.constraints}
    questions = []
    for question in found.executive_questions:
        one = by_question[question]
        sure = one.certainty == 1
        questions.append(
            HardQuestion(
                asked_by="the board",
                question=question,
                answer=_gap(case, one.item, one.title, sure),
                known="known" if sure else "partly" if _value(case, one.item) is not None else "not known",
                who="" if sure else case.guide.items[one.item].who,
                evidence=one.evidence,
            )
        )
    return questions


def _gap(case: Case, item: str, title: str, sure: bool) -> str:
    if _value(case, item) is not None:
        return f"{title} ({case.guide.label(item)}: {_value(case, item)})."
    return f"{title}." if sure else f"Not known: {case.guide.label(item)}."


def _answered(case: Case, found: Assessment, asked: BoardQuestion) -> HardQuestion:
    """Answer from what was said and what follows from it; the rest is not known, and somebody could know it."""
    figures = {name: text for name in asked.figures if (text := _figure(found, name))}
    covered = {COVERS[name] for name in figures if name in COVERS}
    said = [item for item in asked.items if _value(case, item) is not None]
    silent = [item for item in asked.items if item not in said and case.record.state(item) != "not_applicable"]
    answer = [f"{_capital(case.guide.label(item))}: {_value(case, item)}." for item in said if item not in covered] + list(figures.values())
    if silent:
        answer.append(f"Not known: {join(case.guide.label(item) for item in silent)}.")
    return HardQuestion(
        asked_by=asked.asked_by,
        question=asked.question,
        answer=" ".join(answer) or "Said not to apply.",
        known="known" if not silent else "partly" if said or figures else "not known",
        who="; ".join(dict.fromkeys(case.guide.items[item].who for item in silent)),
        evidence=case.evidence(*asked.items),
    )


def _value(case: Case, item: str) -> str | None:
    """Word what stands for an item, or None where nobody knows; adoption may follow from counts."""
    if item == "gates.adoption" and (rate := adoption(case).rate) is not None:
        return f"{number(rate)} %"
    if case.absent(item):
        return "none"
    return None if case.known(item) is None else f"{show(case.known(item))}{UNITS.get(item, '')}"


def _figure(found: Assessment, name: str) -> str:
    """Word a computed figure that answers the question, or nothing where it cannot be computed."""
    plan = found.projection
    if name == "cost" and plan.monthly_cost_at_rollout is not None and plan.budget_a_year is not None:
        month, year = (f"{plan.currency or ''} {number(amount)}".strip() for amount in (plan.monthly_cost_at_rollout, plan.budget_a_year))
        return f"Computed: up to {month} a month at rollout, {year} a year."
    if name == "effect" and plan.headline_percent is not None:
        return f"Computed: {plan.reason}" + (f" Confidence: {plan.confidence.word}." if plan.confidence else "")
    if name == "wait" and plan.peak_wait:
        return plan.peak_wait
    return ""


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
