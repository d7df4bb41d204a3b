"""What other words may not change about a scripted message, and what they may."""

import pytest

from agent.items import guide
from evals.faithful import Meaning
from evals.scenario import SCENARIOS, Gold, find, load
from tests.evals.people import scenario

GOLD = {
    "charter.kpi": {"any_of": ["handling time", "minutes per case"]}, "owners.sponsor": "Orla Keane", "owners.builder": "Verdatext",
    "owners.production": "shift leaders", "culture.invested_leaders": ["Mr Grieve"],
}  # fmt: skip
MEANING = Meaning(scenario(gold=Gold(items=GOLD)))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("It took 50 minutes a letter before.", "Before that, a letter? Fifty minutes."),
        ("Same for half a year.", "It has been the same for six months."),
        ("Since early March.", "From the beginning of March on."),
        ("Between 6 and 8 seconds.", "6 to 8 seconds."),
        ("Our sponsor is Ms Orla Keane.", "Orla Keane pays for it."),
        ("Verdatext built it.", "It was built by Verdatext."),
        ("It was Yusuf from the post room, last week.", "Last week it was the post room's Yusuf."),
        ("The shift leaders.", "Shift leaders, all right?"),
        ("We count the handling time.", "Minutes per case, as everybody does."),
        ("No, there was no review.", "It was never reviewed."),
        ("I don't know.", "No clue, sorry."),
        ("A weird one is put aside.", "Strange letters are put aside."),
    ],
)
def test_other_words_that_say_the_same_may_stand(script: str, said: str) -> None:
    assert MEANING.changed(script, said) == ""


@pytest.mark.parametrize(
    ("script", "said", "why"),
    [
        ("It took 50 minutes a letter before.", "It took a while before.", "a figure left out"),
        ("It took 50 minutes a letter before.", "It took 50 hours a letter before.", "a figure left out"),
        ("Between 6 and 8 seconds.", "Seven seconds.", "a figure left out"),
        ("Since 3 March.", "Since 4 March.", "a figure left out"),
        ("Fourteen clerks use it.", "Fourteen clerks use it, that is 70 percent.", "a figure added"),
        ("Our sponsor is Orla Keane.", "Our sponsor is the finance chief.", "a name left out"),
        ("Verdatext built it.", "A supplier built it.", "a name left out"),
        ("Verdatext built it.", "It was built by Verdatext, by their man Olsen.", "a name added"),
        ("We count the handling time.", "We count how long it takes.", "a term left out"),
        ("No, there was no review.", "There was a review.", "a no left out"),
        ("The review is done.", "The review isn't done.", "a no added"),
        ("I don't know.", "No, nobody.", "not knowing left out"),
        ("Verdatext built it.", "It was built by Verdatext, " + "and they were friendly, " * 20, "far too long"),
    ],
)
def test_what_changes_the_meaning_is_named(script: str, said: str, why: str) -> None:
    assert MEANING.changed(script, said) == why


def test_a_one_is_a_figure_only_where_the_gold_has_one() -> None:
    counting = Meaning(scenario(gold=Gold(items={"culture.outside_interviews": 1})))
    assert counting.changed("We asked one outside.", "We asked somebody outside.") == "a figure left out"
    assert MEANING.changed("We asked one outside.", "We asked somebody outside.") == ""


def test_what_must_be_kept_is_named_in_the_words_of_the_script() -> None:
    assert MEANING.to_keep("Mr Grieve and Orla Keane saw the handling time drop by 12% in May.") == (
        "12%", "May", "Mr Grieve", "Orla Keane", "handling time",
    )  # fmt: skip


def test_every_scripted_message_may_stand_for_itself() -> None:
    scenarios = [load(file, guide()) for file in find([SCENARIOS])]
    messages = [(one, text.strip()) for one in scenarios for text in (one.opening, one.default, *(each.text for each in one.says))]
    assert len(messages) > 3_000 and [text for one, text in messages[::7] if Meaning(one).changed(text, text)] == []
