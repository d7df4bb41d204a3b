"""Measuring retrieval: the figures by hand, and the labelled questions that come with Pilotcheck."""

from pathlib import Path

import pytest

from evals.retrieval.measuring import FIRST, QUERIES, figures, load_queries, measure, recall, reciprocal_rank
from evals.scenario import ScenarioError
from knowledge.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open(tmp_path_factory.mktemp("library"))


@pytest.mark.parametrize(
    ("found", "wanted", "recall_at_3", "rank"),
    [
        (["a", "b", "c", "d"], ["a"], 1.0, 1.0),
        (["a", "b", "c", "d"], ["b", "x"], 0.5, 0.5),
        (["a", "b", "c", "d"], ["d"], 0.0, 0.25),
        (["a", "b", "c", "d"], ["a", "b", "c", "d"], 1.0, 1.0),
        ([], ["a"], 0.0, 0.0),
        ([*"abcdefghijk"], ["k"], 0.0, 0.0),
    ],
)
def test_recall_and_rank(found: list[str], wanted: list[str], recall_at_3: float, rank: float) -> None:
    assert (recall(found, wanted), reciprocal_rank(found, wanted)) == (recall_at_3, rank)


def test_figures_are_averages_and_of_nothing_nothing() -> None:
    both = figures([(["a"], ["a"]), (["a"], ["b"])])
    assert (both.queries, both.recall, both.hit, both.mrr) == (2, 0.5, 0.5, 0.5)
    assert figures([]).recall == 0.0


def test_the_labelled_questions_are_many_and_different_and_hard_enough(library: Library) -> None:
    queries = load_queries(QUERIES, [passage.id for passage in library.passages()])
    measured = measure(library, queries)
    assert len({query.ask for query in queries}) == len(queries) >= 80
    assert sum(query.holdout for query in queries) >= len(queries) / 3
    assert measured.sets["few words shared"]["library"].queries >= 0.4 * len(queries)
    assert all(len(query.finds) <= FIRST for query in queries), "so that recall@3 can be 1"


def test_what_is_measured_is_the_library_and_not_the_labels(library: Library) -> None:
    queries = load_queries(QUERIES, [passage.id for passage in library.passages()])
    others = [query.model_copy(update={"finds": queries[number - 7].finds}) for number, query in enumerate(queries)]
    right, wrong = (measure(library, some).sets["development"]["library"] for some in (queries, others))
    assert wrong.recall < 0.2 < right.recall


def test_a_question_with_a_stranger_among_its_passages_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "queries.yaml"
    path.write_text("- ask: Who?\n  finds: [no/such]\n")
    with pytest.raises(ScenarioError, match="there is no passage no/such"):
        load_queries(path, ["some/passage"])
