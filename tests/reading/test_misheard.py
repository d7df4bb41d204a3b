"""Plain sentences that once were misheard: each says what it says, and no more."""

from datetime import date

import pytest

from agent.reading.dates import find_dates
from agent.reading.entries import name_of_speaker
from agent.reading.parties import find_parties
from agent.reading.phrases import intent
from agent.reading.values import find_values

TODAY = date(2026, 6, 10)
MINUTES = {"value": 42, "unit": "minutes"}


@pytest.mark.parametrize("text", ["The result is 31 minutes now.", "Done.", "That's all we have measured.", "The result should be faster quotes."])
def test_an_answer_is_no_wish_to_end(text) -> None:
    assert intent(text)[0] == "answer"


@pytest.mark.parametrize("text", ["/finish", "just the result", "the result, please", "that's all", "that's enough for now", "I'm done"])
def test_a_wish_to_end_is_one(text) -> None:
    assert intent(text)[0] == "finish"


@pytest.mark.parametrize("text", ["It now takes 31 minutes instead of 42.", "31 minutes now, not 42 as before the pilot", "now 31 rather than 42 minutes"])
def test_what_it_was_before_stays_what_it_was(read, reading, text) -> None:
    assert read(text, "gates.kpi_now", charter__baseline=MINUTES) == {"gates.kpi_now": {"value": 31, "unit": "minutes"}}
    assert not reading(text, "gates.kpi_now", charter__baseline=MINUTES).corrects


@pytest.mark.parametrize(
    ("text", "asked", "heard"),
    [
        (
            "Customers waited 45 minutes before the pilot. Wait times are now 12 minutes.", ("charter.baseline", "gates.kpi_now"),
            {"charter.baseline": {"value": 45, "unit": "minutes"}, "gates.kpi_now": {"value": 12, "unit": "minutes"}},
        ),
        (
            "The baseline was 42 minutes, I remember, and the target is 30 minutes.", ("charter.baseline", "charter.target"),
            {"charter.baseline": MINUTES, "charter.target": {"value": 30, "unit": "minutes"}},
        ),
        (
            "Helen Marsh, I remember, sponsors it, and Kemal Arslan owns it on the business side.", ("owners.sponsor", "owners.business"),
            {"owners.sponsor": "Helen Marsh", "owners.business": "Kemal Arslan"},
        ),
        ("Built it has our computer centre, no firm.", ("owners.sponsor", "owners.builder"), {"owners.builder": "computer centre"}),
        ("It was 40 to 45 minutes, now it's 31.", ("gates.kpi_now",), {"gates.kpi_now": {"value": 31, "unit": "minutes"}}),
        ("85% were on it in the first week, it's more like 60% now.", ("gates.adoption",), {"gates.adoption": 60}),
        ("9 minutes faster than before.", ("gates.kpi_now",), {}),
        ("300 requests a day for the whole team of 12.", ("gates.requests_per_user_day",), {}),
        ("HR, Finance, R&D.", ("culture.holdouts",), {"culture.holdouts": ["HR", "Finance", "R&D"]}),
        ("It's the bid office, seven people.", ("charter.department",), {"charter.department": "bid office"}),
        ("security: passed 12 May; legal: n/a", ("gates.security_review", "gates.compliance_review"), {"gates.security_review": "yes", "gates.compliance_review": "not_applicable"}),
        ("We don’t have a baseline.", ("charter.baseline",), {"charter.baseline": "absent"}),
    ],
)  # fmt: skip
def test_each_is_heard(read, text, asked, heard) -> None:
    found = read(text, *asked)
    assert {item: found.get(item) for item in asked if item in found or item in heard} == heard


def test_a_correction_corrects_its_own_sentence(reading) -> None:
    assert "gates.adoption" not in reading("It did not start well but now 62 percent of the target users work with it every week.", gates__adoption=35).corrects
    assert "gates.adoption" in reading("Sorry, I meant 62 percent use it every week.", gates__adoption=35).corrects


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("In June 12 planners started with it.", "2026-06-01"), ("Since March 14 nurses have used it.", "2026-03-01"), ("since March 14", "2026-03-14"),
        ("It will start next spring.", "2027-03-01"), ("The pilot starts this autumn.", "2026-09-01"), ("Q1 next year", "2027-01-01"),
    ],
)  # fmt: skip
def test_counts_and_plans_are_no_days_gone_by(text, day) -> None:
    assert [found.iso for found in find_dates(text, TODAY)] == [day]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Two three weeks now.", [{"value": 2.5, "unit": "weeks", "low": 2, "high": 3}]), ("Thirty forty people.", [{"value": 35, "low": 30, "high": 40}]),
        ("About €0.05-0.10 a request.", [{"amount": 0.075, "currency": "EUR", "low": 0.05, "high": 0.1}]), ("€2bn", [{"amount": 2_000_000_000, "currency": "EUR"}]),
        ("I pay 3 euros to 4 vendors.", [{"amount": 3, "currency": "EUR"}, 4]), ("in twenty twenty-five", [20, 25]),
    ],
)  # fmt: skip
def test_figures_said_side_by_side(text, values) -> None:
    assert [mention.value for mention in find_values(text, TODAY)] == values


@pytest.mark.parametrize("text", ["They made it clear that the data team maintains the model.", "We rebuild it every week."])
def test_made_clear_is_not_made(text) -> None:
    assert not [party for party in find_parties(text, frozenset(["they", "we"])) if party.sort == "builder"]


@pytest.mark.parametrize(("text", "speaker"), [("No, this is SAP with our own model on top.", ""), ("Hello, this is Helen Marsh from claims.", "Helen Marsh")])
def test_this_is_names_the_speaker_only_in_a_greeting(text, speaker) -> None:
    assert name_of_speaker(text, find_parties(text, frozenset(["no", "this", "hello"])), opening=True) == speaker


@pytest.mark.parametrize(
    ("text", "item", "value"),
    [("The baseline I gave you was wrong, it should be 45.", "charter.baseline", 45), ("The target has since been lowered to 28.", "charter.target", 28)],
)
def test_a_figure_is_put_right_by_its_name(read, reading, text, item, value) -> None:
    known = {"charter__baseline": MINUTES, "charter__target": {"value": 30, "unit": "minutes"}}
    assert read(text, "owners.technical", **known) == {item: {"value": value, "unit": "minutes"}}
    assert reading(text, "owners.technical", **known).corrects == {item}


@pytest.mark.parametrize("text", ["wait", "let me check", "sorry what", "hang on im in a meeting", "is 72% enough for you?"])
def test_talk_answers_nothing(read, text) -> None:
    assert not read(text, "charter.baseline_before_launch")


def test_a_question_of_ones_own_is_one(reading) -> None:
    assert reading("who counts as owner here, the budget guy?", "charter.baseline_before_launch").intent == "explain"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("who reads them is the team lead", "answer"), ("how long does it take - 42 minutes", "answer"), ("is this private data, yes", "answer"),
        ("who sees what i write", "help"), ("is this confidential?", "help"), ("how long will this take", "status"),
    ],
)  # fmt: skip
def test_only_a_whole_wish_is_one(text, wish) -> None:
    assert intent(text)[0] == wish


@pytest.mark.parametrize(
    ("text", "asked", "heard"),
    [
        ("Is it Priya?", "owners.business", "Priya"),
        ("It costs 5 euros - 20 people use it", "gates.cost_per_request", {"amount": 5, "currency": "EUR"}),
        ("There are 40. No, that is not a problem. 60 will follow in the rollout", "charter.pilot_users", 40),
    ],
)  # fmt: skip
def test_one_answer(read, text, asked, heard) -> None:
    assert read(text, asked)[asked] == heard


@pytest.mark.parametrize(
    "text", ["Escalation should be within 2 minutes", "The old process was wrong in 12 % of the cases", "There should be 12 people in each interview"]
)
def test_what_should_be_corrects_nothing_that_is_not_named(reading, text) -> None:
    assert not reading(text, "owners.escalation_path", charter__baseline=MINUTES, charter__rollout_users=400).corrects


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It didn't start on 1 May, it was 2 June.", "2026-06-02"),
        ("We did not start on 3 March. It was 5 May.", "2026-05-05"),
        ("It wasn't in March that we began, it was 4 April.", "2026-04-04"),
    ],
)
def test_a_day_that_is_denied_is_not_the_day(read, text, day) -> None:
    assert read(text, "charter.started_on") == {"charter.started_on": day}
    assert read(text, "charter.kpi", charter__started_on="2026-05-01")["charter.started_on"] == day


@pytest.mark.parametrize("text", ["A target... there could be one, I've never been shown it.", "A target, there may be one.", "There should be one."])
def test_one_of_them_is_no_figure(text) -> None:
    assert find_values(text, TODAY) == []


def test_who_it_is_may_hold_where_it_is() -> None:
    parties = [party.name for party in find_parties("It was developed by our analytics centre in Gdansk.", frozenset())]
    assert "analytics centre in Gdansk" in parties
    parties = [party.name for party in find_parties("the wires belong to the new man in legal IT, Stefan Wolff.", frozenset())]
    assert parties == ["Stefan Wolff"]


@pytest.mark.parametrize("text", ["Ana from the depot in Ghent", "Someone new. Ana from the depot.", "Ana, she's at the depot in Ghent now"])
def test_a_name_and_where_it_belongs_is_who(read, text) -> None:
    assert read(text, "owners.business") == {"owners.business": "Ana"}


@pytest.mark.parametrize(
    ("text", "item", "who"),
    [
        ("Business owner: me, Birgit Strasser. Technical: Milan Horvat, servers.", "owners.business", "Birgit Strasser"),
        ("Formally it's the harbour master who's the sponsor, Captain Ines Rocha.", "owners.sponsor", "Captain Ines Rocha"),
        ("The program was written by Volttek, a company in Ankara.", "owners.builder", "Volttek"),
    ],
)
def test_who_is_meant_among_those_who_are_named(read, text, item, who) -> None:
    assert read(text, item)[item] == who


@pytest.mark.parametrize(
    ("text", "item", "value"),
    [
        ("Outside we have asked three men and two women, makes five.", "culture.outside_interviews", 5),
        ("I sat down with two from billing and one from the laboratory, that's three.", "culture.outside_interviews", 3),
        ("Finance wanted five, I said be serious, and we settled on eight days.", "charter.target", {"value": 8, "unit": "days"}),
        ("Each working day, since the season opened on 14 May.", "gates.adoption_sustained", {"value": 191, "unit": "days"}),
    ],
)
def test_the_figure_that_counts(read, text, item, value) -> None:
    assert read(text, item) == {item: value}


@pytest.mark.parametrize("text", ["Marmalade", "Tuesday", "Blue Danube"])
def test_a_word_out_of_nowhere_is_no_yes(read, text) -> None:
    assert read(text, "gates.load_test") == {}


@pytest.mark.parametrize(("text", "asked"), [("I meant 38", "charter.target"), ("not 42, 38", "charter.target"), ("I meant 38", "gates.security_review")])
def test_a_few_words_that_put_a_figure_right(reading, text, asked) -> None:
    found = reading(text, asked, charter__baseline=MINUTES)
    assert {said.item: said.value for said in found.statements} == {"charter.baseline": {"value": 38, "unit": "minutes"}}
    assert found.corrects == {"charter.baseline"}


def test_unknown_noted_after_what_it_is_said_of(read) -> None:
    assert read("Leaders against: unknown.", "culture.invested_leaders") == {"culture.invested_leaders": "unknown"}
    assert read("Business owner Maria Lopez, technical owner: unknown.", "owners.business", "owners.technical")["owners.business"] == "Maria Lopez"
    heard = read("Flag key exists. Reviewed, and told back? Unknown.", "owners.feedback_channel", "owners.feedback_closing")
    assert (heard["owners.feedback_channel"], heard["owners.feedback_closing"]) == ("yes", "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "I'm really not the right person for that, I don't know.",
        "On that point I am not in a position to inform you.",
        "That's one for somebody with a tie. I don't know.",
    ],
)
def test_a_polite_way_not_to_know_answers_the_whole_question(reading, text) -> None:
    asked = ("friction.problems", "friction.people", "friction.systems")
    found = reading(text, *asked)
    assert {said.item: said.state for said in found.statements} == dict.fromkeys(asked, "unknown")
    assert found.knows_nothing


@pytest.mark.parametrize(
    ("text", "item"),
    [("I don't know whether the security review happened.", "gates.security_review"), ("No idea who is the sponsor, honestly.", "owners.sponsor")],
)
def test_what_is_not_known_is_what_is_named(read, text, item) -> None:
    assert read(text, "gates.adoption") == {item: "unknown"}


def test_a_refusal_to_guess_is_no_answer(read) -> None:
    assert read("No idea, and I'm not going to guess.", "rollout.use_cases") == {"rollout.use_cases": "unknown"}
    assert read("I'm not the right person for that, I don't know.", "gates.cost_per_request") == {"gates.cost_per_request": "unknown"}
    assert read("Go ask whoever signed for it.", "gates.load_test") == {"gates.load_test": "unknown"}
    assert read("When in doubt, ask the team lead.", "owners.escalation_path") == {"owners.escalation_path": "yes"}


def test_not_knowing_who_is_no_answer_to_another_question(read) -> None:
    assert read("I don't know who would own it on the technical side.", "gates.security_review") != {"gates.security_review": "unknown"}


def test_a_level_beside_another_leaves_the_other_what_it_is(read, reading) -> None:
    target = {"value": 4, "unit": "hours"}
    assert read("Five and a half. 5.5. Not four. Write that down.", "gates.kpi_now", charter__target=target) == {
        "gates.kpi_now": {"value": 5.5, "unit": "hours"}
    }
    assert reading("The target is 5.5, not four.", "gates.kpi_now", charter__target=target).corrects == {"charter.target"}


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("A technician of theirs sits with us, we've never gone without him.", "no"),
        ("Their engineer is in my office. It hasn't spent an hour without him.", "no"),
        ("One of theirs sits beside us each day, alone we never worked.", "no"),
        ("The vendor comes every day. We have never had a problem without an answer.", None),
    ],
)
def test_who_was_never_gone_answers_whether_it_ran_alone(read, text, alone) -> None:
    told = read(text, "charter.team_selection", "charter.close_support")
    assert (told["charter.close_support"], told.get("capability.support_removed")) == ("yes", alone)
