"""Conversations in one folder: a SQLite file for one computer, safe for many threads and processes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from langgraph.checkpoint.sqlite import SqliteSaver

from agent.errors import StorageError

LOCK_SECONDS = 30
NEXT_STEP = "Free some space or set PILOTCHECK_HOME to a folder that can be written, then say it again; everything up to the last reply is safe."
DAMAGED = ("malformed", "not a database", "corrupt")


class Sqlite:
    """The database file of a home. LangGraph's saver and we share one connection, under the saver's own lock: under another we could commit half a checkpoint."""

    def __init__(self, home: Path):
        self._home = home
        try:
            (home / "locks").mkdir(parents=True, exist_ok=True)
            home.chmod(0o700)
            self._connection = sqlite3.connect(home / "pilotcheck.sqlite", check_same_thread=False, timeout=LOCK_SECONDS)
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
                self._connection.execute(f"PRAGMA {pragma}")
        except (OSError, sqlite3.Error) as error:
            raise StorageError(self._plain(error)) from error
        self.saver = SqliteSaver(self._connection)

    def prepare(self, *tables: str) -> None:
        """Make the tables that are not there yet."""
        with self.told():
            self.saver.setup()
        for table in tables:
            self.execute(table)

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Run one statement in a transaction of its own and return its rows."""
        with self.told(), self.saver.lock, self._connection:
            return self._connection.execute(statement, values).fetchall()

    def scrub(self) -> None:
        """Let nothing that was deleted stay readable in the log of the database."""
        with self.told(), self.saver.lock:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def lock(self, thread: str) -> Iterator[None]:
        """Hold a thread, across processes."""
        from filelock import FileLock, Timeout

        try:
            held = FileLock(self._home / "locks" / f"{thread}.lock", timeout=LOCK_SECONDS)
            held.acquire()
        except Timeout as error:
            raise StorageError("Another message of this conversation is still being read. Wait a moment and send yours again.") from error
        except OSError as error:
            raise StorageError(f"The folder {self._home} cannot be written ({error.strerror}). {NEXT_STEP}") from error
        try:
            yield
        finally:
            held.release()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the database says into a plain message."""
        try:
            yield
        except sqlite3.Error as error:
            raise StorageError(self._plain(error)) from error

    def close(self) -> None:
        self._connection.close()

    def _plain(self, error: Exception) -> str:
        """Say what is wrong with the database; one that is damaged is not called safe."""
        if any(word in str(error) for word in DAMAGED):
            return (
                f"The database {self._home / 'pilotcheck.sqlite'} is damaged ({error}). "
                "Put a backup in its place, or set PILOTCHECK_HOME to another folder to begin with an empty one."
            )
        return f"The conversations in {self._home} cannot be read or written ({error}). {NEXT_STEP}"
