"""A real PostgreSQL server, which the tests start in a folder of their own."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.ports import free_port

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))


def is_installed() -> bool:
    return BINARIES is not None or shutil.which("initdb") is not None


class Postgres:
    """A server on loopback; initdb refuses root, so root runs it as the user that Debian makes for it."""

    def __init__(self, folder: Path):
        self._folder, self._as = folder, {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self._as:
            shutil.chown(folder, "postgres", "postgres")
        self.port = free_port()
        self.url = f"postgresql://pilot:secret-word@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "-U", "pilot", "--auth=trust", "--no-sync", "-D", str(folder / "data"))

    def start(self) -> None:
        options = f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-o", options, "-l", str(self._folder / "log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        at = BINARIES / program if BINARIES else program
        subprocess.run(
            [at, *arguments], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", timeout=60, **self._as
        )
