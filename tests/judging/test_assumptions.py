"""What a projection assumes can be replaced, and shows how much hangs on it."""

from typing import Any

import pytest

from agent.errors import InputRefused
from agent.judging import assess
from tests.judging.pilots import GUIDE, SCALES, TODAY, UNASKED, record

FIGURES: dict[str, Any] = {
    **SCALES, "charter.case_coverage": 50, "gates.adoption": 80, "gates.requests_per_user_day": 10, "gates.cost_per_request": {"amount": 0.02, "currency": "EUR"},
}  # fmt: skip


def projected(items: dict[str, Any], **put_in: float) -> Any:
    return assess(record(items), GUIDE, TODAY, assumptions=put_in).projection


def test_a_figure_put_in_stands_for_what_was_said_and_is_marked() -> None:
    before, after = projected(FIGURES), projected(FIGURES, adoption=0.4)
    assert after.high_percent == pytest.approx(before.high_percent / 2, abs=0.1)
    assert after.monthly_cost_at_rollout == pytest.approx(before.monthly_cost_at_rollout / 2)
    assert {one.key: one.origin for one in after.assumptions}["adoption"] == "assumed"


def test_where_nobody_gave_a_figure_it_makes_a_projection_possible() -> None:
    assert projected({"charter.case_coverage": 50}).headline_percent is None
    assert projected({"charter.case_coverage": 50}, improvement=30, adoption=0.5).high_percent == 7.5


@pytest.mark.parametrize(
    ("put_in", "says"),
    [({"adoption": 1.5}, "out of range"), ({"adoption": -0.1}, "out of range"), ({"adoption": float("nan")}, "out of range"), ({"luck": 1}, "luck")],
)
def test_a_figure_that_cannot_be_is_refused_with_the_names_and_ranges(put_in: dict[str, float], says: str) -> None:
    with pytest.raises(InputRefused, match=says) as refused:
        projected(FIGURES, **put_in)
    assert "coverage (0 to 1 share)" in str(refused.value)


def test_the_waterfall_ends_where_the_projection_does() -> None:
    found = projected({**FIGURES, "capability.ordinary_users_tested": "no", "charter.case_coverage": UNASKED, "capability.full_mix_tested": UNASKED})
    assert (found.steps[0].low, found.steps[0].high) == (found.headline_percent,) * 2
    assert (round(found.steps[-1].low, 1), round(found.steps[-1].high, 1)) == (found.low_percent, found.high_percent)
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert after.high == pytest.approx(before.high * after.factor_high, abs=0.01)
        assert after.low == pytest.approx(before.low * after.factor_low, abs=0.01)


def test_the_widest_assumption_moves_the_effect_most() -> None:
    found = projected({**FIGURES, "charter.case_coverage": UNASKED, "capability.full_mix_tested": UNASKED})
    effects = [one for one in found.sensitivity if one.result == "effect at rollout, %"]
    assert effects[0].key == "coverage"
    assert [one.swing for one in effects] == sorted((one.swing for one in effects), reverse=True)
    assert {one.key for one in found.sensitivity if one.result != effects[0].result} == {"rollout_users", "adoption", "requests", "cost", "working_days"}


def test_the_budget_is_a_year_of_the_higher_cost() -> None:
    found = projected({**FIGURES, "capability.ordinary_users_tested": "no"})
    assert found.monthly_cost_low < found.monthly_cost_high == found.monthly_cost_at_rollout
    assert found.budget_a_year == pytest.approx(found.monthly_cost_high * 12)
