"""One scripted conversation: a person talks to the real interview until it is done, and the end is scored."""

from typing import TYPE_CHECKING

from agent.errors import EXPECTED
from agent.judging import assess
from evals.outcome import Exchange, Outcome
from evals.own_words import OwnWords
from evals.person import ScriptedPerson
from evals.scenario import Scenario
from evals.scoring import mark_repeats, scored

if TYPE_CHECKING:
    from agent.interview import Interview

MOST_TURNS = 80


def talk(
    interview: "Interview", scenario: Scenario, person: ScriptedPerson, thread: str, *, words: OwnWords | None = None, file: str = "", holdout: bool = False,
    repeat: int = 0,
) -> Outcome:  # fmt: skip
    """Let the person talk until the interview is done, then compare with the gold. An error of the product is an outcome too.

    With `words` a language model says what the person would say; what they click stays clicked.
    """
    empty = Outcome(id=scenario.id, title=scenario.title, voice=scenario.voice, file=file, holdout=holdout, repeat=repeat)
    try:
        exchanges, done = _exchanges(interview, scenario, person, thread, words)
        conversation = interview.conversation(thread)
        assessment = assess(conversation.record, interview.guide, scenario.today)
        scores = scored(scenario, exchanges, conversation.record, assessment, interview.guide)
        return empty.model_copy(update={"done": done, "exchanges": exchanges, "usage": conversation.usage, **scores})
    except EXPECTED as error:
        return empty.model_copy(update={"fault": "product", "error": str(error)})
    except Exception as error:  # one crash must not end the run of all the others; it is counted and shown
        return empty.model_copy(update={"fault": "product", "error": f"{type(error).__name__}: {error}"})


def _exchanges(interview: "Interview", scenario: Scenario, person: ScriptedPerson, thread: str, words: OwnWords | None) -> tuple[tuple[Exchange, ...], bool]:
    exchanges: list[Exchange] = []
    text, question, done = person.opening(), "", False
    while len(exchanges) < MOST_TURNS and not done:
        about, clicked = person.about, person.clicked
        worded = words.put(text, question) if words and not clicked else None
        said = worded.said if worded else text
        reply = interview.say(thread, said, today=scenario.today, depth="full")
        exchanges.append(
            Exchange(said=said, worded=worded, about=about, clicked=clicked, heard=reply.heard, reply=reply.text, asks=reply.asks, seconds=reply.seconds)
        )
        question, done = reply.text, reply.done
        if not done:
            text = person.answer(reply.asks, reply.choices)
    return mark_repeats(exchanges), done
