"""Several owners in one answer: each gets the role that the words give them, or nobody has it."""

import pytest

OWNERS = ("owners.business", "owners.technical", "owners.compliance")


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
        ("Business is Karl's deputy, Lena Roth. Technical, the SRE group. Compliance: the audit committee's secretary.", ["Lena Roth", "SRE group", "audit committee's secretary"]),
        ("The branch manager is down as business owner, Sipho Dube. Technical: maybe the platform team. Compliance: Dra. Lima.", ["Sipho Dube", "platform team", "Dra. Lima"]),
    ],
)  # fmt: skip
def test_each_gets_the_role_that_is_said(reading, text, owners) -> None:
    told = {said.item: said.value for said in reading(text, *OWNERS).statements}
    assert [told[item] for item in OWNERS] == owners


@pytest.mark.parametrize(
    "text",
    [
        "Business: Paula. Technical: Backsoft was asked and is thinking it over, so nobody. Compliance: Erik.",
        "Business: Paula. Technical: our IT lead has declined. Compliance: Erik.",
        "Business: Paula. Technical: the student left in June, so leave it empty. Compliance: Erik.",
        "Business: Paula. Technical: empty chair. Compliance: Erik.",
        "Business: Paula. Technical: they want me, I've said no, write nobody. Compliance: Erik.",
    ],
)
def test_who_declined_or_left_has_no_role(reading, text) -> None:
    told = {said.item: (said.state, said.value, said.quote) for said in reading(text, *OWNERS).statements}
    assert {item: told[item][1] for item in OWNERS} == dict(zip(OWNERS, ("Paula", "nobody", "Erik"), strict=True))
    assert told["owners.technical"][0] == "absent"
    assert "Technical" in told["owners.technical"][2]


@pytest.mark.parametrize(
    ("text", "technical"),
    [
        ("Business: Paula. Technical: Priya quite rightly owns it. Compliance: Erik.", "Priya"),
        ("Business: Paula. Technical: Priya said no one touches it but her. Compliance: Erik.", "Priya"),
        ("Priya for tech, so nobody needs to worry. Business: Paula. Compliance: Erik.", "Priya"),
        ("Technical is Priya, meaning nobody can overrule her. Business: Paula. Compliance: Erik.", "Priya"),
        ("Technical: Priya, leave nobody guessing. Business: Paula, compliance: Erik.", "Priya"),
        ("Business Paula, compliance Erik, technical Priya; then nobody.", "Priya"),
        ("Technical is Don. Business: Paula. Compliance: Erik.", "Don"),
        ("Business: Paula. Technical: Eng. Tan. Compliance: Erik.", "Eng. Tan"),
    ],
)
def test_who_is_only_spoken_of_beside_a_no_keeps_the_role(reading, text, technical) -> None:
    told = {said.item: said.value for said in reading(text, *OWNERS).statements}
    assert [told[item] for item in OWNERS] == ["Paula", technical, "Erik"]


@pytest.mark.parametrize(
    "text", ["There are two points still open in the security review.", "Deepak declined, so the technical side is open. Business is Hannah."]
)
def test_what_is_open_elsewhere_is_no_missing_owner(reading, text) -> None:
    assert "owners.compliance" not in {said.item for said in reading(text, *OWNERS).statements}


@pytest.mark.parametrize(
    ("text", "item", "holder"),
    [
        ("Wait, the sponsor isn't Ines any more, it's Ravi Menon.", "owners.sponsor", "Ravi Menon"),
        ("The business owner is no longer Karl, it's Birgit Holz.", "owners.business", "Birgit Holz"),
        ("Ines has retired, nobody has taken over.", "owners.sponsor", "nobody"),
        ("Karl has moved on, his successor is Birgit Holz.", "owners.business", "Birgit Holz"),
    ],
)
def test_who_is_gone_is_replaced(reading, text, item, holder) -> None:
    found = reading(text, owners__sponsor="Ines Duarte", owners__business="Karl Moser")
    assert [(said.item, said.value) for said in found.statements] == [(item, holder)]
    assert found.corrects == {item}


def test_who_built_it_and_left_has_still_built_it(reading) -> None:
    heard = reading("BackSoft built it, they left in June. Ines Duarte sponsors it.", "owners.sponsor", "owners.builder")
    assert {said.item: said.value for said in heard.statements} == {"owners.sponsor": "Ines Duarte", "owners.builder": "BackSoft"}
