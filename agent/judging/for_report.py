"""The assessment for a report: everything of a turn's assessment, and what only a board wants to see."""

from collections.abc import Mapping
from datetime import date

from agent.items import Guide
from agent.judging.assessment import Assessment, Thresholds
from agent.judging.case import Case
from agent.judging.first_page import first_page
from agent.judging.hard_questions import hard_questions
from agent.judging.lapses import lapsed
from agent.judging.verdict import assess
from agent.judging.what_if import what_if
from agent.record import Record


def assess_for_report(
    record: Record, guide: Guide, today: date, thresholds: Thresholds | None = None, *, assumptions: Mapping[str, float] | None = None
) -> Assessment:
    """Judge a record as `assess` does, and add what would change the verdict, the first page, the hard questions and what has lapsed."""
    found = assess(record, guide, today, thresholds, assumptions=assumptions)
    case = Case(record, guide, today, thresholds or Thresholds())
    return found.model_copy(
        update={
            "what_if": what_if(case, found.gates, found.verdict),
            "first_page": first_page(case, found),
            "hard_questions": hard_questions(case, found),
            "lapsed": lapsed(case),
        }
    )
