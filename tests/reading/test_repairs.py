"""A slip put right in the same breath is not heard."""

from datetime import date

import pytest

from agent.reading.repairs import without_slips
from agent.reading.values import find_values

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Nineteen, no, twenty-one use it.", [21]),
        ("It was 40, sorry, 42 minutes.", [42]),
        ("18 people. No wait, let me see, it's 19.", [19]),
        ("45, hang on, I looked it up, 54 of them.", [54]),
        ("300 or rather 350 users", [350]),
        ("12 minutes before, 9 now", [12, 9]),
        ("40 people use it, no target was set, 60 were meant to.", [40, 60]),
        ("between 40 and 50 people", [45]),
        ("Not 48 but 38 people.", [48, 38]),
    ],
)
def test_the_last_word_counts(text, meant) -> None:
    assert [mention.value["value"] if isinstance(mention.value, dict) else mention.value for mention in without_slips(text, find_values(text, TODAY))] == meant
