"""Matching by example: how much a piece of text is like the labelled examples of an item, of a label, or of a value's surroundings.

Every example votes with its similarity (words, word pairs, negated words and an embedding). Ridge regression weighs the
votes in closed form, so that the examples are right about each other; nothing is random and nothing is tuned by hand.
"""

import hashlib
import logging
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.items import guide
from agent.reading.examples import CHATTER, Example, load_examples
from knowledge.embeddings import Embedder

Floats = npt.NDArray[np.float32]

WORD_FEATURES = 4096
EMBEDDING_WEIGHT = 0.5
RIDGE = 2.0
OWN_ITEM_WEIGHT = 8
NEGATORS = frozenset("not no never nobody none nothing without neither nor cannot hardly barely nowhere".split())
SCOPE_ENDS = frozenset(("but", "and", ",", "?", ";", ":"))
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[?,;:%€$£]")
NAME = re.compile(r"(?:(?<=[a-z,;:] )|(?<=^))[A-ZÀ-Þ][a-zà-ÿ]+[A-Z]\w*|(?<=[a-z,;:] )[A-ZÀ-Þ][a-zà-ÿ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]+)*")
VERSION = 11

log = logging.getLogger(__name__)


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


@cache
def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode()) % WORD_FEATURES


def tokens(text: str) -> list[str]:
    """Return lower-case words and signs; contractions are opened, figures become #, names become one word."""
    text = NAME.sub("qname", text).lower().replace("’", "'")
    text = text.replace("can't", "can not").replace("won't", "will not").replace("n't", " not").replace("cannot", "can not")
    return ["#" if token[0].isdigit() else token for token in TOKEN.findall(text)]


def word_features(text: str) -> set[int]:
    """Return the buckets of words, word pairs and words under a negation."""
    plain = tokens(text)
    stems = _stemmer().stemWords(plain)
    found = {_bucket(f"u:{stem}") for stem in stems}
    found |= {_bucket(f"b:{left}_{right}") for left, right in zip(["^", *stems], [*stems, "$"], strict=True)}
    reach = 0
    for word, stem in zip(plain, stems, strict=True):
        if word in NEGATORS:
            reach = 5
        elif word in SCOPE_ENDS:
            reach = 0
        elif reach:
            found.add(_bucket(f"n:{stem}"))
            reach -= 1
    return found


def surroundings(text: str, start: int, end: int) -> set[int]:
    """Return the buckets of what stands around a value: each word by its distance, pairs on either side, and the words of the clause."""
    left = _stemmer().stemWords(tokens(text[:start]))[-4:]
    right = _stemmer().stemWords(tokens(text[end:]))[:4]
    left, right = ["^", *left], [*right, "$"]
    found = {_bucket(f"l{distance}:{stem}") for distance, stem in enumerate(reversed(left))}
    found |= {_bucket(f"r{distance}:{stem}") for distance, stem in enumerate(right)}
    found |= {_bucket(f"lb:{a}_{b}") for a, b in zip(left, left[1:], strict=False)} | {_bucket(f"rb:{a}_{b}") for a, b in zip(right, right[1:], strict=False)}
    found |= {_bucket(f"near:{stem}") for stem in (*left, *right)}
    found |= {_bucket(f"c:{stem}") for stem in _stemmer().stemWords(tokens(f"{text[:start]} {text[end:]}"))}
    return found


@dataclass(frozen=True)
class Matcher:
    """The weighed votes: one column an item (topics, slots) or an item's label (labels)."""

    embedder: Embedder
    items: tuple[str, ...]
    topics: Floats
    labels: dict[str, tuple[tuple[str, ...], Floats]]
    slot_items: tuple[str, ...]
    slots: Floats
    common_words: frozenset[str]

    def vectors(self, texts: Sequence[str], buckets: Sequence[set[int]] | None = None) -> Floats:
        """Return one row a text: word features, embedding and a constant."""
        return _vectors(self.embedder, texts, buckets or [word_features(text) for text in texts])

    def topic_scores(self, rows: Floats) -> Floats:
        """Return how much each row speaks about each item; shape (texts, items), about 0 to 1."""
        return rows @ self.topics

    def label_scores(self, item: str, row: Floats) -> dict[str, float]:
        """Return how much one row says each label of an item; the best one is what was said."""
        names, weights = self.labels[item]
        return dict(zip(names, (row @ weights).tolist(), strict=True))

    def slot_scores(self, places: Sequence[tuple[str, int, int]]) -> Floats:
        """Return how much each value (text, start, end) is the value of each item in `slot_items`."""
        texts = [f"{text[:start]} {text[end:]}" for text, start, end in places]
        rows = _vectors(self.embedder, texts, [surroundings(*place) for place in places])
        return rows @ self.slots


@cache
def _common_words() -> frozenset[str]:
    """Words the examples write in lower case: with a capital at the start of a sentence they are still no names."""
    return frozenset(word for example in load_examples() for word in re.findall(r"\b[a-zà-ÿ][a-zà-ÿ']*", example.text))


def _vectors(embedder: Embedder, texts: Sequence[str], buckets: Sequence[set[int]]) -> Floats:
    rows = np.zeros((len(texts), WORD_FEATURES + embedder.dimensions + 1), np.float32)
    for row, found in zip(rows, buckets, strict=True):
        if found:
            row[list(found)] = len(found) ** -0.5
    rows[:, WORD_FEATURES:-1] = EMBEDDING_WEIGHT * embedder.embed(list(texts))
    rows[:, -1] = 0.5
    return rows


def matcher(embedder: Embedder, cache_folder: Path | None = None) -> Matcher:
    """Return the matcher for the examples in the package: from the cache folder if they have not changed, else learned now (seconds)."""
    examples = load_examples()
    key = hashlib.sha256(repr((VERSION, embedder.name, examples)).encode()).hexdigest()[:16]
    path = cache_folder / f"reader-{key}.npz" if cache_folder else None
    if path and path.exists():
        try:
            return _restored(embedder, path)
        except (OSError, ValueError, KeyError) as error:
            log.warning("The saved reader %s is damaged (%s); it is learned again.", path, error)
    learned = learn(examples, embedder)
    if path:
        _save(learned, path)
    return learned


def learn(examples: Sequence[Example], embedder: Embedder) -> Matcher:
    """Weigh the votes of the examples."""
    rows = _vectors(embedder, [example.text for example in examples], [word_features(example.text) for example in examples])
    items = tuple(item for item in guide().items if any(example.item == item for example in examples))
    names = tuple(sorted({example.label for example in examples}))
    about = np.array([[example.item == item for item in items] for example in examples], np.float32)
    said = np.array([[example.label == name for name in names] for example in examples], np.float32)
    weights = _ridge(rows, np.hstack([about, said]))
    topics, shared = weights[:, : len(items)], weights[:, len(items) :]
    labels = _own_labels(examples, rows, said, names, shared)
    slot_items, slots = _learn_slots(examples, embedder)
    return Matcher(embedder, items, topics, labels, slot_items, slots, _common_words())


def _own_labels(examples: Sequence[Example], rows: Floats, said: Floats, names: tuple[str, ...], shared: Floats) -> dict[str, tuple[tuple[str, ...], Floats]]:
    """Learn for each item what the shared weights get wrong on its own examples: "only the vendor" is a no for maintenance alone."""
    of_item = np.array([example.item for example in examples])
    learned = {}
    for item in dict.fromkeys(of_item.tolist()):
        mine = of_item == item
        own = rows[mine]
        votes = np.linalg.solve(OWN_ITEM_WEIGHT * own @ own.T + RIDGE * np.eye(len(own), dtype=np.float32), said[mine] - own @ shared)
        weights = shared + OWN_ITEM_WEIGHT * own.T @ votes
        used = [column for column in range(len(names)) if said[mine][:, column].any()]
        learned[item] = (tuple(names[column] for column in used), weights[:, used].astype(np.float32))
    return learned


def _learn_slots(examples: Sequence[Example], embedder: Embedder) -> tuple[tuple[str, ...], Floats]:
    places = [(example, start, end) for example in examples for start, end in example.slots]
    items = tuple(item for item in guide().items if any(example.item == item for example, _, _ in places))
    texts = [f"{example.text[:start]} {example.text[end:]}" for example, start, end in places]
    rows = _vectors(embedder, texts, [surroundings(example.text, start, end) for example, start, end in places])
    belongs = np.array([[example.item == item for item in items] for example, _, _ in places], np.float32)
    return items, _ridge(rows, belongs)


def _ridge(rows: Floats, targets: Floats) -> Floats:
    """Solve the ridge regression in the smaller of its two forms."""
    if len(rows) <= rows.shape[1]:
        votes = np.linalg.solve(rows @ rows.T + RIDGE * np.eye(len(rows), dtype=np.float32), targets)
        return (rows.T @ votes).astype(np.float32)
    return np.linalg.solve(rows.T @ rows + RIDGE * np.eye(rows.shape[1], dtype=np.float32), rows.T @ targets).astype(np.float32)


def _save(learned: Matcher, path: Path) -> None:
    arrays: dict[str, Any] = {"topics": learned.topics, "slots": learned.slots, "items": np.array(learned.items), "slot_items": np.array(learned.slot_items)}
    for item, (names, weights) in learned.labels.items():
        arrays[f"names:{item}"], arrays[f"labels:{item}"] = np.array(names), weights
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npz")
        np.savez(part, **arrays)
        part.replace(path)
        for older in path.parent.glob("reader-*.npz"):
            if older != path:
                older.unlink(missing_ok=True)
    except OSError as error:
        log.warning("The reader could not be saved to %s (%s); it will be learned again next time.", path, error)


def _restored(embedder: Embedder, path: Path) -> Matcher:
    with np.load(path, allow_pickle=False) as saved:
        names = [name.removeprefix("names:") for name in saved.files if name.startswith("names:")]
        labels = {item: (tuple(saved[f"names:{item}"].tolist()), saved[f"labels:{item}"]) for item in names}
        return Matcher(embedder, tuple(saved["items"].tolist()), saved["topics"], labels, tuple(saved["slot_items"].tolist()), saved["slots"], _common_words())
