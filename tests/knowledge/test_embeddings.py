"""The embedder: unit vectors, the same for a text alone or among others, and a quiet import."""

import subprocess
import sys

import numpy as np

from knowledge.embeddings import embedder

QUIET = """
import logging, sys
import knowledge, knowledge.library
heavy = {"chromadb", "bm25s", "wordllama", "Stemmer"} & set(sys.modules)
assert not heavy, heavy
from knowledge.embeddings import embedder
embedder().embed(["a"])
assert logging.getLogger().handlers == [] and logging.getLogger().level == logging.WARNING
"""


def test_rows_are_unit_vectors() -> None:
    rows = embedder().embed(["Who owns the system?", "日本語 😀", "x" * 5_000])
    assert rows.shape == (3, embedder().dimensions) and rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_a_text_has_one_vector_whatever_stands_beside_it() -> None:
    texts = ["Who owns the system?", "a much longer text about the production owner and the six months after handover", ""]
    together = embedder().embed(texts)
    assert all(np.array_equal(embedder().embed([text])[0], row) for text, row in zip(texts, together, strict=True))


def test_meaning_is_closer_than_letters() -> None:
    owner, paraphrase, other = embedder().embed(["who is responsible for it", "somebody accountable", "the latency at peak load"])
    assert owner @ paraphrase > owner @ other


def test_nothing_and_broken_text_are_no_error() -> None:
    assert embedder().embed([]).shape == (0, 256)
    assert not embedder().embed([""]).any()
    assert np.isfinite(embedder().embed(["half a pair \ud800"])).all()


def test_there_is_one_embedder_and_its_name_tells_the_weights() -> None:
    assert embedder() is embedder()
    assert embedder().name.startswith("wordllama-l2_supercat-256-")


def test_importing_is_light_and_loading_leaves_logging_alone() -> None:
    result = subprocess.run([sys.executable, "-c", QUIET], check=False, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
