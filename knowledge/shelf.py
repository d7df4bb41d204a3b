"""One state of the library: its passages, their two indexes, and the ranking that joins both searches."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from knowledge.asked import phrases
from knowledge.embeddings import Floats, embedder
from knowledge.guidance import Passage
from knowledge.index import open_index
from knowledge.keywords import Keywords

# Each of the two searches brings this many; further down, a rank adds next to nothing.
CANDIDATES = 50
# A small constant lets the first places decide; both searches count the same. How it was chosen stands in docs/evaluation.md.
FUSION_K = 3
# How much it adds, beside the first passage's own score, to be like it (cosine) and to speak to its items (shared over all).
LIKE_THE_FIRST, SAME_ITEMS = 0.4, 0.8
# Names what a vector is made of, so that an index of other vectors is not taken for this one.
VECTORS = "text + mean of phrases"
# A question is asked in every conversation and its guidance is the same each time: what a shelf has found once it remembers.
REMEMBERED = 2_000


class Found(BaseModel):
    """A passage and its score: of the two searches, and of its kinship with the first one found; it orders, it does not say how relevant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    passage: Passage
    score: float


class Shelf:
    """What changes the library puts a new shelf in the place of the old."""

    def __init__(self, passages: tuple[Passage, ...], stage_of: Mapping[str, str], place: Path | str):
        self.passages = passages
        self.by_id = {passage.id: passage for passage in passages}
        self._stages = {passage.id: {_stage(item, stage_of) for item in passage.items} for passage in passages}
        self._texts = {passage.id: f"{passage.heading}\n{passage.text}" for passage in passages}
        self._asked = phrases(self.by_id)
        content = json.dumps([embedder().name, VECTORS, self._texts, self._asked])
        name = f"library-{hashlib.sha256(content.encode()).hexdigest()[:32]}"
        self._remembered = lru_cache(REMEMBERED)(self._rank)
        self.index = open_index(place, name, list(self._texts), self._vectors)

    def search(self, text: str, items: Sequence[str], stage: str | None, limit: int) -> list[Found]:
        """Rank the allowed passages by keywords and by embedding, fused by reciprocal rank; ties go by id. Raises IndexLost."""
        return list(self._remembered(text, tuple(items), stage, limit))

    def _rank(self, text: str, items: tuple[str, ...], stage: str | None, limit: int) -> list[Found]:
        allowed = self._allowed(items, stage)
        count = min(len(allowed), max(CANDIDATES, limit))
        if not count:
            return []
        among = sorted(allowed) if len(allowed) < len(self.passages) else None
        near = [id for id, _ in self.index.nearest(embedder().embed([text])[0], count, among)]
        scores = zip(self.by_id, self._keywords.scores(text).round(5).tolist(), strict=True)
        matching = [id for _, id in sorted((-score, id) for id, score in scores if score > 0 and id in allowed)]
        fused: dict[str, float] = {}
        for ranking in (near, matching[:count]):
            for rank, id in enumerate(ranking, start=1):
                fused[id] = fused.get(id, 0.0) + 1 / (FUSION_K + rank)
        if fused:
            self._lift_kin(fused, allowed, among)
        best = sorted(fused, key=lambda id: (-fused[id], id))[:limit]
        return [Found(passage=self.by_id[id], score=fused[id]) for id in best]

    def _lift_kin(self, fused: dict[str, float], allowed: set[str], among: Sequence[str] | None) -> None:
        """Lift what is like the first passage and speaks to its items, the more the surer it is: what answers beside it may share no word with the question."""
        first = min(fused, key=lambda id: (-fused[id], id))
        items, sure = set(self.by_id[first].items), fused[first]
        for id, distance in self.index.nearest(self.index.vector(first), len(allowed), among):
            own = set(self.by_id[id].items)
            shared = len(items & own) / len(items | own) if items | own else 0.0
            fused[id] = fused.get(id, 0.0) + sure * (LIKE_THE_FIRST * max(0.0, 1 - distance / 2) + SAME_ITEMS * shared)

    def _vectors(self) -> Floats:
        """Return one unit vector a passage: its text and the mean of its phrases weigh the same.

        A vector for each phrase, and the nearest one counting, finds less: a mean of word vectors says little about a short sentence, much about ten.
        """
        vectors = embedder().embed(list(self._texts.values()))
        for row, id in zip(vectors, self._texts, strict=True):
            if self._asked.get(id):
                phrases_mean = embedder().embed(self._asked[id]).mean(axis=0)
                row += phrases_mean / np.linalg.norm(phrases_mean)
                row /= np.linalg.norm(row)
        return vectors

    @cached_property
    def _keywords(self) -> Keywords:
        return Keywords(["\n".join([text, *self._asked.get(id, ())]) for id, text in self._texts.items()])

    def _allowed(self, items: Sequence[str], stage: str | None) -> set[str]:
        if not items and stage is None:
            return set(self.by_id)
        allowed = {passage.id for passage in self.passages if not set(items).isdisjoint(passage.items)}
        if stage is not None:
            allowed |= {passage.id for passage in self.passages if passage.kind == "own" or stage in self._stages[passage.id]}
        return allowed


def _stage(item: str, stage_of: Mapping[str, str]) -> str | None:
    return stage_of.get(item) or stage_of.get(item.partition(".")[0])
