"""Conversations in a real PostgreSQL server, which stops in the middle."""

import pytest

from agent.errors import StorageError
from agent.interview import Interview
from agent.storage import Thread
from tests.conversations.plain import answer, answers, plain_interview
from tests.doors.running import OPENING, check_nothing_lost, check_plain
from tests.doors.test_crash import at_once


@pytest.fixture
def talking(postgres, tmp_path, today):
    """Return a function that opens an interview over the server, as a process of its own would."""
    return lambda: plain_interview(tmp_path, today, postgres.url)


def test_whole_conversation(pilotcheck, postgres, warm_home) -> None:
    where = {"PILOTCHECK_DATABASE_URL": postgres.url}
    first = pilotcheck.chat(warm_home, "zoo", OPENING, {"command": "skip"}, **where)
    assert (first.code, first.err, len(first.answers)) == (0, "", 2)
    again = pilotcheck.chat(warm_home, "zoo", {"command": "why"}, {"say": "I don't know"}, {"command": "finish"}, **where)
    assert again.answers[0]["asks"] == first.answers[-1]["asks"], "another process takes the conversation up where it was"
    assert again.answers[-1]["done"]
    assert "48% of the intended users" in pilotcheck(warm_home, "assess", "--thread", "zoo", **where).out
    listed = pilotcheck(warm_home, "threads", "list", **where).out
    assert listed.startswith("zoo") and "5 messages" in listed and "zebrafish" in listed and "rerun" in listed
    assert OPENING["say"] in pilotcheck(warm_home, "threads", "show", "zoo", **where).out
    assert pilotcheck(warm_home, "threads", "delete", "zoo", **where).code == 0
    check_plain(pilotcheck(warm_home, "threads", "show", "zoo", **where), "`pilotcheck threads list`")
    assert not (warm_home / "pilotcheck.sqlite").exists()


def test_deleted_leaves_no_row(postgres, talking) -> None:
    with talking() as interview:
        interview.say("gone", "gates.adoption: 62")
        interview.storage.delete("gone")
        tables = ("threads", "checkpoints", "checkpoint_blobs", "checkpoint_writes")
        assert [rows(interview, f"SELECT 1 FROM {table} WHERE {'id' if table == 'threads' else 'thread_id'} = ?", "gone") for table in tables] == [[]] * 4


def rows(interview: Interview, statement: str, *values: str) -> list:
    return interview.storage._database.execute(statement, values)


def test_several_processes_at_once_on_one_thread_lose_nothing(pilotcheck, postgres, warm_home, talking) -> None:
    """They make the tables together, too."""
    with talking() as interview:
        rows(interview, "DROP TABLE threads, checkpoints, checkpoint_blobs, checkpoint_writes, checkpoint_migrations")

    def kept() -> list[str]:
        with talking() as interview:
            return [turn.text for turn in interview.conversation("shared").turns]

    check_nothing_lost(pilotcheck, warm_home, kept, PILOTCHECK_DATABASE_URL=postgres.url)


def test_more_at_once_than_there_are_connections(talking) -> None:
    """Whoever holds a thread still gets a connection to write with."""
    with talking() as interview:
        at_once([lambda number=number: interview.say(f"many{number % 20}", f"Message {number}") for number in range(40)])
        assert [len(interview.conversation(f"many{number}").turns) for number in range(20)] == [2] * 20


def test_killed_between_turns(pilotcheck, postgres, warm_home) -> None:
    texts = ["We have an AI pilot here.", "The target is 32 minutes.", "Before the pilot it was 42 minutes."]
    for text in texts:
        talking = pilotcheck.talk(warm_home, "killed", PILOTCHECK_DATABASE_URL=postgres.url)
        talking.send({"say": text})
        talking.answer()
        assert talking.kill().code == -9
    shown = pilotcheck(warm_home, "threads", "show", "killed", PILOTCHECK_DATABASE_URL=postgres.url).out
    assert [text in shown for text in texts] == [True] * 3


def test_repeated_turn_correction_and_clearing(talking) -> None:
    with talking() as interview:
        first = interview.say("facts", "gates.adoption: 62", turn_id="1")
        interview.say("facts", answers("charter.use_case", "charter.department"), turn_id="2")
        assert interview.say("facts", "gates.adoption: 62", turn_id="1").text == first.text
        interview.correct("facts", "gates.adoption", answer("gates.adoption", 45))
        assert interview.conversation("facts").record.known("gates.adoption") == 45
        interview.clear("facts", "gates.adoption")
        assert len(interview.conversation("facts").turns) == 4
        assert not interview.conversation("facts").record.heard("gates.adoption")


@pytest.mark.parametrize("text", ["half a \ud800 surrogate", "a\0null", "\x1b[31mred", "日本語 😀", "it's; DROP TABLE threads; -- %s ? {}"])
def test_any_text_can_be_kept(talking, text) -> None:
    with talking() as interview:
        interview.say("odd", text, "Ann O'Neil %s", owner="x?")
        assert interview.storage.threads(owner="x?")[0].id == "odd"
        interview.storage.delete("odd")


def test_owner_and_first_day_never_change(talking) -> None:
    with talking() as interview:
        interview.storage.save(Thread(id="mine", owner="ann", created_on="2026-11-01", updated_on="2026-11-01"))
        interview.storage.save(Thread(id="mine", owner="bob", created_on="2026-11-02", updated_on="2026-11-02", turns=2))
        kept = interview.storage.thread("mine")
    assert (kept.owner, kept.created_on, kept.updated_on, kept.turns) == ("ann", "2026-11-01", "2026-11-02", 2)


def test_server_gone_in_the_middle_and_back(postgres, talking) -> None:
    """What got a reply is kept; what did not is said; the same process goes on when the server is back."""
    with talking() as interview:
        opened = interview.say("lasting", answers("charter.use_case", "charter.department"))
        postgres.stop()
        try:
            with pytest.raises(StorageError, match="PILOTCHECK_DATABASE_URL does not answer"):
                interview.say("lasting", "gates.adoption: 62")
            with pytest.raises(StorageError, match="does not answer"):
                interview.open("lasting")
        finally:
            postgres.start()
        assert interview.open("lasting").asks == opened.asks
        assert interview.say("lasting", "gates.adoption: 62").heard
        assert len(interview.conversation("lasting").turns) == 2


@pytest.mark.parametrize(
    "url",
    ["postgresql://pilot:secret-word@127.0.0.1:1/postgres", "postgresql://pilot:secret-word@127.0.0.1:{port}/nowhere", "mysql://secret-word", "secret-word"],
)
def test_wrong_url_is_said_plainly(pilotcheck, postgres, tmp_path, url) -> None:
    ran = pilotcheck(tmp_path / "home", "threads", "list", PILOTCHECK_DATABASE_URL=url.format(port=postgres.port))
    check_plain(ran, "Check the URL")
    assert "secret-word" not in ran.err
