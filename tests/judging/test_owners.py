"""The owners in production: named, missing, not asked, or in conflict; and the questions that hang on them."""

from typing import Any

import pytest

from agent.judging import Assessment, assess
from agent.record import Entry, Record
from tests.judging.pilots import ABSENT, GUIDE, SCALES, TODAY, UNASKED, UNKNOWN, Both, Words, changed, judged, record

OWNERS = ["business", "technical", "compliance", "production"]
STATUS: list[Any] = [
    ("Tom Hill", "named"), ("the claims team", "named"), (ABSENT, "missing"), ("nobody", "missing"), (UNKNOWN, "missing"), (Both("Tom Hill", "Eva Lind"), "missing"), (UNASKED, "unasked"),
]  # fmt: skip
# production owner, sponsor, builder, status
CONFLICTS: list[Any] = [
    ("Tom Hill", "Ada King", "BackSoft", "named"),
    ("Ada King", "Ada King", "BackSoft", "conflict"),
    ("Ada", "Ada King", "BackSoft", "conflict"),
    ("Ms King", "Ada King", "BackSoft", "conflict"),
    ("Ada King", "Mrs. King", "BackSoft", "conflict"),
    ("ADA KING", "Ada King", "BackSoft", "conflict"),
    ("BackSoft", "Ada King", "BackSoft", "conflict"),
    ("the data team", "Ada King", "our data team", "conflict"),
    ("Anna Berg", "Jon Berg", "BackSoft", "named"),
    ("Adam Kingsley", "Ada King", "BackSoft", "named"),
    ("Tom Hill", UNKNOWN, UNASKED, "named"),
    ("Tom Hill", ABSENT, ABSENT, "named"),
    ("nobody", "nobody", "nobody", "missing"),
    (ABSENT, ABSENT, "BackSoft", "missing"),
    ("Tom Hill", Both("Tom Hill", "Ada King"), "BackSoft", "named"),
    pytest.param("Operations", "Ada King", "IT operations", "named"),
    pytest.param("head of operations", "head of IT operations", "BackSoft", "named"),
    ("Customer Service", "Head of Customer Service", "BackSoft", "named"),
    ("Finance Director", "Finance", "BackSoft", "named"),
    ("Head of Data", "Ada King", "Data", "named"),
    ("Head of Data", "Ada King", "the Data team", "named"),
    ("Leiterin Kundenservice", "Kundenservice", "BackSoft", "named"),
    ("Maria", "Maria Chen", "BackSoft", "conflict"),
    ("Maria Chen", "Maria Chen, Head of Data", "BackSoft", "conflict"),
    ("Maria Chen (finance director)", "Maria Chen", "BackSoft", "conflict"),
    ("Head of Data", "Maria Chen, Head of Data", "BackSoft", "conflict"),
]  # fmt: skip
# builder, what was said about the production owner, status
BELONGS: list[Any] = [
    ("BackSoft", "Jonas from BackSoft", "conflict"),
    ("BackSoft", "that would be Jonas, he is at BackSoft", "conflict"),
    ("BackSoft", "BackSoft's Jonas looks after it", "conflict"),
    ("the data team", "Jonas from the data team", "conflict"),
    ("BackSoft", "Jonas, he runs the claims floor", "named"),
    ("BackSoft", "Jonas from Back Office", "named"),
    ("BackSoft", "Jonas from BackSoftware", "named"),
    pytest.param("BackSoft", "Jonas works for BackSoft", "conflict"),
    pytest.param("BackSoft", "Jonas, a BackSoft engineer", "conflict"),
    pytest.param("the data team", "Jonas from our data team", "conflict"),
    pytest.param("BackSoft GmbH", "Jonas from BackSoft", "conflict"),
    pytest.param("BackSoft", "Jonas takes it over from BackSoft in May", "named"),
    pytest.param("BackSoft", "Jonas, not somebody from BackSoft", "named"),
]
GROUPS = {
    "governance": ["owners.output_accountable", "owners.quality_standard", "owners.error_process", "owners.escalation_path"],
    "feedback": ["owners.feedback_channel", "owners.feedback_review", "owners.feedback_closing"],
    "operations": ["owners.decision_rights", "owners.maintenance", "owners.monitoring"],
}
CHECKS: list[Any] = [("yes", "met"), ("partly", "partly"), ("no", "open"), (UNKNOWN, "open"), (Both("yes", "no"), "open"), (UNASKED, "unasked")]
PARTIES: list[Any] = [("Eva Lind", "met"), ("nobody", "open"), (ABSENT, "open"), (UNKNOWN, "open"), (UNASKED, "unasked")]


@pytest.mark.parametrize("name", OWNERS)
@pytest.mark.parametrize(("value", "status"), STATUS)
def test_owner(name: str, value: Any, status: str) -> None:
    assert judged({f"owners.{name}": value}).owners[name].status == status


@pytest.mark.parametrize(("production", "sponsor", "builder", "status"), CONFLICTS)
def test_the_production_owner_is_neither_sponsor_nor_builder(production: Any, sponsor: Any, builder: Any, status: str) -> None:
    items = {"owners.production": production, "owners.sponsor": sponsor, "owners.builder": builder}
    assert judged(items).owners["production"].status == status


@pytest.mark.parametrize(("builder", "quote", "status"), BELONGS)
def test_a_person_said_to_belong_to_the_building_team_is_the_builder(builder: str, quote: str, status: str) -> None:
    assert changed({"owners.builder": builder, "owners.production": Words("Jonas", quote)}).owners["production"].status == status


def test_the_department_of_the_building_team_is_not_the_builder() -> None:
    said = {"owners.builder": Words("the data team", "the data team in logistics built it"), "owners.production": "logistics"}
    assert changed(said).owners["production"].status == "named"


@pytest.mark.parametrize("name", OWNERS[:3])
def test_only_the_production_owner_can_be_in_conflict(name: str) -> None:
    assert changed({f"owners.{name}": SCALES["owners.sponsor"]}).owners[name].status == "named"


def test_a_conflict_shows_both_statements() -> None:
    owner = changed({"owners.production": "Ada King"}).owners["production"]
    assert [one.item for one in owner.evidence] == ["owners.production", "owners.sponsor"]


@pytest.mark.parametrize(("group", "item"), [(group, item) for group, items in GROUPS.items() for item in items])
def test_governance_feedback_and_operations(group: str, item: str) -> None:
    for value, status in PARTIES if item == "owners.output_accountable" else CHECKS:
        found = {one.item: one.status for one in getattr(judged({item: value}), group)}
        assert list(found) == GROUPS[group]
        assert found[item] == status


@pytest.mark.parametrize(("speaker", "hands_over", "sponsors"), [("Anna Berg", "Anna Berg", "Anna Berg"), ("", "the production owner", "Whoever said so")])
def test_me_is_whoever_said_so(speaker: str, hands_over: str, sponsors: str) -> None:
    def judged_by(speaker: str, items: dict[str, Any]) -> Assessment:
        said = record({**SCALES, **items})
        ours = {item: Entry(standing=(said.entries[item].standing[0].model_copy(update={"speaker": speaker}),)) for item in items}
        return assess(Record(entries={**said.entries, **ours}), GUIDE, TODAY)

    plain, sponsor = judged_by(speaker, {"owners.production": "me"}), judged_by(speaker, {"owners.production": "me", "owners.sponsor": "me"})
    assert f"Hand-over to {hands_over}" in [one.title for one in plain.roadmap.calendar]
    assert sponsor.owners["production"].reason == f"{sponsors} is also the sponsor, who does not live with the system six months after the handover."


def test_two_people_who_say_me_are_two() -> None:
    said = record({**SCALES, "owners.production": "me", "owners.sponsor": "me"})
    other = said.entries["owners.sponsor"].standing[0].model_copy(update={"speaker": "Ida Roth"})
    assert assess(Record(entries={**said.entries, "owners.sponsor": Entry(standing=(other,))}), GUIDE, TODAY).owners["production"].status == "named"
