"""The rollout design: which use case is ready, needs design work, waits for a condition, or stays out."""

from agent.judging.assessment import UseCase
from agent.judging.case import Case

PLACING = {
    "proven": ("ready", "", "The pilot showed that it works."),
    "weak": ("needs design work", "the weak results are understood and repaired", "The pilot showed weak results."),
    "untested": ("staged until", "it has been tried on these cases, with people who did not volunteer", "The pilot never tried it."),
    "excluded": ("out of scope", "", "It was left out on purpose."),
    "not said": ("staged until", "the pilot has shown what it does here", "Nobody said what the pilot showed."),
}


def rollout(case: Case) -> tuple[UseCase, ...]:
    """Place every use case that was named; contexts left out of the pilot wait until they are tried."""
    named = [_split(entry) for entry in case.known("rollout.use_cases") or []]
    placed = [_place(case, name, shown, "rollout.use_cases") for name, shown in named]
    known_names = {name.lower() for name, _ in named}
    for context in case.known("capability.new_contexts") or []:
        if context.lower() not in known_names:
            placed.append(_place(case, context, "untested", "capability.new_contexts"))
    return tuple(placed)


def _split(entry: str) -> tuple[str, str]:
    name, _, shown = entry.rpartition(":")
    shown = shown.strip().lower()
    return (name.strip(), shown) if name and shown in PLACING else (entry, "not said")


def _place(case: Case, name: str, shown: str, item: str) -> UseCase:
    placing, condition, reason = PLACING[shown]
    return UseCase(name=name, shown=shown, placing=placing, condition=condition, reason=reason, evidence=case.evidence(item))  # type: ignore[arg-type]
