"""Several owners in one answer: each gets the role that the words give them, or nobody has it."""

from datetime import date

import pytest

from agent.reading.reading import Listening
from agent.record import Record, Statement

OWNERS = ("owners.business", "owners.technical", "owners.compliance")
TODAY = date(2026, 6, 10)


def hear(parts, text, *asked, **known):
    record = Record()
    for role, name in known.items():
        record = record.take(Statement(item=f"owners.{role}", state="known", value=name, quote="x", turn=1, said_on=TODAY.isoformat()))
    return parts.reader().read(text, Listening(asked, record, TODAY, turn=2, open_question=not asked))


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Sven on the tech, Lotte for the business, and Mrs Abara handles compliance.", ["Lotte", "Sven", "Mrs Abara"]),
        ("Business, Paula. Tech, Erik. Compliance, no one.", ["Paula", "Erik", "nobody"]),
        ("Paula, business, Erik, tech, and compliance is open", ["Paula", "Erik", "nobody"]),
        ("Joanna Brzezinska, Piotr Mazur, and Ewa from legal.", ["Joanna Brzezinska", "Piotr Mazur", "Ewa"]),
        ("Hannah, Deepak and Lucia, in that order.", ["Hannah", "Deepak", "Lucia"]),
        ("Compliance and business are both Paula, tech is Erik", ["Paula", "Erik", "Paula"]),
        ("Erik for both business and tech. Compliance nobody.", ["Erik", "Erik", "nobody"]),
        ("The same person for all three: Karim Haddad", ["Karim Haddad"] * 3),
        ("That's all Paula: business, tech and compliance.", ["Paula"] * 3),
        ("Technical is IT, compliance is Weber, business is tbd", ["nobody", "IT", "Weber"]),
        ("Probably the plant manager for business, the others haven't been named.", ["plant manager", "nobody", "nobody"]),
        ("Hannah for business and Deepak for tech, and for compliance we're still looking", ["Hannah", "Deepak", "nobody"]),
        ("Maria on the business side. I don't know about the others.", ["Maria", None, None]),
        ("I'm the business owner, Teresa Duarte. Tech and compliance are open.", ["Teresa Duarte", "nobody", "nobody"]),
        ("Nobody yet.", ["nobody"] * 3),
    ],
)
def test_each_gets_the_role_that_is_said(parts, text, owners) -> None:
    told = {said.item: said.value for said in hear(parts, text, *OWNERS).statements}
    assert [told[item] for item in OWNERS] == owners


@pytest.mark.parametrize(
    "text", ["There are two points still open in the security review.", "Deepak declined, so the technical side is open. Business is Hannah."]
)
def test_what_is_open_elsewhere_is_no_missing_owner(parts, text) -> None:
    assert "owners.compliance" not in {said.item for said in hear(parts, text, *OWNERS).statements}


@pytest.mark.parametrize(
    ("text", "item", "holder"),
    [
        ("Wait, the sponsor isn't Ines any more, it's Ravi Menon.", "owners.sponsor", "Ravi Menon"),
        ("The business owner is no longer Karl, it's Birgit Holz.", "owners.business", "Birgit Holz"),
        ("Ines has retired, nobody has taken over.", "owners.sponsor", "nobody"),
        ("Karl has moved on, his successor is Birgit Holz.", "owners.business", "Birgit Holz"),
    ],
)
def test_who_is_gone_is_replaced(parts, text, item, holder) -> None:
    reading = hear(parts, text, sponsor="Ines Duarte", business="Karl Moser")
    assert [(said.item, said.value) for said in reading.statements] == [(item, holder)]
    assert reading.corrects == {item}


def test_who_built_it_and_left_has_still_built_it(parts) -> None:
    heard = hear(parts, "BackSoft built it, they left in June. Ines Duarte sponsors it.", "owners.sponsor", "owners.builder")
    assert {said.item: said.value for said in heard.statements} == {"owners.sponsor": "Ines Duarte", "owners.builder": "BackSoft"}
