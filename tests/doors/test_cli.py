"""The commands: help with an example, the assessment, threads, the library, and a plain message for whatever is wrong with the disk."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent.conversation import SCHEMA_VERSION
from tests.doors.running import DAY, OPENING, check_plain

COMMANDS = ("chat", "web", "assess", "report", "threads", "library", "warm")


@pytest.fixture
def harmed(told, tmp_path) -> Path:
    """Return a copy of that home, to be harmed; all that is known stands in the database itself, not in its log."""
    home = Path(shutil.copytree(told, tmp_path / "home"))
    with closing(sqlite3.connect(home / "pilotcheck.sqlite")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


@pytest.fixture
def impossible(tmp_path) -> Path:
    """Return a home that cannot be: its parent is a file."""
    (tmp_path / "file").write_text("no folder")
    return tmp_path / "file" / "home"


# Help -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example(pilotcheck, tmp_path, name) -> None:
    ran = pilotcheck(tmp_path / "home", name, "--help")
    assert (ran.code, ran.err) == (0, "")
    _, _, example = ran.out.partition("example:")
    assert f"pilotcheck {name}" in example
    assert not (tmp_path / "home").exists()


def test_help_names_every_command(pilotcheck, tmp_path) -> None:
    for arguments in ([], ["--help"]):
        ran = pilotcheck(tmp_path / "home", *arguments)
        assert all(name in ran.out for name in (*COMMANDS, "PILOTCHECK_HOME"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess"],
        ["chat", "--today", "yesterday"],
        ["chat", "--depth", "deep"],
        ["threads", "paint"],
        ["dance"],
        ["assess", "--thread", "x", "--format", "odt"],
    ],
)
def test_mistyped_command_says_how_it_goes(pilotcheck, tmp_path, arguments) -> None:
    ran = pilotcheck(tmp_path / "home", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "usage: pilotcheck" in ran.err


# Assessment and threads -------------------------------------------------------------------------------------------------


def test_assess_in_json(pilotcheck, told) -> None:
    ran = pilotcheck(told, "assess", "--thread", "zoo", "--format", "json", "--today", DAY)
    printed = json.loads(ran.out)
    assert printed["record"]["gates.adoption"]["value"] == 48
    assert printed["assessment"]["gates"]["adoption"]["status"] == "fail"
    assert printed["assessment"]["assessed_on"] == DAY
    assert pilotcheck(told, "assess", "--thread", "zoo", "--format", "json", "--today", DAY).out == ran.out


def test_assess_in_markdown(pilotcheck, told) -> None:
    ran = pilotcheck(told, "assess", "--thread", "zoo", "--today", DAY)
    assert ran.code == 0
    assert ran.out.startswith("# ")
    assert "48% of the intended users" in ran.out


def test_assess_into_a_file(pilotcheck, told, tmp_path) -> None:
    ran = pilotcheck(told, "assess", "--thread", "zoo", "--output", str(tmp_path / "report.md"))
    assert "report.md" in ran.out
    assert (tmp_path / "report.md").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("target", ["nowhere/report.md", "."])
def test_assess_into_a_file_that_cannot_be_written(pilotcheck, told, tmp_path, target) -> None:
    check_plain(pilotcheck(told, "assess", "--thread", "zoo", "--output", str(tmp_path / target)), "folder", "written")


@pytest.mark.parametrize("arguments", [["assess", "--thread", "nobody"], ["threads", "show", "nobody"], ["threads", "delete", "nobody"]])
def test_unknown_thread(pilotcheck, told, arguments) -> None:
    check_plain(pilotcheck(told, *arguments), "`pilotcheck threads list` shows those there are")


@pytest.mark.parametrize("arguments", [["assess", "--thread", "../zoo"], ["chat", "--jsonl", "--thread", "../zoo"], ["chat", "--thread", "a b"]])
def test_impossible_thread(pilotcheck, told, arguments) -> None:
    check_plain(pilotcheck(told, *arguments), "A thread id has up to 80 letters")


@pytest.mark.parametrize("action", ["show", "delete"])
def test_threads_without_an_id(pilotcheck, told, action) -> None:
    check_plain(pilotcheck(told, "threads", action), f"`pilotcheck threads {action} ID`")


def test_threads_list(pilotcheck, told) -> None:
    listed = pilotcheck(told, "threads").out
    assert listed == pilotcheck(told, "threads", "list").out
    assert listed.startswith("zoo") and "rerun" in listed and "2 messages" in listed and "zebrafish" in listed


def test_threads_list_of_an_empty_home(pilotcheck, tmp_path) -> None:
    assert "`pilotcheck chat` starts one" in pilotcheck(tmp_path / "home", "threads", "list").out


def test_threads_show(pilotcheck, told) -> None:
    shown = pilotcheck(told, "threads", "show", "zoo").out
    assert OPENING["say"] in shown and "Pilotcheck: " in shown


def test_deleted_is_gone_from_the_disk(pilotcheck, harmed) -> None:
    pilotcheck.chat(harmed, "other", {"say": "Our pilot drafts replies to guests."})
    assert words(harmed, b"zebrafish", b"Quagga")
    ran = pilotcheck(harmed, "threads", "delete", "zoo")
    assert (ran.code, ran.err) == (0, "")
    assert not words(harmed, b"zebrafish", b"Quagga")
    assert "zoo" not in pilotcheck(harmed, "threads", "list").out
    assert "drafts replies" in pilotcheck(harmed, "threads", "show", "other").out
    assert pilotcheck(harmed, "assess", "--thread", "zoo").code == 1


def test_deleted_is_gone_while_another_conversation_is_open(pilotcheck, harmed) -> None:
    talking = pilotcheck.talk(harmed, "other")
    talking.send({"say": "Our pilot drafts replies to guests."})
    talking.answer()
    pilotcheck(harmed, "threads", "delete", "zoo")
    assert not words(harmed, b"zebrafish", b"Quagga")
    talking.send({"command": "status"})
    assert talking.answer()["asks"]
    assert talking.end().code == 0


def words(home: Path, *sought: bytes) -> list[str]:
    """Return the files under a home in which one of the words is still to be found."""
    return [str(path) for path in home.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in sought)]


def test_chat_in_the_terminal(pilotcheck, harmed) -> None:
    ran = pilotcheck(harmed, "chat", "--thread", "typed", given="We have an AI pilot here.\n\nwhere are we?\nquit\n")
    assert (ran.code, ran.err) == (0, "")
    assert "own words" in ran.out and "on record" in ran.out and "pilotcheck chat --thread typed" in ran.out
    assert "We have an AI pilot here." in pilotcheck(harmed, "threads", "show", "typed").out


# The library ------------------------------------------------------------------------------------------------------------


def test_library_search_add_remove(pilotcheck, harmed, tmp_path) -> None:
    policy = tmp_path / "zeppelin-policy.md"
    policy.write_text("# Zeppelin policy\n\nEvery zeppelin needs an owner in production before take-off.\n")
    assert "zeppelin" not in pilotcheck(harmed, "library", "search", "zeppelin owner").out.lower()
    assert "Added 1 passage" in pilotcheck(harmed, "library", "add", str(policy)).out
    assert "zeppelin" in pilotcheck(harmed, "library", "search", "zeppelin owner").out.lower()
    assert "zeppelin-policy" in pilotcheck(harmed, "library", "list").out
    assert pilotcheck(harmed, "library", "remove", "zeppelin-policy").code == 0
    assert "zeppelin" not in pilotcheck(harmed, "library", "search", "zeppelin owner").out.lower()
    assert policy.exists()


def test_library_search_in_the_guidance(pilotcheck, told) -> None:
    found = pilotcheck(told, "library", "search", "who owns it in production", "--item", "owners.production", "--limit", "2").out
    assert len([line for line in found.splitlines() if line and line[0] != " "]) >= 1
    assert "/" in found.split()[0]


@pytest.mark.parametrize(
    ("arguments", "step"),
    [
        (["add", "nowhere.md"], "nowhere.md"),
        (["add", "."], ""),
        (["add", "picture.png"], "Markdown and plain text"),
        (["remove", "nobody"], "no such document"),
        (["search"], "pilotcheck library --help"),
    ],
)
def test_library_mistakes(pilotcheck, told, arguments, step) -> None:
    (told.parent / "picture.png").write_bytes(b"\x89PNG")
    check_plain(pilotcheck(told, "library", *arguments), step)


# What can be wrong with the disk ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["threads", "list"], ["assess", "--thread", "zoo"], ["chat", "--jsonl"], ["chat"], ["threads", "delete", "zoo"]])
def test_home_that_cannot_be_written(pilotcheck, impossible, arguments) -> None:
    check_plain(pilotcheck(impossible, *arguments, given='{"say": "x"}'), "set PILOTCHECK_HOME to a folder that can be written")


def test_library_without_a_home_still_answers(pilotcheck, impossible) -> None:
    ran = pilotcheck(impossible, "library", "search", "owner")
    assert ran.code == 0
    assert "production" in ran.out
    assert "held in memory" in ran.err and "Traceback" not in ran.err


def test_library_add_without_a_home(pilotcheck, impossible, tmp_path) -> None:
    (tmp_path / "policy.md").write_text("# Policy\n\nEvery pilot needs an owner.\n")
    check_plain(pilotcheck(impossible, "library", "add", str(tmp_path / "policy.md")), "Make room or allow writing there")


@pytest.mark.parametrize("arguments", [["chat", "--jsonl", "--thread", "zoo"], ["threads", "delete", "zoo"]])
def test_full_disk(pilotcheck, harmed, arguments) -> None:
    check_plain(pilotcheck(harmed, *arguments, given=json.dumps(OPENING), limit=0), "Free some space")
    assert "zebrafish" in pilotcheck(harmed, "threads", "show", "zoo").out


def test_disk_that_fills_up_in_the_middle(pilotcheck, harmed) -> None:
    """What got a reply is kept, what did not is said; with room again the same thread goes on."""
    long = [{"say": f"Message {number}. " + "Nobody knows, and it is a long story. " * 80} for number in range(12)]
    ran = pilotcheck.chat(harmed, "filling", *long, limit=200_000)
    assert (ran.code, ran.err) == (0, "")
    kinds = ["error" in answer for answer in ran.answers]
    assert len(kinds) == 12
    assert kinds[-1] and not kinds[0]
    assert "Free some space" in ran.answers[-1]["error"]
    assert pilotcheck.chat(harmed, "filling", {"command": "status"}).answers[0]["asks"]
    shown = pilotcheck(harmed, "threads", "show", "filling").out
    assert all((f"You: Message {number}." in shown) != failed for number, failed in enumerate(kinds))


def test_damaged_index_is_built_anew(pilotcheck, harmed) -> None:
    for path in (harmed / "library" / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"rubbish" * 300)
    ran = pilotcheck(harmed, "library", "search", "owner in production")
    assert ran.code == 0
    assert "owner" in ran.out
    assert "was moved to" in ran.err and "built anew" in ran.err and "Traceback" not in ran.err
    assert pilotcheck(harmed, "library", "search", "owner in production").err == ""


def no_database(path: Path) -> None:
    path.write_bytes(b"this is no database " * 500)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def overwritten(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))


def cut_off(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize("arguments", [["threads", "list"], ["assess", "--thread", "zoo"]])
@pytest.mark.parametrize("damage", [no_database, a_folder, overwritten, cut_off])
def test_damaged_database(pilotcheck, harmed, damage, arguments) -> None:
    damage(harmed / "pilotcheck.sqlite")
    check_plain(pilotcheck(harmed, *arguments), "set PILOTCHECK_HOME", "Put a backup in its place")


@pytest.mark.parametrize("damage", [no_database, overwritten])
def test_damaged_database_is_not_called_safe(pilotcheck, harmed, damage) -> None:
    damage(harmed / "pilotcheck.sqlite")
    said = pilotcheck(harmed, "threads", "list").err
    assert "safe" not in said
    assert "backup" in said


@pytest.mark.parametrize("damage", [no_database, overwritten])
def test_damaged_database_is_left_as_it_is(pilotcheck, harmed, damage) -> None:
    damage(harmed / "pilotcheck.sqlite")
    before = (harmed / "pilotcheck.sqlite").read_bytes()
    pilotcheck.chat(harmed, "zoo", OPENING)
    assert (harmed / "pilotcheck.sqlite").read_bytes() == before


def test_damaged_checkpoint(pilotcheck, harmed) -> None:
    with closing(sqlite3.connect(harmed / "pilotcheck.sqlite")) as database, database:
        database.execute("UPDATE checkpoints SET checkpoint = x'00ff00'")
    check_plain(pilotcheck(harmed, "assess", "--thread", "zoo"), "backup", "Start a new one")


@pytest.mark.parametrize(
    ("old", "new", "step"), [(b"schema_version" + bytes([SCHEMA_VERSION]), b"schema_version\x7f", "Update Pilotcheck"), (b"\xa5asked", b"\xa5askex", "backup")]
)
def test_conversation_of_another_version(pilotcheck, harmed, old, new, step) -> None:
    with closing(sqlite3.connect(harmed / "pilotcheck.sqlite")) as database, database:
        for row, blob in database.execute("SELECT rowid, checkpoint FROM checkpoints").fetchall():
            database.execute("UPDATE checkpoints SET checkpoint = ? WHERE rowid = ?", (blob.replace(old, new), row))
    check_plain(pilotcheck(harmed, "assess", "--thread", "zoo"), step)
    assert step in pilotcheck.chat(harmed, "zoo", {"command": "status"}).answers[0]["error"]
