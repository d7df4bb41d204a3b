"""A document in a conversation: it is read, shown, confirmed, and only then counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import InputRefused
from agent.interview import Interview
from knowledge.errors import LibraryError

CHARTER = b"""Department: Motor claims
Start date: 2 March 2026
Baseline: 42 minutes (measured in January, before the pilot)
Technical owner: Platform team
Security review was completed in May."""


@pytest.fixture(scope="module")
def talk(interview_at, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Interview]:
    with interview_at(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def test_what_a_charter_says_counts_once_it_is_confirmed(talk: Interview) -> None:
    talk.say("one", "We run a pilot in claims.")
    shown = talk.bring("one", "charter.txt", CHARTER)
    assert "Nothing of it counts yet" in shown.text and shown.choices == ("All of these are right", "None of these") and shown.asks
    assert not talk.conversation("one").record.heard("charter.baseline")
    baseline = next(one for one in shown.proposals if one.item == "charter.baseline")
    assert baseline.value == "42 minutes"

    reply = talk.say("one", "All of these are right")
    record = talk.conversation("one").record
    assert reply.text.startswith("Taken over from charter.txt") and not reply.proposals
    assert record.known("charter.baseline") == {"value": 42, "unit": "minutes"} and record.known("owners.technical") == "Platform team"


def test_every_quote_of_a_document_stands_in_the_turn_that_confirmed_it(talk: Interview) -> None:
    talk.bring("two", "charter.txt", CHARTER)
    talk.say("two", "all but 1")
    conversation = talk.conversation("two")
    said = [one for item in conversation.record.entries for one in conversation.record.said(item)]
    assert said and not conversation.record.heard("charter.department")
    assert all(one.quote in conversation.turns[one.turn - 1].text and one.speaker == "charter.txt" for one in said)


def test_none_of_it_and_single_facts_by_button(talk: Interview) -> None:
    talk.bring("three", "charter.txt", CHARTER)
    assert "Nothing of charter.txt was taken over" in talk.confirm("three", ()).text
    assert not talk.conversation("three").record.entries
    shown = talk.bring("three", "charter.txt", CHARTER)
    talk.confirm("three", [one.number for one in shown.proposals if one.item == "owners.technical"], turn_id="x")
    assert list(talk.conversation("three").record.entries) == ["owners.technical"]
    assert "No document is waiting" in talk.confirm("three", [1]).text


def test_a_document_that_differs_from_what_was_said_is_a_contradiction_to_settle(talk: Interview) -> None:
    talk.say("four", "Before the pilot it took 48 minutes, that was the baseline.")
    talk.bring("four", "charter.txt", CHARTER)
    reply = talk.say("four", "yes")
    assert "48 minutes" in reply.text and "42 minutes" in reply.text and reply.asks == ("charter.baseline",)
    assert talk.conversation("four").record.conflicts() == ["charter.baseline"]


def test_an_answer_in_between_is_an_answer_and_the_document_waits(talk: Interview) -> None:
    talk.say("five", "We run a pilot in claims.")
    talk.bring("five", "charter.txt", CHARTER)
    reply = talk.say("five", "Ana Ruiz sponsors the pilot.")
    assert reply.proposals, "what waits can still be confirmed"
    talk.say("five", "all")
    assert talk.conversation("five").record.known("owners.technical") == "Platform team"


def test_after_the_result_a_document_still_counts(talk: Interview) -> None:
    talk.say("six", "We run a pilot in claims.")
    talk.press("six", "finish")
    assert talk.bring("six", "charter.txt", CHARTER).proposals
    talk.say("six", "all")
    assert talk.conversation("six").record.known("charter.started_on") == "2026-03-02"


def test_what_cannot_be_read_changes_nothing(talk: Interview) -> None:
    talk.say("seven", "We run a pilot in claims.")
    before = talk.conversation("seven")
    for name, content, kind in (("a.pdf", b"", LibraryError), ("menu.txt", b"Monday: soup.", InputRefused)):
        with pytest.raises(kind):
            talk.bring("seven", name, content)
    assert talk.conversation("seven") == before


def test_a_document_can_be_brought_in_the_terminal(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "charter.txt").write_bytes(CHARTER)
    command = [sys.executable, "-m", "ui", "chat", "--thread", "t", "--document", str(tmp_path / "charter.txt")]
    said = subprocess.run(command, input="all\nquit\n", capture_output=True, text=True, env=_at(tmp_path), check=True).stdout
    assert "This is what I understood of charter.txt" in said and "Taken over from charter.txt" in said


def _at(home: Path) -> dict[str, str]:
    import os

    return {**os.environ, "PILOTCHECK_HOME": str(home / "home")}


def test_a_conversation_that_begins_with_a_document_is_named_by_what_is_in_it(talk: Interview) -> None:
    def named(thread: str) -> str:
        return talk.storage.thread(thread).title

    talk.bring("named", "charter.txt", b"Use case: Drafting replies to claimants\nBaseline: 42 minutes")
    assert named("named") == "charter.txt", "what nobody has confirmed yet names nothing"
    talk.say("named", "All of these are right")
    assert named("named") == talk.conversation("named").record.known("charter.use_case") == "Drafting replies to claimants"
    talk.storage.rename("named", "Claims")
    talk.press("named", "skip")
    assert named("named") == "Claims", "a name that somebody gave stays"
    talk.bring("nameless", "minutes.txt", b"Baseline: 42 minutes")
    talk.say("nameless", "All of these are right")
    assert named("nameless") == "minutes.txt"
