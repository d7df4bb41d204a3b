"""The rollout design: which segment is ready, needs design work, waits for a condition, or stays out."""

from agent.judging.assessment import Gate, UseCase
from agent.judging.case import Case, join

PLACING = {
    "proven": ("ready", "", "The pilot showed that it works."),
    "weak": ("needs design work", "the weak results are understood and repaired", "The pilot showed weak results."),
    "untested": ("staged until", "it has been tried on these cases, with people who did not volunteer", "The pilot never tried it."),
    "excluded": ("out of scope", "", "It was left out on purpose."),
    "not said": ("staged until", "the pilot has shown what it does here", "Nobody said what the pilot showed."),
}
HOLDOUT = "it has been tried there with ordinary users, and one of their own measures rewards the new way"


def rollout(case: Case, gates: dict[str, Gate]) -> tuple[UseCase, ...]:
    """Place every segment that was named: use cases, contexts left out of the pilot, departments that hold back."""
    named = [_split(entry) for entry in case.known("rollout.use_cases") or []]
    placed = [_place(case, gates, name, shown, "rollout.use_cases", "use case") for name, shown in named]
    known_names = {name.lower() for name, _ in named}
    for context in case.known("capability.new_contexts") or []:
        if context.lower() not in known_names:
            placed.append(_place(case, gates, context, "untested", "capability.new_contexts", "context"))
    for department in case.known("culture.holdouts") or []:
        if department.lower() not in known_names:
            one = _place(case, gates, department, "untested", "culture.holdouts", "department")
            placed.append(one.model_copy(update={"condition": HOLDOUT, "reason": "The department has not come forward."}))
    return tuple(placed)


def _split(entry: str) -> tuple[str, str]:
    name, _, shown = entry.rpartition(":")
    shown = shown.strip().lower()
    return (name.strip(), shown) if name and shown in PLACING else (entry, "not said")


def _place(case: Case, gates: dict[str, Gate], name: str, shown: str, item: str, segment: str) -> UseCase:
    placing, condition, reason = PLACING[shown]
    return UseCase(
        name=name,
        shown=shown,  # type: ignore[arg-type]
        placing=placing,  # type: ignore[arg-type]
        condition=condition,
        reason=reason,
        segment=segment,  # type: ignore[arg-type]
        starts=_starts(gates, placing),
        evidence=case.evidence(item),
    )


def _starts(gates: dict[str, Gate], placing: str) -> str:
    """Say with which stage it can begin; what is ready in itself still waits for the pilot's own gates."""
    if placing == "out of scope":
        return "not planned"
    if placing == "ready":
        waiting = [name for name, gate in gates.items() if gate.status != "pass"]
        return f"stage 1, once the pilot passes: {join(waiting)}" if waiting else "stage 1"
    return "stage 2 at the earliest"
