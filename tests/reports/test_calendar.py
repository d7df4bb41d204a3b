"""The dates as a calendar file: read by a strict parser, as all-day events that a later report moves."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from agent.items import guide
from agent.judging import Assessment
from agent.judging.assessment import CalendarEntry
from agent.reports.calendar import render
from agent.reports.material import material


def events(found: Assessment, title: str = "Claims triage") -> list[Any]:
    return list(Calendar.from_ical(render(material(found, guide(), title))).walk("VEVENT"))


def test_every_date_is_an_all_day_event(full: Assessment) -> None:
    found = events(full)
    assert [event["dtstart"].dt for event in found] == [date.fromisoformat(entry.on) for entry in full.roadmap.calendar]
    for event in found:
        assert type(event["dtstart"].dt) is date
        assert (event["dtend"].dt - event["dtstart"].dt).days == 1
        assert event["dtstamp"].to_ical() == b"20261121T000000Z"
        assert not event.errors


def test_the_file_is_one_that_outlook_and_google_take(full: Assessment) -> None:
    content = render(material(full, guide(), "x"))
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
    assert {b"VERSION:2.0", b"METHOD:PUBLISH", b"CALSCALE:GREGORIAN"} <= set(lines)
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines)


def test_an_event_keeps_its_name_when_it_moves(full: Assessment) -> None:
    moved = tuple(entry.model_copy(update={"on": "2027-03-01"}) for entry in full.roadmap.calendar)
    later = full.model_copy(update={"assessed_on": "2026-12-24", "roadmap": full.roadmap.model_copy(update={"calendar": moved})})
    assert [event["uid"] for event in events(later)] == [event["uid"] for event in events(full)]
    assert {event["uid"] for event in events(full, "Another pilot")}.isdisjoint(event["uid"] for event in events(full))


@pytest.mark.parametrize("times", [1, 3])
def test_dates_of_the_same_name_are_apart(times: int, full: Assessment) -> None:
    roadmap = full.roadmap.model_copy(update={"calendar": full.roadmap.calendar * times})
    found = [event["uid"] for event in events(full.model_copy(update={"roadmap": roadmap}))]
    assert len(set(found)) == len(found)


@given(st.text(max_size=200))
def test_no_text_breaks_the_file(full: Assessment, text: str) -> None:
    entry = CalendarEntry(on="2026-12-01", title=text, detail=text)
    found = events(full.model_copy(update={"roadmap": full.roadmap.model_copy(update={"calendar": (entry,)})}), text)
    assert len(found) == 1
    assert set(found[0]) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"}
