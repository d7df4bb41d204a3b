"""The command as a process of its own."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 120
DAY = "2026-11-21"


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PILOTCHECK_", "PYTHONIOENCODING", "OPENAI_"))}
    return {**kept, "PILOTCHECK_HOME": str(home), "PYTHONPATH": str(REPOSITORY), **more}


def pilotcheck(home: Path, *arguments: str, given: str | bytes = "", limit: int | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; `limit` is the largest size in bytes that a file may reach, as on a full disk."""
    data = given.encode() if isinstance(given, str) else given
    ran = subprocess.run(
        command(*arguments), input=data, capture_output=True, env=environment(home, **more), cwd=home.parent, timeout=PATIENCE, preexec_fn=_full(limit)
    )
    return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ui", *arguments]


def _full(limit: int | None) -> Callable[[], None] | None:
    return None if limit is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def chat(home: Path, thread: str, *lines: Any, **options: Any) -> tuple[subprocess.CompletedProcess[str], list[dict[str, Any]]]:
    """Let a program talk: each line is an object, or text that is sent as it is. Return how it ended and what it answered."""
    given = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    ran = pilotcheck(home, "chat", "--jsonl", "--thread", thread, "--today", DAY, given=given, **options)
    return ran, [json.loads(line) for line in ran.stdout.splitlines()]


class Talking:
    """A `chat --jsonl` that is still running: say one thing, read one answer."""

    def __init__(self, home: Path, thread: str):
        self.process = subprocess.Popen(
            command("chat", "--jsonl", "--thread", thread, "--today", DAY),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(home), cwd=home.parent, text=True, encoding="utf-8",
        )  # fmt: skip

    def send(self, *texts: str) -> None:
        assert self.process.stdin
        self.process.stdin.write("".join(json.dumps({"say": text}) + "\n" for text in texts))
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def kill(self) -> list[dict[str, Any]]:
        """Kill the process as a power cut would; return the answers it had still written."""
        self.process.kill()
        rest, _ = self.process.communicate(timeout=PATIENCE)
        return [json.loads(line) for line in rest.splitlines() if line.endswith("}")]

    def end(self) -> tuple[int, str]:
        """End the input; return the exit code and what was written to standard error."""
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


def is_plain(ran: subprocess.CompletedProcess[str], *next_steps: str) -> None:
    """Check that a failure is one plain message that says what to do next."""
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr and "Traceback" not in ran.stdout
    last = ran.stderr.strip().splitlines()[-1]
    assert last.startswith("pilotcheck: ")
    assert any(step in last for step in next_steps), last
