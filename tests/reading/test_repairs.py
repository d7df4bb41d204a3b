"""A slip put right in the same breath is not heard."""

from datetime import date

import pytest

from agent.reading.parties import find_parties
from agent.reading.repairs import without_former, without_slips
from agent.reading.values import find_values

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Nineteen, no, twenty-one use it.", [21]),
        ("Since 20 April 2026. Forty, no, sorry, forty is with the others, it's thirty-four.", ["2026-04-20", 34]),
        ("It was 40, sorry, 42 minutes.", [42]),
        ("18 people. No wait, let me see, it's 19.", [19]),
        ("45, hang on, I looked it up, 54 of them.", [54]),
        ("300 or rather 350 users", [350]),
        ("12 minutes before, 9 now", [12, 9]),
        ("40 people use it, no target was set, 60 were meant to.", [40, 60]),
        ("between 40 and 50 people", [45]),
        ("Not 48 but 38 people.", [48, 38]),
        ("62 mechanics. no, 64, two joined.", [64, 2]),
        ("Now is 70 minutes, no sorry, I look at wrong line, it is 80 minutes.", [80]),
        ("27 minutes at the last count. Oh no, that was the old week, sorry. The last was 24.", [24]),
        ("Ten, I mean twelve.", [12]),
        ("Ten of the twelve, and I mean daily! That's been so for six weeks.", [10, 12, 6]),
        ("79, no, wait, it was worse then, it's 81 percent", [81]),
        ("In my mail I wrote 86, but it was a mistake from me. Correct is 88 percent.", [88]),
        ("They interviewed three people outside, no, four.", [4]),
        ("We are at 4.2 days. And sorry, I told you eight days, that's wrong, it was six.", [4.2, 6]),
        ("It's 42 minutes. Sorry, I gave you the old figure, it's 38.", [38]),
        ("We have 40 users, sorry, I said 40, it's 14.", [14]),
        ("I told you 22 people before, and that was wrong, it's 23.", [23]),
        ("It began on 2 March 2026. Correction: on 9 March 2026.", ["2026-03-09"]),
        ("I thought it was March, but no, it says 13 April here.", ["2026-04-13"]),
        ("In May, I think. Or rather, no, it was June, the 15th.", ["2026-06-15"]),
        ("41 now. No, wrong sheet. 38 seconds.", [38]),
        ("The extension would concern 150 officers, I beg your pardon, 165.", [165]),
        ("We said 70 percent, or was it 72, no, 72 it was.", [72]),
        ("They say 40 minutes, but no, that was the other site, it's 35.", [35]),
        ("12 voted no, 20 voted yes.", [12, 20]),
        ("85 percent, and that for eight weeks, oh no wait, nine.", [85, 9]),
        ("We've got sixty technicians on it, no wait, seventy.", [70]),
        ("They tell everyone it's halved. That was wrong. It's 39 percent.", [39]),
        ("45% use it. Sorry, I forgot: we are 60 people.", [45, 60]),
    ],
)
def test_the_last_word_counts(text, meant) -> None:
    assert [mention.value["value"] if isinstance(mention.value, dict) else mention.value for mention in without_slips(text, find_values(text, TODAY))] == meant


def test_a_bare_number_takes_over_the_unit_of_the_one_it_puts_right() -> None:
    (weeks,) = without_slips(text := "for eight weeks, oh no wait, nine.", find_values(text, TODAY))
    assert weeks.value == {"value": 9, "unit": "weeks"}


def test_what_is_said_again_to_be_refused_is_not_meant() -> None:
    (now,) = without_slips(text := "Now is 14 minutes. No, excuse me, 14 was before, now is 12.", find_values(text, TODAY))
    assert now.value == {"value": 12, "unit": "minutes"}


def test_a_name_put_right_with_its_reason() -> None:
    text = "The sponsor's Mrs Holub, no, hang on, she retired in August, lovely do, it's Mr Demir now."
    assert [party.name for party in without_slips(text, find_parties(text, frozenset())) if party.sort == "name"] == ["Mr Demir"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("It was going to be Moira, but she's retiring, so at the moment it's nobody.", ["nobody"]),
        ("The business owner was Anne Duval, but she's handed over to Ms Okoye, so it's Ms Okoye now.", ["Ms Okoye", "Ms Okoye"]),
        ("The sponsor was Helen Marsh, and the vendor built it.", ["Helen Marsh"]),
    ],
)
def test_who_had_a_part_once_has_it_no_more(text: str, meant: list[str]) -> None:
    parties = without_former(text, find_parties(text, frozenset(["the", "it"])))
    assert [party.name for party in parties if party.sort in ("name", "nobody")] == meant


def test_a_part_that_was_given_to_somebody_else() -> None:
    text = "Each adviser answers for her own page, no, sorry, we changed that: since October it's the team lead."
    assert [party.name for party in without_slips(text, find_parties(text, frozenset())) if party.sort == "role"] == ["team lead"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It's Ray Castillo, no, Castellano, sorry Ray. Lorraine Beck has the compliance.", ["Castellano", "Lorraine Beck"]),
        ("It's Maria Lopez and the technical owner is Jan Novak, sorry, Maria Lopez.", ["Maria Lopez", "Maria Lopez"]),
        ("The owner is Tom Reed, sorry, I mean Anna Berg.", ["Anna Berg"]),
    ],
)
def test_who_is_asked_for_pardon_puts_nobody_right(text: str, names: list[str]) -> None:
    found = without_slips(text, find_parties(text, frozenset(["it's", "the", "sorry"])))
    assert [party.name for party in found if party.sort == "name" and party.name != "Ray"] == names


def test_what_was_told_wrong_before_is_put_right_beside_an_answer(reading) -> None:
    text = "We're at 4.2 days, isn't that gorgeous! And sorry, I told you eight days for before we started, that's wrong, it was six. Eight was the temps."
    found = reading(text, "gates.kpi_now", charter__baseline={"value": 8, "unit": "days"}, charter__pilot_users=8)
    assert {said.item: said.value["value"] for said in found.statements} == {"gates.kpi_now": 4.2, "charter.baseline": 6}
    assert found.corrects == {"charter.baseline"}
    found = reading("Oh, and I told you 45 people, sorry, it was 41. 45 percent use it every day.", "gates.adoption", charter__pilot_users=45)
    assert {said.item: said.value for said in found.statements} == {"gates.adoption": 45, "charter.pilot_users": 41}


@pytest.mark.parametrize(
    "text",
    [
        "I told you 45 people, of those it's 12 that use it.", "I said 45 before the summer, and it's 31 now.", "As I said, 45, and that is 12 a week.",
        "I told you 45 people use it, the rollout should be 200.",
    ],
)  # fmt: skip
def test_what_was_told_before_is_not_wrong_for_that(reading, text) -> None:
    assert not reading(text, "charter.rollout_users", charter__pilot_users=45).corrects
