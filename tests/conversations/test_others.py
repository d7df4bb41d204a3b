"""Somebody else answers, or a writer changes what they wrote: the open question waits, and nothing is overwritten in silence."""

import pytest

from agent.errors import InputRefused


def test_another_persons_answer_fills_its_own_items_and_the_open_question_comes_again(interview) -> None:
    asked = interview.say("t", "We have an AI pilot here.", "Ana")
    reply = interview.tell("t", ["gates.security_review"], "Yes", "Maria")
    assert reply.asks == asked.asks
    (said,) = interview.conversation("t").record.said("gates.security_review")
    assert (said.value, said.speaker, said.quote) == ("yes", "Maria", "Yes")


def test_two_people_who_contradict_each_other_are_asked_about_with_both_quotes(interview) -> None:
    interview.say("t", "We have an AI pilot here. The security review is passed.", "Ana")
    reply = interview.tell("t", ["gates.security_review"], "No", "Maria")
    assert interview.conversation("t").record.conflicts() == ["gates.security_review"]
    assert "security review is passed" in reply.text and "“No” (Maria)" in reply.text
    interview.say("t", "No", "Ana")
    assert interview.conversation("t").record.known("gates.security_review") == "no"


def test_a_further_voice_adds_to_a_contradiction_until_whoever_decides_has_decided(interview) -> None:
    interview.say("t", "We have an AI pilot here. The target is 32 minutes.", "Ana")
    interview.tell("t", ["charter.target"], "30 minutes", "Maria")
    reply = interview.say("t", "The target is 28 minutes. The security review is passed.", "Ben", decides=False)
    assert reply.asks == ("charter.target",) and reply.choices[:3] == ("32 minutes", "30 minutes", "28 minutes")
    assert all(name in reply.text for name in ("3 statements", "(Ana)", "(Maria)", "(Ben)"))
    assert interview.conversation("t").record.known("gates.security_review") == "yes"
    assert interview.say("t", "skip", "Ben", decides=False).asks == ("charter.target",)
    interview.say("t", "30 minutes", "Ana")
    assert interview.conversation("t").record.known("charter.target")["value"] == 30


def test_whoever_does_not_decide_corrects_only_their_own_words(interview) -> None:
    interview.say("t", "We have an AI pilot here. The target is 32 minutes.", "Ana")
    interview.say("t", "No, the target is 30 minutes.", "Maria", decides=False)
    assert interview.conversation("t").record.conflicts() == ["charter.target"]
    interview.say("t", "Sorry, I was wrong: the target is 32 minutes.", "Maria", decides=False)
    record = interview.conversation("t").record
    assert record.known("charter.target")["value"] == 32 and not record.conflicts()


def test_an_answer_after_the_result_counts_in_the_result(interview) -> None:
    interview.say("t", "We have an AI pilot here.", "Ana")
    interview.press("t", "finish")
    assert interview.tell("t", ["gates.security_review"], "Yes", "Maria").thread == "t"
    assert interview.conversation("t").record.known("gates.security_review") == "yes"


def test_an_edited_message_is_read_again_and_its_old_words_no_longer_stand(interview) -> None:
    interview.say("t", "We have an AI pilot here.", turn_id="1")
    interview.say("t", "The target is 32 minutes. Before the pilot it was 42 minutes.", turn_id="2")
    interview.amend("t", "2", "The target is 30 minutes.", turn_id="3")
    record = interview.conversation("t").record
    assert record.known("charter.target")["value"] == 30
    assert not record.heard("charter.baseline") and not record.conflicts()


def test_a_message_that_is_edited_twice_is_read_as_an_answer_to_the_same_question(interview) -> None:
    interview.say("t", "Our AI pilot sorts motor claims.", turn_id="1")
    interview.say("t", "The pilot started on 1 September 2026.", turn_id="2")
    interview.amend("t", "2", "The pilot started on 5 October 2026.", turn_id="3")
    interview.amend("t", "3", "The pilot started on 6 October 2026.", turn_id="4")
    assert interview.conversation("t").record.known("charter.started_on") == "2026-10-06"


def test_a_deleted_correction_lets_what_it_replaced_stand_again(interview) -> None:
    interview.say("t", "We have an AI pilot here. The target is 32 minutes.", turn_id="1")
    interview.say("t", "No, sorry, the target is 31, not 32 minutes.", turn_id="2")
    reply = interview.amend("t", "2", "")
    assert interview.conversation("t").record.known("charter.target")["value"] == 32
    assert reply.text.startswith("Taken back: target")


def test_a_message_that_was_never_heard_cannot_be_changed(interview) -> None:
    with pytest.raises(InputRefused):
        interview.amend("t", "nothing", "The target is 30 minutes.")


def test_somebody_who_declines_an_ownership_leaves_it_with_nobody_on_their_own_words(interview) -> None:
    interview.say("t", "We have an AI pilot here. The business owner is Maria Lopez.", "Ana")
    interview.decline("t", "owners.business", "I have no time for this until June.", "Maria Lopez")
    (said,) = interview.conversation("t").record.said("owners.business")
    assert (said.state, said.quote, said.speaker) == ("absent", "I have no time for this until June.", "Maria Lopez")
    _, assessment = interview.assessment("t")
    assert assessment.owners["business"].status == "missing"
    assert assessment.owners["business"].evidence[0].quote == "I have no time for this until June."


def test_a_message_that_is_taken_back_leaves_no_hunch_either(interview) -> None:
    interview.say("t", "We have an AI pilot here. For the weak drafts there is nothing.", turn_id="1")
    assert interview.conversation("t").hunches
    interview.amend("t", "1", "")
    assert not interview.conversation("t").hunches


def test_the_same_words_twice_are_no_answer_and_the_interview_goes_on(interview) -> None:
    interview.say("t", "We have an AI pilot here.")
    opened = interview.conversation("t").open
    interview.say("t", "How shuold anybody knwo that?")
    assert interview.conversation("t").open.items == opened.items
    interview.say("t", "How shuold anybody knwo that?")
    conversation = interview.conversation("t")
    assert {conversation.record.state(item) for item in opened.items} == {"unknown"}
    assert conversation.open.items != opened.items


def test_what_somebody_seems_to_have_told_counts_where_they_pass_over_it(interview) -> None:
    interview.say("t", "We have an AI pilot here. For the weak drafts there is nothing.")
    asked = ("infrastructure.access_control", "infrastructure.exceptions")
    interview.tell("t", asked, "Access goes by role, and the system enforces it.")
    record = interview.conversation("t").record
    assert [record.known(item) for item in asked] == ["yes", "no"]
    assert record.said("infrastructure.exceptions")[0].quote == "For the weak drafts there is nothing."
