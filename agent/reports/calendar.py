"""The dates of the roadmap as a calendar file for Outlook, Google and any other: all-day events that move when imported again."""

import uuid
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from agent.reports.characters import visible
from agent.reports.material import Material

NAMESPACE = uuid.UUID("6b1f1c1e-54f5-4b8e-9a53-6a1d1a8f5e0c")
PRODUCT = "-//Pilotcheck//Roadmap//EN"


def render(material: Material) -> bytes:
    """Return the calendar; the day of the assessment is the day on which every event was written down.

    An event keeps its UID as long as the pilot and what it is about keep their names, so that a later report moves it.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    title = visible(material.title)
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"), ("x-wr-calname", title)):
        calendar.add(name, value)
    written = datetime.combine(date.fromisoformat(material.assessment.assessed_on), time(), UTC)
    met: Counter[str] = Counter()
    for entry in material.assessment.roadmap.calendar:
        met[entry.title] += 1
        day, event = date.fromisoformat(entry.on), Event()
        event.add("uid", f"{uuid.uuid5(NAMESPACE, f'{title}/{entry.title}/{met[entry.title]}')}@pilotcheck")
        event.add("dtstamp", written)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", visible(entry.title))
        event.add("description", visible(f"{entry.detail} ({title})"))
        event.add("categories", [material.words.name("occasion", entry.occasion)])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
