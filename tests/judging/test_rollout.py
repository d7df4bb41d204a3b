"""The rollout design: where each use case is placed."""

import pytest

from tests.judging.pilots import judged

PLACING = [
    ("motor: proven", "motor", "ready"),
    ("motor: Proven ", "motor", "ready"),
    ("home: weak", "home", "needs design work"),
    ("travel: untested", "travel", "staged until"),
    ("legal: excluded", "legal", "out of scope"),
    ("claims: motor: weak", "claims: motor", "needs design work"),
    ("motor", "motor", "staged until"),
    ("motor: great", "motor: great", "staged until"),
]


@pytest.mark.parametrize(("entry", "name", "placing"), PLACING)
def test_placing(entry: str, name: str, placing: str) -> None:
    (found,) = judged({"rollout.use_cases": [entry]}).rollout
    assert (found.name, found.placing) == (name, placing)
    assert found.reason
    assert found.evidence
    assert bool(found.condition) is (placing in ("staged until", "needs design work"))


def test_contexts_left_out_wait_until_they_are_tried() -> None:
    found = judged({"rollout.use_cases": ["motor: proven", "the Polish branch: excluded"], "capability.new_contexts": ["The Polish branch", "refunds"]}).rollout
    assert [(one.name, one.placing) for one in found] == [("motor", "ready"), ("the Polish branch", "out of scope"), ("refunds", "staged until")]
    assert found[2].evidence[0].item == "capability.new_contexts"


def test_no_use_case_no_design() -> None:
    assert judged({"rollout.use_cases": []}).rollout == ()
