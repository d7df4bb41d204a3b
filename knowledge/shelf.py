"""One state of the library: its passages, their two indexes, and the ranking that joins both searches."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge.asked import phrases
from knowledge.embeddings import embedder
from knowledge.guidance import Passage
from knowledge.index import open_index
from knowledge.keywords import Keywords

# Each of the two searches brings this many; further down, a rank adds next to nothing.
CANDIDATES = 50
FUSION_K = 10
# A word that is shared says more than a direction that is: chosen on the development questions of evals/retrieval, see docs/evaluation.md.
KEYWORDS_WEIGH = 2
PHRASE = "#"
# A question is asked in every conversation and its guidance is the same each time: what a shelf has found once it remembers.
REMEMBERED = 2_000


class Found(BaseModel):
    """A passage and its fused score, at most 3 / 11 when both searches put it first; it orders, it does not say how relevant."""

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
        # Each phrase has a vector of its own: the mean of a passage and its phrases would be near to none of them.
        entries = self._texts | {_entry(id, number): phrase for id, asked in self._asked.items() for number, phrase in enumerate(asked)}
        content = json.dumps([embedder().name, *entries.items()])
        name = f"library-{hashlib.sha256(content.encode()).hexdigest()[:32]}"
        self._remembered = lru_cache(REMEMBERED)(self._rank)
        self.index = open_index(place, name, list(entries), lambda: embedder().embed(list(entries.values())))

    def search(self, text: str, items: Sequence[str], stage: str | None, limit: int) -> list[Found]:
        """Rank the allowed passages by keywords and by embedding, fused by reciprocal rank; ties go by id. Raises IndexLost."""
        return list(self._remembered(text, tuple(items), stage, limit))

    def _rank(self, text: str, items: tuple[str, ...], stage: str | None, limit: int) -> list[Found]:
        allowed = self._allowed(items, stage)
        count = min(len(allowed), max(CANDIDATES, limit))
        if not count:
            return []
        near = self._near(text, allowed, count)
        scores = zip(self.by_id, self._keywords.scores(text).round(5).tolist(), strict=True)
        matching = [id for _, id in sorted((-score, id) for id, score in scores if score > 0 and id in allowed)]
        fused: dict[str, float] = {}
        for weight, ranking in ((1, near), (KEYWORDS_WEIGH, matching[:count])):
            for rank, id in enumerate(ranking, start=1):
                fused[id] = fused.get(id, 0.0) + weight / (FUSION_K + rank)
        best = sorted(fused, key=lambda id: (-fused[id], id))[:limit]
        return [Found(passage=self.by_id[id], score=fused[id]) for id in best]

    def _near(self, text: str, allowed: set[str], count: int) -> list[str]:
        """Return the allowed passages, nearest first, each where it or the nearest of its phrases stands."""
        entries = [entry for id in sorted(allowed) for entry in (id, *(_entry(id, number) for number in range(len(self._asked.get(id, ())))))]
        among = entries if len(allowed) < len(self.passages) else None
        most = 1 + max((len(asked) for asked in self._asked.values()), default=0)
        found = self.index.nearest(embedder().embed([text])[0], min(len(entries), count * most), among)
        return list(dict.fromkeys(entry.partition(PHRASE)[0] for entry, _ in found))[:count]

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


def _entry(id: str, number: int) -> str:
    """Name the vector of a passage's phrase."""
    return f"{id}{PHRASE}{number}"


def _stage(item: str, stage_of: Mapping[str, str]) -> str | None:
    return stage_of.get(item) or stage_of.get(item.partition(".")[0])
