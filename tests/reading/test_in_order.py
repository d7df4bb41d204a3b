"""Answers in the order of the question."""

import pytest

FEEDBACK = ("owners.feedback_channel", "owners.feedback_review", "owners.feedback_closing")
DECIDING = ("owners.decision_rights", "owners.escalation_path")


@pytest.mark.parametrize(
    ("message", "asked", "labels"),
    [
        ("no, no, yes", FEEDBACK, ("no", "no", "yes")),
        ("1. yes 2. no 3. partly", FEEDBACK, ("yes", "no", "partly")),
        ("dunno / no / no", FEEDBACK, ("unknown", "no", "no")),
        ("No. Yes.", DECIDING, ("no", "yes")),
        ("Yes to the first, no to the second.", DECIDING, ("yes", "no")),
        ("First yes, second not yet", DECIDING, ("yes", "no")),
    ],
)
def test_each_its_own(read, message, asked, labels) -> None:
    assert read(message, *asked) == dict(zip(asked, labels, strict=True))


def test_yes_and_no_is_partly_of_all(read) -> None:
    assert set(read("Yes and no.", *DECIDING).values()) == {"partly"}
