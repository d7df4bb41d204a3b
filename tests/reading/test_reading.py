"""Messages and what the built-in reader makes of them: one message, what was asked, and what is heard."""

import pytest

MINUTES = {"value": 42, "unit": "minutes"}
USE = ("gates.adoption", "gates.active_users", "gates.target_users", "gates.adoption_sustained")
TESTS = ("capability.ordinary_users_tested", "capability.full_mix_tested", "capability.support_removed")


@pytest.mark.parametrize(
    ("opening", "heard"),
    [
        (
            "Our AI pilot sorts motor claims. Handling time was 42 minutes before and is now 31; the target of 30 was set by the board in January. "
            "It runs since 2 March 2026. Security signed off.",
            {"charter.baseline": MINUTES, "charter.started_on": "2026-03-02", "gates.security_review": "yes"},
        ),
        (
            "We run an assistant in the claims department. 40 of 50 agents use it, for six weeks now. Handling time fell by a quarter.",
            {"gates.active_users": 40, "gates.target_users": 50, "gates.adoption_sustained": {"value": 6, "unit": "weeks"}},
        ),
    ],
)
def test_an_opening_tells_its_facts(read, opening, heard) -> None:
    assert heard.items() <= read(opening).items()


@pytest.mark.parametrize("opening", ["Our team uses an AI tool that summarises letters.", "We have an AI tool, built on ChatGPT, that reads the letters."])
def test_an_ai_tool_in_the_opening_is_no_shadow_ai(read, opening) -> None:
    assert "culture.shadow_ai" not in read(opening)


@pytest.mark.parametrize(
    ("message", "asked", "heard"),
    [
        ("PDF and scans yes, Excel no.", ("infrastructure.data_formats",), {"infrastructure.data_formats": "partly"}),
        ("Copper: tested. Stainless: not.", TESTS[1:2], {TESTS[1]: "partly"}),
        (
            "Security was checked by our IT. The integration hasn't been.",
            ("gates.security_review", "gates.integration_review"),
            {"gates.security_review": "yes", "gates.integration_review": "no"},
        ),
        ("Do people use ChatGPT on the side? Sure.", ("culture.shadow_ai",), {"culture.shadow_ai": "yes"}),
        ("They don't know us and have no stake in it, so yes.", ("gates.measured_independently",), {"gates.measured_independently": "yes"}),
        ("24 hours, and we only go on if we reach it.", ("charter.target", "charter.decision_rule"), {"charter.decision_rule": "yes"}),
        ("85 percent, and it's been like that for eight weeks, oh no wait, nine.", USE, {USE[0]: 85, USE[3]: {"value": 9, "unit": "weeks"}}),
        ("At all five sites there would be 380. There are 45 in the pilot.", ("charter.pilot_users", "charter.rollout_users"), {"charter.pilot_users": 45}),
        ("They've interviewed nobody outside, not a single one.", ("culture.outside_interviews",), {"culture.outside_interviews": 0}),
    ],
)
def test_an_answer_is_heard(read, message, asked, heard) -> None:
    assert heard.items() <= read(message, *asked).items()


def test_what_was_not_said_is_not_heard(read) -> None:
    assert read("Baseline: 42 minutes", "charter.baseline", "charter.baseline_before_launch") == {"charter.baseline": MINUTES}
    assert read("The infrastructure team has not committed.", "infrastructure.commitment", "infrastructure.systems") == {"infrastructure.commitment": "no"}


def test_a_bare_figure_takes_the_unit_of_the_measure(read) -> None:
    assert read("28.", "gates.kpi_now", charter__baseline=MINUTES)["gates.kpi_now"] == {"value": 28, "unit": "minutes"}


def test_a_figure_that_the_person_is_not_sure_of_is_asked_for(read) -> None:
    assert "gates.adoption" not in read("An assistant sorts our claims. I have it in my head that about 75 percent of the clerks use it regularly.")


def test_what_a_condition_says_is_no_ignorance(read) -> None:
    heard = read("If it has no idea, or it isn't sure, we decide by hand like before.", "infrastructure.exceptions")
    assert heard["infrastructure.exceptions"] != "unknown"
    assert read("If somebody uses private AI I can't say.", "culture.shadow_ai") == {"culture.shadow_ai": "unknown"}


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("You can ask me three times.", "charter.baseline"),
        ("Both from last week.", "gates.adoption_sustained"),
        ("Ooh, compliance. No, nobody's got that one.", "owners.compliance"),
    ],
)
def test_nothing_is_invented(read, message, asked) -> None:
    assert read(message, asked).get(asked, "nobody") in ("nobody", "absent", "unknown")


def test_a_use_case_that_goes_on_in_the_next_sentence_is_heard_beside_another_question(read) -> None:
    told = (
        "Home care, Tampere. Route plans for nurses. Southern district team. 34 nurses. 5 volunteered, rest put on it. Since 18 May. "
        "Driving hours/week: 210 > 171, goal 160. Nothing reviewed by security. 2 outsiders interviewed."
    )
    assert read(told, "gates.load_test")["charter.use_case"] == "Route plans for nurses"
