"""The JSON lines that programs talk with: field by field, with anything at all on a line, and across processes."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest

from agent.errors import InputRefused
from agent.items import guide
from tests.doors.nursery import REPOSITORY
from tests.doors.running import DAY, check_plain
from ui.jsonl import serve

FIELDS = {"thread", "text", "stage", "asks", "choices", "heard", "sources", "done", "seconds"}
OPENING = {"say": "We have an AI pilot here. 48% of the intended users work with it regularly."}


@pytest.fixture(scope="module")
def spoken(pilotcheck, warm_home_in, tmp_path_factory):
    """Return how one conversation through the door went."""
    home = warm_home_in(tmp_path_factory.mktemp("spoken"))
    lines = [OPENING, {"command": "why"}, {"command": "status"}, {"command": "skip"}, {"command": "back"}, {"say": "I don't know"}, {"command": "finish"}]
    return home, lines, pilotcheck.chat(home, "protocol", *lines)


def test_one_object_a_line_and_nothing_else(spoken) -> None:
    _, lines, ran = spoken
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.answers) == len(lines)


def test_every_field_is_what_the_protocol_says(spoken) -> None:
    items, (_, _, ran) = guide().items, spoken
    for reply in ran.answers:
        assert set(reply) == FIELDS
        assert reply["thread"] == "protocol"
        assert reply["text"].strip()
        assert reply["stage"] in ("charter", "gates", "owners", "forces", "assessment")
        assert (reply["stage"] == "assessment") == reply["done"] == (not reply["asks"])
        assert set(reply["asks"]) <= set(items)
        assert all(isinstance(choice, str) and choice for choice in reply["choices"])
        assert 0 <= reply["seconds"] < 60
        for heard in reply["heard"]:
            assert set(heard) == {"item", "state", "value", "quote"}
            assert heard["item"] in items
            assert heard["state"] in ("known", "absent", "unknown", "not_applicable", "conflicting")
        for source in reply["sources"]:
            assert set(source) == {"id", "article", "section"}
            assert source["id"].startswith(source["article"])


def test_what_was_heard_is_quoted_from_the_line(spoken) -> None:
    _, lines, ran = spoken
    assert {"item": "gates.adoption", "state": "known", "value": 48, "quote": "48% of the intended users work with it regularly."} in ran.answers[0]["heard"]
    for line, reply in zip(lines, ran.answers, strict=True):
        assert all(heard["quote"] in line.get("say", "") for heard in reply["heard"])


def test_commands_do_what_the_buttons_do(spoken) -> None:
    opened, why, status, skipped, back, _, finished = spoken[2].answers
    assert opened["asks"] == why["asks"] == status["asks"] == back["asks"] != skipped["asks"]
    assert "on record" in status["text"]
    assert finished["done"]


def test_assessment_has_the_promised_fields(pilotcheck, spoken) -> None:
    home = spoken[0]
    ran = pilotcheck(home, "assess", "--thread", "protocol", "--format", "json", "--today", DAY)
    assert ran.code == 0, ran.err
    printed = json.loads(ran.out)
    assert set(printed["record"]["gates.adoption"]) >= {"state", "value", "quote", "respondent"}
    found = printed["assessment"]
    assert set(found) >= {"schema_version", "verdict", "completeness", "gates", "owners", "forces", "proof_of_scale", "constraints", "sources"}
    assert found["verdict"] in ("demo", "rerun", "unproven", "redesign", "scale")
    assert 0 < found["completeness"] < 1
    for name in ("kpi", "adoption", "impact", "readiness"):
        assert set(found["gates"][name]) >= {"status", "reason"}
    for name in ("business", "technical", "compliance", "production"):
        assert set(found["owners"][name]) >= {"status", "name"}
    for name in ("capability", "culture", "infrastructure"):
        assert set(found["forces"][name]) >= {"severity", "open", "heard"}
    assert set(found["proof_of_scale"]) >= {"due_on", "decisions", "incentives", "infrastructure"}
    assert isinstance(found["constraints"], list) and isinstance(found["sources"], list)


def test_thread_is_taken_up_again_with_the_same_open_question(pilotcheck, warm_home) -> None:
    *_, last = pilotcheck.chat(warm_home, "two", OPENING, {"command": "skip"}).answers
    ran = pilotcheck.chat(warm_home, "two", {"command": "why"}, {"say": "I don't know"})
    again, after = ran.answers
    assert ran.code == 0
    assert again["asks"] == last["asks"] != after["asks"]
    assert again["choices"] == last["choices"]


def test_thread_gets_an_id_of_its_own(pilotcheck, warm_home) -> None:
    ran = pilotcheck(warm_home, "chat", "--jsonl", "--depth", "quick", "--reader", "builtin", given=f"{json.dumps(OPENING)}\n{json.dumps(OPENING)}")
    first, second = (answer["thread"] for answer in ran.answers)
    assert first == second
    assert len(first) == 32


def test_end_of_input_without_a_word(pilotcheck, warm_home) -> None:
    ran = pilotcheck.chat(warm_home, "silent")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_as_a_command_of_its_own(warm_home) -> None:
    """The other tests fork; this one starts the program as people do."""
    environment = {**os.environ, "PILOTCHECK_HOME": str(warm_home), "PYTHONPATH": str(REPOSITORY)}
    arguments = [sys.executable, "-m", "ui", "chat", "--jsonl", "--thread", "own", "--today", DAY]
    ran = subprocess.run(arguments, input=json.dumps(OPENING), capture_output=True, text=True, encoding="utf-8", env=environment, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["thread"] == "own"


# Lines that are refused: exactly one {"error"}, and the interview goes on.
REFUSED = {
    "no JSON": "adoption is 62%",
    "half an object": '{"say": "adoption',
    "a list": '["say", "x"]',
    "a text": '"adoption is 62%"',
    "a number": "62",
    "nothing": "null",
    "another object": '{"text": "adoption is 62%"}',
    "say without text": '{"say": 62}',
    "say nothing": '{"say": ""}',
    "say only spaces": r'{"say": " \n\t "}',
    "say only control characters": r'{"say": "\u0000\u0001\u001b"}',
    "unknown command": '{"command": "dance"}',
    "command without a name": '{"command": null}',
    "a null byte": "\0",
    "raw control characters": '{"say": "\x01\x02"}',
    "200,000 characters": json.dumps({"say": "x" * 200_000}),
    "200,000 characters of nothing": "x" * 200_000,
    "deep nesting": "[" * 100_000,
    "deep objects": '{"say":' * 100_000,
    "a huge number": '{"say": ' + "9" * 10_000 + "}",
}
# Lines that are messages, however odd: one reply.
TAKEN = {
    "emoji only": {"say": "😀🎉"},
    "dots only": {"say": "..."},
    "control characters": {"say": "48 \u0007% of\u001b[31m them"},
    "null bytes": {"say": "a\0b 48%\0"},
    "another language": {"say": "Das Pilotprojekt läuft seit März mit 60 Leuten in der Schadenabteilung."},
    "another script": {"say": "パイロットは60人で行われています。"},
    "right to left": {"say": "يستخدمه ستون شخصًا في القسم"},
    "markup": {"say": "<script>alert(1)</script> [x](javascript:1) `rm -rf /`"},
    "49,000 characters": {"say": "well, " * 8_100},
    "a word of 40,000 letters": {"say": "a" * 40_000},
    "40,000 digits": {"say": "1" * 40_000},
    "say and command": {"say": "hello", "command": "why"},
    "more fields": {"say": "hello", "id": 7},
}
# Messages from which something is heard that is hard to keep or to print.
HARD_TO_KEEP = {
    "half a surrogate": {"say": "The target is \ud800 32 minutes."},
    "a share beyond 64 bits": {"say": "99999999999999999999 % of the intended users work with it regularly."},
    "a quantity beyond 64 bits": {"say": "It was 99999999999999999999 minutes before the pilot."},
    "a figure beyond any float": {"say": f"The target is {'9' * 400} minutes."},
}


@pytest.fixture(scope="module")
def odd_lines(pilotcheck, warm_home_in, tmp_path_factory):
    """Return what one process answers to every odd line, and to a plain one after all of them."""
    home = warm_home_in(tmp_path_factory.mktemp("odd"))
    ran = pilotcheck.chat(home, "odd", *REFUSED.values(), *TAKEN.values(), {"command": "status"})
    assert (ran.code, ran.err) == (0, "")
    return dict(zip([*REFUSED, *TAKEN, "afterwards"], ran.answers, strict=True))


@pytest.mark.parametrize("name", REFUSED)
def test_refused_line_gets_one_error(odd_lines, name) -> None:
    assert set(odd_lines[name]) == {"error"}
    assert odd_lines[name]["error"].endswith((".", "”."))
    assert len(odd_lines[name]["error"]) < 400


@pytest.mark.parametrize("name", TAKEN)
def test_odd_message_gets_a_reply(odd_lines, name) -> None:
    assert set(odd_lines[name]) == FIELDS


def test_after_all_of_them_the_interview_goes_on(odd_lines) -> None:
    assert odd_lines["afterwards"]["asks"]


@pytest.mark.parametrize("name", HARD_TO_KEEP)
def test_what_is_hard_to_keep_ends_nothing(pilotcheck, warm_home, name) -> None:
    ran = pilotcheck.chat(warm_home, "odd", OPENING, HARD_TO_KEEP[name], {"command": "status"})
    assert "Traceback" not in ran.err
    assert (ran.code, len(ran.answers)) == (0, 3)


@pytest.mark.parametrize("line", ["", "   "])
def test_empty_line_gets_an_answer(pilotcheck, warm_home, line) -> None:
    answers = pilotcheck.chat(warm_home, "empty", line, {"command": "status"}).answers
    assert [set(answer) == {"error"} for answer in answers] == [True, False]


@pytest.mark.parametrize("encoding", ["utf-8:strict", "utf-8:surrogateescape"])
def test_bytes_that_are_no_text(pilotcheck, warm_home, encoding) -> None:
    given = b'{"say": "caf\xe9, 48%"}\n{"command": "status"}\n'
    ran = pilotcheck(warm_home, "chat", "--jsonl", given=given, PYTHONIOENCODING=encoding)
    assert "Traceback" not in ran.err
    assert (ran.code, len(ran.out.splitlines())) == (0, 2)


def test_answers_come_while_the_input_is_still_open(pilotcheck, warm_home) -> None:
    talking = pilotcheck.talk(warm_home, "live")
    talking.send(OPENING)
    assert talking.answer()["thread"] == "live"
    talking.send({"say": "I don't know"})
    assert talking.answer()["asks"]
    assert talking.end().code == 0


@pytest.mark.parametrize("thread", ["../x", "a/b", "x" * 81, ".x", "a b"])
def test_impossible_thread_id_is_said_plainly(interview, thread) -> None:
    with pytest.raises(InputRefused, match="A thread id has"):
        serve(interview, StringIO('{"say": "x"}\n'), StringIO(), thread=thread, today=None, depth="full")


def test_a_document_is_not_ignored_in_silence(pilotcheck, tmp_path) -> None:
    ran = pilotcheck(tmp_path / "home", "chat", "--jsonl", "--document", "charter.txt")
    assert ran.code
    check_plain(ran, "--jsonl takes no document")
