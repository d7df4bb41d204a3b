"""Somebody else is asked: a colleague who should know, an owner who may refuse, people from outside the pilot."""

from contextlib import closing
from datetime import date

from agent.storage import Storage
from tests.slack.conftest import CHANNEL, begun, conversation, diagnosis_of, record
from tests.slack.stand_in import elements, label_of, shown

MARIAS = "D-U0MARIA"


def result_with(slack, ts, button):
    """Let Ana ask for the result, and return it once it has the button."""
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    return slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if button in map(label_of, elements(one))])[-1]


def ask_outside(slack, ts, *people):
    """Let Ana ask people from outside, from the result."""
    slack.presses("U0ANA", CHANNEL, result_with(slack, ts, "Ask outside voices"), "Ask outside voices")
    slack.submits("U0ANA", slack.wait(lambda: slack.views)[-1], people=list(people))


def test_maria_should_know_and_her_answer_comes_back_with_her_name(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    asked = conversation(app, ts).open
    slack.writes("U0ANA", CHANNEL, "Maria should know", ts)
    question = slack.wait(lambda: slack.ours(MARIAS))[-1]
    assert "Ana thinks that you know this" in shown(question)
    assert app.interview.guide.question(asked.question).why in shown(question)
    slack.wait(lambda: asked.question in conversation(app, ts).skipped)
    slack.presses("U0MARIA", MARIAS, question, label_of(elements(question)[-1]))
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "Maria Lopez* answers" in shown(one)])
    slack.wait(lambda: record(app, ts).heard(asked.items[0]))
    assert record(app, ts).said(asked.items[0])[0].speaker == "Maria Lopez"
    assert "Thank you" in shown(slack.wait(lambda: slack.ours(MARIAS)[1:])[-1])


def test_two_people_who_contradict_each_other_stand_side_by_side_and_the_starter_decides(slack, start) -> None:
    app = start(slack)
    ts = begun(slack, "We have an AI pilot here.")
    slack.presses("U0ANA", CHANNEL, slack.ours(CHANNEL, ts)[-1], "Somebody else knows", "U0MARIA")
    question = slack.wait(lambda: slack.ours(MARIAS))[-1]
    slack.wait(lambda: len(slack.ours(CHANNEL, ts)) == 2)
    assert "I have asked Maria Lopez" in shown(slack.ours(CHANNEL, ts)[-1]), "in one message with the next question"
    slack.writes("U0ANA", CHANNEL, "The target is 32 minutes. The pilot started on 1 September 2026.", ts)
    slack.next_after(CHANNEL, ts, 2)
    slack.writes("U0MARIA", MARIAS, "The pilot started on 5 October 2026.", question["ts"])
    slack.wait(lambda: record(app, ts).conflicts() == ["charter.started_on"])
    shows = slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if any("fields" in block for block in one["blocks"])])[-1]
    sides = next(block for block in shows["blocks"] if "fields" in block)["fields"]
    assert "*Ana*" in sides[0]["text"] and "*Maria Lopez*" in sides[1]["text"]
    labels = [label_of(one) for one in elements(shows)]
    assert "Leave it open" in labels
    slack.presses("U0BEN", CHANNEL, shows, labels[1])
    assert "Only Ana" in slack.wait(lambda: slack.whispers)[-1]["text"]
    shown_so_far = len(slack.ours(CHANNEL, ts))
    slack.writes("U0BEN", CHANNEL, "The pilot started on 12 November 2026.", ts)
    shows = slack.next_after(CHANNEL, ts, shown_so_far)
    sides = next(block for block in shows["blocks"] if "fields" in block)["fields"]
    assert [side["text"].split("*")[1] for side in sides] == ["Ana", "Maria Lopez", "Ben"]
    assert "Ana decides" in shown(shows)
    slack.writes("U0BEN", CHANNEL, "skip", ts)
    slack.wait(lambda: slack.whispers[1:])
    slack.presses("U0BEN", CHANNEL, shows, "Correct a fact")
    slack.submits("U0BEN", slack.wait(lambda: slack.views)[-1], item="charter.started_on", words="12 November 2026")
    slack.wait(lambda: slack.whispers[2:])
    assert record(app, ts).conflicts() == ["charter.started_on"]
    slack.presses("U0ANA", CHANNEL, shows, labels[1])
    slack.wait(lambda: not record(app, ts).conflicts())
    assert record(app, ts).known("charter.started_on") == "2026-10-05"


def test_nobody_or_somebody_outside_the_channel_is_said_so(slack, start) -> None:
    start(slack)
    ts = begun(slack)
    slack.writes("U0ANA", CHANNEL, "Olga should know.", ts)
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "nobody called Olga" in shown(one)])
    assert not slack.ours("D-U0OLGA")


def test_whoever_was_not_asked_cannot_answer(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.writes("U0ANA", CHANNEL, "ask <@U0MARIA>", ts)
    question = slack.wait(lambda: slack.ours(MARIAS))[-1]
    slack.wait(lambda: len(slack.ours(CHANNEL, ts)) == 2)
    turns = len(conversation(app, ts).turns)
    slack.presses("U0OLGA", MARIAS, question, label_of(elements(question)[-1]))
    slack.presses("U0MARIA", MARIAS, question, label_of(elements(question)[-1]))
    slack.wait(lambda: len(conversation(app, ts).turns) > turns)
    assert len(conversation(app, ts).turns) == turns + 1
    assert conversation(app, ts).turns[-1].speaker == "Maria Lopez"


def test_a_direct_message_for_a_diagnosis_of_ones_own_answers_nobody_elses_question(slack, start) -> None:
    app = start(slack)
    own = slack.writes("U0MARIA", MARIAS, "We have an AI pilot here. The target is 12 minutes.")
    slack.wait(lambda: slack.ours(MARIAS, own))
    ts = begun(slack)
    asked = conversation(app, ts).open.items
    slack.writes("U0ANA", CHANNEL, "ask <@U0MARIA>", ts)
    question = slack.wait(lambda: slack.ours(MARIAS)[1:])[-1]
    shown_so_far = len(slack.wait(lambda: slack.ours(CHANNEL, ts)[1:] and slack.ours(CHANNEL, ts)))
    slack.writes("U0MARIA", MARIAS, "The pilot started on 5 October 2026.")
    slack.wait(lambda: record(app, own, MARIAS).known("charter.started_on") == "2026-10-05")
    assert len(slack.ours(CHANNEL, ts)) == shown_so_far
    assert not [said for item in (*asked, "charter.started_on") for said in record(app, ts).said(item) if said.speaker == "Maria Lopez"]
    slack.writes("U0MARIA", MARIAS, "The pilot started on 6 October 2026.", question["ts"])
    slack.wait(lambda: record(app, ts).known("charter.started_on") == "2026-10-06")
    assert record(app, own, MARIAS).known("charter.started_on") == "2026-10-05"


def test_a_late_answer_does_not_bring_a_deleted_diagnosis_back(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    slack.writes("U0ANA", CHANNEL, "Maria should know", ts)
    question = slack.wait(lambda: slack.ours(MARIAS))[-1]
    slack.wait(lambda: len(slack.ours(CHANNEL, ts)) == 2)
    ask_outside(slack, ts, "U0OLGA")
    invitation = slack.wait(lambda: slack.ours("D-U0OLGA"))[-1]
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "Asked 1 people" in shown(one)])
    app.interview.storage.delete(diagnosis_of(ts))
    shown_so_far = len(slack.ours(CHANNEL, ts))
    answer = slack.writes("U0MARIA", MARIAS, "The pilot started on 5 October 2026.", question["ts"])
    assert "That diagnosis was deleted" in shown(slack.next_after(MARIAS, question["ts"], 1))
    slack.edits("U0MARIA", MARIAS, answer, "The pilot started on 6 October 2026.")
    slack.presses("U0MARIA", MARIAS, question, label_of(elements(question)[-1]))
    slack.next_after(MARIAS, question["ts"], 2)
    slack.presses("U0OLGA", "D-U0OLGA", invitation, "Answer three questions")
    slack.submits("U0OLGA", slack.wait(lambda: slack.views[1:])[-1], change="Less typing")
    assert "That diagnosis was deleted" in shown(slack.next_after("D-U0OLGA", invitation["ts"], 1))
    assert not app.interview.storage.exists(diagnosis_of(ts))
    assert len(slack.ours(CHANNEL, ts)) == shown_so_far


def test_an_owner_takes_it_on_or_declines_in_their_own_words(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    result = result_with(slack, ts, "I decline")
    slack.presses("U0BEN", CHANNEL, result, "I decline")
    assert "Only Maria Lopez" in slack.wait(lambda: slack.whispers)[-1]["text"]
    assert not slack.views
    slack.presses("U0MARIA", CHANNEL, result, "I take it on")
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "Maria Lopez takes it on: business owner" in shown(one)])
    slack.presses("U0MARIA", CHANNEL, result, "I decline")
    slack.submits("U0MARIA", slack.wait(lambda: slack.views)[-1], words="No time for this until June.")
    slack.wait(lambda: record(app, ts).state("owners.business") == "absent")
    (said,) = record(app, ts).said("owners.business")
    assert (said.quote, said.speaker) == ("No time for this until June.", "Maria Lopez")


def test_voices_from_outside_are_counted_and_named_only_from_the_third_on(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    ask_outside(slack, ts, "U0OLGA", "U0PETR", "U0YUKI", "U0BEN")
    slack.wait(lambda: [one for one in slack.ours(CHANNEL, ts) if "in this channel and so in the pilot: Ben" in shown(one)])
    for count, user in enumerate(("U0OLGA", "U0PETR", "U0YUKI"), start=1):
        invitation = slack.wait(lambda user=user: slack.ours(f"D-{user}"))[-1]
        opened = len(slack.views)
        slack.presses(user, f"D-{user}", invitation, "Answer three questions")
        form = slack.wait(lambda opened=opened: slack.views[opened:])[-1]
        slack.submits(user, form, change=f"Less typing ({count})", obstacle="Nobody asked us.", need=None)
        summary = slack.wait(lambda count=count: [one for one in slack.ours(CHANNEL, ts) if f"{count} of 3 have answered" in shown(one)])[-1]
        slack.wait(lambda count=count: record(app, ts).known("culture.outside_interviews") == count)
        assert ("Olga" in shown(summary)) == (count >= 3)
        assert "Less typing (1)" in shown(summary) and "Culture" in shown(summary)


def test_reminders_survive_a_restart_and_end_by_a_button(slack, start, today) -> None:
    app = start(slack)
    ts = begun(slack, "We have an AI pilot here. The pilot started on 1 October 2026.")
    slack.writes("U0ANA", CHANNEL, "Maria should know", ts)
    slack.wait(lambda: slack.ours(MARIAS))
    slack.writes("U0ANA", CHANNEL, "just the result", ts)
    slack.wait(lambda: len(slack.uploads) >= 4)
    app.stop()
    app = start(slack, today=date(2026, 12, 27))
    proof = slack.wait(lambda: slack.ours("D-U0ANA"))
    assert "proof of scale" in shown(proof[-1]) and "2026-12-30" in shown(proof[-1])
    waits = slack.wait(lambda: slack.ours(MARIAS)[1:])
    assert "still waits for you" in shown(waits[-1])
    slack.presses("U0MARIA", MARIAS, waits[-1], "No more reminders")
    slack.wait(lambda: [one for one in slack.ours(MARIAS) if "No more reminders." in shown(one)])


def test_a_reminder_that_slack_refuses_holds_up_no_other(slack, start) -> None:
    app = start(slack)
    ts = begun(slack)
    for user in ("U0MARIA", "U0BEN"):
        slack.writes("U0ANA", CHANNEL, f"ask <@{user}>", ts)
        slack.wait(lambda user=user: slack.ours(f"D-{user}"))
    slack.wait(lambda: len(slack.ours(CHANNEL, ts)) == 3)
    app.stop()
    with closing(Storage(app.interview.settings)) as storage:
        storage.execute("UPDATE slack_reminders SET person = 'U0GONE' WHERE person = 'U0MARIA'")
        storage.execute("UPDATE slack_reminders SET id = '0' || id WHERE person = 'U0GONE'")
    slack.unseen = {"U0GONE"}
    start(slack, today=date(2026, 12, 27))
    assert "still waits for you" in shown(slack.wait(lambda: slack.ours("D-U0BEN")[1:])[-1])
    with closing(Storage(app.interview.settings)) as storage:  # the last of them is marked after Ben has got his
        slack.wait(lambda: not storage.execute("SELECT 1 FROM slack_reminders WHERE person = 'U0GONE' AND sent = 0"))
