"""The working lists as an Excel workbook: constraints, friction ledger, roadmap, owners and unknowns, to filter and to tick off."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from agent.judging.assessment import Finding
from agent.reports.characters import visible
from agent.reports.lookups import gaps, words_by_item
from agent.reports.material import Material, quotes
from agent.reports.wording import capital

Cell = str | float | date | None
LONGEST_CELL = 32_767
WIDEST = 60
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t")


def render(material: Material) -> bytes:
    """Return the workbook as the bytes of an .xlsx file."""
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    day = datetime.fromisoformat(material.assessment.assessed_on)
    book.properties.title, book.properties.creator, book.properties.created, book.properties.modified = material.title, "Pilotcheck", day, day
    for name, rows in (
        ("constraints", _constraints(material)),
        ("friction", _friction(material)),
        ("roadmap", _roadmap(material)),
        ("owners", _owners(material)),
        ("unknown", _unknown(material)),
    ):
        _sheet(book, material, name, rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Any, material: Material, name: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Add a sheet: a frozen head, filters, wrapped cells, dates as dates, and a status that is chosen from a list."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    words = material.words
    head = (*words.sheets[name], words.labels["status"])
    sheet = book.create_sheet(words.labels[f"sheet_{name}"])
    filled = [(*row, words.statuses[0]) for row in rows]
    for place, row in enumerate((head, *filled), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(place, column)
            _write(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if place == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCE3EA")
    for column in range(1, len(head) + 1):
        longest = max(len(str(row[column - 1])) for row in (head, *filled) if row[column - 1] is not None)
        sheet.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(11, longest + 2))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(filled) + 1}"
    sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "1:1", "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    choice = DataValidation(type="list", formula1=f'"{",".join(words.statuses)}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"{get_column_letter(len(head))}2:{get_column_letter(len(head))}{len(filled) + 200}")


def _write(cell: Any, value: Cell) -> None:
    """Write a value; text stays text, also where it looks like a formula."""
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return
    text = visible(value)[:LONGEST_CELL]
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(LOOKS_LIKE_A_FORMULA)


def _constraints(material: Material) -> Iterable[Sequence[Cell]]:
    for place, one in enumerate(material.assessment.constraints, start=1):
        figures = (one.severity, one.certainty, one.lead_weeks, one.priority)
        dates = (_date(one.first_step_by), _date(one.done_by))
        yield (
            place,
            one.title,
            material.part(one.belongs_to),
            *figures,
            one.first_step,
            *dates,
            capital(one.owner),
            one.owner_name or "",
            one.board_question,
            one.why,
            *_grounds(material, one),
        )


def _friction(material: Material) -> Iterable[Sequence[Cell]]:
    for place, one in enumerate(material.assessment.friction, start=1):
        yield place, material.words.name("kind", one.kind), one.what, one.owner, None, *_grounds(material, one)


def _roadmap(material: Material) -> Iterable[Sequence[Cell]]:
    words, plan = material.words, material.assessment.roadmap
    for phase in plan.phases:
        after, work = ", ".join(phase.depends_on), " ".join(f"{place}) {todo}" for place, todo in enumerate(phase.work, start=1))
        yield words.headings[phase.track], phase.name, _date(phase.starts_on), _date(phase.ends_on), after, capital(phase.because), work
    for entry in plan.calendar:
        yield capital(words.name("occasion", entry.occasion)), entry.title, _date(entry.on), _date(entry.on), "", entry.detail, ""


def _owners(material: Material) -> Iterable[Sequence[Cell]]:
    words, assessment = material.words, material.assessment
    for name, owner in assessment.owners.items():
        yield words.owners[name], owner.name or words.labels["nobody"], words.name("owner", owner.status), owner.reason, *_grounds(material, owner)
    for name, results in (("governance", assessment.governance), ("feedback", assessment.feedback), ("operations", assessment.operations)):
        for one in results:
            yield f"{words.checks[name].title}: {one.label}", "", material.check_word(one), "", *_grounds(material, one)


def _unknown(material: Material) -> Iterable[Sequence[Cell]]:
    words, assessment = material.words, material.assessment
    said = words_by_item(assessment)
    for one in assessment.unknown:
        found = said.get(one.item, ())
        why = words.sentences["differ" if quotes(found) > 1 else "asked_in_vain"]
        yield capital(one.label), one.ask, one.who, why, _quoted(material, Finding(evidence=found))
    for one in gaps(assessment):
        yield capital(one.label), one.ask, one.who, words.sentences["not_asked"], ""


def _grounds(material: Material, finding: Finding) -> tuple[str, str]:
    """Return the words that a finding stands on, and the guidance on it."""
    return _quoted(material, finding), "; ".join(f"{one.title}, {one.section}" for one in material.passages(finding))


def _quoted(material: Material, finding: Finding) -> str:
    said = dict.fromkeys((one.quote, one.speaker, one.turn) for one in finding.evidence)
    return " / ".join(f"“{quote}” {material.who(speaker, turn)}" for quote, speaker, turn in said)


def _date(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
