"""Where conversations are kept: LangGraph checkpoints and a table of threads, in SQLite or PostgreSQL, one message a thread at a time."""

import re
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol

from langgraph.checkpoint.base import BaseCheckpointSaver

from agent.errors import InputRefused, StorageError, ThreadNotFound
from agent.items import Frozen
from agent.settings import Settings

NOBODY = ":example:"  # the owner of the invented example's conversations; no person has such a name
THREAD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")


class Thread(Frozen):
    """One conversation in the list."""

    id: str
    title: str = ""
    owner: str = ""
    created_on: str = ""
    updated_on: str = ""
    verdict: str = ""
    turns: int = 0


class Database(Protocol):
    """What a kind of database does; everything that goes wrong in it is a StorageError."""

    @property
    def saver(self) -> BaseCheckpointSaver[Any]: ...

    def prepare(self, *tables: str) -> None: ...

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]: ...

    def lock(self, thread: str) -> AbstractContextManager[None]: ...

    def told(self) -> AbstractContextManager[None]: ...

    def scrub(self) -> None: ...

    def close(self) -> None: ...


def check_thread_id(thread: str) -> str:
    """Return the id, or raise InputRefused: it is used in file names and links."""
    if not THREAD_ID.fullmatch(thread):
        raise InputRefused("A thread id has up to 80 letters, digits, dots, dashes or underscores, and begins with a letter or a digit.")
    return thread


class Storage:
    """Checkpoints, threads and locks. Opened once a process; safe to use from several threads and processes."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self._database = _opened(settings)
        columns = ", ".join(
            f"{name} {'INTEGER' if field.annotation is int else 'TEXT'} NOT NULL" for name, field in Thread.model_fields.items() if name != "id"
        )
        self._database.prepare(
            f"CREATE TABLE IF NOT EXISTS threads (id TEXT PRIMARY KEY, {columns})",
            "CREATE TABLE IF NOT EXISTS tokens (day TEXT PRIMARY KEY, tokens BIGINT NOT NULL)",
        )

    @property
    def checkpointer(self) -> BaseCheckpointSaver[Any]:
        return self._database.saver

    def close(self) -> None:
        self._database.close()

    def threads(self, owner: str | None = None) -> list[Thread]:
        """Return the conversations, the latest first; with an owner only theirs, without one all but the invented example's."""
        where, values = (" WHERE owner = ?", (owner,)) if owner is not None else (" WHERE owner != ?", (NOBODY,))
        rows = self._database.execute(f"SELECT {', '.join(Thread.model_fields)} FROM threads{where} ORDER BY updated_on DESC, id", values)
        return [Thread(**dict(zip(Thread.model_fields, row, strict=True))) for row in rows]

    def thread(self, thread: str) -> Thread:
        """Return one conversation, or raise ThreadNotFound."""
        rows = self._database.execute(f"SELECT {', '.join(Thread.model_fields)} FROM threads WHERE id = ?", (thread,))
        if not rows:
            raise ThreadNotFound(f"There is no conversation {thread}. `pilotcheck threads list` shows those there are.")
        return Thread(**dict(zip(Thread.model_fields, rows[0], strict=True)))

    def exists(self, thread: str) -> bool:
        return bool(self._database.execute("SELECT 1 FROM threads WHERE id = ?", (thread,)))

    def save(self, thread: Thread) -> None:
        """Write a conversation's line in the list; its owner and first day never change, and its name only by `rename`."""
        fields = list(Thread.model_fields)
        changing = [field for field in fields if field not in ("id", "owner", "created_on", "title")]
        self._database.execute(
            f"INSERT INTO threads ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))}) "
            f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{field} = excluded.{field}' for field in changing)}",
            tuple(getattr(thread, field) for field in fields),
        )

    def rename(self, thread: str, title: str) -> None:
        """Give a conversation another name in the list."""
        self._database.execute("UPDATE threads SET title = ? WHERE id = ?", (title, thread))

    def delete(self, thread: str) -> None:
        """Delete a conversation for good: its checkpoints, its line, its words on the disk."""
        self.thread(thread)
        with self.lock(thread), self.told():
            self.checkpointer.delete_thread(thread)
            self._database.execute("DELETE FROM threads WHERE id = ?", (thread,))
            self._database.scrub()

    def tokens(self, day: date) -> int:
        """Return how many tokens of a language model were spent on a day, by all processes together."""
        rows = self._database.execute("SELECT tokens FROM tokens WHERE day = ?", (day.isoformat(),))
        return int(rows[0][0]) if rows else 0

    def add_tokens(self, day: date, count: int) -> None:
        """Add to what was spent on a day."""
        self._database.execute(
            "INSERT INTO tokens (day, tokens) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET tokens = tokens.tokens + excluded.tokens", (day.isoformat(), count)
        )

    def lock(self, thread: str) -> AbstractContextManager[None]:
        """Hold a thread, across processes: two messages at once would lose one of them."""
        return self._database.lock(thread)

    def prepare(self, table: str) -> None:
        """Create a table of a door's own, where it does not exist yet."""
        self._database.prepare(table)

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Run a statement on a door's own table; "?" stands for a value in either kind of database."""
        return self._database.execute(statement, values)

    def told(self) -> AbstractContextManager[None]:
        """Turn what the database says into a plain StorageError."""
        return self._database.told()


def _opened(settings: Settings) -> Database:
    if not settings.database_url:
        from agent.sqlite import Sqlite

        return Sqlite(settings.home)
    try:
        from agent.postgres import Postgres
    except ImportError as error:
        raise StorageError("PILOTCHECK_DATABASE_URL needs the PostgreSQL extra: pip install 'pilotcheck[postgres]'.") from error
    return Postgres(settings.database_url)
