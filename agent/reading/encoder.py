"""The sentence encoder: one look at a message says which items it speaks of, where, how each stands, and whose value is whose.

A few layers of MiniLM, trained on the labelled examples (docs/reader.md), as int8 ONNX. The same message gives the same reading.
"""

import json
import re
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.reading.text import sentences

Floats = npt.NDArray[np.float32]

FOLDER = Path(__file__).parent / "encoder"
USE_CASES = "rollout.use_cases"
LONGEST = 110  # tokens read together; a longer message is cut between sentences
MOST_PIECES = 24  # of a message; what follows is not looked at, so that no message costs minutes
MOST_ASKED = 10
WORD = re.compile(r"\w[\w'’&-]*")
PART_OF_STRETCH = 0.4  # how much a word must be a slot's value to belong to it


@dataclass(frozen=True)
class Look:
    """What the encoder sees in a message. Scores are 0 to 1.

    `present` (items) and `labels` (items, labels) are of the whole message; `topics` (tokens, items) and `slots` (tokens, slots) are of each
    token, which stands at `starts` and `ends` in the message.
    """

    items: dict[str, int]
    label_names: tuple[str, ...]
    slot_columns: dict[str, int]
    present: Floats
    labels: Floats
    topics: Floats
    slots: Floats
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    def speaks_of(self, item: str) -> float:
        """Return how plainly the message speaks of an item."""
        return float(self.present[self.items[item]])

    def says(self, item: str) -> dict[str, float]:
        """Return how likely each label of an item is, if the message speaks of it."""
        return dict(zip(self.label_names, self.labels[self.items[item]].tolist(), strict=True))

    def plainest(self, item: str) -> tuple[str, float]:
        """Return the likeliest label of an item, and how likely it is, if the message speaks of it."""
        return max(self.says(item).items(), key=lambda one: one[1])

    def stretches(self, slot: str, text: str) -> list[tuple[int, int, float]]:
        """Return the stretches (start, end, score) of the message `text` that are the value of a slot, whole words, the plainest first."""
        scores = self.slots[:, self.slot_columns[slot]]
        found: list[tuple[int, int, list[float]]] = []
        for word in WORD.finditer(text):
            pieces = scores[np.searchsorted(self.ends, word.start(), side="right") : np.searchsorted(self.starts, word.end(), side="left")]
            score = float(pieces.max(initial=0.0))
            if score < PART_OF_STRETCH:
                continue
            if found and text[found[-1][1] : word.start()] in (" ", ". "):
                found[-1] = (found[-1][0], word.end(), [*found[-1][2], score])
            else:
                found.append((word.start(), word.end(), [score]))
        return sorted(((start, end, sum(scores) / len(scores)) for start, end, scores in found), key=lambda one: -one[2])

    def slots_of(self, places: Sequence[tuple[int, int]]) -> Floats:
        """Return how much each stretch is the value of each slot; shape (stretches, slots)."""
        return self._means(self.slots, places)

    def topics_of(self, places: Sequence[tuple[int, int]]) -> Floats:
        """Return how much each stretch speaks of each item; shape (stretches, items)."""
        return self._means(self.topics, places)

    def _means(self, scores: Floats, places: Sequence[tuple[int, int]]) -> Floats:
        """Return the mean over the tokens of each stretch."""
        total = np.concatenate([np.zeros((1, scores.shape[1]), np.float32), np.cumsum(scores, axis=0, dtype=np.float32)])
        first = np.searchsorted(self.ends, [start for start, _ in places], side="right")
        last = np.maximum(np.searchsorted(self.starts, [end for _, end in places], side="left"), first)
        means: Floats = (total[last] - total[first]) / np.maximum(last - first, 1)[:, None].astype(np.float32)
        return means


class Encoder:
    """The network and its vocabulary, loaded from a folder when first needed."""

    def __init__(self, folder: Path = FOLDER):
        self.folder = folder
        made = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        self.items = {item: index for index, item in enumerate(made["items"])}
        self.labels = tuple(made["labels"])
        self.slots = {slot: index for index, slot in enumerate(made["slots"])}

    @cached_property
    def _session(self) -> Any:
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(self.folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import BertWordPieceTokenizer

        return BertWordPieceTokenizer(str(self.folder / "vocab.txt"), lowercase=True)

    @cached_property
    def _first_item(self) -> int:
        return int(self._tokenizer.get_vocab_size())

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, thread_name_prefix="encoder")

    def begin(self, text: str, asked: Sequence[str]) -> Future[Look]:
        """Begin to look on another core, while the matcher is at work on this one."""
        return self._beside.submit(self.look, text, asked)

    def look(self, text: str, asked: Sequence[str]) -> Look:
        """Look at a message, knowing which items were asked for."""
        known = [self.items[item] for item in asked if item in self.items][:MOST_ASKED]
        front = [self._tokenizer.token_to_id("[CLS]"), *(self._first_item + index for index in known)]
        pieces = self._pieces(text)
        rows = [[*front, *ids, self._tokenizer.token_to_id("[SEP]")] for ids, _ in pieces]
        longest = max(map(len, rows))
        ids, mask = np.zeros((len(rows), longest), np.int64), np.zeros((len(rows), longest), np.int64)
        for index, row in enumerate(rows):
            ids[index, : len(row)], mask[index, : len(row)] = row, 1
        questions = np.zeros((len(rows), len(self.items)), np.float32)
        questions[:, known] = 1
        present, labels, topics, slots = self._session.run(["present", "labels", "topics", "slots"], {"ids": ids, "mask": mask, "asked": questions})
        plainest = present.argmax(axis=0)
        own = [(index, len(front), len(front) + len(piece)) for index, (piece, _) in enumerate(pieces)]
        places = np.array([place for _, offsets in pieces for place in offsets], np.int64).reshape(-1, 2)
        return Look(
            self.items, self.labels, self.slots, _chances(present.max(axis=0)), _shares(labels[plainest, np.arange(len(self.items))]),
            topics=_of_tokens(topics[:, :, : len(self.items)], own), slots=_of_tokens(slots, own), starts=places[:, 0], ends=places[:, 1],
        )  # fmt: skip

    def _pieces(self, text: str) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """Return token ids and places of a message, in pieces of whole sentences that are not too long."""
        pieces: list[tuple[list[int], list[tuple[int, int]]]] = [([], [])]
        for sentence in sentences(text):
            encoded = self._tokenizer.encode(sentence.text[: LONGEST * 20], add_special_tokens=False)
            offsets = [(start + sentence.start, end + sentence.start) for start, end in encoded.offsets]
            for first in range(0, len(offsets), LONGEST):
                part = encoded.ids[first : first + LONGEST], offsets[first : first + LONGEST]
                if pieces[-1][0] and len(pieces[-1][0]) + len(part[0]) > LONGEST:
                    if len(pieces) == MOST_PIECES:
                        return pieces
                    pieces.append(([], []))
                pieces[-1][0].extend(part[0])
                pieces[-1][1].extend(part[1])
        return pieces


def encoder(folder: Path = FOLDER) -> Encoder | None:
    """Return the encoder, or None in a checkout without its weights; the matcher then reads alone."""
    return Encoder(folder) if (folder / "encoder.onnx").exists() else None


def _chances(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)


def _of_tokens(scores: Floats, own: Sequence[tuple[int, int, int]]) -> Floats:
    """Put the tokens of all pieces in one row, without what stands around them: `own` is the piece, its first token and the one after its last."""
    return _chances(np.concatenate([scores[row, first:last] for row, first, last in own]))


def _shares(scores: Floats) -> Floats:
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), np.float32)
