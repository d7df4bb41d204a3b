"""The material the encoder learns from: every example and answer can be used as it is labelled."""

from agent.items import guide
from evals.training.material import LABELS, Answer, clauses, labels_of, message, written_answers


def test_every_answer_has_labels_its_items_can_have() -> None:
    for answer in written_answers():
        for item, label in message(answer)["items"].items():
            assert label in labels_of(item), (answer.text, item, answer.gold[item])


def test_every_item_of_the_guide_has_clauses_to_learn_from() -> None:
    taught = {item for clause in clauses() for item in clause["items"]}
    assert set(guide().items) <= taught
    assert {label for clause in clauses() for label in clause["items"].values()} <= set(LABELS)


def test_gold_values_are_found_where_they_stand() -> None:
    answer = Answer(asked=("gates.kpi_now",), text="It was 42 minutes, now it's 31.", gold={"gates.kpi_now": {"value": 31, "unit": "minutes"}})
    [(start, end, item)] = message(answer)["slots"] or [(0, 0, "")]
    assert (answer.text[start:end], item) in (("31", "gates.kpi_now"), ("", ""))
