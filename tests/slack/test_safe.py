"""What must not happen: nothing counts twice, nothing is lost, nobody reads what is not theirs, and Slack's refusals end no diagnosis."""

import json
import random
import urllib.error
import urllib.request

from tests.slack.conftest import CHANNEL, begun, conversation, diagnosis_of, record
from tests.slack.stand_in import BOT, shown, signed


def test_the_same_event_again_is_answered_once(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    said = slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts, deliver=False)
    (event,) = slack.events_of(CHANNEL, next(one for one in slack.messages[CHANNEL] if one["ts"] == said))
    for _ in range(3):
        slack.send(event, wait=True)
    slack.send({**event, "event_id": "Ev-another"}, wait=True)
    slack.next_after(CHANNEL, ts, 1)
    slack.writes("U0ANA", CHANNEL, "The security review is passed.", ts)
    slack.next_after(CHANNEL, ts, 2)
    assert len(conversation(app, ts).turns) == 3
    assert len(slack.ours(CHANNEL, ts)) == 3


def test_a_mention_in_a_thread_of_ours_comes_twice_and_is_one_answer(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.writes("U0ANA", CHANNEL, f"<@{BOT}> The pilot started on 1 September 2026.", ts)
    slack.next_after(CHANNEL, ts, 1)
    slack.writes("U0ANA", CHANNEL, "The security review is passed.", ts)
    slack.next_after(CHANNEL, ts, 2)
    assert len(conversation(app, ts).turns) == 3


def test_messages_at_once_and_out_of_order_are_all_taken(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    texts = [f"Note {number}: the pilot goes on as it did." for number in range(12)]
    written = [slack.writes("U0BEN" if number % 2 else "U0ANA", CHANNEL, text, ts, deliver=False) for number, text in enumerate(texts)]
    events = [slack.events_of(CHANNEL, one)[0] for one in slack.messages[CHANNEL] if one["ts"] in written]
    random.Random(7).shuffle(events)
    for event in events:
        slack.send(event)
    slack.wait(lambda: len(slack.ours(CHANNEL, ts)) == 13)
    assert sorted(turn.text for turn in conversation(app, ts).turns[1:]) == sorted(texts)


def test_an_answer_that_comes_before_the_mention_is_not_lost(slack, start) -> None:
    app = start(slack)
    ts = slack.writes("U0ANA", CHANNEL, f"<@{BOT}> We have an AI pilot here.", deliver=False)
    slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts)
    for event in slack.events_of(CHANNEL, slack.messages[CHANNEL][0]):
        slack.send(event)
    slack.wait(lambda: record(app, ts).known("charter.started_on") == "2026-09-01")


def test_a_wrong_signature_and_an_old_timestamp_are_refused(slack, start) -> None:
    app = start(slack, http=True)
    ts = slack.writes("U0ANA", CHANNEL, f"<@{BOT}> We have an AI pilot here.", deliver=False)
    content = json.dumps(slack.events_of(CHANNEL, slack.messages[CHANNEL][0])[1]).encode()
    assert posted(slack, content, signed(content, secret="another")) == 401
    assert posted(slack, content, signed(content, at=0)) == 401
    assert posted(slack, content, {}) == 401
    assert not conversation(app, ts).turns
    assert posted(slack, content, signed(content)) == 200
    slack.wait(lambda: conversation(app, ts).turns)


def posted(slack, content: bytes, headers: dict[str, str]) -> int:
    request = urllib.request.Request(slack.http_address, content, {"Content-Type": "application/json", **headers})
    try:
        return int(urllib.request.urlopen(request, timeout=10).status)
    except urllib.error.HTTPError as error:
        return error.code


def test_another_workspace_other_bots_and_other_threads_are_not_heard(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    place = {"type": "message", "channel": CHANNEL, "channel_type": "channel", "thread_ts": ts}
    slack.send(slack.event({**place, "user": "U0EVIL", "text": "The target is 1 minute.", "ts": "1.1"}, team="T0OTHER"), wait=True)
    slack.send(slack.event({**place, "user": "U0GUEST", "user_team": "T0OTHER", "text": "The target is 2 minutes.", "ts": "1.2"}), wait=True)
    slack.send(slack.event({**place, "user": "U0EVIL", "bot_id": "B0OTHER", "text": "The target is 3 minutes.", "ts": "1.3"}), wait=True)
    slack.send(slack.event({**place, "user": "U0BEN", "subtype": "channel_topic", "text": "The target is 4 minutes.", "ts": "1.4"}), wait=True)
    secret = "Between us: the merger is on."
    slack.writes("U0BEN", CHANNEL, secret)
    slack.writes("U0ANA", CHANNEL, "The security review is passed.", ts)
    slack.next_after(CHANNEL, ts, 1)
    assert len(conversation(app, ts).turns) == 2
    assert record(app, ts).known("charter.target")["value"] == 32
    assert not app.interview.storage.execute("SELECT 1 FROM slack_inbox WHERE event LIKE ?", (f"%{secret}%",))


def test_whoever_is_outside_the_channel_or_the_workspace_reads_and_changes_nothing(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    question = slack.ours(CHANNEL, ts)[-1]
    for label in ("Correct a fact", "Where are we?", "I don't know"):
        slack.presses("U0OLGA", CHANNEL, question, label)
    slack.person("U0EVIL", "Eve")
    for label in ("Correct a fact", "Where are we?"):
        slack.presses("U0EVIL", CHANNEL, question, label, team="T0OTHER")
    slack.send(slack.event({"type": "app_home_opened", "user": "U0ANA", "tab": "home", "channel": "D-U0ANA"}, team="T0OTHER"))
    slack.writes("U0ANA", CHANNEL, "The security review is passed.", ts)
    slack.next_after(CHANNEL, ts, 1)
    assert len(conversation(app, ts).turns) == 2 and len(slack.ours(CHANNEL, ts)) == 2
    assert not slack.views and not slack.homes and not slack.whispers


def test_what_an_event_said_is_not_kept_after_it_is_done(slack, start) -> None:
    app = start(slack)
    begun(slack)
    slack.wait(lambda: not app.interview.storage.execute("SELECT 1 FROM slack_inbox WHERE done = 0"))
    assert not app.interview.storage.execute("SELECT 1 FROM slack_inbox WHERE event <> ''")


def test_a_call_that_is_too_early_is_made_again(slack, start) -> None:
    app = start(slack)
    slack.too_early("chat.postMessage", 2)
    slack.too_early("users.info", 1)
    ts = begun(slack)
    assert slack.hurried == 0, "no call came before Slack's Retry-After was over"
    assert slack.calls.count("chat.postMessage") == 3
    assert len(conversation(app, ts).turns) == 1 and len(slack.ours(CHANNEL, ts)) == 1


def test_a_bot_that_was_removed_tells_the_starter_and_goes_on_when_invited_again(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.channels[CHANNEL].discard(BOT)
    slack.send(slack.event({"type": "channel_left", "channel": CHANNEL}))
    assert diagnosis_of(ts) in shown(slack.wait(lambda: slack.ours("D-U0ANA"))[-1])
    slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts)
    slack.wait(lambda: [one for one in slack.ours("D-U0ANA") if "not_in_channel" in shown(one)])
    assert record(app, ts).known("charter.started_on") == "2026-09-01", "what was said is kept"
    slack.channels[CHANNEL].add(BOT)
    slack.writes("U0ANA", CHANNEL, "The security review is passed.", ts)
    slack.next_after(CHANNEL, ts, 1)


def test_a_deleted_thread_is_said_to_the_starter(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    said = slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts, deliver=False)
    (event,) = slack.events_of(CHANNEL, next(one for one in slack.messages[CHANNEL] if one["ts"] == said))
    slack.messages[CHANNEL].clear()
    slack.send(event)
    assert "thread_not_found" in shown(slack.wait(lambda: slack.ours("D-U0ANA"))[-1])
    assert record(app, ts).known("charter.started_on") == "2026-09-01"


def test_a_revoked_token_is_said_in_the_log_and_the_answer_waits(slack, start, caplog) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.breaks("chat.postMessage", "token_revoked")
    slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts)
    slack.wait(lambda: "PILOTCHECK_SLACK_BOT_TOKEN" in caplog.text)
    assert "xoxb-" not in caplog.text and "xapp-" not in caplog.text
    slack.breaks("chat.postMessage", "")
    slack.next_after(CHANNEL, ts, 1)
    assert record(app, ts).known("charter.started_on") == "2026-09-01"


def test_a_connection_that_breaks_is_opened_again(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.drop_sockets()
    slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts)
    slack.next_after(CHANNEL, ts, 1)
    assert len(conversation(app, ts).turns) == 2


def test_a_mistake_of_ours_is_said_and_holds_up_nothing(slack, start, monkeypatch) -> None:
    app = start(slack)
    ts = begun(slack)
    monkeypatch.setattr("ui.slack.inbox.FIRST_WAIT", 0.01)
    monkeypatch.setattr("ui.slack.inbox.SWEEP_SECONDS", 0.2)
    working, app.interview.press = app.interview.press, None  # as a mistake in our code would
    slack.presses("U0ANA", CHANNEL, slack.ours(CHANNEL, ts)[-1], "Why do you ask?")
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "went wrong on our side" in shown(one)])
    app.interview.press = working
    slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts)
    slack.wait(lambda: record(app, ts).known("charter.started_on") == "2026-09-01")
