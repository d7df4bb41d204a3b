"""A process that has imported everything once and forks a child for each command, so that a test does not wait for imports.

A child is a process like any other: it has its own standard streams, environment, folder and limits, and can be killed.
"""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
IMPORTED = (
    "agent.assembly",
    "agent.reports",
    "agent.reading.builtin",
    "ui.cli",
    "ui.jsonl",
    "ui.terminal",
    "chromadb",
    "langgraph.checkpoint.sqlite",
    "filelock",
)
WHOLE_MESSAGE = 65_536


class Nursery:
    """Where commands are started."""

    def __init__(self) -> None:
        self._mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        single = {"OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": str(REPOSITORY)}
        with theirs:
            self._process = subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()], env={**os.environ, **single})

    def start(self, arguments: list[str], streams: tuple[int, int, int, int], **circumstances: Any) -> int:
        """Start a command and return its process id; the fourth stream gets its exit code."""
        socket.send_fds(self._mine, [json.dumps({"arguments": arguments, **circumstances}).encode()], list(streams))
        return int(self._mine.recv(WHOLE_MESSAGE))

    def close(self) -> None:
        self._mine.close()
        self._process.wait(30)


def main(orders: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _import()
    while True:
        order, streams, _, _ = socket.recv_fds(orders, WHOLE_MESSAGE, 4)
        if not order:
            return
        child = os.fork()
        if child == 0:
            orders.close()
            _run(streams, **json.loads(order))
        for stream in streams:
            os.close(stream)
        orders.send(str(child).encode())


def _import() -> None:
    from importlib import import_module

    for name in IMPORTED:
        import_module(name)
    from agent.items import guide
    from agent.reading.examples import load_examples
    from knowledge.embeddings import embedder

    guide(), load_examples(), embedder().embed(["warm"])


def _run(streams: list[int], arguments: list[str], environment: dict[str, str], folder: str, limit: int | None) -> None:
    code = 1
    try:
        for number, stream in enumerate(streams[:3]):
            os.dup2(stream, number)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        encoding, _, errors = os.environ.get("PYTHONIOENCODING", "utf-8:strict").partition(":")
        sys.stdin = open(0, encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace", closefd=False)  # noqa: SIM115
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        from ui.cli import main as pilotcheck

        code = pilotcheck(arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(streams[3], str(code).encode())
        os._exit(code)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
