"""A diagnosis in a Slack thread, as people have it: started, answered, corrected, edited, finished."""

import pytest

from tests.slack.conftest import CHANNEL
from tests.slack.stand_in import BOT, shown

STORY = "Our AI pilot sorts motor claims in the claims department. The business owner is Maria Lopez. The target is 32 minutes, before it was 42 minutes."


def begun(slack, text: str = STORY) -> str:
    ts = slack.writes("U0ANA", CHANNEL, f"<@{BOT}> {text}")
    slack.wait(lambda: slack.ours(CHANNEL, ts))
    return ts


def record(app, ts: str):
    return app.interview.conversation(f"slack-T0TEAM-{CHANNEL}-{ts}").record


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_a_diagnosis_from_the_mention_to_the_result(slack, start, http) -> None:
    app = start(slack, http=http)
    ts = begun(slack)
    question = slack.ours(CHANNEL, ts)[-1]
    assert "I heard" in shown(question)
    assert record(app, ts).known("charter.target")["value"] == 32

    slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts)
    after = slack.next_after(CHANNEL, ts, 1)
    assert record(app, ts).known("charter.started_on") == "2026-09-01"

    slack.presses("U0ANA", CHANNEL, after, "Why do you ask?")
    why = slack.next_after(CHANNEL, ts, 2)
    slack.presses("U0ANA", CHANNEL, why, "Just the result")
    slack.wait(lambda: sum(one["shared"] for one in slack.uploads.values()) >= 4)
    result = slack.ours(CHANNEL, ts)[-1]
    assert "Primary measure" in shown(result) and "proof of scale" in shown(result)
    assert {one["name"] for one in slack.uploads.values()} >= {"report.pdf", "report.ics"}
    assert app.interview.storage.thread(f"slack-T0TEAM-{CHANNEL}-{ts}").owner == "ana@example.com"
    assert slack.resent == 0
