"""The typed values of a text: shares, money, durations, ranges, counts and quantities."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.values import as_quantity, find_values, since

TODAY = date(2026, 11, 21)


def span(value: float, low: float, high: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "low": low, "high": high}


def time(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit}


def cash(amount: float, currency: str) -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


DURATIONS = [
    ("900 ms", time(0.9, "seconds")),
    ("for two quarters now", time(6, "months")),
    ("6 weeks", time(6, "weeks")),
    ("a three-week run", time(3, "weeks")),
    ("5min", time(5, "minutes")),
    ("10 s", time(10, "seconds")),
    ("2 hrs", time(2, "hours")),
    ("four full weeks", time(4, "weeks")),
    ("3 working days", time(3, "days")),
    ("half an hour", time(0.5, "hours")),
    ("a half hour", time(0.5, "hours")),
    ("half a year", time(0.5, "years")),
    ("a quarter of an hour", time(0.25, "hours")),
    ("three quarters of an hour", time(0.75, "hours")),
    ("a day and a half", time(1.5, "days")),
    ("It takes an hour and a half", time(1.5, "hours")),
    ("two and a half hours", time(2.5, "hours")),
    ("1 min 10 sec", time(70, "seconds")),
    ("2 hours and 30 minutes", time(150, "minutes")),
    ("a month", time(1, "months")),
    ("It's held for a month now", time(1, "months")),
    ("about a minute", time(1, "minutes")),
    ("nine days and a half", time(9.5, "days")),
    ("five comma five seconds", time(5.5, "seconds")),
    ("it will take like a week", time(1, "weeks")),
    ("you wait like a minute for a schedule", time(1, "minutes")),
    ("a fortnight", time(2, "weeks")),
    ("for a quarter", time(3, "months")),
    ("a couple of weeks", time(2, "weeks")),
    ("one week", time(1, "weeks")),
    ("a whole year", time(1, "years")),
    ("an hour and twenty minutes", time(80, "minutes")),
    ("It needs an hour and 20 minutes a case", time(80, "minutes")),
    ("3h 20", time(200, "minutes")),
    ("two hours thirty", time(150, "minutes")),
    ("one minute twenty", time(80, "seconds")),
    ("1:45 hours", time(105, "minutes")),
    ("1h45", time(105, "minutes")),
    ("quarter of an hour", time(0.25, "hours")),
    ("a half-hour", time(0.5, "hours")),
    ("6 to 8 seconds", span(7, 6, 8, "seconds")),
    ("three or four weeks", span(3.5, 3, 4, "weeks")),
    ("22-25 minutes", span(23.5, 22, 25, "minutes")),
    ("from 3 to 5 seconds", span(4, 3, 5, "seconds")),
    ("between about 6 and 8 weeks", span(7, 6, 8, "weeks")),
    ("six, maybe seven weeks", span(6.5, 6, 7, "weeks")),
    ("30 seconds to 2 minutes", span(1.25, 0.5, 2, "minutes")),
]
MONEY = [
    ("EUR 0.02", cash(0.02, "EUR")), ("€0.02", cash(0.02, "EUR")), ("0.02 €", cash(0.02, "EUR")), ("0,04 euro", cash(0.04, "EUR")),
    ("$0.04 a go", cash(0.04, "USD")), ("US$ 3", cash(3, "USD")), ("4 cents", cash(0.04, "USD")), ("2p", cash(0.02, "GBP")), ("twelve pence", cash(0.12, "GBP")),
    ("£1,200", cash(1200, "GBP")), ("a tenth of a cent", cash(0.001, "USD")), ("half a cent", cash(0.005, "USD")), ("half a euro cent", cash(0.005, "EUR")),
    ("5 Rappen", cash(0.05, "CHF")), ("CHF 2.50", cash(2.5, "CHF")), ("8 grosze a page", cash(0.08, "PLN")), ("70 kuruş", cash(0.7, "TRY")), ("40 øre", cash(0.4, "NOK")),
    ("50 öre", cash(0.5, "SEK")), ("3 Kenyan shillings", cash(3, "KES")), ("KES 3", cash(3, "KES")), ("30 cents, South African cents", cash(0.3, "ZAR")), ("Seven cents a query, Aussie.", cash(0.07, "AUD")), ("1 euro and 20", cash(1.2, "EUR")),
    ("One and a half cents a go, euro cents.", cash(0.015, "EUR")), ("2 crowns", cash(2, "CZK")), ("3 kroner", cash(3, "DKK")), ("3 kroner, Norwegian kroner", cash(3, "NOK")),
    ("12 rupees", cash(12, "INR")), ("50 paise", cash(0.5, "INR")), ("300 naira", cash(300, "NGN")), ("2 Egyptian pounds", cash(2, "EGP")), ("0.7 TRY", cash(0.7, "TRY")),
    ("20 yen", cash(20, "JPY")), ("5 pesos", cash(5, "MXN")), ("10 forints", cash(10, "HUF")), ("a penny", cash(0.01, "GBP")), ("8 cents a suggestion, euro", cash(0.08, "EUR")), ("a dime", cash(0.1, "USD")),
    ("1.5 to 2 cents", {"amount": 0.0175, "currency": "USD", "low": 0.015, "high": 0.02}), ("€2 to €3", {"amount": 2.5, "currency": "EUR", "low": 2, "high": 3}),
]  # fmt: skip
SHARES = [
    ("62%", 62), ("62 %", 62), ("62 per cent", 62), ("sixty-two percent", 62), ("two thirds", 66.7), ("three quarters of them", 75), ("four out of five", 80),
    ("it halved", 50), ("cut in half", 50), ("roughly a third", 33.3), ("one in five", 20), ("half the team", 50), ("About a quarter use it", 25), ("12.5 percentage points", 12.5),
    ("80-ish percent", 80), ("80 or so percent", 80), ("It's about fifty-fifty", 50), ("between a third and a half", {"value": 41.65, "low": 33.3, "high": 50}),
    ("between 60 and 65 percent", {"value": 62.5, "low": 60, "high": 65}), ("60-65%", {"value": 62.5, "low": 60, "high": 65}),
]  # fmt: skip
COUNTS = [
    ("24 of the 40", [24, 40]),
    ("Eleven yards", [11]),
    ("from 42 down to 31", [42, 31]),
    ("12 try it", [12]),
    ("5 real users", [5]),
    ("15 or so a day", [15]),
    ("10 to 12 people", [{"value": 11, "low": 10, "high": 12}]),
    ("16 people, and 16 March 2026", [16]),
    ("5 of them won", [5]),
    ("it went from 12 to 18 people", [12, 18]),
    ("an NPS of minus 12", [-12]),
    ("the NPS is -12", [-12]),
    ("we are few - 12 of us", [12]),
    ("42 minutes, 31 now", [31]),
    ("3 hours 20 users", [20]),
    ("nobody knows, week 14 or 2025", []),
]


@pytest.mark.parametrize(
    ("kind", "text", "expected"), [("duration", *row) for row in DURATIONS] + [("money", *row) for row in MONEY] + [("percent", *row) for row in SHARES]
)
def test_reads_one_value(kind: str, text: str, expected: Any) -> None:
    assert [(mention.kind, mention.value) for mention in find_values(text, TODAY)] == [(kind, expected)]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_reads_counts(text: str, expected: list[Any]) -> None:
    assert [mention.value for mention in find_values(text, TODAY) if mention.kind == "count"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 42 down to 31 minutes", [(42, ""), (31, "minutes")]),
        ("from 42 to 31 minutes", [(42, ""), (31, "minutes")]),
        ("4 defects per tram", [(4, "defects per tram")]),
        ("at 12 now", [(12, "")]),
        ("€3 a case", [(3, "EUR")]),
        ("62%", [(62, "percent")]),
    ],
)
def test_gives_quantities_their_unit(text: str, expected: list[tuple[float, str]]) -> None:
    found = [as_quantity(mention, text) or {} for mention in find_values(text, TODAY)]
    assert [(one["value"], one["unit"]) for one in found] == expected


def test_since_runs_to_today() -> None:
    assert since("2026-11-02", TODAY) == {"value": 19, "unit": "days"}
    assert since("2026-12-02", TODAY) == {"value": 0, "unit": "days"}


@pytest.mark.parametrize("text", ["once a day", "at 8:30", "many times a day", "a third party", "", "24/7"])
def test_leaves_what_is_no_value(text: str) -> None:
    assert find_values(text, TODAY) == []


@given(
    st.text()
    | st.lists(
        st.sampled_from(re.findall(r"\S+", "6 to 8 0.02 € half a an hour cent % min sec and one of week 31 April third between from $ p dozen 1,2 ½"))
    ).map(" ".join)
)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for mention in find_values(text, TODAY):
        assert 0 <= mention.start < mention.end <= len(text)
        as_quantity(mention, text)


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("Seven cents a call, 0.07 NZD.", {"NZD"}),
        ("Two kroner each, so 2 NOK", {"NOK"}),
        ("5 dollars, or 4 EUR", {"USD", "EUR"}),
        ("1 USD a call, and the limit is 1 EUR", {"USD", "EUR"}),
        ("5 dollars here, 5 GBP in London", {"USD", "GBP"}),
    ],
)
def test_a_price_said_twice_has_the_currency_that_is_spelt_out(text, currencies) -> None:
    assert {value.value["currency"] for value in find_values(text, TODAY)} == currencies
