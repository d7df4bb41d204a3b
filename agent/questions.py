"""The next question: what is still worth asking, by what could still change the verdict."""

from dataclasses import dataclass

from agent.conversation import Asked, Conversation, Mode
from agent.items import Question, Stage
from agent.judging.case import HANGS_ON, Case
from agent.judging.completeness import set_aside
from agent.judging.figures import adoption, differs, measure
from agent.judging.forces import FORCES
from agent.judging.gates import ADOPTION_ITEMS, KPI_ITEMS, REVIEWS, gates
from agent.judging.owners import OWNERS, owners
from agent.judging.proof_of_scale import CONDITIONS

# How far an item reaches. What decides a higher rung of the verdict is asked first; the rest fills the report.
ORIENTATION, DEMO, GATE, ORGANISATION, REPORT = 6, 5, 4, 3, 1
USE_CASE = "charter.use_case"
DEMO_ITEMS = ("charter.kpi", "charter.baseline", "charter.target")
GATE_ITEMS = (*KPI_ITEMS, *ADOPTION_ITEMS, *REVIEWS)
ORGANISATION_ITEMS = (
    *(f"owners.{name}" for name in OWNERS), "owners.sponsor", "owners.builder",
    *(item for items in FORCES.values() for item in items), *(item for item, _ in CONDITIONS.values()),
)  # fmt: skip


@dataclass(frozen=True)
class Next:
    """What to ask now: the question, the items it is still about, and why in this way."""

    question: Question
    items: tuple[str, ...]
    mode: Mode

    @property
    def stage(self) -> Stage:
        return self.question.stage


def next_question(case: Case, conversation: Conversation) -> Next | None:
    """Return what to ask next, or None where nothing is worth asking any more."""
    return unsettled(case, conversation) or _ask_again(case, conversation) or _most_telling(case, conversation)


def stakes(case: Case, depth: str = "full") -> dict[str, int]:
    """Return for each item how far it reaches: what could still change the verdict weighs more than what fills the report."""
    reach = dict.fromkeys(case.guide.items, REPORT)
    for item in _still_deciding(case):
        reach[item] = DEMO if item in DEMO_ITEMS else GATE if item in GATE_ITEMS else ORGANISATION
    if depth == "full":
        reach[USE_CASE] = ORIENTATION
    return reach


def _still_deciding(case: Case) -> list[str]:
    """Return the items on which a rung of the verdict still hangs, whatever the others turn out to be."""
    if case.absent("charter.kpi"):
        return []
    found = gates(case)
    figures = [item for item in ("charter.baseline", "charter.target") if case.known(item) is not None]
    demo = ["charter.kpi", *(DEMO_ITEMS[1:] if not figures else ())]
    if any(gate.status == "fail" for gate in found.values()):
        return demo
    gate_items = [*demo, *GATE_ITEMS]
    aside = set_aside(case)
    stuck = all(case.record.heard(item) or item in aside for item in GATE_ITEMS) and any(gate.status == "unproven" for gate in found.values())
    return gate_items if stuck or _must_redesign(case) else [*gate_items, *ORGANISATION_ITEMS]


def _must_redesign(case: Case) -> bool:
    """Say whether the organisation already lacks something that no later answer can make good."""
    lacking = any(owner.status in ("missing", "conflict") for owner in owners(case).values())
    return lacking or any(case.check(item) in ("open", "partly") for item, _ in CONDITIONS.values())


def decides_something(item: str) -> bool:
    """Say whether a rule of a gate, an owner, a force or the proof of scale reads the item."""
    return item in GATE_ITEMS or item in ORGANISATION_ITEMS


def unsettled(case: Case, conversation: Conversation) -> Next | None:
    """One neutral question about statements that cannot both hold."""
    asked = {item for one in conversation.asked if one.mode == "conflict" for item in one.items}
    for item in (*case.record.conflicts(), *_disagreeing_figures(case)):
        if item not in asked:
            return Next(case.guide.question_for(item), (item,), "conflict")
    return None


def _disagreeing_figures(case: Case) -> list[str]:
    found = []
    use = adoption(case)
    if use.spread and use.stated and use.counted is not None and differs(use.spread, use.counted) > case.thresholds.discrepancy_points:
        found.append("gates.adoption")
    if measure(case).mixed_units:
        found.append("gates.kpi_now")
    return found


def _ask_again(case: Case, conversation: Conversation) -> Next | None:
    """Ask once more for what the last question left open, where it decides something, names the pilot, or nothing at all was understood."""
    last = conversation.open
    if last is None or last.mode in ("opening", "conflict"):
        return None
    question = case.guide.question(last.question)
    if question.id in conversation.skipped:
        return None
    aside = set_aside(case) | _not_known_either(case)
    left = [item for item in last.items if not case.record.heard(item) and item not in aside]
    silent = len(left) == len([item for item in last.items if item not in aside])
    wanted = tuple(item for item in left if conversation.times_asked(item) < 2 and (silent or decides_something(item) or item == USE_CASE))
    return Next(question, wanted, "again") if wanted else None


def _not_known_either(case: Case) -> set[str]:
    """Return what hangs on something that the person does not know: who knows no target cannot say when it was set, and is not asked twice."""
    return {item for cause, items in HANGS_ON.items() if case.record.state(cause) == "unknown" for item in items}


def _most_telling(case: Case, conversation: Conversation) -> Next | None:
    """Return the question with the furthest reach; among equals the guide's order holds."""
    reach = stakes(case, conversation.depth)
    aside = set_aside(case)
    enough = ORGANISATION if conversation.depth == "quick" else REPORT
    already = conversation.asked_items()
    best: tuple[int, Next] | None = None
    for question in case.guide.questions:
        if question.id in conversation.skipped:
            continue
        items = tuple(item for item in question.asks if not case.record.heard(item) and item not in aside and item not in already)
        weight = max((reach[item] for item in items), default=0)
        if weight >= enough and (best is None or weight > best[0]):
            best = (weight, Next(question, items, "question"))
    return best[1] if best else None


def minutes_left(case: Case, conversation: Conversation) -> int:
    """Estimate how long the rest takes, at 40 seconds a question."""
    done = set_aside(case) | conversation.asked_items()
    left = sum(
        any(not case.record.heard(item) and item not in done for item in question.asks)
        for question in case.guide.questions
        if question.id not in conversation.skipped
    )
    return round(left * 40 / 60)


def asked(next_one: Next, turn: int) -> Asked:
    return Asked(question=next_one.question.id, items=next_one.items, mode=next_one.mode, turn=turn)
