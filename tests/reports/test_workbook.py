"""The working lists in Excel: to filter and to tick off, with dates that are dates and text that is never a formula."""

import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from agent.items import guide
from agent.judging import Assessment
from agent.reports.material import material
from agent.reports.workbook import render


def opened(found: Assessment) -> Any:
    return load_workbook(io.BytesIO(render(material(found, guide(), "x"))))


def test_the_sheets_are_lists_to_work_with(full: Assessment) -> None:
    book = opened(full)
    assert book.sheetnames == ["Constraints", "Friction ledger", "Roadmap", "Owners", "Unknowns"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        head = [cell.value for cell in sheet[1]]
        assert head[-1] == "Status" and all(head)
        assert {row[-1].value for row in sheet.iter_rows(min_row=2)} == {"open"}
        assert sheet.data_validations.dataValidation[0].formula1 == '"open,in progress,done"'


def test_dates_are_dates_and_figures_are_figures(full: Assessment) -> None:
    book = opened(full)
    roadmap = {row[1].value: row for row in book["Roadmap"].iter_rows(min_row=2)}
    assert roadmap["Stress test"][2].value == datetime(2026, 11, 21)
    assert roadmap["Stress test"][2].number_format == "yyyy-mm-dd"
    first = {head.value: cell.value for head, cell in zip(book["Constraints"][1], book["Constraints"][2], strict=True)}
    assert (first["Priority"], first["Lead time in weeks"]) == (6.54, 8)
    assert first["First step by"] == datetime(2026, 12, 5)


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://evil.example")', "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "=1\x00+1"])
def test_what_looks_like_a_formula_stays_text(formula: str, full: Assessment) -> None:
    line = full.friction[0].model_copy(update={"what": formula})
    cell = opened(full.model_copy(update={"friction": (line,)}))["Friction ledger"]["C2"]
    assert cell.data_type == "s"
    assert cell.value == " ".join(formula.replace("\x00", " ").split())
    assert cell.quotePrefix


def test_an_empty_list_has_its_head(full: Assessment) -> None:
    book = opened(full.model_copy(update={"constraints": (), "friction": ()}))
    assert book["Friction ledger"].max_row == 1
    assert book["Friction ledger"]["A1"].value == "Line"
