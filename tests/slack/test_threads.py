"""A diagnosis in a Slack thread, as people have it: started, answered, corrected, edited, finished."""

import pytest

from tests.slack.conftest import CHANNEL, STORY, begun, conversation, diagnosis_of, record
from tests.slack.stand_in import elements, label_of, shown


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
    assert app.interview.storage.thread(diagnosis_of(ts)).owner == "ana@example.com"
    assert slack.resent == 0

    slack.writes("U0BEN", CHANNEL, "The security review is passed.", ts)
    again = slack.next_after(CHANNEL, ts, 4)
    assert "I heard: security review" in shown(again)
    (said,) = record(app, ts).said("gates.security_review")
    assert said.speaker == "Ben"
    assert len(slack.uploads) == 4, "the files come again only when the verdict has changed"


def test_choices_are_buttons_and_an_old_button_answers_its_own_question(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    question = slack.ours(CHANNEL, ts)[-1]
    asked = conversation(app, ts).open.items
    slack.writes("U0ANA", CHANNEL, "skip", ts)
    slack.next_after(CHANNEL, ts, 1)
    slack.presses("U0BEN", CHANNEL, question, "I don't know")
    slack.wait(lambda: record(app, ts).state(asked[0]) == "unknown" and "Ben" in shown(question))
    assert label_of(elements(slack.ours(CHANNEL, ts)[-1])[0])
    assert not elements(question), "an answered question has no buttons any more"
    turns = len(conversation(app, ts).turns)
    slack.presses("U0ANA", CHANNEL, slack.ours(CHANNEL, ts)[-1], "Back")
    slack.wait(lambda: len(conversation(app, ts).turns) == turns + 1)


def test_an_edit_corrects_the_answer_and_a_deletion_takes_it_back(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    answer = slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts)
    slack.next_after(CHANNEL, ts, 1)
    slack.edits("U0ANA", CHANNEL, answer, "The pilot started on 5 October 2026.")
    slack.wait(lambda: record(app, ts).known("charter.started_on") == "2026-10-05")
    slack.edits("U0ANA", CHANNEL, answer, "The pilot started on 6 October 2026.")
    slack.wait(lambda: record(app, ts).known("charter.started_on") == "2026-10-06")
    assert not record(app, ts).conflicts()
    slack.deletes(CHANNEL, answer)
    slack.wait(lambda: not record(app, ts).heard("charter.started_on"))
    assert "Taken back: pilot start" in shown(slack.wait(lambda: slack.ours(CHANNEL, ts)[4:])[-1])


def test_a_form_corrects_a_fact_or_takes_it_off_the_record(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.presses("U0BEN", CHANNEL, slack.ours(CHANNEL, ts)[-1], "Correct a fact")
    form = slack.wait(lambda: slack.views)[-1]
    slack.submits("U0BEN", form, item="charter.target", words="30 minutes")
    slack.wait(lambda: record(app, ts).known("charter.target")["value"] == 30)
    slack.submits("U0BEN", {**form, "id": "V-second"}, item="owners.business", words="")
    slack.wait(lambda: not record(app, ts).heard("owners.business"))
    slack.submits("U0OLGA", {**form, "id": "V-third"}, item="charter.target", words="1 minute")
    slack.submits("U0BEN", {**form, "id": "V-fourth"}, item="charter.baseline", words="43 minutes")
    slack.wait(lambda: record(app, ts).known("charter.baseline")["value"] == 43)
    assert record(app, ts).known("charter.target")["value"] == 30, "who is not in the channel changes nothing"


def test_a_direct_message_begins_and_goes_on_outside_of_threads(slack, start) -> None:
    app = start(slack)
    ts = slack.writes("U0ANA", "D-U0ANA", STORY)
    slack.wait(lambda: slack.ours("D-U0ANA", ts))
    slack.writes("U0ANA", "D-U0ANA", "The pilot started on 1 September 2026.")
    slack.wait(lambda: record(app, ts, "D-U0ANA").known("charter.started_on") == "2026-09-01")


def test_an_edit_or_a_deletion_outside_of_threads_begins_no_second_diagnosis(slack, start) -> None:
    app = start(slack)
    ours = "D-U0ANA"
    ts = slack.writes("U0ANA", ours, STORY)
    slack.wait(lambda: slack.ours(ours, ts))
    answer = slack.writes("U0ANA", ours, "The pilot started on 1 September 2026.")
    slack.wait(lambda: record(app, ts, ours).known("charter.started_on") == "2026-09-01")
    slack.edits("U0ANA", ours, answer, "The pilot started on 5 October 2026.")
    slack.wait(lambda: record(app, ts, ours).known("charter.started_on") == "2026-10-05")
    unheard = slack.writes("U0ANA", ours, "The target is 5 minutes.", deliver=False)
    slack.edits("U0ANA", ours, unheard, "The target is 6 minutes.")
    slack.deletes(ours, unheard)
    slack.deletes(ours, answer)
    slack.wait(lambda: not record(app, ts, ours).heard("charter.started_on"))
    slack.writes("U0ANA", ours, "The security review is passed.")
    slack.wait(lambda: record(app, ts, ours).heard("gates.security_review"))
    assert record(app, ts, ours).known("charter.target")["value"] == 32
    assert all(one["thread_ts"] == ts for one in slack.ours(ours))
    assert [one.id for one in app.interview.storage.threads()] == [diagnosis_of(ts, ours)]


def test_the_assistant_pane_greets_and_listens(slack, start) -> None:
    app = start(slack)
    ts = slack.writes("U0ANA", "D-U0ANA", "New Assistant Thread", deliver=False)
    pane = {"user_id": "U0ANA", "channel_id": "D-U0ANA", "thread_ts": ts, "context": {}}
    slack.send(slack.event({"type": "assistant_thread_started", "assistant_thread": pane}))
    assert "I help you find out" in shown(slack.wait(lambda: slack.ours("D-U0ANA", ts))[-1])
    slack.writes("U0ANA", "D-U0ANA", STORY, ts)
    slack.wait(lambda: record(app, ts, "D-U0ANA").known("charter.target"))


def test_the_command_begins_a_thread_or_says_that_it_must_be_invited(slack, start) -> None:
    app = start(slack)
    slack.commands("U0ANA", CHANNEL, STORY)
    first, reply = slack.wait(lambda: slack.ours(CHANNEL)[1:] and slack.ours(CHANNEL))
    assert "Ana has begun a diagnosis" in shown(first) and "I heard" in shown(reply)
    assert record(app, first["ts"]).known("charter.target")
    slack.channels["C0OTHER"] = {"U0ANA"}
    slack.commands("U0ANA", "C0OTHER")
    assert "/invite" in slack.wait(lambda: slack.responses)[-1]["text"]


def test_a_mention_without_a_story_is_greeted(slack, start) -> None:
    start(slack)
    ts = begun(slack, "hello")
    assert "I help you find out" in shown(slack.ours(CHANNEL, ts)[-1])


def test_a_file_is_read_and_counts_once_confirmed(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    charter = slack.file("charter.md", b"Baseline: 42 minutes\n\nThe pilot started on 1 September 2026.\n\nThe security review is passed.\n")
    slack.writes("U0ANA", CHANNEL, "", ts, files=(charter,))
    shows = slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "Nothing of it counts yet" in shown(one)])[-1]
    assert not record(app, ts).heard("charter.started_on")
    picks = next(one for one in elements(shows) if label_of(one) == "What is right")
    dates = [one["value"] for one in picks["options"] if "start" in one["text"]["text"]]
    slack.presses("U0ANA", CHANNEL, shows, "What is right", dates)
    slack.wait(lambda: record(app, ts).known("charter.started_on") == "2026-09-01")
    assert not record(app, ts).heard("gates.security_review")


def test_files_that_cannot_be_read_are_said_and_the_diagnosis_goes_on(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.writes("U0ANA", CHANNEL, "", ts, files=(slack.file("huge.pdf", b"%PDF", size=900_000_000), slack.file("broken.pdf", b"%PDF-1.7 nothing")))
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "huge.pdf has 900 MB" in shown(one)])
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "broken.pdf" in shown(one)])
    foreign = {**slack.file("deck.pptx", b""), "url_private_download": "http://files.example.com/deck.pptx"}
    slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts, files=(foreign,))
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "kept outside of Slack" in shown(one)])
    assert record(app, ts).known("charter.started_on") == "2026-09-01"


def test_the_home_tab_lists_a_persons_own_diagnoses(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    slack.wait(lambda: len(slack.uploads) >= 4)
    slack.wait(lambda: app.interview.storage.thread(diagnosis_of(ts)).verdict)
    for user in ("U0ANA", "U0OLGA"):
        slack.send(slack.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D-{user}"}))
        slack.wait(lambda user=user: user in slack.homes)
    text = shown({"blocks": slack.homes["U0ANA"]["blocks"], "text": ""})
    assert "We have an AI pilot here" in text and "Not proven yet" in text
    assert "We have an AI pilot" not in shown({"blocks": slack.homes["U0OLGA"]["blocks"], "text": ""})
