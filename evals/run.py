"""Running scenarios: the scripted person talks to the real interview, and every item is scored."""

from collections import Counter
from dataclasses import dataclass, field

from agent.interview import Interview
from agent.judging import assess
from evals.person import ScriptedPerson
from evals.scenario import Scenario
from evals.scoring import score

MOST_TURNS = 60


@dataclass
class Outcome:
    """What came of one scripted conversation."""

    scenario: Scenario
    turns: int = 0
    done: bool = False
    seconds: list[float] = field(default_factory=list)
    items: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str, object, object, str]] = field(default_factory=list)
    verdict: str = ""
    parts_right: Counter[str] = field(default_factory=Counter)
    not_verbatim: int = 0

    @property
    def heard(self) -> float:
        total = sum(self.items.values())
        return 1 - self.items["missed"] / total if total else 1.0

    @property
    def right(self) -> float:
        heard = self.items["right"] + self.items["wrong"]
        return self.items["right"] / heard if heard else 1.0


def talk(interview: Interview, scenario: Scenario, thread: str) -> Outcome:
    """Let the scripted person talk until the interview is done, then compare with the gold."""
    person, outcome = ScriptedPerson(scenario), Outcome(scenario)
    text = person.opening()
    while outcome.turns < MOST_TURNS and not outcome.done:
        reply = interview.say(thread, text, today=scenario.today)
        outcome.turns += 1
        outcome.seconds.append(reply.seconds)
        outcome.done = reply.done
        text = person.answer(reply.asks)
    _compare(interview, scenario, thread, outcome)
    return outcome


def _compare(interview: Interview, scenario: Scenario, thread: str, outcome: Outcome) -> None:
    conversation = interview.conversation(thread)
    messages = [turn.text for turn in conversation.turns]
    record = conversation.record
    for entry in record.entries.values():
        outcome.not_verbatim += sum(not any(said.quote in message for message in messages) for said in entry.standing)
    for item, gold in scenario.gold.items.items():
        entry = record.entries.get(item)
        result = score(gold, record.state(item), entry.value if entry else None, interview.guide.items[item].kind)
        outcome.items[result] += 1
        if result != "right":
            outcome.misses.append((result, item, gold, entry.value if entry else None, entry.standing[0].quote if entry else ""))
    judged = assess(record, interview.guide, scenario.today)
    outcome.verdict = judged.verdict
    outcome.parts_right["gates"] = sum(judged.gates[name].status == status for name, status in scenario.gold.gates.items())
    outcome.parts_right["owners"] = sum(judged.owners[name].status == status for name, status in scenario.gold.owners.items())
    outcome.parts_right["forces"] = sum(judged.forces[name].severity == severity for name, severity in scenario.gold.forces.items())
