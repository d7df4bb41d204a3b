"""The entries of a list, the name of a use case, and the name of the person who speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.entries import entries, name_of_speaker, use_case_name
from agent.reading.parties import find_parties

ENTRIES = [
    ("Didn't have to convince: the warehouse.", ["warehouse"]),
    ("The work order system could stay as it was.", ["work order system"]),
    ("East and Harbour have not come forward", ["East", "Harbour"]),
    ("We left out returns, refunds and the night shift.", ["returns", "refunds", "night shift"]),
    ("The ERP and the label printer", ["ERP", "label printer"]),
    ("Systems: SAP, Salesforce and the old portal.", ["SAP", "Salesforce", "old portal"]),
    ("Nobody had to persuade the works council", ["works council"]),
    ("We didn't have to convince the union.", ["union"]),
    ("We skipped handwritten notes; also scans", ["handwritten notes", "scans"]),
    ("It was the paper forms.", ["paper forms"]),
    ("The dean, the registrar, and the bursar have a stake in it.", ["dean", "registrar", "bursar"]),
    ("", []),
]
USE_CASES = [
    ("Invoice matching works well.", "Invoice matching"),
    ("the refund letters are weak", "refund letters"),
    ("Complaints never got tested", "Complaints"),
    ("", ""),
]
SPEAKERS = [
    ("Hi, I'm Helen Marsh from finance.", "Helen Marsh"),
    ("My name is Rajiv Menon.", "Rajiv Menon"),
    ("Hello, this is Lena, we run a pilot", "Lena"),
    ("I'm Anil's deputy", ""),
    ("The sponsor is Helen Marsh.", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), ENTRIES)
def test_lists_what_is_named(text: str, expected: list[str]) -> None:
    assert entries(text) == expected


@pytest.mark.parametrize(("text", "expected"), USE_CASES)
def test_names_a_use_case(text: str, expected: str) -> None:
    assert use_case_name(text) == expected


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_hears_who_speaks(text: str, expected: str) -> None:
    assert name_of_speaker(text, find_parties(text, frozenset(("the", "my", "hello", "hi", "this", "sponsor")))) == expected


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert all(2 <= len(entry) <= 120 for entry in entries(text))
    assert len(use_case_name(text)) <= 60
    assert name_of_speaker(text, find_parties(text, frozenset())) in ("", *(party.name for party in find_parties(text, frozenset())))
