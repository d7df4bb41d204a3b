"""Conversations in a real PostgreSQL server, which the tests start in a folder of their own and stop in the middle."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from agent.errors import StorageError
from agent.interview import Interview
from agent.items import guide
from agent.settings import Settings
from agent.storage import Storage, Thread
from tests.conversations.plain import NoLibrary, PlainReader, answer, answers
from tests.doors.running import check_plain
from tests.doors.test_crash import at_once

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))
OPENING = {"say": "Our AI pilot sorts zebrafish in the Quagga laboratory. 48% of the intended users work with it regularly."}

pytestmark = pytest.mark.skipif(BINARIES is None and not shutil.which("initdb"), reason="no PostgreSQL server is installed (apt-get install postgresql)")


class Server:
    """A server on loopback; initdb refuses root, so root runs it as the user that Debian makes for it."""

    def __init__(self, folder: Path):
        self._folder, self._as = folder, {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self._as:
            shutil.chown(folder, "postgres", "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgresql://pilot:secret-word@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "-U", "pilot", "--auth=trust", "--no-sync", "-D", str(folder / "data"))

    def start(self) -> None:
        options = f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-o", options, "-l", str(self._folder / "log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        at = BINARIES / program if BINARIES else program
        subprocess.run(
            [at, *arguments], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", timeout=60, **self._as
        )


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="pilotcheck-postgres-") as folder:
        running = Server(Path(folder))
        running.start()
        yield running
        running.stop()


@pytest.fixture
def talking(server, tmp_path, today):
    """Return a function that opens an interview over the server, as a process of its own would."""

    @contextmanager
    def talking() -> Iterator[Interview]:
        chosen, reader, library = Settings(home=tmp_path, database_url=server.url), PlainReader(), NoLibrary()
        with closing(Storage(chosen)) as storage:
            yield Interview(storage, guide(), lambda: reader, lambda: library, chosen, today=lambda: today)

    return talking


def test_whole_conversation(pilotcheck, server, warm_home) -> None:
    where = {"PILOTCHECK_DATABASE_URL": server.url}
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


def test_deleted_leaves_no_row(server, talking) -> None:
    with talking() as interview:
        interview.say("gone", "gates.adoption: 62")
        interview.storage.delete("gone")
        tables = ("threads", "checkpoints", "checkpoint_blobs", "checkpoint_writes")
        assert [rows(interview, f"SELECT 1 FROM {table} WHERE {'id' if table == 'threads' else 'thread_id'} = ?", "gone") for table in tables] == [[]] * 4


def rows(interview: Interview, statement: str, *values: str) -> list:
    return interview.storage._database.execute(statement, values)


def test_several_processes_at_once_on_one_thread_lose_nothing(pilotcheck, server, warm_home, talking) -> None:
    """They make the tables together, too."""
    with talking() as interview:
        rows(interview, "DROP TABLE threads, checkpoints, checkpoint_blobs, checkpoint_writes, checkpoint_migrations")
    running = [pilotcheck.talk(warm_home, "shared", PILOTCHECK_DATABASE_URL=server.url) for _ in range(3)]
    texts = [[f"Message {number} of process {process}" for number in range(4)] for process in range(3)]
    for process, mine in zip(running, texts, strict=True):
        process.send(*({"say": text} for text in mine))
    for process in running:
        ran = process.end()
        assert (ran.code, ran.err, len(ran.answers)) == (0, "", 4)
        assert not [answer for answer in ran.answers if "error" in answer]
    with talking() as interview:
        said = [turn.text for turn in interview.conversation("shared").turns]
    assert sorted(said) == sorted(text for mine in texts for text in mine)
    for mine in texts:
        assert [text for text in said if text in mine] == mine


def test_more_at_once_than_there_are_connections(talking) -> None:
    """Whoever holds a thread still gets a connection to write with."""
    with talking() as interview:
        at_once([lambda number=number: interview.say(f"many{number % 20}", f"Message {number}") for number in range(40)])
        assert [len(interview.conversation(f"many{number}").turns) for number in range(20)] == [2] * 20


def test_killed_between_turns(pilotcheck, server, warm_home) -> None:
    texts = ["We have an AI pilot here.", "The target is 32 minutes.", "Before the pilot it was 42 minutes."]
    for text in texts:
        talking = pilotcheck.talk(warm_home, "killed", PILOTCHECK_DATABASE_URL=server.url)
        talking.send({"say": text})
        talking.answer()
        assert talking.kill().code == -9
    shown = pilotcheck(warm_home, "threads", "show", "killed", PILOTCHECK_DATABASE_URL=server.url).out
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


def test_server_gone_in_the_middle_and_back(server, talking) -> None:
    """What got a reply is kept; what did not is said; the same process goes on when the server is back."""
    with talking() as interview:
        opened = interview.say("lasting", answers("charter.use_case", "charter.department"))
        server.stop()
        try:
            with pytest.raises(StorageError, match="PILOTCHECK_DATABASE_URL does not answer"):
                interview.say("lasting", "gates.adoption: 62")
            with pytest.raises(StorageError, match="does not answer"):
                interview.open("lasting")
        finally:
            server.start()
        assert interview.open("lasting").asks == opened.asks
        assert interview.say("lasting", "gates.adoption: 62").heard
        assert len(interview.conversation("lasting").turns) == 2


@pytest.mark.parametrize(
    "url",
    ["postgresql://pilot:secret-word@127.0.0.1:1/postgres", "postgresql://pilot:secret-word@127.0.0.1:{port}/nowhere", "mysql://secret-word", "secret-word"],
)
def test_wrong_url_is_said_plainly(pilotcheck, server, tmp_path, url) -> None:
    ran = pilotcheck(tmp_path / "home", "threads", "list", PILOTCHECK_DATABASE_URL=url.format(port=server.port))
    check_plain(ran, "Check the URL")
    assert "secret-word" not in ran.err
