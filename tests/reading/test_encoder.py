"""The encoder: what it sees, and that nothing makes it slow or different from one time to the next."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from agent.assembly import Parts
from agent.reading.encoder import LONGEST, MOST_PIECES, Encoder
from agent.reading.message import hear
from agent.reading.reading import Listening
from agent.record import Record

REVIEWS = ("gates.security_review", "gates.integration_review", "gates.compliance_review")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_reviews_in_one_breath(encoder) -> None:
    look = encoder.look("Security has signed it off. Legal hasn't looked at it yet.", REVIEWS)
    likeliest = {item: max(look.says(item), key=look.says(item).__getitem__) for item in ("gates.security_review", "gates.compliance_review")}
    assert likeliest == {"gates.security_review": "yes", "gates.compliance_review": "no"}
    assert look.speaks_of("gates.security_review") > 0.5 > look.speaks_of("owners.sponsor")


def test_a_stretch_is_scored_by_its_own_tokens(encoder) -> None:
    text = "Our sponsor is Helga Brunner. It was built by Inferis."
    look = encoder.look(text, ("owners.sponsor", "owners.builder"))
    places = [(text.index(name), text.index(name) + len(name)) for name in ("Helga Brunner", "Inferis")]
    sponsor, builder = look.slot_columns["owners.sponsor"], look.slot_columns["owners.builder"]
    scores = look.slots_of(places)
    assert scores[0, sponsor] > scores[1, sponsor]
    assert scores[1, builder] > scores[0, builder]


def test_the_same_message_is_seen_the_same(encoder) -> None:
    one, other = (encoder.look("82% use it every day.", ("gates.adoption",)) for _ in range(2))
    assert np.array_equal(one.present, other.present)
    assert np.array_equal(one.slots, other.slots)


@pytest.mark.parametrize("text", ["", " ", "🙂🙂", "\u200b", "我们还没有测试过", "x" * 9000])
def test_odd_messages_are_looked_at(encoder, text) -> None:
    assert encoder.look(text, ("gates.adoption",)).present.shape == (len(encoder.items),)


def test_a_very_long_message_is_looked_at_in_part(encoder) -> None:
    look = encoder.look("It was 42 minutes before, and 31 now. " * 3000, ())
    assert 0 < len(look.starts) <= LONGEST * MOST_PIECES


def test_items_the_encoder_has_not_learned_do_no_harm(encoder) -> None:
    assert encoder.look("Yes.", ("a.consultants_own",)).present.shape == (len(encoder.items),)


@pytest.mark.parametrize("again", [False, True])
def test_what_is_hardly_heard_is_the_answer_only_where_it_was_asked_twice(parts: Parts, encoder, again) -> None:
    reader = parts.reader()
    listening = Listening(("capability.messy_data_tested",), Record(), date(2026, 11, 21), turn=3, again=again)
    heard = hear("That drawer was left for another day, all of it.", listening, reader.guide, reader.matcher, encoder)
    assert heard.look is not None
    heard.look = replace(heard.look, present=np.full_like(heard.look.present, 0.1))
    heard.leave_unanswered()
    assert heard.asked == (("capability.messy_data_tested",) if again else ())
