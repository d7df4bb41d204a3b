"""The command as a process of its own: run to its end, or talked with while it runs."""

import json
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.doors.nursery import Nursery

DAY = "2026-11-21"
OPENING = {"say": "Our AI pilot sorts zebrafish in the Quagga laboratory. 48% of the intended users work with it regularly."}


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Running:
    """A command that is still running."""

    def __init__(self, nursery: Nursery, home: Path, arguments: tuple[str, ...], limit: int | None, more: dict[str, str]):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PILOTCHECK_", "PYTHONIOENCODING", "OPENAI_"))}
        environment = {**kept, "PILOTCHECK_HOME": str(home), **more}
        theirs_in, mine_in = os.pipe()
        pipes = [os.pipe() for _ in range(3)]
        theirs = (theirs_in, *(theirs for _, theirs in pipes))
        self.pid = nursery.start(list(arguments), theirs, environment=environment, folder=str(_folder(home)), limit=limit)
        for stream in theirs:
            os.close(stream)
        self.input = os.fdopen(mine_in, "wb")
        self.output, self.error, self.status = (os.fdopen(mine, "rb") for mine, _ in pipes)

    def send(self, *lines: Any) -> None:
        """Send lines: an object as JSON, text as it is."""
        self.input.write("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines).encode())
        self.input.flush()

    def answer(self) -> dict[str, Any]:
        return json.loads(self.output.readline())

    def kill(self) -> Ran:
        """Kill the process, and return what it had still written."""
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self, given: bytes = b"") -> Ran:
        """Give the rest of the input, end it, and wait for the end."""
        said: dict[str, bytes] = {}
        reading = [threading.Thread(target=lambda name=name: said.update({name: getattr(self, name).read()})) for name in ("output", "error", "status")]
        for thread in reading:
            thread.start()
        try:
            self.input.write(given)
            self.input.close()
        except BrokenPipeError:
            pass
        for thread in reading:
            thread.join(120)
        return Ran(int(said["status"] or -signal.SIGKILL), said["output"].decode(), said["error"].decode())


def _folder(home: Path) -> Path:
    """Return the first folder above a home that there is."""
    return next(path for path in home.parents if path.is_dir())


class Command:
    """pilotcheck(home, "threads", "list") runs a command; chat(home, thread, line, ...) lets a program talk."""

    def __init__(self, nursery: Nursery):
        self.nursery = nursery

    def __call__(self, home: Path, *arguments: str, given: str | bytes = b"", limit: int | None = None, **more: str) -> Ran:
        """Run a command to its end; `limit` is the largest size in bytes that a file may reach, as on a full disk."""
        return self.start(home, *arguments, limit=limit, **more).end(given.encode() if isinstance(given, str) else given)

    def start(self, home: Path, *arguments: str, limit: int | None = None, **more: str) -> Running:
        return Running(self.nursery, home, arguments, limit, more)

    def talk(self, home: Path, thread: str, **more: Any) -> Running:
        return self.start(home, "chat", "--jsonl", "--thread", thread, "--today", DAY, **more)

    def chat(self, home: Path, thread: str, *lines: Any, **more: Any) -> Ran:
        given = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
        return self.talk(home, thread, **more).end(given.encode())


def check_plain(ran: Ran, *next_steps: str) -> None:
    """Check that a failure is one plain message that says what to do next."""
    assert "Traceback" not in ran.err
    assert (ran.code, ran.out) == (1, ""), ran.err
    message = ran.err.strip().splitlines()[-1]
    assert message.startswith("pilotcheck: ")
    assert any(step in message for step in next_steps), message


def check_nothing_lost(pilotcheck: Command, home: Path, kept: Callable[[], list[str]], **where: Any) -> None:
    """Let three processes talk in one conversation at once, and check that all of it is kept, each one's messages in their order."""
    texts = [[f"Message {number} of process {process}" for number in range(5)] for process in range(3)]
    running = [pilotcheck.talk(home, "shared", **where) for _ in texts]
    for process, mine in zip(running, texts, strict=True):
        process.send(*({"say": text} for text in mine))
    for process in running:
        ran = process.end()
        assert (ran.code, ran.err, len(ran.answers)) == (0, "", 5)
        assert not [answer for answer in ran.answers if "error" in answer]
    said = kept()
    assert sorted(said) == sorted(text for mine in texts for text in mine)
    for mine in texts:
        assert [text for text in said if text in mine] == mine, "each process's messages are in their order"
