"""A small scenario, and readers that listen badly in one way each, for the scorer to catch."""

from datetime import date
from typing import Any

from agent.items import Guide
from agent.reading.reading import Listening, Reader, Reading
from agent.record import Statement
from evals.scenario import Gold, Scenario, Utterance

TODAY = date(2026, 11, 21)


def says(about: str, text: str, again: str | None = None) -> Utterance:
    return Utterance(about=tuple(about.split()), text=text, again=again)


def scenario(**changes: Any) -> Scenario:
    """Return a clerk's pilot with a few items of every kind that can be got wrong."""
    fields: dict[str, Any] = {
        "id": "letters",
        "title": "Letters",
        "today": TODAY,
        "voice": "terse",
        "opening": "We run an AI pilot that sorts letters.",
        "says": (
            says("charter.pilot_users", "Fourteen clerks use it."),
            says("charter.baseline charter.target", "It took 50 minutes a letter before. The target is 36 minutes."),
            says("gates.kpi_now", "We are at 34 minutes now."),
            says("owners.sponsor", "Our sponsor is Orla Keane."),
            says("owners.builder", "Verdatext built it."),
            says("gates.security_review", "The security review is done."),
            says("gates.compliance_review", "No, there was no compliance review."),
        ),
        "default": "I don't know.",
        "gold": Gold(
            items={
                "charter.pilot_users": 14,
                "charter.baseline": {"value": 50, "unit": "minutes"},
                "charter.target": {"value": 36, "unit": "minutes"},
                "gates.kpi_now": {"value": 34, "unit": "minutes"},
                "owners.sponsor": "Orla Keane",
                "owners.builder": "Verdatext",
                "owners.compliance": "unknown",
                "owners.monitoring": "unknown",
                "gates.adoption_sustained": "unknown",
                "gates.security_review": "yes",
                "gates.compliance_review": "no",
            },
            gates={"readiness": "fail"},
            verdict="rerun",
        ),
    }
    return Scenario(**{**fields, **changes})


class Listens:
    """Hears exactly what the gold of a scenario says of each utterance, and that "I don't know" is about what was asked."""

    name = "listens"

    def __init__(self, script: Scenario):
        self.script = script

    def read(self, message: str, listening: Listening) -> Reading:
        if message == self.script.default:
            return Reading(tuple(_said(item, "unknown", message, listening) for item in listening.asked))
        heard = [(item, one.text) for one in self.script.says if one.text in message for item in one.about]
        return Reading(tuple(_said(item, self.script.gold.items[item], quote, listening) for item, quote in heard))


class HearsNothing:
    """Understands no message."""

    name = "nothing"

    def read(self, message: str, listening: Listening) -> Reading:
        return Reading()


class YesToAll:
    """Takes every message for a yes to everything that was asked, and knows no other answer."""

    name = "yes"

    def __init__(self, guide: Guide):
        self.guide = guide

    def read(self, message: str, listening: Listening) -> Reading:
        return Reading(tuple(_said(item, "yes", message, listening) for item in listening.asked if self.guide.items[item].kind == "answer"))


class Twisting:
    """Listens as another reader does, and twists what it heard."""

    name = "twisting"

    def __init__(self, reader: Reader, twist: dict[str, str] | None = None, values: dict[str, Any] | None = None, quote: str | None = None):
        self.reader, self.twist, self.values, self.quote = reader, twist or {}, values or {}, quote

    def read(self, message: str, listening: Listening) -> Reading:
        reading = self.reader.read(message, listening)
        return Reading(tuple(self._twisted(said) for said in reading.statements), reading.corrects)

    def _twisted(self, said: Statement) -> Statement:
        changes: dict[str, Any] = {"item": self.twist.get(said.item, said.item)}
        if said.item in self.values:
            changes |= {"value": self.values[said.item], "state": "known"}
        if self.quote is not None:
            changes["quote"] = self.quote
        return said.model_copy(update=changes)


def _said(item: str, value: Any, quote: str, listening: Listening) -> Statement:
    state: Any = value if value == "unknown" else "known"
    return Statement(item=item, state=state, value=None if state == "unknown" else value, quote=quote, turn=listening.turn, said_on=listening.today.isoformat())
