"""The figures: items, repeats, thresholds, pass^k, comparison. A table of cases each, all on plain values."""

from typing import Any

import pytest

from agent.heard import Heard
from evals.comparing import compare
from evals.figures import Share, figures, pass_k
from evals.outcome import Exchange, ItemScore, Outcome, PartScore
from evals.results import Results, grouped
from evals.scoring import mark_repeats, score
from evals.thresholds import Threshold, failures


@pytest.mark.parametrize(
    ("gold", "state", "value", "kind", "result"),
    [
        (14, "known", 14, "count", "right"),
        (14, "known", {"value": 14, "low": 12, "high": 16}, "count", "right"),
        (14, "known", 15, "count", "wrong"),
        (14, "unasked", None, "count", "missed"),
        (14, "unknown", None, "count", "wrong"),
        (14, "conflicting", None, "count", "wrong"),
        (0, "known", 0, "count", "right"),
        (0, "absent", None, "count", "wrong"),
        ("unknown", "unknown", None, "answer", "right"),
        ("unknown", "known", "yes", "answer", "wrong"),
        ("unknown", "unasked", None, "answer", "missed"),
        ("unknown", "conflicting", None, "answer", "wrong"),
        ("nobody", "absent", "nobody", "party", "right"),
        ("nobody", "known", "Verdatext", "party", "wrong"),
        ("absent", "absent", None, "quantity", "right"),
        ([], "absent", None, "list", "right"),
        ([], "known", ["Denmark"], "list", "wrong"),
        ("yes", "known", "partly", "answer", "wrong"),
        ("Orla Keane", "known", "Orla", "party", "right"),
        ("Orla Keane", "known", "Keane Systems", "party", "wrong"),
        ({"any_of": ["complaint"]}, "known", "Sorts complaints", "text", "right"),
        ({"any_of": ["plaint"]}, "known", "Sorts complaints", "text", "wrong"),
        ({"value": 1.5, "unit": "days"}, "known", {"value": 36, "unit": "hours"}, "duration", "right"),
        ({"value": 36, "unit": "minutes"}, "known", {"value": 36, "unit": "hours"}, "quantity", "wrong"),
        ({"amount": 0.03, "currency": "GBP"}, "known", {"amount": 0.03, "currency": "EUR"}, "money", "wrong"),
        ("2026-04-25", "known", "2026-04-25", "date", "right"),
    ],
)
def test_an_item_is_right_wrong_or_missed(gold: Any, state: str, value: Any, kind: str, result: str) -> None:
    assert score(gold, state, value, kind) == result


def asking(*asks: str, heard: dict[str, str] | None = None) -> Exchange:
    return Exchange(said="...", asks=asks, heard=tuple(Heard(item=item, state=state) for item, state in (heard or {}).items()))


def test_to_ask_for_what_was_asked_or_told_is_a_repetition_but_not_to_settle_a_contradiction() -> None:
    talk = [
        asking("a", "b", heard={"c": "known"}),
        asking("d", heard={"a": "known"}),
        asking("b"),
        asking("c"),
        asking("a", heard={"a": "conflicting"}),
        asking("e", heard={"a": "known"}),
        asking(),
    ]
    marked = mark_repeats(talk)
    assert [one.repeated for one in marked] == [False, False, True, True, False, False, False]
    assert [one.settles for one in marked] == [False, False, False, False, True, False, False]


def outcome(id: str = "letters", *results: str, **fields: Any) -> Outcome:
    """Return a conversation with an item for every result, which passed unless the fields say otherwise."""
    items = [
        ItemScore(item=f"gates.item_{number}", kind="count", stage="gates", gold=1, state="known", value=1, result=result)
        for number, result in enumerate(results)
    ]
    known = {"title": "", "voice": "terse", "file": f"{id}.yaml", "done": True, "verdict_gold": "scale", "verdict": "scale"}
    return Outcome.model_validate({"id": id, **known, "items": items, **fields})


def results(*outcomes: Outcome, show_holdout: bool = False) -> Results:
    return Results(when="2026-11-21T10:00:00+00:00", version="0", options={}, seconds=1, groups=grouped(outcomes, show_holdout=show_holdout))


def test_errors_of_the_person_are_counted_apart_and_scored_nowhere() -> None:
    scores = figures([outcome("one", "right", "wrong", "missed"), outcome("two", fault="person", done=False), outcome("three", fault="product", done=False)])
    assert (scores.heard, scores.right) == (Share(count=2, of=3), Share(count=1, of=2))
    assert (scores.person_errors, scores.product_errors, scores.finished) == (1, 1, Share(count=1, of=1))
    assert scores.pass_k == (0.5,), "the crash did not pass, and what the person spoiled is no try"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [([4], (1.0, 1.0, 1.0, 1.0)), ([2], (0.5, 1 / 6, 0.0, 0.0)), ([3], (0.75, 0.5, 0.25, 0.0)), ([4, 0], (0.5, 0.5, 0.5, 0.5)), ([0], (0.0, 0.0, 0.0, 0.0))],
)
def test_pass_k_is_the_chance_that_k_repeats_all_pass(passed: list[int], expected: tuple[float, ...]) -> None:
    tries = [outcome(f"s{n}", repeat=repeat, verdict="scale" if repeat < good else "demo") for n, good in enumerate(passed) for repeat in range(4)]
    assert pass_k(tries) == pytest.approx(expected)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"verdict": "demo"},
        {"done": False},
        {"parts": [PartScore(part="gates", name="kpi", gold="pass", got="fail")]},
        {"inventions": [{"item": "a.b", "value": 1, "quote": "", "why": "unsaid"}]},
        {"not_verbatim": 1},
        {"fault": "product"},
    ],
)
def test_a_conversation_passes_only_if_everything_that_matters_is_right(spoiled: dict[str, Any]) -> None:
    assert outcome("letters", "right").passed and not outcome("letters", "right", **spoiled).passed


def test_thresholds_are_reached_or_named() -> None:
    scores = figures([outcome("letters", "right", "right", "wrong", "missed")])
    assert failures(scores, [Threshold(figure="heard", least=True, bound=0.75), Threshold(figure="invented", least=False, bound=0)]) == []
    assert failures(scores, [Threshold(figure="right", least=True, bound=0.9)]) == ["right is 66.7% (2 of 3), --min-right 0.9"]
    assert failures(figures([]), [Threshold(figure="right", least=True, bound=0.1)]) == ["right is – (0 of 0), --min-right 0.1"], (
        "nothing measured is not enough"
    )


def test_development_and_holdout_are_never_added_up_and_the_holdout_keeps_its_details_back() -> None:
    talk = [asking("a", heard={"b": "known"})]
    both = (outcome("one", "right", exchanges=talk), outcome("two", "wrong", exchanges=talk, holdout=True, verdict="demo"))
    development, holdout = results(*both).groups
    assert (development.figures.right.rate, holdout.figures.right.rate) == (1.0, 0.0)
    assert development.outcomes and not holdout.outcomes and (holdout.lines[0].verdict, holdout.lines[0].verdict_gold) == ("", "")
    assert "gates.item_0" not in holdout.model_dump_json() and "demo" not in holdout.model_dump_json()
    assert results(*both, show_holdout=True).groups[1].outcomes == both[1:]


def test_a_comparison_says_what_got_better_and_worse_by_figure_scenario_and_item() -> None:
    before = results(outcome("one", "right", "wrong", "missed"), outcome("two", "right", verdict="demo"), outcome("gone", "right"))
    now = results(outcome("one", "wrong", "right", "wrong"), outcome("two", "right"), outcome("new", "right"))
    (found,) = compare(before, now)
    assert [(change.what, change.direction) for change in found.items] == [
        ("one: gates.item_0", "worse"), ("one: gates.item_1", "better"), ("one: gates.item_2", "worse"),
    ]  # fmt: skip
    assert [(change.what, change.before, change.now, change.direction) for change in found.scenarios] == [
        ("two", "not passed, verdict demo", "passed, verdict scale", "better")
    ]
    assert {change.what: change.direction for change in found.figures} == {"heard": "better", "right": "worse", "verdict": "better"}
    assert (found.only_before, found.only_now) == (("gone",), ("new",))


def test_nothing_changed_is_no_change() -> None:
    same = results(outcome("one", "right", "wrong"))
    (found,) = compare(same, same)
    assert found.figures == found.scenarios == found.items == found.only_now == found.only_before == ()
