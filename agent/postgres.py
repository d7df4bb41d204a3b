"""Conversations in PostgreSQL: any number of processes on any number of computers share them."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from langgraph.checkpoint.postgres import PostgresSaver
from psycopg import Connection, Error
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

from agent.errors import StorageError

MOST_CONNECTIONS = 16
CONNECT_SECONDS = 5
LOCK_SECONDS = 30
LOCK_POLL_SECONDS = 0.05
SETTING_UP = "setting up"  # no thread id has a space

Pool = ConnectionPool[Connection[DictRow]]


class Postgres:
    """The database of a URL. Locks have connections of their own: whoever holds one still gets a connection to write with."""

    def __init__(self, url: str):
        # What the pool has to say about a lost server reaches the person in a message of ours.
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        with self.told():
            self._pool, self._locks = _opened(url), _opened(url)
        self.saver = PostgresSaver(self._pool)

    def prepare(self, *tables: str) -> None:
        """Make the tables that are not there yet; processes that start together take turns."""
        with self.lock(SETTING_UP):
            self.saver.setup()
            for table in tables:
                self.execute(table)

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Run one statement in a transaction of its own and return its rows."""
        with self.told(), self._pool.connection() as connection:
            cursor = connection.execute(statement.replace("?", "%s"), values)
            return [tuple(row.values()) for row in cursor.fetchall()] if cursor.description else []

    def scrub(self) -> None:
        """Leave it to the server: it overwrites what was deleted when it vacuums."""

    @contextmanager
    def lock(self, thread: str) -> Iterator[None]:
        """Hold a thread, across processes and computers; a server that goes away lets go of it."""
        with self.told(), self._locks.connection() as connection:
            self._acquire(connection, thread)
            try:
                yield
            finally:
                with suppress(Error):
                    connection.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", (thread,))

    def _acquire(self, connection: Connection[DictRow], thread: str) -> None:
        """Try again and again: a statement that waits holds up the CREATE INDEX CONCURRENTLY with which another process sets up (seen)."""
        deadline = time.monotonic() + LOCK_SECONDS
        while not connection.execute("SELECT 1 WHERE pg_try_advisory_lock(hashtextextended(%s, 0))", (thread,)).fetchone():
            if time.monotonic() > deadline:
                raise StorageError("Another message of this conversation is still being read. Wait a moment and send yours again.")
            time.sleep(LOCK_POLL_SECONDS)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the database says into a plain message; it never repeats the URL, which may hold a password."""
        try:
            yield
        except Error as error:
            raise StorageError(
                f"The database of PILOTCHECK_DATABASE_URL does not answer as it should ({type(error).__name__}). "
                "Check the URL, that the server runs, and that the user may create tables; then say it again: everything up to the last reply is safe."
            ) from error

    def close(self) -> None:
        self._locks.close()
        self._pool.close()


def _opened(url: str) -> Pool:
    """Return a pool that connects when it is asked to, and notices a connection that the server has closed."""
    return ConnectionPool(
        url, min_size=0, max_size=MOST_CONNECTIONS, timeout=CONNECT_SECONDS, reconnect_timeout=CONNECT_SECONDS, num_workers=1, open=True,
        check=ConnectionPool.check_connection,
        kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row, "connect_timeout": CONNECT_SECONDS},
    )  # fmt: skip
