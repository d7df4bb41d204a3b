"""Where conversations are kept: LangGraph checkpoints and a table of threads, in SQLite or PostgreSQL, one message a thread at a time."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver

from agent.errors import InputRefused, StorageError, ThreadNotFound
from agent.items import Frozen
from agent.settings import Settings

THREAD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
LOCK_SECONDS = 30
NEXT_STEP = "Free some space or set PILOTCHECK_HOME to a folder that can be written, then say it again; everything up to the last reply is safe."


class Thread(Frozen):
    """One conversation in the list."""

    id: str
    title: str = ""
    owner: str = ""
    created_on: str = ""
    updated_on: str = ""
    verdict: str = ""
    turns: int = 0


def check_thread_id(thread: str) -> str:
    """Return the id, or raise InputRefused: it is used in file names and links."""
    if not THREAD_ID.fullmatch(thread):
        raise InputRefused("A thread id has up to 80 letters, digits, dots, dashes or underscores, and begins with a letter or a digit.")
    return thread


class Storage:
    """Checkpoints, threads and locks. Opened once a process; safe to use from several threads and processes."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self._closing: list[Any] = []
        self.checkpointer: BaseCheckpointSaver[Any] = self._open_postgres(settings.database_url) if settings.database_url else self._open_sqlite(settings.home)

    def close(self) -> None:
        for thing in reversed(self._closing):
            thing.close()
        self._closing.clear()

    # Threads ------------------------------------------------------------------------------------------------------------

    def threads(self, owner: str | None = None) -> list[Thread]:
        """Return the conversations, the latest first; with an owner only theirs."""
        where, values = (" WHERE owner = ?", (owner,)) if owner is not None else ("", ())
        rows = self._execute(f"SELECT {', '.join(Thread.model_fields)} FROM threads{where} ORDER BY updated_on DESC, id", values)
        return [Thread(**dict(zip(Thread.model_fields, row, strict=True))) for row in rows]

    def thread(self, thread: str) -> Thread:
        """Return one conversation, or raise ThreadNotFound."""
        rows = self._execute(f"SELECT {', '.join(Thread.model_fields)} FROM threads WHERE id = ?", (thread,))
        if not rows:
            raise ThreadNotFound(f"There is no conversation {thread}. `pilotcheck threads list` shows those there are.")
        return Thread(**dict(zip(Thread.model_fields, rows[0], strict=True)))

    def exists(self, thread: str) -> bool:
        return bool(self._execute("SELECT 1 FROM threads WHERE id = ?", (thread,)))

    def save(self, thread: Thread) -> None:
        """Write a conversation's line in the list; its owner and first day never change, and its name only by `rename`."""
        fields = list(Thread.model_fields)
        changing = [field for field in fields if field not in ("id", "owner", "created_on", "title")]
        self._execute(
            f"INSERT INTO threads ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))}) "
            f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{field} = excluded.{field}' for field in changing)}",
            tuple(getattr(thread, field) for field in fields),
        )

    def rename(self, thread: str, title: str) -> None:
        """Give a conversation another name in the list."""
        self._execute("UPDATE threads SET title = ? WHERE id = ?", (title, thread))

    def delete(self, thread: str) -> None:
        """Delete a conversation for good: its checkpoints, its line, its words on the disk."""
        self.thread(thread)
        with self.lock(thread):
            self.checkpointer.delete_thread(thread)
            self._execute("DELETE FROM threads WHERE id = ?", (thread,))
            if self._sqlite is not None:
                with self._saver.lock, self._told():
                    self._sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # Locks --------------------------------------------------------------------------------------------------------------

    @contextmanager
    def lock(self, thread: str) -> Iterator[None]:
        """Hold a thread, across processes: two messages at once would lose one of them."""
        if self._sqlite is None:
            with self._pool.connection() as connection:
                connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (thread,))
                try:
                    yield
                finally:
                    connection.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", (thread,))
            return
        from filelock import FileLock, Timeout

        try:
            held = FileLock(self.settings.home / "locks" / f"{thread}.lock", timeout=LOCK_SECONDS)
            held.acquire()
        except Timeout as error:
            raise StorageError("Another message of this conversation is still being read. Wait a moment and send yours again.") from error
        except OSError as error:
            raise StorageError(f"The folder {self.settings.home} cannot be written ({error.strerror}). {NEXT_STEP}") from error
        try:
            yield
        finally:
            held.release()

    # The two kinds of database -------------------------------------------------------------------------------------------

    def _open_sqlite(self, home: Path) -> BaseCheckpointSaver[Any]:
        from langgraph.checkpoint.sqlite import SqliteSaver

        try:
            (home / "locks").mkdir(parents=True, exist_ok=True)
            home.chmod(0o700)
            self._sqlite: sqlite3.Connection | None = sqlite3.connect(home / "pilotcheck.sqlite", check_same_thread=False, timeout=LOCK_SECONDS)
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
                self._sqlite.execute(f"PRAGMA {pragma}")
            # The saver's own lock guards its connection, for our statements too: under another one we could commit half of what it is writing.
            self._saver = SqliteSaver(self._sqlite)
            self._saver.setup()
        except (OSError, sqlite3.Error) as error:
            raise StorageError(_plain(home, error)) from error
        self._closing.append(self._sqlite)
        self._make_table()
        return self._saver

    def _open_postgres(self, url: str) -> BaseCheckpointSaver[Any]:
        self._sqlite = None
        try:
            from langgraph.checkpoint.postgres import PostgresSaver
            from psycopg import Error
            from psycopg.rows import dict_row
            from psycopg_pool import ConnectionPool
        except ImportError as error:
            raise StorageError("PILOTCHECK_DATABASE_URL needs the PostgreSQL extra: pip install 'pilotcheck[postgres]'.") from error
        try:
            self._pool = ConnectionPool(url, min_size=1, max_size=16, timeout=10, kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row})
            self._closing.append(self._pool)
            self._pool.wait(10)
            saver = PostgresSaver(self._pool)  # type: ignore[arg-type]
            saver.setup()
        except Error as error:
            self.close()
            raise StorageError(
                f"The database of PILOTCHECK_DATABASE_URL cannot be used ({type(error).__name__}). Check that it runs and that the user may create tables."
            ) from error
        self._make_table()
        return saver

    def _make_table(self) -> None:
        columns = ", ".join(
            f"{name} {'INTEGER' if field.annotation is int else 'TEXT'} NOT NULL" for name, field in Thread.model_fields.items() if name != "id"
        )
        self._execute(f"CREATE TABLE IF NOT EXISTS threads (id TEXT PRIMARY KEY, {columns})")

    def _execute(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        if self._sqlite is None:
            with self._pool.connection() as connection:
                cursor = connection.execute(statement.replace("?", "%s"), values)
                return [tuple(dict(row).values()) for row in cursor.fetchall()] if cursor.description else []
        with self._saver.lock, self._told(), self._sqlite:
            return self._sqlite.execute(statement, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self.settings.home):
            yield


@contextmanager
def told(home: Path) -> Iterator[None]:
    """Turn what a database says into a plain message."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(_plain(home, error)) from error


def _plain(home: Path, error: Exception) -> str:
    """Say what is wrong with the database; one that is damaged is not called safe."""
    if any(word in str(error) for word in ("malformed", "not a database", "corrupt")):
        return f"The database {home / 'pilotcheck.sqlite'} is damaged ({error}). Put a backup in its place, or set PILOTCHECK_HOME to another folder to begin with an empty one."
    return f"The conversations in {home} cannot be read or written ({error}). {NEXT_STEP}"
