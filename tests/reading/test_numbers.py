"""Numbers as people write and say them, and figures that are none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.numbers import find_numbers

NUMBERS = [
    ("31", [31]),
    ("For all the regions I have seen the number 330.", [330]),
    ("1,200 users", [1200]),
    ("1.200 users", [1200]),
    ("1 200 users", [1200]),
    ("1'200 users", [1200]),
    ("1,234,567.5", [1234567.5]),
    ("12,3 minutes", [12.3]),
    ("0,04 euro", [0.04]),
    ("0.125", [0.125]),
    ("10k requests", [10000]),
    ("2.5 million", [2500000]),
    ("2½ hours", [2.5]),
    ("twenty-four", [24]),
    ("forty five", [45]),
    ("a hundred and fifty", [150]),
    ("two hundred and ten officers", [210]),
    ("one thousand two hundred", [1200]),
    ("twelve hundred", [1200]),
    ("three thousand", [3000]),
    ("a dozen nurses", [12]),
    ("half a dozen", [6]),
    ("two dozen", [24]),
    ("a couple of weeks", [2]),
    ("two and a half hours", [2.5]),
    ("One and a half cents", [1.5]),
    ("two point five seconds", [2.5]),
    ("Zero.", [0]),
    ("One.", [1]),
    ("one nurse", [1]),
    ("24 of the 40", [24, 40]),
    ("24 out of 40", [24, 40]),
    ("6 to 8", [6, 8]),
    ("22-25 minutes", [22, 25]),
    ("5min", [5]),
    ("sixteen, eleven yards later", [16, 11]),
    ("in 2000 cases", [2000]),
    ("a couple of hundred", [200]),
    ("five grand a month", [5000]),
    ("two grand pianos", [2]),
    ("Last month 35, this month 31.", [35, 31]),
]
SHARES = [
    ("two thirds", 66.7),
    ("two-thirds of them", 66.7),
    ("three quarters", 75),
    ("roughly a third", 33.3),
    ("half of the team", 50),
    ("nine in ten", 90),
    ("four out of five", 80),
    ("one in five", 20),
    ("1 in 5", 20),
    ("one out of every four", 25),
    ("a quarter of the staff", 25),
    ("9 out of 10", 90),
    ("3 in a thousand", 0.3),
    ("three per thousand", 0.3),
    ("1 in 1,000", 0.1),
]
NONE = [
    "one of them", "no one", "No one's asked", "on the one hand", "number one", "the number one problem", "the number 7 depot", "week one", "the first", "GPT-4", "GPT 4o", "version 2.1", "24/7",
    "ISO 27001", "Q3", "in 2025", "since 1998", "8:30", "at five in the morning", "at 5 pm", "nine o'clock", "room 12", "phase two", "from day one",
    "the new one", "this one", "one another", "the 3rd time", "a third party", "hundreds of people", "the first half of the year", "a half-hearted try",
    "One day we will", "Office 365", "H2O", "once a quarter", "one by one", "4x faster", "", "someone", "tender", "at half past eight", "the other one",
    "several hundred", "a few dozen", "month 5",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_reads_numbers(text: str, expected: list[float]) -> None:
    assert [number.value for number in find_numbers(text)] == expected


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_reads_fractions_as_percent(text: str, expected: float) -> None:
    assert [(number.value, number.share) for number in find_numbers(text)] == [(expected, True)]


@pytest.mark.parametrize("text", NONE)
def test_leaves_what_is_no_number(text: str) -> None:
    assert find_numbers(text) == []


@given(st.text() | st.text(alphabet="0123456789.,:/-½ onetwhfrad%"))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    found = find_numbers(text)
    assert all(0 <= number.start < number.end <= len(text) for number in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
