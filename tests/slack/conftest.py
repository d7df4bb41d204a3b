"""Slack's stand-in with a few people, and the app running against it over Socket Mode or HTTP."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent.assembly import Parts
from agent.conversation import Conversation
from agent.interview import Interview
from agent.items import guide
from agent.reading.reading import Reader
from agent.record import Record
from agent.settings import Settings, SlackSettings
from agent.storage import Storage
from tests.ports import free_port
from tests.slack.stand_in import APP_TOKEN, BOT, BOT_TOKEN, SECRET, TEAM, StandIn

CHANNEL = "C0CLAIMS"
STORY = "We have an AI pilot here. The business owner is Maria Lopez. The target is 32 minutes, before it was 42 minutes."


class Running:
    """The app in a thread of its own, over an interview of the tests."""

    def __init__(self, interview: Interview, settings: Settings, port: int):
        self.interview = interview
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(settings, port), daemon=True)
        self._thread.start()
        assert self._started.wait(10)

    def _run(self, settings: Settings, port: int) -> None:
        from ui.slack.server import run

        async def main() -> None:
            self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
            self._started.set()
            await run(self.interview, settings, http=port > 0, host="127.0.0.1", port=port)

        with contextlib.closing(self.interview.storage), contextlib.suppress(asyncio.CancelledError):
            asyncio.run(main())

    def stop(self) -> None:
        if not self._thread.is_alive():
            return
        assert self._task
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(30)


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace: Ana began the pilot, Maria and Ben are in its channel, Olga is not; nothing the app sends may break a limit."""
    workspace = StandIn()
    for id, name in (("U0ANA", "Ana"), ("U0MARIA", "Maria Lopez"), ("U0BEN", "Ben"), ("U0OLGA", "Olga"), ("U0PETR", "Petr"), ("U0YUKI", "Yuki")):
        workspace.person(id, name, email=f"{name.split()[0].lower()}@example.com")
    workspace.channel(CHANNEL, "U0ANA", "U0MARIA", "U0BEN")
    yield workspace
    assert not workspace.refused
    workspace.close()


@pytest.fixture
def settings_for(tmp_path: Path) -> Callable[[StandIn], Settings]:
    def settings_for(slack: StandIn) -> Settings:
        return Settings(
            home=tmp_path / "home",
            slack=SlackSettings(
                bot_token=SecretStr(BOT_TOKEN), app_token=SecretStr(APP_TOKEN), signing_secret=SecretStr(SECRET), api_url=f"{slack.address}/api"
            ),
        )

    return settings_for


@pytest.fixture
def start(parts: Parts, settings_for: Callable[[StandIn], Settings], today: date) -> Iterator[Callable[..., Running]]:
    """Return a function that starts the app: start(slack), start(slack, http=True); what it kept is there again at the next start."""
    running: list[Running] = []

    def start(slack: StandIn, *, http: bool = False, reader: Callable[[], Reader] | None = None, today: date = today) -> Running:
        chosen = settings_for(slack)
        port = free_port() if http else 0
        slack.http_address = f"http://127.0.0.1:{port}/slack/events" if http else ""
        interview = Interview(Storage(chosen), guide(), reader or parts.reader, parts.library, chosen, today=lambda: today)
        running.append(Running(interview, chosen, port))
        if http:
            _wait_for(port)
        return running[-1]

    yield start
    for one in running:
        one.stop()


def _wait_for(port: int) -> None:
    """Wait until something listens."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            threading.Event().wait(0.05)
    raise AssertionError(f"nothing listens on {port}")


def begun(slack: StandIn, text: str = STORY) -> str:
    """Begin a diagnosis by a mention, and return its ts once it was answered."""
    ts = slack.writes("U0ANA", CHANNEL, f"<@{BOT}> {text}")
    slack.wait(lambda: slack.ours(CHANNEL, ts))
    return ts


def diagnosis_of(ts: str, channel: str = CHANNEL) -> str:
    return f"slack-{TEAM}-{channel}-{ts}"


def conversation(app: Running, ts: str, channel: str = CHANNEL) -> Conversation:
    return app.interview.conversation(diagnosis_of(ts, channel))


def record(app: Running, ts: str, channel: str = CHANNEL) -> Record:
    return conversation(app, ts, channel).record
