"""The embedder: short texts to unit vectors, offline, with the weights that come inside the wordllama package."""

import logging
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import LibraryError

if TYPE_CHECKING:
    from wordllama.inference import WordLlamaInference  # type: ignore[import-untyped]

Floats = NDArray[np.float32]


class Embedder:
    """wordllama with 256 dimensions; the weights are loaded (0.2 s, 33 MB) when the first text comes."""

    dimensions = 256

    @cached_property
    def name(self) -> str:
        """Name the weights, for everything that is cached and must not outlive them."""
        return f"wordllama-l2_supercat-{self.dimensions}-{version('wordllama')}"

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return one L2-normalised row a text; a text without a token gets zeros.

        Pooling is done here because wordllama's own divides by zero on an empty text and takes twice the time for a short one.
        """
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        # Half a surrogate pair, as broken clients send it, is no text for the tokenizer.
        encodable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        weights = self._model.embedding
        encode = self._model.tokenizer.encode  # one by one: a batch wakes a pool of threads, which costs more than a few short texts
        for row, text in zip(rows, encodable, strict=True):
            if ids := encode(text, add_special_tokens=False).ids:
                row[:] = weights[ids].mean(axis=0)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, norms, out=rows, where=norms > 0)
        return rows

    @cached_property
    def _model(self) -> "WordLlamaInference":
        # wordllama calls logging.basicConfig when imported, which would turn on INFO for the whole program; with a handler in place it does nothing.
        root, placeholder = logging.getLogger(), logging.NullHandler()
        root.addHandler(placeholder)
        try:
            import wordllama  # type: ignore[import-untyped]
        finally:
            root.removeHandler(placeholder)
        try:
            model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, dim=self.dimensions, disable_download=True)
        except FileNotFoundError as error:
            raise LibraryError(
                f"The weights of the embedder are missing ({error}). Install wordllama again: pip install --force-reinstall wordllama."
            ) from error
        # Padded rows would only be averaged away again.
        model.tokenizer.no_padding()
        return model


@cache
def embedder() -> Embedder:
    """Return the one embedder of the process."""
    return Embedder()
