"""What a model claims is held against the words: the quote must stand there, and tell the value."""

from datetime import date

import pytest

from agent.items import guide
from agent.reading.checking import MOST_ON_ONE_QUOTE, check, exact_quote
from agent.reading.reading import Listening
from agent.reading.understanding import Claim, NotUnderstood, understand
from agent.record import Record

MESSAGE = (
    "We’re at 31\nminutes now, down from 48. It began on 1 March 2026. 62% use it, for 6 to 8 weeks. It costs 2 cents. Me, I sponsor it.\n"
    "Maria Lopez owns it. Nobody for compliance. “All reviews” are done, and the sales and farm teams hold back. No idea about a load test."
)


def held(item: str, value: str, quote: str, state: str = "known", asked: tuple[str, ...] = (), language: str = "en"):
    listening = Listening(asked, Record(), date(2026, 11, 21), "Anna Berg", 3)
    statements, _ = check([Claim(item=item, state=state, value=value, quote=quote)], MESSAGE, listening, guide(), language)  # type: ignore[arg-type]
    return (statements[0].state, statements[0].value, statements[0].quote) if statements else None


@pytest.mark.parametrize(
    ("item", "value", "quote", "kept"),
    [
        ("gates.kpi_now", "31 minutes", "We're at 31 minutes now", {"value": 31, "unit": "minutes"}),
        ("gates.kpi_now", "48 minutes", "We're at 31 minutes now", None),
        ("gates.kpi_now", "31 hours", "We're at 31 minutes now", None),
        ("charter.baseline", "48 minutes", "down from 48", {"value": 48, "unit": "minutes"}),
        ("gates.adoption", "62", "62% use it", 62),
        ("gates.adoption", "26", "62% use it", None),
        ("gates.adoption_sustained", "6-8 weeks", "for 6 to 8 weeks", {"value": 7, "unit": "weeks", "low": 6, "high": 8}),
        ("gates.cost_per_request", "0.02 USD", "It costs 2 cents", {"amount": 0.02, "currency": "USD"}),
        ("gates.cost_per_request", "0.2 USD", "It costs 2 cents", None),
        ("charter.started_on", "2026-03-01", "It began on 1 March 2026", "2026-03-01"),
        ("charter.started_on", "2026-04-01", "It began on 1 March 2026", None),
        ("owners.sponsor", "me", "Me, I sponsor it", "Anna Berg"),
        ("owners.sponsor", "me", "Maria Lopez owns it", None),
        ("owners.business", "Maria Lopez", "Maria Lopez owns it", "Maria Lopez"),
        ("owners.business", "Tom Hill", "Maria Lopez owns it", None),
        ("gates.security_review", "yes", "“All reviews” are done", "yes"),
        ("gates.security_review", "perhaps", "“All reviews” are done", None),
        ("gates.security_review", "yes", "The security review is done", None),
        ("gates.no_such_item", "yes", "“All reviews” are done", None),
        ("culture.holdouts", "sales; farm teams; the moon", "the sales and farm teams hold back", ["sales", "farm teams"]),
        ("charter.team_selection", "volunteers", "62% use it", "volunteers"),
        ("charter.team_selection", "martians", "62% use it", None),
    ],
)
def test_value_must_be_told_by_its_quote(item, value, quote, kept) -> None:
    found = held(item, value, quote)
    assert (found[1] if found else None) == kept
    assert not found or found[2] in MESSAGE


def test_absent_needs_a_word_that_says_so() -> None:
    assert held("owners.compliance", "", "Nobody for compliance", "absent") == ("absent", "nobody", "Nobody for compliance")
    assert held("owners.compliance", "", "Maria Lopez owns it", "absent") is None
    assert held("owners.compliance", "nobody", "Nobody for compliance")[:2] == ("absent", "nobody")


def test_unknown_counts_only_where_it_was_asked_for() -> None:
    asked = ("gates.load_test",)
    assert held("gates.load_test", "", "No idea about a load test", "unknown") is None
    assert held("gates.load_test", "", "No idea about a load test", "unknown", asked)[0] == "unknown"
    assert held("gates.load_test", "", "for 6 to 8 weeks", "unknown", asked) is None, "the words must say so"


def test_same_words_bear_no_more_than_a_few_items() -> None:
    answers = [item.id for item in guide().items.values() if item.kind == "answer"]
    listening = Listening((), Record(), date(2026, 11, 21))
    for count in (MOST_ON_ONE_QUOTE, MOST_ON_ONE_QUOTE + 1):
        claims = [Claim(item=item, state="known", value="yes", quote="“All reviews” are done") for item in answers[:count]]
        assert len(check(claims, MESSAGE, listening, guide())[0]) == (count if count <= MOST_ON_ONE_QUOTE else 0)


@pytest.mark.parametrize(
    ("quote", "exact"),
    [("we're AT 31 minutes", "We’re at 31\nminutes"), ('"All reviews" are done', "All reviews” are done"), ("31 hours", None), ("...", None), ("", None)],
)
def test_quote_is_an_exact_span(quote, exact) -> None:
    assert exact_quote(quote, MESSAGE) == exact


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ('```json\n{"statements": []}\n```', []),
        ('<think>{"statements": 7}</think>{"statements": [{"item": "a.b", "state": "known", "value": 5, "quote": "x"}]}', ["a.b"]),
        ('{"statements": [{"item": "a.b", "state": "known", "value": "5", "quote": "x"}, {"item": "c.d", "state": "kno', ["a.b"]),
        (
            '{"statements": [{"item": "a.b", "state": "known", "value": "5", "quote": "x"}, {"item": "c.d", "state": "certain", "value": "", "quote": "x"}]}',
            ["a.b"],
        ),
    ],
)
def test_reply_is_understood_as_far_as_it_can_be(text, items) -> None:
    assert [claim.item for claim in understand(text).statements] == items


@pytest.mark.parametrize(
    "text", ["no JSON here", '{"statements": "all"}', "[1, 2]", '{"statements": [1]}', '{"statements": [{"item": "a', '{"statements": [], "intent": "dance"}']
)
def test_reply_that_cannot_be_understood(text) -> None:
    with pytest.raises(NotUnderstood):
        understand(text)
