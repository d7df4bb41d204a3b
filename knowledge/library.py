"""The library: finds the passages of guidance, and of a user's own documents, that speak to a question."""

import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from knowledge.guidance import Passage, load_guidance
from knowledge.index import IndexLost
from knowledge.own import OwnDocuments
from knowledge.shelf import Found, Shelf

__all__ = ["STAGE_OF", "Found", "Library"]

log = logging.getLogger(__name__)

STAGE_OF: Mapping[str, str] = MappingProxyType(
    {
        "charter": "charter",
        "friction": "charter",
        "gates": "gates",
        "owners": "owners",
        "capability": "forces",
        "culture": "forces",
        "infrastructure": "forces",
        "rollout": "forces",
    }
)
MAX_QUERY = 2_000


class Library:
    """The guidance and the own documents under one search; safe to use from several threads."""

    def __init__(self, home: Path, stage_of: Mapping[str, str], server: str | None):
        self._folder = home / "library"
        self._index: Path | str = server or self._folder / "index"
        self._own = OwnDocuments(self._folder / "own")
        self._stage_of = stage_of
        self._lock = threading.RLock()
        self._shelf = self._load()

    @classmethod
    def open(cls, home: Path, stage_of: Mapping[str, str] | None = None, *, server: str | None = None) -> "Library":
        """Open the library kept under home, building its index at first use, there or on the Chroma server of a URL.

        stage_of maps an item, or its section, to a stage.
        """
        return cls(home, STAGE_OF if stage_of is None else stage_of, server)

    def search(self, query: str, *, items: Sequence[str] = (), stage: str | None = None, limit: int = 3) -> list[Found]:
        """Return the best passages for a query, best first; given items or a stage, only those that speak to one of the items or of the stage.

        An own document speaks to no item, but to every stage.
        """
        if stage is not None and stage not in self._stage_of.values():
            raise ValueError(f"{stage!r} is no stage; the stages are {', '.join(sorted(set(self._stage_of.values())))}")
        text = query[:MAX_QUERY].strip()
        if not text or limit < 1:
            return []
        shelf = self._shelf
        try:
            return shelf.search(text, items, stage, limit)
        except IndexLost as error:
            return self._reopened(shelf, error).search(text, items, stage, limit)

    def passage(self, id: str) -> Passage | None:
        """Return the passage with this id."""
        return self._shelf.by_id.get(id)

    def passages(self) -> tuple[Passage, ...]:
        """Return every passage: the guidance in the order of its files, then own documents by name."""
        return self._shelf.passages

    def add(self, path: Path) -> tuple[Passage, ...]:
        """Take in a document (text, PDF, Word, slides, sheet, web page) in place of one with the same name; raises LibraryError if it cannot be taken."""
        with self._lock:
            passages = self._own.keep(path)
            self._change()
        return passages

    def remove(self, stem: str) -> None:
        """Forget the own document with this file stem; raises LibraryError if there is none."""
        with self._lock:
            self._own.remove(stem)
            self._change()

    def close(self) -> None:
        """Let go of the files; a later search opens them again."""
        self._shelf.index.close()

    def _load(self) -> Shelf:
        return Shelf(load_guidance() + self._own.passages(), self._stage_of, self._index)

    def _change(self) -> None:
        before, self._shelf = self._shelf, self._load()
        before.index.close()

    def _reopened(self, lost: Shelf, error: IndexLost) -> Shelf:
        with self._lock:
            # Several threads may meet the same lost index; the first one opens it again.
            if self._shelf is lost:
                log.warning("The library index does not answer (%s); it is opened again.", error)
                lost.index.close()
                self._shelf = self._load()
            return self._shelf
