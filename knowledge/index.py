"""The vector index: a Chroma collection on disk or on a server that notices damage, heals itself, and falls back to memory.

All vectors are ours and nothing but ids and vectors is stored. Chroma's segment files are never filled: damage in them can return
nothing in silence or crash the process (seen with 1.5.9), while damage in its SQLite file raises.
"""

import errno
import hashlib
import logging
import re
import shutil
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np

from knowledge.embeddings import Floats
from knowledge.errors import LibraryError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings

log = logging.getLogger(__name__)

LOCK_SECONDS = 30
# For unit vectors l2 ranks as cosine does, and Chroma gives them back unchanged. An ef_search above the number of vectors makes the search exact.
HNSW: "CreateHNSWConfiguration" = {"space": "l2", "ef_search": 1_000, "sync_threshold": 10_000_000}
# What SQLite and the system say when the disk, not the index, is the trouble; 'busy' and 'locked' are another process at work.
SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN = 5, 6, 8, 10, 13, 14
SQLITE_TROUBLE = {SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN}
# ... and two of the same families that are trouble of the index after all: its file was moved, or ends too early.
SQLITE_READONLY_MOVED, SQLITE_SHORT_READ = 1032, 522
SYSTEM_TROUBLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOTDIR}


class IndexLost(Exception):
    """The open index no longer answers: damaged, moved, or replaced by another owner."""


class _Damaged(Exception):
    """The index on disk is not what was written."""


class _Unwritable(Exception):
    """The disk does not take an index."""


class VectorIndex:
    """One open collection."""

    def __init__(self, client: "Client", collection: "Collection", *, in_memory: bool):
        self._client = client
        self._collection = collection
        self.in_memory = in_memory

    def nearest(self, vector: Floats, limit: int, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """Return ids and squared distances, nearest first; `among` restricts the candidates. Raises IndexLost."""
        # Passing ids is faster than `where` over list metadata: 1.5 against 1.9 ms for 150 passages, 3 against 7 ms for 3,000.
        try:
            result = self._collection.query(
                query_embeddings=[vector.tolist()], n_results=limit, ids=None if among is None else list(among), include=["distances"]
            )
        except Exception as error:
            raise IndexLost(str(error)) from error
        distances = result["distances"] or [[]]
        # Equal texts differ in the last bits only; their order must not depend on them.
        rounded = [(name, round(float(distance), 6)) for name, distance in zip(result["ids"][0], distances[0], strict=True)]
        return sorted(rounded, key=lambda found: (found[1], found[0]))

    def vector(self, id: str) -> Floats:
        """Return the vector of one passage. Raises IndexLost."""
        try:
            stored = self._collection.get(ids=[id], include=["embeddings"])["embeddings"]
            vector: Floats = np.asarray(stored, np.float32)[0]
            return vector
        except Exception as error:
            raise IndexLost(str(error)) from error

    def close(self) -> None:
        if not self.in_memory:
            self._client.close()


def open_index(place: Path | str, name: str, ids: Sequence[str], embed: Callable[[], Floats]) -> VectorIndex:
    """Open the collection in a folder or on the server of a URL, building it if it is not there; where that is refused, in memory."""
    try:
        return _on_server(place, name, ids, embed) if isinstance(place, str) else _on_disk(place, name, ids, embed)
    except (OSError, _Unwritable) as error:
        log.warning("The library index cannot be kept in %s (%s); it is held in memory until the program ends.", place, error)
    import chromadb

    return VectorIndex(*_opened(cast("Client", chromadb.EphemeralClient(settings=_settings())), name, ids, embed, None), in_memory=True)


def _on_server(url: str, name: str, ids: Sequence[str], embed: Callable[[], Floats]) -> VectorIndex:
    """Open the collection on a server that many processes share; what is damaged there is built anew."""
    import chromadb

    try:
        address = urlsplit(url)
        secure = address.scheme == "https"
        port = address.port or (443 if secure else 8000)
        client = cast("Client", chromadb.HttpClient(host=address.hostname or url, port=port, ssl=secure, settings=_settings()))
        try:
            return VectorIndex(*_opened(client, name, ids, embed, None), in_memory=False)
        except _Damaged as error:
            log.warning("The library index on %s is damaged (%s) and is built anew.", url, error)
            client.delete_collection(name)
            return VectorIndex(*_opened(client, name, ids, embed, None), in_memory=False)
    except Exception as error:
        raise _Unwritable(str(error)) from error


def _on_disk(folder: Path, name: str, ids: Sequence[str], embed: Callable[[], Floats]) -> VectorIndex:
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    # Two processes that start together must not both build, or take the other's half-built index for a damaged one.
    with FileLock(folder.parent / f"{folder.name}.lock", timeout=LOCK_SECONDS):
        try:
            return _persistent(folder, name, ids, embed)
        except (_Unwritable, LibraryError):
            raise
        except Exception as error:
            aside = _move_aside(folder)
            log.warning("The library index in %s is damaged (%s). It was moved to %s and is built anew.", folder, error, aside)
        try:
            return _persistent(folder, name, ids, embed)
        except (_Unwritable, LibraryError):
            raise
        except Exception as error:
            raise _Unwritable(str(error)) from error


def _persistent(folder: Path, name: str, ids: Sequence[str], embed: Callable[[], Floats]) -> VectorIndex:
    import chromadb

    client = None
    try:
        client = cast("Client", chromadb.PersistentClient(folder, settings=_settings()))
        return VectorIndex(*_opened(client, name, ids, embed, folder), in_memory=False)
    except Exception as error:
        if client is not None:
            client.close()
        else:
            _forget_clients()
        if _disk_refuses(error):
            raise _Unwritable(str(error)) from error
        raise


def _opened(client: "Client", name: str, ids: Sequence[str], embed: Callable[[], Floats], folder: Path | None) -> "tuple[Client, Collection]":
    if name in {collection.name for collection in client.list_collections()}:
        collection = client.get_collection(name, embedding_function=None)
        _verify(collection, ids)
    else:
        collection = _build(client, name, ids, embed(), folder)
    return client, collection


def _build(client: "Client", name: str, ids: Sequence[str], vectors: Floats, folder: Path | None) -> "Collection":
    """Build under a passing name and rename at the end, so that a half-built index never bears the name of a whole one."""
    # Chroma leaves the folders of deleted collections behind.
    older = [path for path in folder.iterdir() if path.is_dir()] if folder else []
    metadata = {"fingerprint": _fingerprint(ids, vectors)}
    collection = client.create_collection(f"building-{uuid.uuid4().hex}", metadata=metadata, embedding_function=None, configuration={"hnsw": HNSW})
    batch = client.get_max_batch_size()
    for start in range(0, len(ids), batch):
        collection.add(ids=list(ids[start : start + batch]), embeddings=vectors[start : start + batch])
    try:
        collection.modify(name=name)
    except Exception:
        if folder is not None:
            raise
        # On a server another process may have been quicker.
        client.delete_collection(collection.name)
        collection = client.get_collection(name, embedding_function=None)
        _verify(collection, ids)
    # The collections of a server, and those in memory, are shared: another process or library may be using them.
    if folder is not None:
        for other in client.list_collections():
            if other.name != name:
                client.delete_collection(other.name)
        for path in older:
            shutil.rmtree(path, ignore_errors=True)
    return collection


def _verify(collection: "Collection", ids: Sequence[str]) -> None:
    stored = collection.get(include=["embeddings"])
    if sorted(stored["ids"]) != sorted(ids):
        raise _Damaged(f"it holds {len(stored['ids'])} of {len(ids)} passages")
    place = {name: row for row, name in enumerate(stored["ids"])}
    vectors = np.asarray(stored["embeddings"], np.float32)[[place[name] for name in ids]]
    if (collection.metadata or {}).get("fingerprint") != _fingerprint(ids, vectors):
        raise _Damaged("its vectors are not those that were written")
    if not collection.query(query_embeddings=[vectors[0].tolist()], n_results=1, include=[])["ids"][0]:
        raise _Damaged("it finds nothing")


def _fingerprint(ids: Sequence[str], vectors: Floats) -> str:
    return hashlib.sha256("\n".join(ids).encode("utf-8", "surrogatepass") + np.ascontiguousarray(vectors, np.float32).tobytes()).hexdigest()


def _move_aside(folder: Path) -> Path:
    """Rename the folder to <home>/library.damaged-<timestamp>."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = folder.parent.with_name(f"{folder.parent.name}.damaged-{stamp}")
    folder.rename(aside)
    folder.mkdir()
    _forget_clients()
    return aside


def _forget_clients() -> None:
    """Let the next client open the files anew: Chroma shares one by path, even one that failed to start or whose files were moved."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _disk_refuses(error: Exception) -> bool:
    """Read the codes in Chroma's messages: they are all it hands on."""
    if code := re.search(r"\(code: (\d+)\)", str(error)):
        return int(code[1]) not in (SQLITE_READONLY_MOVED, SQLITE_SHORT_READ) and int(code[1]) & 0xFF in SQLITE_TROUBLE
    if code := re.search(r"\(os error (\d+)\)", str(error)):
        return int(code[1]) in SYSTEM_TROUBLE
    return isinstance(error, OSError)


def _settings() -> "Settings":
    from chromadb.config import Settings

    # No .env of the folder the program happens to be started in; a keyword of pydantic-settings that its constructor does not declare.
    no_file: dict[str, Any] = {"_env_file": None}
    return Settings(anonymized_telemetry=False, **no_file)
