"""The words that every report shares: the fixed sentences of wording.yaml, and how days, shares and money are written."""

from datetime import date
from functools import cache
from pathlib import Path

from agent.items import Frozen
from agent.judging.assessment import Verdict
from agent.judging.figures import number
from agent.languages import ENGLISH
from agent.yaml_file import YamlFile

FOLDER = Path(__file__).parent


class VerdictWords(Frozen):
    """What a verdict is called, what it says, what to do next, and what that means for the dates of the roadmap."""

    line: str
    says: str
    next: str
    plan: str


class Part(Frozen):
    """What a gate or a force is called, and what it asks."""

    title: str
    asks: str


class Wording(Frozen):
    """The fixed words of every report, in one language."""

    language: str
    nouns_keep_capitals: bool
    verdicts: dict[Verdict, VerdictWords]
    gates: dict[str, Part]
    forces: dict[str, Part]
    owners: dict[str, str]
    conditions: dict[str, str]
    checks: dict[str, Part]
    names: dict[str, dict[str, str]]
    sections: dict[str, str]
    headings: dict[str, str]
    tables: dict[str, tuple[str, ...]]
    introductions: dict[str, str]
    nothing: dict[str, str]
    sentences: dict[str, str]
    sheets: dict[str, tuple[str, ...]]
    statuses: tuple[str, ...]
    charts: dict[str, Part]
    labels: dict[str, str]
    months: tuple[str, ...]
    counts: tuple[str, ...]

    def say(self, sentence: str, **filled: object) -> str:
        """Return a sentence with its gaps filled; what is filled in is never read for gaps again."""
        return self.sentences[sentence].format(**filled)

    def name(self, of: str, value: str) -> str:
        """Return what readers call a value of a closed set: name("gate", "fail")."""
        return self.names[of][value]

    def within(self, title: str) -> str:
        """Write a title as a sentence has it: in small letters, but for languages whose nouns keep their capitals."""
        return title if self.nouns_keep_capitals else title.lower()

    def day(self, iso: str) -> str:
        """Write an ISO date as a sentence has it: 21 November 2026."""
        found = date.fromisoformat(iso)
        return self.sentences["day"].format(day=found.day, month=self.months[found.month - 1], year=found.year)

    def away(self, days: int) -> str:
        """Say how far off a day is: in 12 days, 3 days ago, today."""
        if days == 0:
            return self.sentences["today"]
        return self.say("ahead" if days > 0 else "ago", days=self.counted(abs(days), "day"))

    def counted(self, count: int, noun: str) -> str:
        """Write a count with its noun, which has two forms: 1 day, 2 days."""
        return self.say(f"{noun}_one" if count == 1 else f"{noun}_many", count=count)

    def count(self, count: int) -> str:
        """Write a small count in words."""
        return self.counts[count] if count < len(self.counts) else str(count)

    def percent(self, value: float | None) -> str:
        return self.labels["not_known"] if value is None else f"{number(value)} %"

    def figure(self, value: float | None) -> str:
        return self.labels["not_known"] if value is None else f"{value:,.0f}"

    def money(self, amount: float | None, currency: str | None) -> str:
        """Write an amount; pennies only where it is small."""
        if amount is None:
            return self.labels["not_known"]
        figure = f"{amount:,.0f}" if amount >= 100 else f"{amount:,.2f}"
        return f"{currency} {figure}" if currency else figure

    def join(self, parts: list[str]) -> str:
        """Join words as a sentence does: a, b and c."""
        return parts[0] if len(parts) == 1 else self.say("joined", first=", ".join(parts[:-1]), last=parts[-1]) if parts else ""


def languages() -> tuple[str, ...]:
    """Return the languages that a report can be in, English first."""
    return (ENGLISH, *sorted(file.name.split(".")[1] for file in FOLDER.glob("wording.*.yaml")))


@cache
def wording(language: str = ENGLISH) -> Wording:
    """Load the fixed words; a mistake raises GuideError with file and line."""
    source = YamlFile(FOLDER / ("wording.yaml" if language == ENGLISH else f"wording.{language}.yaml"))
    return source.build(Wording, (), source.data)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Give a phrase its capital and its full stop."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".?!…" else f"{text}."
