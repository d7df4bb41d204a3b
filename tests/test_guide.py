"""The interview guide: every item with its kind, each asked once, and mistakes reported where they stand."""

import re
import shutil
from pathlib import Path

import pytest

from agent.errors import GuideError
from agent.items import GUIDE, STAGES, guide

KINDS = {
    "text": "charter.use_case charter.department charter.outcome charter.kpi",
    "choice": "charter.kpi_kind charter.team_selection",
    "count": """charter.pilot_users charter.rollout_users gates.active_users gates.target_users gates.requests_per_user_day
        culture.outside_interviews""",
    "percent": "charter.case_coverage gates.improvement gates.adoption",
    "quantity": "charter.baseline charter.target gates.kpi_now",
    "money": "gates.cost_per_request",
    "duration": "gates.adoption_sustained gates.peak_latency",
    "date": "charter.started_on",
    "party": "owners.sponsor owners.builder owners.business owners.technical owners.compliance owners.production owners.output_accountable",
    "list": """friction.problems friction.people friction.systems friction.data capability.new_contexts culture.holdouts
        culture.invested_leaders infrastructure.systems rollout.use_cases""",
    "answer": """charter.baseline_before_launch charter.target_before_launch charter.decision_rule charter.production_data charter.hard_cases
        charter.close_support charter.assumptions_log gates.measured_independently gates.correction_time gates.rollout_metrics
        gates.security_review gates.integration_review gates.compliance_review gates.load_test gates.cost_ceiling
        owners.production_in_room owners.quality_standard owners.error_process owners.escalation_path owners.decision_rights owners.maintenance
        owners.monitoring owners.feedback_channel owners.feedback_review owners.feedback_closing capability.ordinary_users_tested
        capability.full_mix_tested capability.support_removed capability.messy_data_tested culture.incentives_changed culture.coalition
        culture.users_shape_it culture.change_programme culture.replacement_message culture.shadow_ai infrastructure.in_workflow
        infrastructure.data_formats infrastructure.approvals infrastructure.access_control infrastructure.exceptions infrastructure.commitment""",
}
ITEMS = {item: kind for kind, items in KINDS.items() for item in items.split()}
OPTIONS = {"charter.kpi_kind": ("business", "model"), "charter.team_selection": ("volunteers", "mixed", "assigned")}


def test_all_items_with_their_kinds() -> None:
    assert len(ITEMS) == 79
    assert {item.id: item.kind for item in guide().items.values()} == ITEMS


def test_choices_have_their_options() -> None:
    assert {item.id: item.options for item in guide().items.values() if item.options} == OPTIONS


def test_each_item_is_asked_by_exactly_one_question() -> None:
    assert sorted(item for question in guide().questions for item in question.asks) == sorted(ITEMS)
    for item in ITEMS:
        assert item in guide().question_for(item).asks


def test_questions_come_by_stage_and_have_names_of_their_own() -> None:
    questions = guide().questions
    assert [question.stage for question in questions] == sorted((question.stage for question in questions), key=STAGES.index)
    assert len({question.id for question in questions}) == len(questions)


def test_nothing_is_left_empty() -> None:
    for entry in (*guide().items.values(), *guide().questions):
        assert all(text.strip() for text in entry.model_dump(include={"label", "means", "who", "ask", "why", "probe"}).values())


def test_labels_are_told_apart() -> None:
    assert len({item.label for item in guide().items.values()}) == len(ITEMS)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GUIDE, tmp_path / "guide"))


def change(file: Path, old: str, new: str) -> int:
    """Replace the first occurrence and return the line it begins on."""
    text = file.read_text(encoding="utf-8")
    start = text.index(old)
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[:start].count("\n") + 1


def mistake(folder: Path) -> tuple[str, int, str]:
    """Load the guide and return the file, the line and the words of its mistake."""
    with pytest.raises(GuideError) as caught:
        guide(folder)
    found = re.fullmatch(r"(.+?\.yaml):(\d+): (.+)", str(caught.value), re.DOTALL)
    assert found, f"no file and line in: {caught.value}"
    return Path(found[1]).name, int(found[2]), found[3]


def test_the_copy_is_fine(copy: Path) -> None:
    assert guide(copy) == guide()


def test_a_wrong_kind_is_reported_on_its_line(copy: Path) -> None:
    line = change(copy / "gates.yaml", "kind: quantity", "kind: figure")
    file, reported, words = mistake(copy)
    assert (file, reported) == ("gates.yaml", line)
    assert "kind" in words


def test_a_field_that_does_not_exist_is_reported_on_its_line(copy: Path) -> None:
    line = change(copy / "owners.yaml", "    label:", "    lable:")
    file, reported, words = mistake(copy)
    assert file == "owners.yaml"
    assert "label" in words
    assert abs(reported - line) <= 5


def test_a_missing_field_is_reported_at_its_item(copy: Path) -> None:
    line = change(copy / "charter.yaml", "    who: whoever runs the pilot\n", "")
    file, reported, words = mistake(copy)
    assert file == "charter.yaml"
    assert line - 5 <= reported <= line
    assert "who" in words


def test_a_figure_out_of_range_is_reported_on_its_line(copy: Path) -> None:
    line = change(copy / "charter.yaml", "      effect: 5", "      effect: 9")
    assert mistake(copy)[:2] == ("charter.yaml", line)


def test_a_question_about_no_item_is_reported_on_its_line(copy: Path) -> None:
    line = change(copy / "owners.yaml", "asks: [owners.sponsor, owners.builder]", "asks: [owners.sponsor, owners.maker]")
    file, reported, words = mistake(copy)
    assert (file, reported) == ("owners.yaml", line)
    assert "owners.maker" in words


def test_an_item_asked_by_nobody_is_reported_at_the_item(copy: Path) -> None:
    change(copy / "owners.yaml", "asks: [owners.sponsor, owners.builder]", "asks: [owners.sponsor]")
    file, reported, words = mistake(copy)
    assert (file, (copy / file).read_text().splitlines()[reported - 1].strip()) == ("owners.yaml", "owners.builder:")
    assert "exactly one question" in words


def test_an_item_asked_twice_is_reported_at_the_item(copy: Path) -> None:
    change(copy / "forces.yaml", "asks: [rollout.use_cases]", "asks: [rollout.use_cases, gates.adoption]")
    file, reported, words = mistake(copy)
    assert (file, (copy / file).read_text().splitlines()[reported - 1].strip()) == ("gates.yaml", "gates.adoption:")
    assert "gates.adoption" in words


def test_an_item_in_two_files_is_reported(copy: Path) -> None:
    change(copy / "forces.yaml", "  charter.production_data:", "  gates.adoption:")
    file, _, words = mistake(copy)
    assert (file, "twice" in words) == ("forces.yaml", True)


def test_invalid_yaml_is_reported_on_its_line(copy: Path) -> None:
    line = change(copy / "gates.yaml", "    kind: quantity", "    kind: [quantity")
    file, reported, words = mistake(copy)
    assert file == "gates.yaml"
    assert line <= reported <= line + 2
    assert "not valid YAML" in words


@pytest.mark.parametrize("text", ["- items", "items", "42"])
def test_a_file_that_is_no_mapping_is_reported(copy: Path, text: str) -> None:
    (copy / "gates.yaml").write_text(text)
    assert mistake(copy)[:2] == ("gates.yaml", 1)


def test_an_item_that_is_no_mapping_is_reported_on_its_line(copy: Path) -> None:
    text = (copy / "owners.yaml").read_text()
    (copy / "owners.yaml").write_text(text.replace("items:\n", "items:\n  owners.dog: yes\n", 1))
    assert mistake(copy)[:2] == ("owners.yaml", text[: text.index("items:\n")].count("\n") + 2)


def test_a_file_that_is_not_there_is_reported(copy: Path) -> None:
    (copy / "owners.yaml").unlink()
    with pytest.raises(GuideError, match=r"owners\.yaml.*cannot be read"):
        guide(copy)


def test_a_question_that_is_no_mapping_is_reported(copy: Path) -> None:
    change(copy / "gates.yaml", "questions:\n", "questions:\n  - what?\n")
    assert mistake(copy)[0] == "gates.yaml"


def test_items_that_are_a_list_are_reported(copy: Path) -> None:
    (copy / "gates.yaml").write_text("items: [gates.adoption]\n")
    assert mistake(copy)[0] == "gates.yaml"


def test_a_file_in_another_encoding_is_reported(copy: Path) -> None:
    (copy / "gates.yaml").write_bytes("items: # für\n".encode("latin-1"))
    assert mistake(copy)[0] == "gates.yaml"


def test_an_item_twice_in_one_file_is_reported(copy: Path) -> None:
    text = (copy / "owners.yaml").read_text()
    sponsor = text[text.index("  owners.sponsor:\n") : text.index("  owners.builder:\n")]
    (copy / "owners.yaml").write_text(text.replace(sponsor, sponsor * 2, 1))
    assert mistake(copy)[0] == "owners.yaml"


def test_two_questions_with_one_id_are_reported(copy: Path) -> None:
    change(copy / "owners.yaml", "id: three-owners", "id: origin")
    assert mistake(copy)[0] == "owners.yaml"
