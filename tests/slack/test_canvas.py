"""The result as a canvas: made once, kept up to date, read by who is in the conversation; without canvases the thread has everything."""

from tests.slack.conftest import CHANNEL, begun, conversation, record
from tests.slack.stand_in import elements, label_of, shown


def result_of(slack, channel: str, ts: str, count: int = 1) -> dict:
    """Wait for so many results in a thread, and return the latest."""
    return slack.wait(lambda: [one for one in slack.ours(channel, ts) if "Ask outside voices" in map(label_of, elements(one))][count - 1 :])[-1]


def link(message: dict) -> str:
    return next((one["url"] for one in elements(message) if label_of(one) == "Open as a canvas"), "")


def test_the_result_is_a_canvas_for_the_channel_and_is_kept_up_to_date(slack, start) -> None:
    start(slack)
    ts = begun(slack)
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    first = link(result_of(slack, CHANNEL, ts))
    ((id, canvas),) = slack.canvases.items()
    assert first.endswith(id) and canvas["readers"] == [(CHANNEL, "read")], "nobody can change there what was said here"
    assert canvas["title"].startswith("Pilotcheck: We have an AI pilot here.")
    assert all(words in canvas["text"] for words in ("**Not proven yet", "## Owners", "Maria Lopez", f"/archives/{CHANNEL}/"))
    before = canvas["text"]
    slack.writes("U0ANA", CHANNEL, "The security review is passed.", ts)
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    assert link(result_of(slack, CHANNEL, ts, 2)) == first
    assert len(slack.canvases) == 1 and slack.canvases[id]["text"] != before


def test_a_direct_conversation_shows_its_canvas_to_the_person_alone(slack, start) -> None:
    start(slack)
    ts = slack.writes("U0ANA", "D-U0ANA", "Our AI pilot sorts motor claims in the claims department.")
    slack.wait(lambda: slack.ours("D-U0ANA", ts))
    slack.writes("U0ANA", "D-U0ANA", "just the result", ts)
    assert link(result_of(slack, "D-U0ANA", ts))
    (canvas,) = slack.canvases.values()
    assert canvas["readers"] == [("U0ANA", "read")]


def test_a_workspace_without_canvases_has_the_result_in_the_thread(slack, start, caplog) -> None:
    start(slack)
    ts = begun(slack)
    slack.breaks("canvases.create", "free_teams_cannot_create_non_tabbed_canvases")
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    result = result_of(slack, CHANNEL, ts)
    assert not link(result) and not slack.canvases
    assert all(words in shown(result) for words in ("Not proven yet", "Primary measure", "Forces against a rollout", "Maria Lopez"))
    slack.wait(lambda: len(slack.uploads) >= 4)
    assert "free_teams" in caplog.text


def test_an_app_that_may_not_make_canvases_yet_goes_on_without(slack, start) -> None:
    app = start(slack)
    slack.scopes -= {"canvases:write"}
    ts = begun(slack)
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    assert not link(result_of(slack, CHANNEL, ts))
    slack.writes("U0ANA", CHANNEL, "The security review is passed.", ts)
    slack.wait(lambda: record(app, ts).known("gates.security_review"))


def test_a_canvas_that_somebody_deleted_is_made_anew_and_one_that_was_not_shown_is_shown_later(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.breaks("canvases.access.set", "internal_error")
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    assert not link(result_of(slack, CHANNEL, ts))
    slack.breaks("canvases.access.set", "")
    slack.writes("U0ANA", CHANNEL, "The security review is passed.", ts)
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    assert link(result_of(slack, CHANNEL, ts, 2)).endswith(next(iter(slack.canvases)))
    slack.canvases.clear()
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    assert link(result_of(slack, CHANNEL, ts, 3)).endswith(next(iter(slack.canvases)))
    assert len(conversation(app, ts).turns) == 5
