"""The material the encoder learns from: every example and answer can be used as it is labelled."""

from agent.items import guide
from evals.training.material import LABELS, Answer, clauses, how_often, labels_of, message, written_answers


def test_every_answer_has_labels_its_items_can_have() -> None:
    for answer in written_answers():
        labels = message(answer)["items"]
        for item, gold in answer.gold.items():
            assert labels[item] in labels_of(item), (answer.text, item, gold)


def test_every_item_of_the_guide_has_clauses_to_learn_from() -> None:
    taught = {item for clause in clauses() for item in clause["items"]}
    assert set(guide().items) <= taught
    assert {label for clause in clauses() for label in clause["items"].values()} <= set(LABELS)


def test_gold_values_are_found_where_they_stand() -> None:
    answer = Answer(asked=("gates.kpi_now",), text="It was 42 minutes, now it's 31.", gold={"gates.kpi_now": {"value": 31, "unit": "minutes"}})
    [(start, end, item)] = message(answer)["slots"] or [(0, 0, "")]
    assert (answer.text[start:end], item) in (("31", "gates.kpi_now"), ("", ""))


def test_words_inside_other_words_are_not_the_gold() -> None:
    answer = Answer(asked=("owners.builder",), text="We built it here, that is, IT did.", gold={"owners.builder": "IT"})
    [(start, end, _)] = message(answer)["slots"]
    assert (start, end) == (27, 29)


def test_a_zero_that_no_figure_tells_is_none() -> None:
    answer = Answer(asked=("culture.outside_interviews",), text="Nobody outside was asked.", gold={"culture.outside_interviews": 0})
    assert message(answer)["items"] == {"culture.outside_interviews": "none"}


def test_how_often_counts_only_what_holds_or_not() -> None:
    answer = Answer(
        asked=(),
        text="Security passed, legal in part, 40 use it.",
        gold={"gates.security_review": "yes", "gates.compliance_review": "partly", "gates.active_users": 40},
    )
    assert how_often([answer, answer]) == {"yes": 2, "partly": 2, "no": 0}
