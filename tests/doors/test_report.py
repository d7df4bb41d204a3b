"""`pilotcheck report`: every format from the command line, and a clear line where one cannot be had."""

import pytest

from agent.reports import FORMATS
from tests.doors.running import DAY, check_plain

BEGINS = {"html": "<!doctype html>", "md": "# ", "json": "{", "ics": "BEGIN:VCALENDAR", "pdf": "%PDF", "docx": "PK", "xlsx": "PK"}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_into_a_file(pilotcheck, told, tmp_path, form) -> None:
    ran = pilotcheck(told, "report", "--thread", "zoo", "--today", DAY, "--output", str(tmp_path / f"report.{form}"))
    assert (ran.code, ran.err) == (0, "")
    assert (tmp_path / f"report.{form}").read_bytes().startswith(BEGINS[form].encode())


def test_the_json_is_what_assess_prints(pilotcheck, told) -> None:
    ran = pilotcheck(told, "report", "--thread", "zoo", "--today", DAY, "--format", "json")
    assert ran.out == pilotcheck(told, "assess", "--thread", "zoo", "--today", DAY, "--format", "json").out


def test_without_a_format_it_is_markdown(pilotcheck, told) -> None:
    assert pilotcheck(told, "report", "--thread", "zoo").out.startswith("# ")


def test_an_unknown_thread(pilotcheck, told) -> None:
    check_plain(pilotcheck(told, "report", "--thread", "nobody"), "`pilotcheck threads list` shows those there are")


@pytest.mark.parametrize("target", ["nowhere/report.pdf", "folder.pdf"])
def test_a_file_that_cannot_be_written(pilotcheck, told, tmp_path, target) -> None:
    (tmp_path / "folder.pdf").mkdir()
    check_plain(pilotcheck(told, "report", "--thread", "zoo", "--output", str(tmp_path / target)), "cannot be read or written")


def test_a_name_that_ends_in_no_format(pilotcheck, told, tmp_path) -> None:
    check_plain(pilotcheck(told, "report", "--thread", "zoo", "--output", str(tmp_path / "report.doc")), "does not end in a format", "docx")
