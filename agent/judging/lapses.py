"""Evidence ages: figures move, people change posts, reviews run out."""

from datetime import date, timedelta

from agent.judging.case import Case
from agent.judging.decisions import Lapsed


def lapsed(case: Case) -> tuple[Lapsed, ...]:
    """Return the evidence that is older than its kind keeps, in the order of the guide; what was never dated does not age."""
    found = []
    for item, weeks in case.guide.keeps.items():
        said = [one.said_on for one in case.record.said(item) if one.said_on]
        if not said or not case.record.heard(item):
            continue
        until = date.fromisoformat(max(said)) + timedelta(weeks=weeks)
        if until < case.today:
            found.append(
                Lapsed(item=item, label=case.guide.label(item), said_on=max(said), held_until=until.isoformat(), evidence=case.evidence(item)),
            )
    order = list(case.guide.items)
    return tuple(sorted(found, key=lambda one: order.index(one.item)))
