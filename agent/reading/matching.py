"""Matching by example: how much a piece of text is like the labelled examples of an item, of a label, or of a value's surroundings.

Every example votes with its similarity (words, word pairs, negated words and an embedding). Ridge regression weighs the
votes in closed form, so that the examples are right about each other; nothing is random and nothing is tuned by hand.
"""

import hashlib
import logging
import os
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.items import guide
from agent.reading.examples import CHATTER, Example, load_examples
from agent.reading.values import find_values
from knowledge.embeddings import Embedder

Floats = npt.NDArray[np.float32]

WORD_FEATURES = 4096
EMBEDDING_WEIGHT = 0.5
TOPIC_RIDGE, LABEL_RIDGE = 2.0, 20.0  # what a clause is about is said by few words, how it stands by many
TYPICAL_SCORE = 0.6  # of an item's own examples
KEPT_READERS = 3  # two checkouts may share an installation
SOME_DAY = date(2026, 1, 1)  # dates in examples only need to be found, not to be right
OWN_ITEM_WEIGHT = 30
NEGATORS = frozenset(["not", "no", "never", "nobody", "none", "nothing", "without", "neither", "nor", "cannot", "hardly", "barely", "nowhere"])
SCOPE_ENDS = frozenset(("but", "and", ",", "?", ";", ":"))
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[?,;:%€$£]")
NAME = re.compile(r"(?:(?<=[a-z,;:] )|(?<=^))[A-ZÀ-Þ][a-zà-ÿ]+[A-Z]\w*|(?<=[a-z,;:] )[A-ZÀ-Þ][a-zà-ÿ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]+)*")
VERSION = 17

log = logging.getLogger(__name__)


@cache
def _stemmer() -> Any:
    import Stemmer  # type: ignore[import-not-found]

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

    def features(self, texts: Sequence[str]) -> list["Features"]:
        """Return the features of each text, to be scored as often as needed."""
        return _features(self.embedder, texts, [word_features(text) for text in texts])

    def topic_scores(self, features: Sequence["Features"]) -> Floats:
        """Return how much each text speaks about each item, and in the last column about none; shape (texts, items + 1), about 0 to 1."""
        return np.stack([one.times(self.topics) for one in features])

    def label_scores(self, item: str, features: "Features") -> dict[str, float]:
        """Return how much a text says each label of an item; the best one is what was said."""
        names, weights = self.labels[item]
        return dict(zip(names, features.times(weights).tolist(), strict=True))

    def slot_scores(self, places: Sequence[tuple[str, int, int]]) -> Floats:
        """Return how much each value (text, start, end) is the value of each item in `slot_items`."""
        texts = [f"{text[:start]} {text[end:]}" for text, start, end in places]
        features = _features(self.embedder, texts, [surroundings(*place) for place in places])
        return np.stack([one.times(self.slots) for one in features])


@dataclass(frozen=True)
class Features:
    """One text as the votes see it: the buckets of its words, all with one weight, and its embedding with a constant."""

    buckets: npt.NDArray[np.intp]
    dense: Floats

    def times(self, weights: Floats) -> Floats:
        """Score against a column an item; a text has some forty words, so most rows of the weights are never touched."""
        scores: Floats = self.dense @ weights[WORD_FEATURES:]
        return scores + weights[self.buckets].sum(axis=0) * len(self.buckets) ** -0.5 if len(self.buckets) else scores

    def row(self) -> Floats:
        """Return the whole row, for learning."""
        row = np.zeros(WORD_FEATURES + len(self.dense), np.float32)
        row[WORD_FEATURES:] = self.dense
        if len(self.buckets):
            row[self.buckets] = len(self.buckets) ** -0.5
        return row


def _features(embedder: Embedder, texts: Sequence[str], buckets: Sequence[set[int]]) -> list[Features]:
    dense = np.full((len(texts), embedder.dimensions + 1), 0.5, np.float32)
    dense[:, :-1] = EMBEDDING_WEIGHT * embedder.embed(list(texts))
    return [Features(np.fromiter(sorted(found), np.intp, len(found)), row) for found, row in zip(buckets, dense, strict=True)]


@cache
def _common_words() -> frozenset[str]:
    """Words the examples write in lower case: with a capital at the start of a sentence they are still no names."""
    return frozenset(word for example in load_examples() for word in re.findall(r"\b[a-zà-ÿ][a-zà-ÿ']*", example.text))


def _rows(embedder: Embedder, texts: Sequence[str], buckets: Sequence[set[int]]) -> Floats:
    return np.stack([one.row() for one in _features(embedder, texts, buckets)])


def matcher(embedder: Embedder, folders: Sequence[Path] = ()) -> Matcher:
    """Return the matcher for the examples in the package: read from one of the folders if the examples have not changed, else learned now.

    Learning takes some ten seconds; the result is kept in the first folder that can be written.
    """
    examples = load_examples()
    name = f"reader-{hashlib.sha256(repr((VERSION, embedder.name, examples)).encode()).hexdigest()[:16]}.npz"
    for folder in folders:
        try:
            return _restored(embedder, folder / name)
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            log.warning("The saved reader %s is damaged (%s); it is learned again.", folder / name, error)
    learned = learn(examples, embedder)
    for folder in folders:
        if _save(learned, folder / name):
            break
    return learned


def learn(examples: Sequence[Example], embedder: Embedder) -> Matcher:
    """Weigh the votes of the examples."""
    rows = _rows(embedder, [example.text for example in examples], [word_features(example.text) for example in examples])
    items = tuple(item for item in guide().items if any(example.item == item for example in examples))
    names = tuple(sorted({example.label for example in examples}))
    about = np.array([[example.item == item for item in (*items, CHATTER)] for example in examples], np.float32)
    said = np.array([[example.label == name for name in names] for example in examples], np.float32)
    alike = rows.T @ rows
    topics = _even(rows, about, _ridge(rows, about, TOPIC_RIDGE, alike))
    shared = _ridge(rows, said, LABEL_RIDGE, alike)
    labels = _own_labels(examples, rows, said, names, shared)
    slot_items, slots = _learn_slots(examples, embedder)
    return Matcher(embedder, items, topics, labels, slot_items, slots, _common_words())


def _even(rows: Floats, about: Floats, topics: Floats) -> Floats:
    """Make items comparable: an item with few examples would score lower than one with many, however plain the text."""
    own = (rows @ topics * about).sum(axis=0) / about.sum(axis=0)
    return np.ascontiguousarray(topics * np.clip(TYPICAL_SCORE / own, 1, 2), np.float32)


def _own_labels(examples: Sequence[Example], rows: Floats, said: Floats, names: tuple[str, ...], shared: Floats) -> dict[str, tuple[tuple[str, ...], Floats]]:
    """Learn for each item what the shared weights get wrong on its own examples: "only the vendor" is a no for maintenance alone."""
    of_item = np.array([example.item for example in examples])
    learned = {}
    for item in dict.fromkeys(of_item.tolist()):
        mine = of_item == item
        own = rows[mine]
        votes = np.linalg.solve(OWN_ITEM_WEIGHT * own @ own.T + LABEL_RIDGE * np.eye(len(own), dtype=np.float32), said[mine] - own @ shared)
        weights = shared + OWN_ITEM_WEIGHT * own.T @ votes
        used = [column for column in range(len(names)) if said[mine][:, column].any()]
        learned[item] = (tuple(names[column] for column in used), np.ascontiguousarray(weights[:, used], np.float32))
    return learned


def _learn_slots(examples: Sequence[Example], embedder: Embedder) -> tuple[tuple[str, ...], Floats]:
    """Learn which item a value belongs to from its surroundings; values outside any bracket teach what belongs to none."""
    marked = [(example.item, example.text, start, end) for example in examples for start, end in example.slots]
    items = tuple(item for item in guide().items if any(item == owner for owner, *_ in marked))
    unmarked = [("", example.text, value.start, value.end) for example in examples if not example.slots for value in find_values(example.text, SOME_DAY)]
    places = [*marked, *unmarked]
    texts = [f"{text[:start]} {text[end:]}" for _, text, start, end in places]
    rows = _rows(embedder, texts, [surroundings(text, start, end) for _, text, start, end in places])
    belongs = np.array([[owner == item for item in items] for owner, *_ in places], np.float32)
    return items, _even(rows, belongs, _ridge(rows, belongs, TOPIC_RIDGE, rows.T @ rows))


def _ridge(rows: Floats, targets: Floats, ridge: float, alike: Floats) -> Floats:
    """Solve a ridge regression; `alike` is rows.T @ rows, made once for several targets."""
    return np.ascontiguousarray(np.linalg.solve(alike + ridge * np.eye(len(alike), dtype=np.float32), rows.T @ targets), np.float32)


def _save(learned: Matcher, path: Path) -> bool:
    """Keep what was learned, in place of older ones; say whether the folder could be written."""
    arrays: dict[str, Any] = {"topics": learned.topics, "slots": learned.slots, "items": np.array(learned.items), "slot_items": np.array(learned.slot_items)}
    for item, (names, weights) in learned.labels.items():
        arrays[f"names:{item}"], arrays[f"labels:{item}"] = np.array(names), weights
    part = path.with_suffix(f".{os.getpid()}.part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(part, **arrays)
        part.replace(path)
        for older in sorted(path.parent.glob("reader-????????????????.npz"), key=lambda one: one.stat().st_mtime)[:-KEPT_READERS]:
            older.unlink(missing_ok=True)
    except OSError as error:
        log.info("The reader could not be saved to %s (%s).", path.parent, error)
        return False
    return True


def _restored(embedder: Embedder, path: Path) -> Matcher:
    with np.load(path, allow_pickle=False) as saved:
        names = [name.removeprefix("names:") for name in saved.files if name.startswith("names:")]
        labels = {item: (tuple(saved[f"names:{item}"].tolist()), saved[f"labels:{item}"]) for item in names}
        return Matcher(embedder, tuple(saved["items"].tolist()), saved["topics"], labels, tuple(saved["slot_items"].tolist()), saved["slots"], _common_words())
