"""Days as people say them, seen from Saturday 21 November 2026."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.dates import find_dates

TODAY = date(2026, 11, 21)
DAYS = [
    ("2026-03-16", "2026-03-16"), ("16 March 2026", "2026-03-16"), ("16th of March, 2026", "2026-03-16"), ("March 16th", "2026-03-16"), ("March 16, 2025", "2025-03-16"),
    ("16.03.2026", "2026-03-16"), ("3/4/2026", "2026-04-03"), ("3/14/2026", "2026-03-14"), ("16-03-2026", "2026-03-16"), ("2026/03/16", "2026-03-16"),
    ("the first of July", "2026-07-01"), ("the 15 of april", "2026-04-15"), ("on 3 may", "2026-05-03"), ("since may", "2026-05-01"), ("in march", "2026-03-01"),
    ("in june", "2026-06-01"), ("May", "2026-05-01"), ("June.", "2026-06-01"), ("mid-May", "2026-05-15"), ("early March", "2026-03-01"), ("late March", "2026-03-20"),
    ("the end of March", "2026-03-31"), ("the end of the quarter", "2026-09-30"), ("at the end of Q1", "2026-03-31"), ("Q3", "2026-07-01"), ("last quarter", "2026-07-01"),
    ("the second quarter of 2025", "2025-04-01"), ("calendar week 14", "2026-03-30"), ("week 14", "2026-03-30"), ("KW 14", "2026-03-30"), ("week 50", "2025-12-08"),
    ("the second week of January", "2026-01-05"), ("the last week of May", "2026-05-25"), ("last December", "2025-12-01"), ("in June this year", "2026-06-01"),
    ("December last year", "2025-12-01"), ("three weeks ago", "2026-10-31"), ("seven months ago", "2026-04-01"), ("a year ago", "2025-11-01"), ("half a year ago", "2026-05-01"),
    ("a fortnight ago", "2026-11-07"), ("since summer", "2026-06-01"), ("last winter", "2025-12-01"), ("last year", "2025-01-01"), ("last month", "2026-10-01"),
    ("the end of last month", "2026-10-31"), ("end of last year", "2025-12-31"), ("since the beginning of the year", "2026-01-01"), ("the end of 2025", "2025-12-31"),
    ("29 February", "2024-02-29"), ("yesterday", "2026-11-20"), ("since Monday", "2026-11-16"), ("since Saturday", "2026-11-14"), ("in 2025", "2025-01-01"),
    ("since last year, in June", "2026-06-01"), ("December", "2025-12-01"), ("Sept. 4", "2026-09-04"), ("the twenty-first of September", "2026-09-21"),
    ("the first Monday in May, this year", "2026-05-04"), ("the last Friday of October", "2026-10-30"), ("since the fall of 2025", "2025-09-01"), ("last fall", "2026-09-01"),
    ("11/2025", "2025-11-01"), ("2025-11", "2025-11-01"), ("5. January 2026", "2026-01-05"), ("Nov '24", "2024-11-01"), ("1 Feb 25", "2025-02-01"),
    ("two Mondays ago", "2026-11-09"), ("first half of 2025", "2025-01-01"), ("H2 last year", "2025-07-01"), ("a year and a half ago", "2025-05-01"),
    ("a few weeks ago", "2026-10-31"), ("since the 9th of last month", "2026-10-09"), ("since 2025", "2025-01-01"), ("We're in month five.", "2026-07-01"),
    ("we are now in our third month", "2026-09-01"), ("It is in week six.", "2026-10-17"), ("six months ago to the day", "2026-05-21"), ("a year ago today", "2025-11-21"),
    ("on Valentine's Day", "2026-02-14"), ("since st patricks day", "2026-03-17"), ("Boxing Day", "2025-12-26"), ("valentines day", "2026-02-14"), ("April Fool’s Day", "2026-04-01"), ("on St Valentine's Day", "2026-02-14"), ("Halloween last year", "2025-10-31"),
]  # fmt: skip
NONE = [
    "31 April", "30 February 2026", "we may start", "May I ask", "may", "they march on", "March on!", "June Fletcher", "Jan de Vries said so", "Jan runs it", "2026-13-45",
    "99.99.2026", "week 60", "today's a 24/7 thing".removeprefix("today's "), "8:30", "three weeks", "the year", "0 weeks after", "April's team", "it should fall by 12 %", "",
    "In month five we stopped", "10-12 people", "the first half of the list", "13/2025",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_reads_a_day(text: str, expected: str) -> None:
    assert [day.iso for day in find_dates(text, TODAY)] == [expected]


@pytest.mark.parametrize("text", NONE)
def test_leaves_what_is_no_day(text: str) -> None:
    assert find_dates(text, TODAY) == []


def test_reads_two_days_of_one_sentence() -> None:
    assert [day.iso for day in find_dates("Started on 2 March, and went live in early June last year.", TODAY)] == ["2026-03-02", "2025-06-01"]


@given(
    st.text()
    | st.lists(st.sampled_from(re.findall(r"\S+", "end of last the this week month quarter year 31 April 99 2026 0 1/1/20 first Q1 ago since May"))).map(
        " ".join
    ),
    st.dates(),
)
def test_any_text_gives_spans_inside_it(text: str, today: date) -> None:
    for day in find_dates(text, today):
        assert 0 <= day.start < day.end <= len(text)
        assert date.fromisoformat(day.iso).isoformat() == day.iso
