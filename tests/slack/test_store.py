"""What the Slack door remembers, in either kind of database: an event once, in order, by one process at a time."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from agent.settings import Settings
from agent.storage import Storage
from ui.slack.events import Event, read
from ui.slack.store import KEPT_SECONDS, LEASE_SECONDS, Ask, Reminder, Store, begun


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request, tmp_path) -> Iterator[Storage]:
    url = request.getfixturevalue("postgres").url if request.param == "postgres" else None
    with closing(Storage(Settings(home=tmp_path, database_url=url))) as storage:
        yield storage


@pytest.fixture
def store(storage) -> Store:
    return Store(storage, "T0")


def event(number: int, **more: str) -> Event:
    return Event(
        key=f"T0/message:C0:{number}", kind="say", team="T0", user="U0", channel="C0", thread_ts="1.0", ts=f"{number}.0", text=f"Answer {number}", **more
    )


def test_events_are_kept_once_in_order_until_they_are_done(store, storage) -> None:
    later, earlier = event(3), event(2)
    assert store.write_down(later, 100) and store.write_down(earlier, 101)
    assert not store.write_down(later, 102)
    assert store.lanes_waiting(103) == [later.lane]
    assert store.next_in(later.lane, 103) == (earlier, 0)
    store.tried(earlier.key, 110)
    assert store.next_in(later.lane, 105) is None, "what comes later waits as well"
    assert store.next_in(later.lane, 111) == (earlier, 1)
    store.done(earlier.key, 112)
    assert store.next_in(later.lane, 113) == (later, 0)
    assert not store.write_down(earlier, 112 + 3600), "recognised long after Slack has stopped repeating it"
    store.done(later.key, 113 + KEPT_SECONDS)
    assert not storage.execute("SELECT 1 FROM slack_inbox WHERE key = ?", (earlier.key,))
    storage.execute("DELETE FROM slack_inbox")


def test_a_lane_belongs_to_one_process_until_its_time_is_over(store) -> None:
    assert store.hold("lane", "one", 100) and store.hold("lane", "one", 101)
    assert not store.hold("lane", "two", 102)
    assert store.hold("lane", "two", 102 + LEASE_SECONDS)
    store.let_go("lane", "two")
    assert store.hold("lane", "one", 103)
    store.let_go_of_all("one")
    assert store.holders() == []


def test_diagnoses_asks_and_reminders(store) -> None:
    one = begun(event(1))
    store.begin(one)
    store.begin(one.model_copy(update={"starter": "U0OTHER"}))
    assert store.diagnosis(one.thread) == one, "who began it does not change"
    store.note(one.thread, link="https://example.com", reported="rerun")
    assert [found.reported for found in store.diagnoses_of("U0")] == ["rerun"]
    ask = Ask(id="a", thread=one.thread, person="U1", asker="U0", kind="voice")
    assert store.ask(ask) and not store.ask(ask)
    store.sent("a", "D1", "5.0")
    assert store.asked_at("D1", "5.0") and store.open_asks("D1")
    assert store.answered("a", {"need": "Training"}) and not store.answered("a", {"need": "Nothing"})
    assert store.voices(one.thread)[0].answer == '{"need": "Training"}'
    store.forget_deleted()
    assert not store.voices(one.thread), "the diagnosis is not there (any more), so what was said about it is not kept"
    store.remind(Reminder(id="r", due="2026-12-01", person="U0", thread=one.thread, kind="proof"))
    assert not store.due("2026-11-30") and store.due("2026-12-01")
    store.reminded("r")
    assert not store.due("2026-12-02")


def test_the_same_ids_in_two_workspaces_never_meet(store, storage) -> None:
    other = Store(storage, "T1")
    message = {"type": "message", "channel": "C0", "channel_type": "im", "user": "U0", "text": "The target is 32 minutes.", "ts": "1.0", "thread_ts": "1.0"}
    ours, theirs = (read({"team_id": team, "event_id": "E0", "event": message}, "U0BOT") for team in ("T0", "T1"))
    for one, team in ((ours, store), (theirs, other)):
        assert team.write_down(one, 100)
        assert team.lanes_waiting(101) == [one.lane] and one.lane.startswith(team.team)
        team.begin(begun(one))
        assert [found.team for found in team.diagnoses_in("C0")] == [found.team for found in team.diagnoses_of("U0")] == [team.team]
        team.ask(Ask(id=f"ask-{team.team}", thread=one.thread, person="U0", asker="U0", channel="D0", ts="2.0"))
        team.remind(Reminder(id=f"reminder-{team.team}", due="2026-12-01", person="U0", thread=one.thread, kind="ask"))
    for team in (store, other):
        assert [found.thread for found in team.open_asks("D0")] == [team.asked_at("D0", "2.0").thread] == [f"slack-{team.team}-C0-1.0"]
        assert [found.id for found in team.due("2026-12-02")] == [f"reminder-{team.team}"]
    store.quiet("U0")
    assert store.is_quiet("U0") and not other.is_quiet("U0")
    for table in ("slack_inbox", "slack_diagnoses", "slack_asks", "slack_reminders", "slack_quiet"):
        storage.execute(f"DELETE FROM {table}")
