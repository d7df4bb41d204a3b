"""Use cases in a list, and how each has done."""

import pytest

from agent.reading.text import sentences
from agent.reading.use_cases import listed_use_cases


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (
            "Quotes and renewals work well, claims don't, new business we excluded.",
            ["Quotes: proven", "renewals: proven", "claims: weak", "new business: excluded"],
        ),
        ("summaries - proven; translations - weak; legal drafting - untested", ["summaries: proven", "translations: weak", "legal drafting: untested"]),
        ("Email routing and refunds are proven; chat is weak.", ["Email routing: proven", "refunds: proven", "chat: weak"]),
        ("It's used for shift handover notes. That is proven.", ["shift handover notes: proven"]),
        ("Families work well. Groups are still weak, and pets haven't been tried. So part of the mix.", ["Families: proven", "Groups: weak", "pets: untested"]),
        ("Letters are fine, but legal letters we left out, and calls we never tried.", ["Letters: proven", "legal letters: excluded", "calls: untested"]),
        ("Mostly invoices, that works. Credit notes not yet.", ["invoices: proven", "Credit notes: untested"]),
        ("Proven: letters and quotes. Weak: renewals. Untested: fraud.", ["letters: proven", "quotes: proven", "renewals: weak", "fraud: untested"]),
        ("Proven for letters, weak for quotes, fraud we never tried.", ["letters: proven", "quotes: weak", "fraud: untested"]),
        ("Letters work well. The pilot team works in Leeds.", ["Letters: proven"]),
        ("I don't know.", []),
        ("It works.", []),
    ],
)
def test_each_has_its_own_label(text, listed) -> None:
    assert listed_use_cases(sentences(text)) == listed
