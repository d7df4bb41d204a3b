"""How far a claim can be trusted: the conditions of the pilot cap it, whatever the figures are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.judging.confidence import confidence
from agent.judging.findings import Cap
from tests.judging.pilots import SCALES, UNASKED, changed
from tests.judging.test_properties import subsets

CLEAN: dict[str, Any] = {
    "charter.team_selection": "assigned", "charter.close_support": "no", "charter.case_coverage": 95, "gates.measured_independently": "yes",
}  # fmt: skip


def level(changes: dict[str, Any], gate: str = "impact") -> float:
    found = changed({**CLEAN, **changes}).gates[gate].confidence
    assert found
    return found.level


def test_a_pilot_without_favours_is_not_capped() -> None:
    assert level({}) == 1


@pytest.mark.parametrize(
    ("changes", "name", "most"),
    [
        ({"charter.team_selection": "volunteers"}, "self-selected users", 0.5),
        ({"charter.team_selection": "mixed"}, "self-selected users", 0.7),
        ({"charter.close_support": "yes"}, "close support", 0.5),
        ({"charter.case_coverage": 40}, "curated cases", 0.5),
        ({"gates.measured_independently": "no"}, "favourable measurement", 0.5),
        ({"charter.production_data": "partly"}, "cleaned data", 0.7),
        ({"gates.kpi_now": UNASKED, "gates.improvement": 40}, "stated figure", 0.5),
        ({"charter.kpi_kind": "model"}, "measure of the model", 0.2),
        ({"charter.team_selection": UNASKED}, "what was not checked", 0.8),
    ],
)
def test_each_favour_caps_it_and_is_named_with_its_words(changes: dict[str, Any], name: str, most: float) -> None:
    found = changed({**CLEAN, **changes}).gates["impact"].confidence
    assert found
    assert (found.level, [cap.name for cap in found.caps]) == (most, [name])
    assert name in found.reason
    assert found.caps[0].evidence or name == "what was not checked"


def test_where_nothing_is_claimed_there_is_no_confidence() -> None:
    found = changed({"gates.adoption": UNASKED, "gates.kpi_now": UNASKED, "charter.baseline": UNASKED})
    assert [found.gates[name].confidence for name in ("adoption", "impact", "readiness")] == [None, None, None]
    assert found.projection.confidence is None


def test_the_projection_is_no_surer_than_its_defaults() -> None:
    found = changed({**CLEAN, "charter.case_coverage": UNASKED, "capability.full_mix_tested": UNASKED}).projection.confidence
    assert found
    assert found.level < 0.5
    assert "defaults" in found.reason


@given(st.lists(st.builds(Cap, name=st.just("a"), at=st.floats(0, 1), reason=st.just("b")), max_size=8), st.floats(0, 1))
def test_one_more_cap_never_makes_it_surer(caps: list[Cap], at: float) -> None:
    before = confidence(tuple(caps)).level
    assert 0 <= confidence((*caps, Cap(name="c", at=at, reason="d"))).level <= max(before, 0.1)


@given(subsets)
def test_a_claim_is_never_surer_than_its_lowest_cap(kept: set[str]) -> None:
    found = changed({name: UNASKED for name in SCALES if name not in kept})
    for gate in found.gates.values():
        if gate.confidence:
            assert gate.confidence.level <= max([0.1, *(cap.at for cap in gate.confidence.caps)])
            assert all(gate.confidence.level <= max(0.1, cap.at) for cap in gate.confidence.caps)
