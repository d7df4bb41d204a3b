"""Putting the parts together: settings in, an Interview out; what a turn does not need is not loaded."""

import threading
from functools import cached_property
from typing import Any

from agent.graph import build
from agent.interview import Interview
from agent.items import guide
from agent.language_model import LanguageModel
from agent.reading.reading import Reader
from agent.settings import Settings, settings
from agent.storage import Storage
from agent.tracing import begin
from knowledge.library import Library


class Parts:
    """The library and the reader of one process, each made when it is first needed."""

    def __init__(self, chosen: Settings):
        self.settings = chosen
        self._making = threading.Lock()

    def library(self) -> Library:
        with self._making:
            return self._library

    def reader(self) -> Reader:
        with self._making:
            return self._reader

    def model(self) -> LanguageModel | None:
        """Return the language model, or None where none reads."""
        with self._making:
            return self._model if self.settings.with_model else None

    @cached_property
    def _model(self) -> LanguageModel:
        return LanguageModel(self.settings.model)

    @cached_property
    def _library(self) -> Library:
        return Library.open(self.settings.home, server=self.settings.chroma_url)

    @cached_property
    def _reader(self) -> Reader:
        if not self.settings.with_model:
            return self._builtin
        from agent.reading.model import ModelReader

        return ModelReader(guide(), lambda: self._model, self._builtin)

    @cached_property
    def _builtin(self) -> Reader:
        from agent.reading.builtin import BuiltinReader
        from agent.reading.encoder import encoder
        from agent.reading.matching import matcher
        from knowledge.embeddings import embedder

        return BuiltinReader(guide(), matcher(embedder(), self.settings.reader_folders), encoder())

    def warm(self) -> None:
        """Load everything a turn needs; doors call this while the person reads the greeting."""
        self.reader()
        self.library()


def interview(chosen: Settings | None = None) -> Interview:
    """Return the interview over the storage of the settings."""
    chosen = chosen or settings()
    begin(chosen)
    parts = Parts(chosen)
    spoken = guide().model_copy(update={"languages": chosen.home / "languages"})
    return Interview(Storage(chosen), spoken, parts.reader, parts.library, chosen, model=parts.model)


def make_graph() -> Any:
    """Return the graph without a checkpointer, for LangGraph's own tools (langgraph.json)."""
    parts = Parts(settings())
    return build(guide(), parts.reader, parts.library, parts.model).compile()
