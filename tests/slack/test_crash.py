"""The real process, killed between acknowledgement and reply: the answer counts once and is answered once."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.slack.conftest import CHANNEL, diagnosis_of
from tests.slack.stand_in import APP_TOKEN, BOT, BOT_TOKEN, StandIn, shown

REPOSITORY = Path(__file__).resolve().parents[2]


class Process:
    """`pilotcheck slack`, as somebody runs it."""

    def __init__(self, slack: StandIn, home: Path, log: Path, **more: str):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PILOTCHECK_", "OPENAI_"))}
        environment = {
            **kept, "PILOTCHECK_HOME": str(home), "PILOTCHECK_SLACK_BOT_TOKEN": BOT_TOKEN, "PILOTCHECK_SLACK_APP_TOKEN": APP_TOKEN,
            "PILOTCHECK_SLACK_API_URL": f"{slack.address}/api", "PYTHONPATH": str(REPOSITORY), **more,
        }  # fmt: skip
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen([sys.executable, "-m", "ui", "slack"], env=environment, stdout=out, stderr=out, cwd=home)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


@pytest.fixture
def process(slack: StandIn, warm_home: Path, tmp_path: Path) -> Iterator[object]:
    running: list[Process] = []

    def process() -> Process:
        running.append(Process(slack, warm_home, tmp_path / "log"))
        return running[-1]

    yield process
    for one in running:
        with contextlib.suppress(ProcessLookupError):
            one.process.kill()
            one.process.wait(10)


def test_killed_between_acknowledgement_and_reply(slack, process, interview_at, warm_home, tmp_path) -> None:
    running = process()
    ts = slack.writes("U0ANA", CHANNEL, f"<@{BOT}> We have an AI pilot here.")
    slack.wait(lambda: slack.ours(CHANNEL, ts), 90)

    slack.breaks("chat.postMessage", "internal_error")  # acknowledged, taken in, but the reply does not come through
    acknowledged = len(slack.acks)
    slack.writes("U0ANA", CHANNEL, "The target is 32 minutes.", ts)
    slack.writes("U0BEN", CHANNEL, "The security review is passed.", ts)
    slack.wait(lambda: len(slack.acks) >= acknowledged + 2)
    running.kill()

    slack.breaks("chat.postMessage", "")
    running = process()
    slack.wait(lambda: len(slack.ours(CHANNEL, ts)) == 3, 90)
    slack.writes("U0ANA", CHANNEL, "The pilot started on 1 September 2026.", ts)
    slack.wait(lambda: len(slack.ours(CHANNEL, ts)) == 4, 90)
    assert running.end() == 0
    with interview_at(warm_home) as interview:
        assert [turn.text for turn in interview.conversation(diagnosis_of(ts)).turns] == [
            "We have an AI pilot here.", "The target is 32 minutes.", "The security review is passed.", "The pilot started on 1 September 2026.",
        ]  # fmt: skip
    assert "target: 32 minutes" in shown(slack.ours(CHANNEL, ts)[1])
    log = (tmp_path / "log").read_text()
    assert BOT_TOKEN not in log and APP_TOKEN not in log and "Everything that was said is kept" in log
