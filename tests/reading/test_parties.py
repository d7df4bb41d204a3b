"""People, roles, teams and "nobody", wherever they stand in a sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.parties import find_parties

COMMON = frozenset(
    re.findall(
        r"\S+",
        "the a our who it is by and sponsor business technical compliance legal production of for builder owner built they mainly honestly day operations he she was helen's pilot tool so no on and in i'm plant systems digital",
    )
)


def found(text: str, *sorts: str) -> list[str]:
    return [party.name for party in find_parties(text, COMMON) if party.sort in sorts]


NAMES = [
    ("It's Helen Marsh.", "Helen Marsh"), ("Mr Okonkwo has it.", "Mr Okonkwo"), ("the sponsor is Dr. Anna de Vries", "Dr. Anna de Vries"),
    ("Jan van der Berg sponsors it", "Jan van der Berg"), ("our finance director, Helen Marsh", "Helen Marsh"), ("Nguyễn Thị Lan looks after it", "Nguyễn Thị Lan"),
    ("Biz owner in prod would be Rajiv Menon, he runs it", "Rajiv Menon"), ("Exec sponsor's our CTO, Lena Brandvold.", "Lena Brandvold"),
    ("Tech lead is Siobhán O'Neill", "Siobhán O'Neill"), ("that's Jean-Luc Müller", "Jean-Luc Müller"), ("Señora García Márquez", "Señora García Márquez"),
    ("Abu bin Said runs it", "Abu bin Said"), ("It was built by BackSoft.", "BackSoft"), ("Łukasz Żak", "Łukasz Żak"), ("Technical ownership rests with Plant Systems.", "Plant Systems"),
    ("the Digital Manufacturing group", "Digital Manufacturing group"), ("Anil's team built it", "Anil's team"), ("it went to BKW", "BKW"), ("mister Stavros Kalafatis", "Stavros Kalafatis"),
    ("The sponsor is Kemal Bey, Kemal Arslan", "Kemal Arslan"), ("Mr Barasa, who heads donor care", "Mr Barasa"), ("Ms Ilse Vandamme is responsible", "Ms Ilse Vandamme"), ("Sister Agnes keeps an eye on it", "Sister Agnes"), ("Ahmed El-Sayed", "Ahmed El-Sayed"), ("Björk Guðmundsdóttir", "Björk Guðmundsdóttir"),
]  # fmt: skip
ROLES = [
    ("the loan officers' supervisors", ["loan officers' supervisors"]),
    ("the risk committee's secretary", ["risk committee's secretary"]),
    ("the shift leaders", ["shift leaders"]),
    ("our saw-line electricians, they look after it", ["saw-line electricians"]),
    ("the storekeepers do", ["storekeepers"]),
    ("floor supervisors", ["floor supervisors"]),
    ("team leaders in private clients", ["team leaders in private clients"]),
    ("the IT operations team", ["IT operations team"]),
    ("the head of operations and the plant manager", ["head of operations", "plant manager"]),
    ("the station commanders are accountable", ["station commanders"]),
    ("I think it is the registrar", ["registrar"]),
    ("our vendor's engineers", ["vendor", "engineers"]),
    ("the night nurses on floor 4", ["night nurses"]),
    ("the COO", ["COO"]),
    ("Operations manager has it", ["Operations manager"]),
    ("plumbers and welders", ["plumbers", "welders"]),
    ("the plant manager for the business side", ["plant manager"]),
    ("it comes from the innovation fund", ["innovation fund"]),
]
NOBODY = [
    "Nobody.", "No one has it", "no-one yet", "none", "there's no such person here", "the chair is empty", "On the technical side the chair is empty", "it hasn't been handed to anybody",
    "no one's put their hand up", "no owner", "still vacant", "we did not find anybody", "not a soul", "it isn't anyone's job", "that seat is empty", "nobody's been named", "we don't have one",
    "no takers so far", "it has no owner yet", "hasn’t been given to anyone",
]  # fmt: skip
NO_NAME = [
    "So it is.",
    "Mainly the tool.",
    "Honestly, no.",
    "Day to day, the pilot.",
    "IT",
    "I was told.",
    "On Monday and in March",
    "It's in English.",
    "OK, yes",
    "Legal? Production? No.",
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_finds_the_name_alone(text: str, expected: str) -> None:
    assert found(text, "name") == [expected]


def test_finds_a_name_in_small_letters_and_two_who_share() -> None:
    assert found("jane from finance", "name") == ["jane"]
    assert found("It's shared between Ops and IT.", "name") == ["Ops and IT"]


def test_who_names_themselves_in_small_letters_is_named() -> None:
    assert found("business owner is me, yusra haddad!", "name", "me") == ["yusra haddad"]
    assert found("business owner is me, so it is.", "name", "me") == ["me"]


def test_a_town_after_the_firm_is_not_the_firm() -> None:
    text = "Built it young people from company RedRow, from Wageningen."
    assert [one.name for one in find_parties(text, COMMON) if one.is_town(text)] == ["Wageningen"]


def test_a_sign_off_and_a_talk_on_friday_are_not_me() -> None:
    assert found("The owner is Tom Reed, you're talking to him on Friday.", "me") == []
    assert found("The owner is Maria Lopez. Yours truly, Jan Novak", "me") == []


def test_what_somebody_does_is_no_role() -> None:
    assert found("She heads field service.", "role") == ["field service"]
    assert found("On the technical side the chair's stood empty since August.", "nobody") == ["nobody"]


def test_prefers_the_company_to_its_town() -> None:
    party = [one for one in find_parties("It was a company from Patras, they call Mechanoia", COMMON) if one.sort == "name"]
    assert [one.name for one in party if not one.placed("It was a company from Patras, they call Mechanoia")] == ["Mechanoia"]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_finds_roles(text: str, expected: list[str]) -> None:
    assert found(text, "role") == expected


@pytest.mark.parametrize("text", NOBODY)
def test_hears_nobody(text: str) -> None:
    assert "nobody" in found(text, "nobody")


@pytest.mark.parametrize("text", ["somebody has it", "anybody can see it", "Helen, and anyone she picks", "it is in the chair's office"])
def test_somebody_is_not_nobody(text: str) -> None:
    assert found(text, "nobody") == []


@pytest.mark.parametrize("text", NO_NAME)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert found(text, "name") == []


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("me", "me"),
        ("That would be me.", "me"),
        ("I do", "me"),
        ("You're talking to her!", "me"),
        ("yours truly, for my sins", "me"),
        ("she does", "they"),
        ("the same team that built it", "builder"),
        ("same as the sponsor", "sponsor"),
    ],
)
def test_hears_who_speaks_and_who_was_named(text: str, sort: str) -> None:
    assert found(text, sort)


@pytest.mark.parametrize(
    "text",
    ["I think it is the registrar", "I'd say the registrar", "I'm not aware who", "I don't know", "I'm afraid it's the dean", "I couldn't say", "I'm not sure"],
)
def test_a_way_of_speaking_is_not_me(text: str) -> None:
    assert found(text, "me") == []


@given(
    st.text()
    | st.lists(st.sampled_from(re.findall(r"\S+", "Mr Dr . Helen de van the team head of IT I'm me 's nobody Biz owner , CTO's \n’s built it O'Neill"))).map(
        " ".join
    )
)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for party in find_parties(text, COMMON):
        assert 0 <= party.start < party.end <= len(text)
        assert party.sort not in ("name", "role") or party.name in text
