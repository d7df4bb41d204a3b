"""What moved from one assessment to the next, and how past projections did."""

from typing import Any

from agent.judging import assess_for_report
from agent.judging.assessment import Comparison
from agent.judging.comparing import compare
from agent.judging.scoring import Actual, scores
from tests.judging.pilots import GUIDE, SCALES, TODAY, UNASKED, changed, record


def moved(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
    one, other = record({**SCALES, **before}), record({**SCALES, **after})
    return compare(assess_for_report(one, GUIDE, TODAY), one, assess_for_report(other, GUIDE, TODAY), other, GUIDE)


def test_a_gate_moves_and_says_what_moved_it() -> None:
    found = moved({"gates.adoption": 60}, {"gates.adoption": 75})
    (gate,) = found.moved
    assert (gate.part, gate.before, gate.after, gate.better) == ("adoption gate", "fail", "pass", True)
    assert gate.because == ("adoption: 60 %, now 75 %",)
    assert [one.item for one in gate.evidence][:1] == ["gates.adoption"]
    assert (found.verdict_before, found.verdict_after) == ("rerun", "scale")
    assert found.closed == ("Too few of the intended users work with it",)


def test_what_got_worse_is_not_better() -> None:
    found = moved({}, {"gates.security_review": "no", "owners.production": "BackSoft"})
    assert {(one.part, one.better) for one in found.moved} == {("readiness gate", False), ("production owner", False)}
    assert set(found.opened) == {"The security review is not closed", "No owner who lives with it after handover"}


def test_what_was_not_asked_again_has_only_lost_its_evidence() -> None:
    found = moved({"gates.security_review": "no"}, {"gates.security_review": UNASKED})
    (gate,) = found.moved
    assert (gate.after, gate.asked_again, gate.better) == ("unproven", False, False)
    assert (found.closed, found.unheard) == ((), ("The security review is not closed",))


def test_nothing_moves_where_nothing_changed() -> None:
    found = moved({}, {})
    assert (found.moved, found.closed, found.opened, found.unheard) == ((), (), (), ())
    assert len(found.unmoved) == 4 + 4 + 3 + 3


def test_a_projection_is_scored_by_its_range() -> None:
    projected = changed({"charter.case_coverage": 50, "capability.ordinary_users_tested": "no"})
    low, high = projected.projection.low_percent, projected.projection.high_percent
    assert low is not None and high is not None
    found = scores(projected, [Actual(on="2027-06-01", improvement=high + 2, adoption=50), Actual(on="2027-09-01", improvement=low)])
    assert [(one.name, one.inside, one.off_by) for one in found] == [("improvement", False, 2), ("adoption", True, 0), ("improvement", True, 0)]
    assert scores(changed({}), [Actual(on="2027-06-01", cost=100)]) == ()
