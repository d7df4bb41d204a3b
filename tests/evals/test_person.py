"""The scripted person, and how they can be perturbed."""

from evals.person import ScriptedPerson
from evals.perturbing import perturbed
from tests.evals.people import says, scenario


def test_a_person_says_what_is_about_the_question_once_and_knows_no_more() -> None:
    person = ScriptedPerson(scenario())
    assert person.opening() == "We run an AI pilot that sorts letters."
    assert person.answer(["charter.baseline"]) == "It took 50 minutes a letter before. The target is 36 minutes."
    assert person.about == ("charter.baseline", "charter.target")
    assert person.answer(["owners.sponsor", "owners.builder"]) == "Our sponsor is Orla Keane. Verdatext built it."
    assert person.answer(["owners.monitoring"]) == "I don't know." and person.about == ()


def test_asked_again_a_person_says_it_again_in_other_words_if_they_have_some() -> None:
    person = ScriptedPerson(scenario(says=(says("owners.sponsor", "Orla.", again="Orla Keane, our CFO."), says("owners.builder", "Verdatext."))))
    assert [person.answer(["owners.sponsor"]) for _ in range(3)] == ["Orla.", "Orla Keane, our CFO.", "Orla Keane, our CFO."]
    assert [person.answer(["owners.builder"]) for _ in range(2)] == ["Verdatext.", "Verdatext."]


def test_a_second_question_about_something_told_on_the_side_gets_nothing_new() -> None:
    person = ScriptedPerson(scenario())
    person.answer(["charter.baseline"])
    assert person.answer(["charter.target"]) == "I don't know.", "it was told, and was not asked for before"


def test_a_person_who_clicks_presses_the_button_that_says_what_they_mean_and_types_elsewhere() -> None:
    person = ScriptedPerson(scenario(), clicks=True)
    answers = ("Yes", "Partly", "No", "I don't know")
    assert person.answer(["gates.security_review"], answers) == "Yes" and person.clicked
    assert person.answer(["gates.compliance_review"], answers) == "No"
    assert person.answer(["owners.compliance"], ("I don't know",)) == "I don't know"
    assert person.answer(["charter.pilot_users"], ("I don't know",)) == "Fourteen clerks use it." and not person.clicked
    both = ["gates.security_review", "gates.compliance_review"]
    assert not ScriptedPerson(scenario(), clicks=True).answer(both, ("Yes, all of them", "No, none of them", "I don't know")).startswith("Yes, all")


def test_without_clicks_nothing_is_pressed() -> None:
    assert ScriptedPerson(scenario()).answer(["gates.security_review"], ("Yes", "No")) == "The security review is done."


def test_typos_spare_figures_names_and_the_words_of_the_gold() -> None:
    script = scenario()
    mistyped = perturbed(script, typos=1.0)
    assert mistyped.gold == script.gold and mistyped.opening != script.opening
    text = " ".join(one.text for one in mistyped.says)
    assert all(word in text for word in ("50 minutes", "36 minutes", "Orla Keane", "Verdatext"))
    assert "review" not in text and "sponsor" not in text, "at a rate of 1 every other long word has one"


def test_perturbations_follow_from_the_seed() -> None:
    script = scenario()
    assert perturbed(script, typos=0.3, shuffle=True, seed=1) == perturbed(script, typos=0.3, shuffle=True, seed=1)
    assert perturbed(script, typos=0.3, seed=1) != perturbed(script, typos=0.3, seed=2)
    assert perturbed(script) == script


def test_in_small_letters_nothing_else_changes() -> None:
    script = scenario()
    small = perturbed(script, lowercase=True)
    assert [one.text for one in small.says] == [one.text.lower() for one in script.says]
    assert small.opening == script.opening.lower() and small.default == script.default.lower()


def test_in_another_order_a_correction_still_comes_after_what_it_corrects() -> None:
    script = scenario(says=(*(says("owners.sponsor", f"It was {n}.") for n in range(3)), *(says(f"gates.{n}", str(n)) for n in range(8))))
    orders = [[one.text for one in perturbed(script, shuffle=True, seed=seed).says] for seed in range(5)]
    assert all(sorted(order) == sorted(one.text for one in script.says) for order in orders)
    assert all([text for text in order if text.startswith("It")] == ["It was 0.", "It was 1.", "It was 2."] for order in orders)
    assert len({tuple(order) for order in orders}) > 1
