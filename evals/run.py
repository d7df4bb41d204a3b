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
        result = score(gold, record.state(item), record.value(item), interview.guide.items[item].kind)
        outcome.items[result] += 1
        if result != "right":
            quotes = [said.quote for said in record.said(item)]
            outcome.misses.append((result, item, gold, record.value(item), quotes[0] if quotes else ""))
    judged = assess(record, interview.guide, scenario.today)
    outcome.verdict = judged.verdict
    outcome.parts_right["gates"] = sum(judged.gates[name].status == status for name, status in scenario.gold.gates.items())
    outcome.parts_right["owners"] = sum(judged.owners[name].status == status for name, status in scenario.gold.owners.items())
    outcome.parts_right["forces"] = sum(judged.forces[name].severity == severity for name, severity in scenario.gold.forces.items())


def main(paths: list[str]) -> int:
    """Run scenarios through a fresh interview and print a line each; the holdout is run only when it is named."""
    import sys
    import tempfile
    from pathlib import Path

    from agent.assembly import interview
    from agent.settings import Settings
    from evals.scenario import find, load

    scenarios = Path(__file__).parent / "scenarios"
    files = find([Path(path) for path in paths]) if paths else sorted(scenarios.glob("*.yaml"))
    total: Counter[str] = Counter()
    verdicts = 0
    with tempfile.TemporaryDirectory() as home:
        talker = interview(Settings(home=Path(home)))
        for number, file in enumerate(files):
            outcome = talk(talker, load(file), f"{file.stem}-{number}")
            total.update(outcome.items)
            verdict_right = outcome.verdict == outcome.scenario.gold.verdict
            verdicts += verdict_right
            ok = "" if verdict_right else f", verdict {outcome.verdict} instead of {outcome.scenario.gold.verdict}"
            print(f"{outcome.scenario.id:24} {outcome.turns:3} turns, heard {outcome.heard:.0%}, right {outcome.right:.0%}{ok}")
            for result, item, gold, value, quote in outcome.misses if "-v" in sys.argv else ():
                print(f"    {result:6} {item}: {value!r} instead of {gold!r} from {quote!r}")
    heard = total["right"] + total["wrong"]
    print(
        f"\n{len(files)} scenarios: heard {heard / sum(total.values()):.1%}, right of those {total['right'] / heard:.1%}, verdict right {verdicts}/{len(files)}"
    )
    return 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main([argument for argument in sys.argv[1:] if not argument.startswith("-")]))
