"""Fifty threads at once with a slow reader: everything is acknowledged within Slack's three seconds, and nothing is lost or out of order."""

import threading

import pytest

from tests.slack.conftest import CHANNEL, conversation
from tests.slack.stand_in import BOT

THREADS, SLOW = 50, 0.1


class SlowReader:
    """Our reader, as slow as a language model."""

    def __init__(self, reader):
        self._reader, self.name = reader, reader.name

    def __getattr__(self, name):
        return getattr(self._reader, name)

    def read(self, message, listening):
        threading.Event().wait(SLOW)
        return self._reader.read(message, listening)


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
def test_fifty_threads_at_once(slack, start, parts, http) -> None:
    app = start(slack, http=http, reader=lambda: SlowReader(parts.reader()))
    texts = ("The target is 32 minutes.", "The security review is passed.")
    stamps = [slack.writes("U0ANA", CHANNEL, f"<@{BOT}> Pilot number {number} sorts motor claims.") for number in range(THREADS)]
    for round, text in enumerate(texts, start=2):
        slack.wait(lambda round=round: len(slack.acks) == round * THREADS)  # acknowledged, not answered: a mention comes twice
        for ts in stamps:
            slack.writes("U0BEN", CHANNEL, text, ts)
    slack.wait(lambda: all(len(slack.ours(CHANNEL, ts)) == 3 for ts in stamps), 240)
    for number, ts in enumerate(stamps):
        assert [turn.text for turn in conversation(app, ts).turns] == [f"Pilot number {number} sorts motor claims.", *texts]
    assert slack.resent == 0, "Slack's own three seconds were kept"
    taken = sorted(slack.acks)
    print(
        f"\n{len(taken)} acknowledgements, {'HTTP' if http else 'Socket Mode'}: median {taken[len(taken) // 2] * 1000:.0f} ms, longest {taken[-1] * 1000:.0f} ms"
    )
