"""The record: what stands after each statement, what is kept, and when two statements are a conflict."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.record import Entry, Record, Said, Statement
from agent.same import same_value

ADOPTION, PRODUCTION, DATA = "gates.adoption", "owners.production", "friction.data"


def said(value: Any, item: str = ADOPTION, state: Said = "known", turn: int = 1, by: str = "Anna Berg") -> Statement:
    return Statement(item=item, state=state, value=value, quote=f"{value}, I'd say", speaker=by, turn=turn)


def unknown(item: str = ADOPTION) -> Statement:
    return said(None, item, "unknown")


def after(*statements: Statement) -> Record:
    record = Record()
    for statement in statements:
        record = record.take(statement)
    return record


def stands(record: Record) -> dict[str, Any]:
    """Return what stands for each item and what was replaced, without what was only said again."""
    return {item: (entry.standing, entry.history) for item, entry in record.entries.items()}


SAME: list[Any] = [
    (PRODUCTION, "Mr Okonkwo", "Okonkwo"),
    (PRODUCTION, "Ada King", "Ada"),
    (PRODUCTION, "the claims team", "our claims team"),
    (PRODUCTION, "BackSoft", "backsoft"),
    (ADOPTION, 78, 78.0),
    ("charter.baseline", {"value": 90, "unit": "minutes"}, {"value": 1.5, "unit": "hours"}),
    ("charter.baseline", {"value": 0.4, "unit": "share"}, {"value": 40, "unit": "percent"}),
    ("charter.baseline", {"value": 42, "unit": "minutes per ticket"}, {"value": 0.7, "unit": "hours a ticket"}),
    ("charter.baseline", {"value": 4, "unit": "errors"}, {"value": 4, "unit": "errors per 1000 cases"}),
    ("gates.adoption_sustained", {"value": 2, "unit": "weeks"}, {"value": 14, "unit": "days"}),
    ("gates.cost_per_request", {"amount": 0.02, "currency": "USD"}, {"amount": 0.02, "currency": "USD"}),
    ("charter.started_on", "2026-03-01", "2026-03-01"),
    ("culture.coalition", "partly", "partly"),
]
DIFFERENT: list[Any] = [
    (PRODUCTION, "Anna Berg", "Jon Berg"),
    (PRODUCTION, "Ada King", "Adam King"),
    (ADOPTION, 78, 87),
    (ADOPTION, 0, 5),
    ("charter.baseline", {"value": 90, "unit": "minutes"}, {"value": 90, "unit": "hours"}),
    ("charter.baseline", {"value": 90, "unit": "minutes"}, {"value": 90, "unit": "calls"}),
    ("charter.baseline", {"value": 90, "unit": "calls an hour"}, {"value": 90, "unit": "calls a day"}),
    ("gates.cost_per_request", {"amount": 0.02, "currency": "USD"}, {"amount": 0.02, "currency": "EUR"}),
    ("charter.started_on", "2026-03-01", "2026-04-01"),
    ("culture.coalition", "yes", "no"),
    ("charter.kpi_kind", "business", "model"),
    *(
        pytest.param("charter.started_on", *days)
        for days in (("2026-03-01", "2026-01-03"), ("2026-03-01", "2026-03-03"))
    ),
]  # fmt: skip


def test_nothing_is_known_of_an_empty_record() -> None:
    record = Record()
    assert (record.state(ADOPTION), record.value(ADOPTION), record.known(ADOPTION), record.heard(ADOPTION), record.said(ADOPTION)) == (
        "unasked",
        None,
        None,
        False,
        (),
    )


def test_take_returns_a_new_record() -> None:
    empty = Record()
    record = empty.take(said(78))
    assert not empty.entries
    assert (record.state(ADOPTION), record.known(ADOPTION), record.said(ADOPTION)) == ("known", 78, (said(78),))


@pytest.mark.parametrize("value", [0, [], "no", {"value": 0, "unit": "minutes"}])
def test_zero_and_nothing_are_values(value: Any) -> None:
    record = after(said(value))
    assert (record.state(ADOPTION), record.known(ADOPTION)) == ("known", value)


@pytest.mark.parametrize("state", ["absent", "unknown", "not_applicable"])
def test_other_states_are_heard_and_have_no_known_value(state: Said) -> None:
    record = after(said("nobody", PRODUCTION, state))
    assert (record.state(PRODUCTION), record.known(PRODUCTION), record.heard(PRODUCTION)) == (state, None, True)


def test_a_correction_stands_and_the_older_value_is_kept() -> None:
    record = after(said(48)).take(said(38), corrects=True).take(said(39), corrects=True)
    assert (record.state(ADOPTION), record.known(ADOPTION)) == ("known", 39)
    assert [one.value for one in record.entries[ADOPTION].history] == [48, 38]


@pytest.mark.parametrize("corrects", [True, False])
def test_i_do_not_know_never_erases(corrects: bool) -> None:
    for before in (after(said(78)), after(said(78), said(55)), after(said(None, state="absent")), after(said(None, state="not_applicable"))):
        assert stands(before.take(unknown(), corrects=corrects)) == stands(before)


def test_an_answer_replaces_i_do_not_know() -> None:
    record = after(unknown(), said(78))
    assert (record.state(ADOPTION), record.known(ADOPTION)) == ("known", 78)
    assert record.entries[ADOPTION].history == (unknown(),)


def test_two_values_that_cannot_both_hold_are_a_conflict() -> None:
    record = after(said(78), said(55))
    assert (record.state(ADOPTION), record.known(ADOPTION), record.value(ADOPTION)) == ("conflicting", None, None)
    assert record.said(ADOPTION) == (said(78), said(55))
    assert record.conflicts() == [ADOPTION]


@pytest.mark.parametrize("settled", [78, 55, 60])
@pytest.mark.parametrize("by", ["Anna Berg", "Jon Lund"])
def test_the_answer_that_settles_a_conflict_stands_and_both_are_kept(settled: int, by: str) -> None:
    record = after(said(78), said(55, by="Jon Lund")).take(said(settled, by=by), corrects=True)
    assert (record.state(ADOPTION), record.known(ADOPTION), record.conflicts()) == ("known", settled, [])
    assert record.entries[ADOPTION].history == (said(78), said(55, by="Jon Lund"))


@pytest.mark.parametrize("value", [60, 78])
def test_a_third_voice_adds_to_a_conflict(value: int) -> None:
    record = after(said(78), said(55, by="Jon Lund"), said(value, by="Ida Roth"))
    assert record.conflicts() == [ADOPTION]
    assert [(one.value, one.speaker) for one in record.said(ADOPTION)] == [(78, "Anna Berg"), (55, "Jon Lund"), (value, "Ida Roth")]


def test_a_voice_in_a_conflict_takes_the_place_of_its_own_and_of_nobody_elses() -> None:
    record = after(said(78), said(55, by="Jon Lund"), said(60, by="Jon Lund"))
    assert [one.value for one in record.said(ADOPTION)] == [78, 60]
    assert record.entries[ADOPTION].history == (said(55, by="Jon Lund"),)
    assert stands(record.take(said(60, by="Jon Lund"))) == stands(record)


def test_a_conflict_ends_where_everybody_agrees() -> None:
    record = after(said(78), said(55, by="Jon Lund"), said(78, by="Jon Lund"))
    assert (record.known(ADOPTION), record.conflicts()) == (78, [])


def test_one_person_who_contradicts_themselves_settles_it_by_their_next_word() -> None:
    record = after(said(78), said(55), said(60))
    assert (record.known(ADOPTION), record.entries[ADOPTION].history) == (60, (said(78), said(55)))


def test_somebody_and_nobody_are_a_conflict() -> None:
    assert after(said("nobody", PRODUCTION, "absent"), said("Ada King", PRODUCTION)).conflicts() == [PRODUCTION]


@pytest.mark.parametrize(("item", "one", "other"), SAME)
def test_the_same_said_twice_changes_nothing(item: str, one: Any, other: Any) -> None:
    assert stands(after(said(one, item), said(other, item))) == stands(after(said(one, item)))
    assert stands(after(said(other, item), said(one, item))) == stands(after(said(other, item)))


@pytest.mark.parametrize(("item", "one", "other"), DIFFERENT)
def test_another_value_is_a_conflict(item: str, one: Any, other: Any) -> None:
    assert after(said(one, item), said(other, item)).conflicts() == [item]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (["letters"], ["policies"], ["letters", "policies"]),
        (["letters"], ["policies", "letters"], ["letters", "policies"]),
        (["letters"], ["letters"], ["letters"]),
        ([], ["letters"], ["letters"]),
        (["letters"], [], ["letters"]),
    ],
)
def test_lists_add_up(first: list[str], second: list[str], together: list[str]) -> None:
    record = after(said(first, DATA), said(second, DATA))
    assert (record.state(DATA), record.known(DATA)) == ("known", together)


def test_a_corrected_list_does_not_add_up() -> None:
    assert after(said(["letters"], DATA)).take(said(["policies"], DATA), corrects=True).known(DATA) == ["policies"]


def test_every_entry_of_a_list_keeps_its_quote() -> None:
    quotes = " ".join(one.quote for one in after(said(["letters"], DATA), said(["policies"], DATA)).said(DATA))
    assert all(word in quotes for word in ("letters", "policies"))


def test_without_takes_an_item_out() -> None:
    record = after(said(78), said("Ada King", PRODUCTION))
    assert record.without(ADOPTION) == after(said("Ada King", PRODUCTION))
    assert record.without("charter.kpi") == record


def test_items_do_not_touch_each_other() -> None:
    record = after(said(78), said("Ada King", PRODUCTION), said(55), unknown("charter.kpi"))
    assert {item: record.state(item) for item in record.entries} == {ADOPTION: "conflicting", PRODUCTION: "known", "charter.kpi": "unknown"}


values = st.sampled_from([0, 5, 78, {"value": 60, "low": 50, "high": 70}])
statements = st.builds(said, values, by=st.sampled_from(["Anna Berg", "Jon Lund"])) | st.just(unknown()) | st.just(said(None, state="absent"))

lists = st.builds(said, st.sampled_from([["SAP"], ["CRM"], []]))


@settings(derandomize=True, max_examples=60, deadline=None, database=None)
@given(st.lists(st.tuples(statements, st.booleans()), min_size=1, max_size=8))
def test_what_was_said_is_kept_and_survives_json(taken: list[tuple[Statement, bool]]) -> None:
    record = Record()
    for statement, corrects in taken:
        before, record = record, record.take(statement, corrects=corrects)
        if before.heard(ADOPTION):
            entry, old = record.entries[ADOPTION], before.entries[ADOPTION]
            assert set(map(str, (*old.history, *old.standing))) <= set(map(str, (*entry.history, *entry.standing)))
    assert Record.model_validate_json(record.model_dump_json()) == record


@settings(derandomize=True, max_examples=200, deadline=None, database=None)
@given(st.one_of(*(st.lists(st.tuples(some, st.booleans()), min_size=1, max_size=6) for some in (statements, lists))), st.integers(1, 6))
def test_a_message_taken_back_was_never_sent(taken: list[tuple[Statement, bool]], back: int) -> None:
    record = without = Record()
    for turn, (statement, corrects) in enumerate(taken, start=1):
        of_turn = statement.model_copy(update={"turn": turn})
        record = record.take(of_turn, corrects=corrects)
        without = without.take(of_turn, corrects=corrects) if turn != back else without
    assert Record.model_validate_json(record.model_dump_json()).unsaid(back) == without


def test_of_an_older_conversation_what_a_message_replaced_stands_again() -> None:
    older = Record(entries={ADOPTION: Entry(standing=(said(38, turn=2),), history=(said(48, turn=1),))})
    assert older.unsaid(2).known(ADOPTION) == 48
    assert older.take(said(39, turn=3), corrects=True).unsaid(3).known(ADOPTION) == 38


def test_what_was_said_once_is_written_once() -> None:
    assert after(said(78)).model_dump()["entries"][ADOPTION] == {"standing": (said(78).model_dump(),), "history": ()}


@settings(derandomize=True, max_examples=60, deadline=None, database=None)
@given(st.sampled_from([row[1:] for row in SAME]))
def test_same_is_the_same_both_ways(pair: Any) -> None:
    one, other = pair
    assert same_value(one, one)
    assert same_value(one, other)
    assert same_value(other, one)
