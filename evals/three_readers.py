"""One scenario, read in three ways: without a model, with the model of the environment and the built-in reader beside it, and with that model alone.

`python -m evals.three_readers SCENARIO ... [--record FILE]` needs OPENAI_BASE_URL or OPENAI_API_KEY, and costs what two interviews cost. With --record every
message and what the model said to it is added to a file, a JSON object a line: what tests of merging replay.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from agent.assembly import Parts
from agent.interview import Interview
from agent.items import guide
from agent.language_model import LanguageModel, Messages
from agent.reading.model import ModelReader, message_in
from agent.reading.reading import Reader
from agent.settings import ModelSettings, Settings, settings
from agent.storage import Storage
from agent.usage import Usage, shown
from evals.figures import figures
from evals.outcome import Outcome
from evals.person import ScriptedPerson
from evals.scenario import Scenario, load
from evals.talking import talk

Read = TypeVar("Read")
WAYS = ("built-in", "both", "model alone")


class Recorded(LanguageModel):
    """A language model whose readings are written down as they come."""

    def __init__(self, chosen: ModelSettings, record: Path | None):
        super().__init__(chosen)
        self._record = record

    def structured(self, messages: Messages, schema: Mapping[str, Any], read: Callable[[str], Read]) -> tuple[Read, Usage]:
        def noted(text: str) -> Read:
            if self._record:
                with self._record.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"message": message_in(messages[1][1]), "said": text}, ensure_ascii=False) + "\n")
            return read(text)

        return super().structured(messages, schema, noted)


def held(scenario: Scenario, way: str, reader: Reader, parts: Parts, home: Path) -> Outcome:
    """Hold the conversation with a reader, in a home of its own."""
    chosen = Settings(home=home / way)
    storage = Storage(chosen)
    try:
        return talk(Interview(storage, guide(), lambda: reader, parts.library, chosen), scenario, ScriptedPerson(scenario), "t")
    finally:
        storage.close()


def line(way: str, outcome: Outcome) -> str:
    """Say in a line how a conversation went."""
    found = figures([outcome])
    seconds = outcome.usage.seconds / outcome.usage.calls if outcome.usage.calls else 0.0
    return (
        f"  {way:12} right {found.right} of {found.heard} heard, {found.invented} invented, verdict {outcome.verdict or '-'} ({outcome.verdict_gold or '-'}), gates {found.gates}, "
        f"{len(outcome.exchanges)} turns{'' if outcome.done else ', NOT finished'}{f', {outcome.error}' if outcome.error else ''}; {shown(outcome.usage)}, {seconds:.1f} s a call"
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="+", type=Path)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    given = parser.parse_args(arguments)
    chosen = settings()
    parts = Parts(Settings(home=chosen.home))
    model = Recorded(chosen.model, given.record)
    readers: dict[str, Reader] = {
        "built-in": parts.reader(), "both": ModelReader(guide(), lambda: model, parts.reader()), "model alone": ModelReader(guide(), lambda: model, None),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as home:
        for file in given.scenarios:
            print(file.stem, flush=True)
            for way in given.ways:
                print(line(way, held(load(file), way, readers[way], parts, Path(home) / file.stem)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
