"""What was answered is kept: through kill -9 at any moment, through the same message twice, through many at once."""

import random
import threading

import pytest

from tests.conversations.holds import statements
from tests.doors.running import Ran, check_nothing_lost

# Sentences that a reader can hardly miss, and that say something new each time.
FACTS = [
    "We have an AI pilot here.",
    "The target is 32 minutes.",
    "Before the pilot it was 42 minutes.",
    "After the rollout 900 people would use it.",
    "The pilot started on 1 September 2026.",
    "The security review is passed.",
    "I don't know",
    "The target is 30 minutes.",
    "No, sorry, it was 31, not 30.",
    "I don't know",
]


@pytest.fixture
def on_disk(interview_at):
    """Return a function that reads a thread as a process started now would find it."""

    def on_disk(home, thread):
        with interview_at(home) as interview:
            return interview.conversation(thread)

    return on_disk


def check_kept(conversation, texts, answers) -> None:
    """Check that whatever got an answer is on disk, in order, and with it what was heard."""
    said = [turn.text for turn in conversation.turns]
    assert len(said) >= len(answers)
    assert said == texts[: len(said)], "a message is lost, doubled or out of order"
    kept = {(one.item, one.quote) for one in statements(conversation.record)}
    lost = [heard for answer in answers for heard in answer["heard"] if (heard["item"], heard["quote"]) not in kept]
    assert not lost


def test_killed_between_turns(pilotcheck, warm_home, on_disk) -> None:
    texts, answers = [], []
    for text in FACTS[:5]:
        talking = pilotcheck.talk(warm_home, "killed")
        talking.send({"say": text})
        texts.append(text)
        answers.append(talking.answer())
        assert talking.kill().code == -9
        check_kept(on_disk(warm_home, "killed"), texts, answers)
    ran = pilotcheck.chat(warm_home, "killed", {"command": "why"})
    assert ran.answers[0]["asks"] == answers[-1]["asks"], "the open question is the same as before the crash"
    assert pilotcheck(warm_home, "assess", "--thread", "killed").code == 0


@pytest.mark.parametrize("seed", range(5))
def test_killed_in_the_middle_of_a_turn(pilotcheck, warm_home, on_disk, seed) -> None:
    chance = random.Random(seed)
    texts, answers = list(FACTS), []
    while len(answers) < len(texts) and len(answers) < 8:
        talking = pilotcheck.talk(warm_home, "killed")
        already = len(on_disk(warm_home, "killed").turns)
        talking.send(*({"say": text} for text in texts[already:]))
        got = [talking.answer() for _ in range(min(chance.randint(1, 3), len(texts) - already))]
        threading.Event().wait(chance.uniform(0, 0.03))
        got += killed(talking.kill())
        answers += got
        check_kept(on_disk(warm_home, "killed"), texts, answers)
        answers += [{"heard": []}] * (len(on_disk(warm_home, "killed").turns) - len(answers))  # kept, but the answer did not come through
    assert pilotcheck.chat(warm_home, "killed", {"command": "status"}).answers[0]["asks"]


def killed(ran: Ran) -> list[dict]:
    assert ran.code in (-9, 0)
    whole = ran.out[: ran.out.rfind("\n") + 1]
    return Ran(0, whole, "").answers


def test_same_turn_twice_counts_once(interview) -> None:
    interview.say("t", "We have an AI pilot here.", turn_id="1")
    first = interview.say("t", "The target is 32 minutes.", turn_id="2")
    again = interview.say("t", "The target is 32 minutes.", turn_id="2")
    assert again.model_copy(update={"seconds": first.seconds}) == first
    assert len(interview.conversation("t").turns) == 2


def test_same_button_twice_counts_once(interview) -> None:
    interview.say("t", "We have an AI pilot here.", turn_id="1")
    first = interview.press("t", "skip", turn_id="2")
    assert interview.press("t", "skip", turn_id="2").asks == first.asks
    assert interview.conversation("t").skipped == (interview.conversation("t").asked[0].question,)


def test_same_turn_later_gets_its_own_answer(interview) -> None:
    first = interview.say("t", "We have an AI pilot here.", turn_id="1")
    interview.say("t", "The target is 32 minutes.", turn_id="2")
    interview.press("t", "skip")
    assert interview.say("t", "We have an AI pilot here.", turn_id="1").model_copy(update={"seconds": first.seconds}) == first
    assert len(interview.conversation("t").turns) == 3


def test_same_turn_twice_at_once_counts_once(interview) -> None:
    at_once([lambda: interview.say("t", "The target is 32 minutes.", turn_id="1")] * 4)
    assert len(interview.conversation("t").turns) == 1


def test_many_at_once_on_one_thread_lose_nothing(interview) -> None:
    texts = [f"Message number {number}" for number in range(5)]
    at_once([lambda text=text: interview.say("t", text) for text in texts])
    turns = interview.conversation("t").turns
    assert sorted(turn.text for turn in turns) == texts
    assert [turn.number for turn in turns] == [1, 2, 3, 4, 5]


def test_many_at_once_on_many_threads_lose_nothing(interview) -> None:
    at_once([lambda number=number: interview.say(f"t{number % 4}", f"Message number {number}") for number in range(16)])
    assert [len(interview.conversation(f"t{number}").turns) for number in range(4)] == [4] * 4
    assert len(interview.storage.threads()) == 4


def test_three_processes_at_once_on_one_thread_lose_nothing(pilotcheck, warm_home, on_disk) -> None:
    """They start on a home without a database, too."""
    check_nothing_lost(pilotcheck, warm_home, lambda: [turn.text for turn in on_disk(warm_home, "shared").turns])


def test_delete_while_somebody_talks(pilotcheck, warm_home) -> None:
    talking = pilotcheck.talk(warm_home, "t")
    talking.send({"say": "We have an AI pilot here."})
    talking.answer()
    assert pilotcheck(warm_home, "threads", "delete", "t").code == 0
    talking.send({"say": "The target is 32 minutes."})
    assert "error" not in talking.answer()
    assert talking.end().code == 0
    shown = pilotcheck(warm_home, "threads", "show", "t").out
    assert "32 minutes" in shown and "We have an AI pilot" not in shown


def at_once(calls) -> None:
    """Make the calls at the same moment, each in a thread of its own; what one of them raises is raised here."""
    raised, ready = [], threading.Barrier(len(calls))

    def run(call) -> None:
        ready.wait()
        try:
            call()
        except BaseException as error:
            raised.append(error)

    running = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    for error in raised:
        raise error
