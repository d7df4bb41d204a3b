"""How well passages are found: recall@3, hit@3 and MRR@10, for the library, for keywords alone and for the embedding alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from agent.items import Frozen
from evals.scenario import ScenarioError

if TYPE_CHECKING:
    from knowledge.library import Library

QUERIES = Path(__file__).with_name("queries.yaml")
FIRST, DEEP = 3, 10
FEW_SHARED = 0.34  # at most a third of a question's words stand in a passage that answers it

Ranking = Callable[[str], list[str]]


class Query(Frozen):
    """A question as a pilot lead would ask it, and the passages that answer it."""

    ask: str
    finds: tuple[str, ...]
    holdout: bool = False


class Measured(Frozen):
    """The figures of one way to search over one set of questions. Recall is over as many passages as the first three can hold."""

    queries: int
    recall: float
    hit: float
    mrr: float


class Measures(Frozen):
    """Every way to search, over every set of questions: {set: {way: figures}}, and what the library missed of the development questions."""

    sets: dict[str, dict[str, Measured]]
    missed: dict[str, tuple[str, ...]]


def load_queries(path: Path, known: Iterable[str]) -> tuple[Query, ...]:
    """Load the labelled questions; a passage that is not in the library raises ScenarioError."""
    try:
        queries = tuple(Query.model_validate(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, OSError, TypeError, ValidationError) as error:
        raise ScenarioError(f"{path}: cannot be read as labelled questions: {error}") from error
    strangers = {one for query in queries for one in query.finds} - set(known)
    if strangers:
        raise ScenarioError(f"{path}: there is no passage {', '.join(sorted(strangers))}")
    return queries


def measure(library: "Library", queries: Sequence[Query]) -> Measures:
    """Search for every question in three ways and count."""
    ways = rankings(library)
    far = few_words_shared(library, queries)
    subsets: Mapping[str, Sequence[Query]] = {
        "development": [query for query in queries if not query.holdout],
        "holdout": [query for query in queries if query.holdout],
        "few words shared": [query for query in queries if query in far],
        "words shared": [query for query in queries if query not in far],
    }
    found = {way: {query.ask: ranking(query.ask) for query in queries} for way, ranking in ways.items()}
    sets = {name: {way: figures([(found[way][query.ask], query.finds) for query in subset]) for way in ways} for name, subset in subsets.items()}
    missed = {
        query.ask: tuple(one for one in query.finds if one not in found["library"][query.ask][:FIRST])
        for query in subsets["development"]
        if recall(found["library"][query.ask], query.finds) < 1
    }
    return Measures(sets=sets, missed=missed)


def rankings(library: "Library") -> dict[str, Ranking]:
    """Return the ways to search: the library's own, BM25 alone and the embedding alone, over the same texts."""
    from knowledge.embeddings import embedder
    from knowledge.keywords import Keywords

    passages = library.passages()
    ids, texts = [passage.id for passage in passages], [f"{passage.heading}\n{passage.text}" for passage in passages]
    keywords, vectors = Keywords(texts), embedder().embed(texts)

    def best(scores: Any) -> list[str]:
        return [id for _, id in sorted(zip((-float(score) for score in scores), ids, strict=True))[:DEEP]]

    return {
        "library": lambda query: [found.passage.id for found in library.search(query, limit=DEEP)],
        "BM25 alone": lambda query: best(keywords.scores(query)),
        "embedding alone": lambda query: best(vectors @ embedder().embed([query])[0]),
    }


def few_words_shared(library: "Library", queries: Sequence[Query]) -> frozenset[Query]:
    """Return the questions of which at most a third of the words stand in any passage that answers them, by their stems."""
    from knowledge.keywords import Keywords

    texts = {passage.id: f"{passage.heading}\n{passage.text}" for passage in library.passages()}
    keywords = Keywords(list(texts.values()))
    words = {id: set(keywords.words(text)) for id, text in texts.items()}

    def shared(query: Query) -> float:
        asked = set(keywords.words(query.ask))
        return max(len(asked & words[one]) / len(asked) for one in query.finds) if asked else 0.0

    return frozenset(query for query in queries if shared(query) <= FEW_SHARED)


def figures(searches: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Measured:
    """Average over searches, each what was found and what answers."""
    count = len(searches)
    if not count:
        return Measured(queries=0, recall=0.0, hit=0.0, mrr=0.0)
    return Measured(
        queries=count,
        recall=sum(recall(found, wanted) for found, wanted in searches) / count,
        hit=sum(bool(set(found[:FIRST]) & set(wanted)) for found, wanted in searches) / count,
        mrr=sum(reciprocal_rank(found, wanted) for found, wanted in searches) / count,
    )


def recall(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Return the share of the passages that answer which are among the first three; of four or more only three can be."""
    return len(set(found[:FIRST]) & set(wanted)) / min(FIRST, len(set(wanted)))


def reciprocal_rank(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Return 1 over the place of the first passage that answers, 0 if none is among the first ten."""
    return next((1 / place for place, one in enumerate(found[:DEEP], start=1) if one in wanted), 0.0)
