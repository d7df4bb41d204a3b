"""Sentences and clauses: exact spans, whatever was typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.text import clauses, clean, sentences, spans

SENTENCES = [
    ("One. Two! Three?", ["One.", "Two!", "Three?"]),
    ("Dr. Marsh has it. Mr. Li too.", ["Dr. Marsh has it.", "Mr. Li too."]),
    ("It took 3.5 hours. Now 2.", ["It took 3.5 hours.", "Now 2."]),
    ("Tools, e.g. Excel, stay.", ["Tools, e.g. Excel, stay."]),
    ("Legal? Nobody.", ["Legal? Nobody."]),
    ("The integration review, hmm. I couldn't say.", ["The integration review, hmm. I couldn't say."]),
    ("Security review... passed.", ["Security review... passed."]),
    ("Done 👍 Next one.", ["Done 👍 Next one."]),
    ("First line\nSecond line", ["First line\nSecond line"]),
    ("- a point\n- another", ["a point", "another"]),
    ('He said "no." Then yes.', ['He said "no."', "Then yes."]),
    ("J. Smith runs it.", ["J. Smith runs it."]),
    ("Is it? Yes. We think.", ["Is it? Yes.", "We think."]),
    ("approx. 30 people. Good.", ["approx. 30 people.", "Good."]),
    ("", []),
    ("... !?", []),
]
CLAUSES = [
    ("Security passed, but legal is open", ["Security passed", "legal is open"]),
    ("a, b - c", ["a", "b", "c"]),
    ("22 - 25 minutes", ["22 - 25 minutes"]),
    ("1,200 users and 3 sites", ["1,200 users", "3 sites"]),
    ("between 60 and 65 percent", ["between 60 and 65 percent"]),
    ("an hour and a half", ["an hour and a half"]),
    ("a hundred and fifty people", ["a hundred and fifty people"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_cuts_sentences(text: str, expected: list[str]) -> None:
    assert [one.text.lstrip("- ") for one in sentences(text)] == expected


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_cuts_clauses(text: str, expected: list[str]) -> None:
    assert [one.text for one in clauses(sentences(text)[0])] == expected


def test_cleans_what_no_keyboard_types() -> None:
    assert clean("a\x00b\x1b[1m\tc\nd\x9f é 👍") == "ab[1m\tc\nd é 👍"


@given(st.text() | st.text(alphabet="aA1 .,;?!-–:\n\"')…"))
def test_every_span_is_exact(message: str) -> None:
    for piece in [*sentences(message), *spans(message)]:
        assert piece.text == message[piece.start : piece.end]
        assert piece.text.strip()


@pytest.mark.parametrize("piece", ["so we did, and then ", "No. ", "?", "a" * 7, "1,", "etc. ", ", and ", "the review, hmm. ", " \n"])
def test_a_very_long_message_takes_no_longer_than_its_length(piece: str) -> None:
    def effort(times: int) -> float:
        """The least processor time of three, so that what else the machine does is not counted."""
        message, taken = piece * (times * 3_000 // len(piece)), []
        for _ in range(3):
            began = time.process_time()
            spans(message)
            taken.append(time.process_time() - began)
        return min(taken)

    assert effort(4) < 12 * effort(1) + 0.2
