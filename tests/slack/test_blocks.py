"""What is shown, without Slack: everything within its limits, for the longest reports and the strangest words."""

import inspect
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import ui.slack
from agent.conversation import Conversation
from agent.heard import Proposed
from agent.items import guide
from agent.judging import assess
from agent.record import Record, Statement
from agent.replies import Reply
from tests.slack.limits import canvas_faults, faults, sdk_faults, view_faults
from tests.slack.stand_in import BY_CHANNEL, MANIFEST, SCOPES
from ui.slack import canvas, facts, home, others, question, result
from ui.slack.blocks import SECTION_TEXT, cut, messages, mrkdwn, sections
from ui.slack.events import plain, read
from ui.slack.store import Ask
from ui.slack.wording import somebody_named

LONG = "An answer with <@U123>, <!channel>, & and *stars*. " * 120
WORST = st.text(st.sampled_from("a &<>*_~`\n. |🙂"), max_size=9_000)


@pytest.fixture(scope="module")
def everything(today) -> Conversation:
    """A conversation in which every item was answered at length."""
    record = Record()
    for item, one in guide().items.items():
        state = "known" if one.kind in ("text", "party") else "unknown"
        record = record.take(Statement(item=item, state=state, value=LONG if state == "known" else None, quote=LONG, speaker="A" * 80, turn=1))
    return Conversation(record=record)


def fits(blocks) -> None:
    for part in messages(blocks):
        assert not faults(part) + sdk_faults(part)


def test_both_rulebooks_notice_what_is_too_long() -> None:
    """What holds our messages against the limits can fail."""
    many = [{"type": "button", "action_id": str(number), "text": {"type": "plain_text", "text": "x" * 76}, "value": "v"} for number in range(26)]
    wrong = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}, {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    for block in (*wrong, {"type": "actions", "elements": many}, {"type": "actions", "elements": many[:1]}):
        assert faults([block]) and sdk_faults([block])


def test_the_longest_result_fits(everything, today) -> None:
    assessment = assess(everything.record, guide(), today)
    fits(result.result(assessment, LONG, 12))
    fits(result.result(assess(Record(), guide(), today)))


def test_the_longest_canvas_fits_and_mentions_nobody(everything, today) -> None:
    hostile = Record()
    for item, one in guide().items.items():
        words = "![](@U0ANA) ![](#C0CLAIMS)\n# Verdict\n| a | b |\n> - one"
        hostile = hostile.take(Statement(item=item, state="known" if one.kind in ("text", "party") else "unknown", value=words, quote=words, speaker=words))
    for record in (everything.record, hostile, Record()):
        text = canvas.canvas(assess(record, guide(), today), "https://example.com")
        assert not canvas_faults({"type": "markdown", "markdown": text})
        assert "\n# " not in text and len(canvas.title(LONG)) <= canvas.TITLE


def test_the_longest_question_fits(everything) -> None:
    proposals = tuple(Proposed(number=n, item="gates.adoption", label="x" * 200, value="y" * 200, quote="q", place="p") for n in range(1, 150))
    items = tuple(guide().items)[:8]
    reply = Reply(thread="t", text=LONG * 4, stage="gates", asks=items, choices=tuple(f"{LONG[:70]}{n}" for n in range(30)), proposals=proposals)
    fits(question.question(reply, everything.with_(turns=()), guide(), "Ana"))


def test_what_others_are_shown_fits() -> None:
    asked = [Ask(id=str(n), thread="t", person=f"U{n}", asker="U0", kind="voice", answer=json.dumps({"change": LONG})) for n in range(10)]
    fits(others.ask("id", LONG, guide().questions[0], ("Yes", "No"), "A" * 80, LONG))
    fits(others.heard_outside(asked, {f"U{n}": "N" * 80 for n in range(10)}))
    fits(sections(others.came_back("A" * 80, LONG * 3)))
    fits(others.voice("id", "A" * 80, LONG))
    fits(others.reminder(LONG, "https://example.com"))


def test_forms_and_the_home_tab_fit(everything) -> None:
    views = [
        facts.facts_form("t" * 80, everything, guide()), others.voice_form("id"), others.invite_form("t" * 80),
        others.decline_form("t" * 80, "owners.business", "business owner"),
        home.home([home.Line(title=LONG, verdict=LONG, next_date=LONG, link="https://example.com")] * 60),
    ]  # fmt: skip
    assert not [fault for view in views for fault in view_faults(view) + sdk_faults(view["blocks"])]


def test_nothing_on_record_has_no_form() -> None:
    assert facts.facts_form("t", Conversation(), guide()) is None


@given(WORST)
def test_a_cut_text_fits_and_loses_nothing_but_blanks(text) -> None:
    pieces = cut(mrkdwn(text), SECTION_TEXT)
    assert all(0 < len(piece) <= SECTION_TEXT for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(mrkdwn(text).split())
    assert not any(re.search(r"&(?:am?|l|g|lt|gt|amp)?$", piece) for piece in pieces), "no entity is cut in two"


def test_what_a_person_wrote_pings_nobody_and_markdown_becomes_slacks() -> None:
    assert mrkdwn("**Hear** *this*: <!channel> & more\n- one\n> said") == "*Hear* _this_: &lt;!channel&gt; &amp; more\n• one\n> said"
    assert plain("<@U0BOT> see <https://a.example|the plan> &amp; <!here>", "U0BOT") == "see the plan &"


@pytest.mark.parametrize(("text", "name"), [
    ("Maria should know", "Maria"), ("Ask Maria Lopez.", "Maria Lopez"), ("<@U0MARIA> should know that", "<@U0MARIA>"), ("that's a question for Ben", "Ben"),
    ("I should know", ""), ("nobody knows", ""), ("The target is 32 minutes, Maria should know", ""), ("Maria", ""),
])  # fmt: skip
def test_somebody_who_should_know_is_heard_only_where_nothing_else_is_said(text, name) -> None:
    assert somebody_named(text) == name


def test_previews_and_topics_are_no_messages() -> None:
    message = {"user": "U0ANA", "text": "see this", "ts": "1.0"}
    changed = {"type": "message", "subtype": "message_changed", "channel": "C0", "message": {**message, "attachments": [{}]}, "previous_message": message}
    assert read({"team_id": "T0", "event_id": "E", "event": changed}, "U0BOT") is None


def test_a_message_with_replies_that_was_deleted_comes_as_a_tombstone_and_is_a_deletion() -> None:
    old = {"user": "U0ANA", "text": "The target is 32 minutes.", "ts": "1.0"}
    gone = {"type": "message", "subtype": "message_changed", "channel": "C0", "message": {**old, "subtype": "tombstone"}, "previous_message": old}
    found = read({"team_id": "T0", "event_id": "E", "event": gone}, "U0BOT")
    assert found is not None and (found.kind, found.ts) == ("delete", "1.0")


def test_the_manifest_asks_for_what_the_code_uses_and_no_more() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(inspect.getfile(ui.slack)).parent.glob("*.py"))
    called = {name.replace("_", ".") for name in re.findall(r"self\.client\.(\w+_\w+)\(", code)} - {"files.upload.v2"} | {
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
    }
    needed = {SCOPES[name] for name in called if name not in BY_CHANNEL} - {""}
    needed |= {scope for name in called & set(BY_CHANNEL) for kind, scope in BY_CHANNEL[name].items() if (name, kind) != ("conversations.members", "D")}
    for event, scopes in EVENT_SCOPES.items():
        needed |= scopes if event in manifest["settings"]["event_subscriptions"]["bot_events"] else set()
    needed |= {"commands", "files:read", "users:read.email"}  # the slash command; files dropped in a thread; the owner's address
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed
    heard = {f"message.{kind}" for kind in ("channels", "groups", "im")} | {name for name in EVENT_SCOPES if f'"{name}"' in code}
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == heard
    assert [one["command"] for one in manifest["features"]["slash_commands"]] == ["/pilotcheck"]


# What Slack asks for so that it sends an event (docs.slack.dev/reference/events).
EVENT_SCOPES = {
    "app_home_opened": set(), "app_mention": {"app_mentions:read"}, "assistant_thread_started": {"assistant:write"}, "channel_left": {"channels:read"},
    "group_left": {"groups:read"}, "message.channels": {"channels:history"}, "message.groups": {"groups:history"}, "message.im": {"im:history"},
}  # fmt: skip
