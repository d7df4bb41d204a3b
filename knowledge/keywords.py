"""Keyword search: BM25 over stemmed words, built in memory in a few milliseconds."""

import logging
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"\w\w+")


class Keywords:
    """A BM25 index of texts, addressed by their position."""

    def __init__(self, texts: Sequence[str]):
        import bm25s  # type: ignore[import-untyped]
        import Stemmer  # type: ignore[import-not-found]

        # bm25s sets its own logger to DEBUG when imported.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._ignored = frozenset(bm25s.stopwords.STOPWORDS_EN)
        self._stemmer = Stemmer.Stemmer("english")
        self._size = len(texts)
        self._index = bm25s.BM25()
        self._index.index([self.words(text) for text in texts], show_progress=False)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return one score a text; 0 means that no word is shared."""
        words = self.words(query)
        if not words:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._index.get_scores(words), np.float32)

    def words(self, text: str) -> list[str]:
        """Return the words that count, as their stems."""
        words: list[str] = self._stemmer.stemWords([word for word in WORD.findall(text.lower()) if word not in self._ignored])
        return words
