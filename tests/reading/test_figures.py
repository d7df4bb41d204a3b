"""Figures that say less than their item asks for: a length of time for a day, a bare number for a share or a wait."""

import pytest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ten weeks in now.", "2026-09-12"), ("four months now", "2026-07-01"), ("Four months.", "2026-07-01"), ("We're in month five.", "2026-07-01"),
        ("It has been running for about four months.", "2026-07-01"), ("It took two weeks to set up, started on 3 March.", "2026-03-03"),
    ],
)  # fmt: skip
def test_how_long_it_has_run_tells_when_it_began(read, text, day) -> None:
    assert read(text, "charter.started_on") == {"charter.started_on": day}


def test_how_long_adoption_has_held_is_no_start(read) -> None:
    assert read("80 percent, for six weeks now.", "gates.adoption", "gates.adoption_sustained")["gates.adoption_sustained"] == {"value": 6, "unit": "weeks"}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("4 to 6 seconds normally, at peak up to 20.", 20), ("2 seconds off-peak, 11 at peak.", 11), ("At peak 9 seconds, usually 3.", 9), ("5 seconds with 400 at peak.", 5)],
)  # fmt: skip
def test_the_wait_at_peak_is_the_one_said_of_the_peak(read, text, seconds) -> None:
    assert read(text, "gates.load_test", "gates.peak_latency")["gates.peak_latency"] == {"value": seconds, "unit": "seconds"}


def test_a_bare_share_needs_words_of_a_share(read) -> None:
    assert read("Nearly all of it, 95 or so.", "charter.case_coverage") == {"charter.case_coverage": 95}
    assert "gates.adoption" not in read("All of them, 12 of 12.", "gates.active_users", "gates.target_users", "gates.adoption")


def test_fifty_fifty_is_a_share_where_one_is_asked(read) -> None:
    assert read("It's about fifty-fifty.", "gates.adoption") == {"gates.adoption": 50}
    assert read("It's fifty-fifty.", "owners.sponsor") == {}


@pytest.mark.parametrize(
    ("measure", "unit"),
    [("Days from appeal to decision", "days"), ("median hours to answer", "hours"), ("tickets closed a day", ""), ("Minutes drafted by clerks", "")],
)
def test_a_bare_figure_has_the_unit_of_its_measure(read, measure, unit) -> None:
    assert read("28.", "charter.baseline", charter__kpi=measure)["charter.baseline"] == {"value": 28, "unit": unit}


def test_all_but_some_are_the_others(read) -> None:
    text = "Of the 36 handlers for whom it is intended, all but four open every dossier by way of it; thirty-two therefore."
    assert read(text, "gates.active_users", "gates.target_users") == {"gates.active_users": 32, "gates.target_users": 36}


@pytest.mark.parametrize("item", ["charter.baseline", "charter.target", "gates.kpi_now"])
def test_nothing_but_a_figure_is_the_figure_that_was_asked_for(read, item) -> None:
    for text in ("28.", "42", "It's 19.", "about 7, I think"):
        assert list(read(text, item)) == [item]
    assert read("28 minutes.", item) == {item: {"value": 28, "unit": "minutes"}}


def test_a_bare_figure_has_the_unit_of_the_other_level_and_not_of_how_long_it_took(read) -> None:
    asked = ("charter.baseline", "gates.kpi_now", "gates.adoption_sustained")
    assert read("It was 42 before, and 31 minutes now.", *asked) == {
        "charter.baseline": {"value": 42, "unit": "minutes"}, "gates.kpi_now": {"value": 31, "unit": "minutes"},
    }  # fmt: skip
    for text in ("We're at 51. That has held for nine weeks.", "51, and it's been so for nine weeks."):
        assert read(text, *asked)["gates.kpi_now"] == {"value": 51, "unit": ""}
    assert read("33. I kept the list myself for twelve years.", "charter.baseline")["charter.baseline"] == {"value": 33, "unit": ""}


def test_a_unit_said_beside_it_goes_before_that_of_the_measure(read) -> None:
    told = read("It was 48 hours, now 31.", "charter.baseline", "gates.kpi_now", charter__kpi="days per claim")
    assert told["gates.kpi_now"] == {"value": 31, "unit": "hours"}
    assert read("51.", "gates.kpi_now", charter__kpi="days per claim") == {"gates.kpi_now": {"value": 51, "unit": "days"}}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("It may have been seventy, or eighty. I never saw a figure, so I can't tell you.", "unknown"),
        ("Was it seventy? Was it eighty? I've never been shown, so I don't know what it was.", "unknown"),
        ("Nobody ever told me. Some say 40, some say 50 hours, I don't know which.", "unknown"),
        ("Somebody once said one in ten, somebody else one in thirty. Nobody counted, so there isn't one.", "absent"),
    ],
)
def test_a_figure_that_nobody_stands_by_is_none(reading, text, state) -> None:
    assert [said.state for said in reading(text, "charter.baseline").statements] == [state]


@pytest.mark.parametrize(
    "text", ["Nine of them use it daily, three only when the boss looks. 18 weeks.", "22 work with it, 3 still do it by ear. Fifteen weeks like that."]
)
def test_who_uses_it_otherwise_is_no_plan(read, text) -> None:
    told = read(text, "gates.adoption", "gates.active_users", "gates.target_users", "gates.adoption_sustained")
    assert told["gates.active_users"] in (9, 22)
    assert "gates.target_users" not in told


def test_a_figure_said_again_is_one_figure(read) -> None:
    told = read(
        "78 percent of the crews, and it's held a good ten weeks. Ten, yes.",
        "gates.adoption",
        "gates.active_users",
        "gates.target_users",
        "gates.adoption_sustained",
    )
    assert told == {"gates.adoption": 78, "gates.adoption_sustained": {"value": 10, "unit": "weeks"}}
