"""Days on which an organisation works."""

from datetime import date, timedelta

SATURDAY = 5


def working_day(day: date) -> date:
    """Return the day, or the Monday after it where it falls on a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0)


def working_day_before(day: date) -> date:
    """Return the day, or the Friday before it where it falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
