"""What every part of the report is built from: the assessment, the guide, the words, and the grounds under a finding."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from agent.items import Guide
from agent.judging.assessment import Assessment, CheckResult, Evidence, Finding, Source
from agent.judging.completeness import percent
from agent.languages.speaking import in_language
from agent.reports.document import Block, Ground, Grounds, Point, Points
from agent.reports.lookups import asked_in_vain
from agent.reports.translating import translated
from agent.reports.wording import Wording, capital, wording
from agent.wording import ENGLISH

QUOTES_SHOWN = 3
FIRST_WORDS = 120


@dataclass(frozen=True)
class Material:
    """One assessment and the words to report it in."""

    assessment: Assessment
    guide: Guide
    title: str
    words: Wording

    @cached_property
    def _sources(self) -> dict[str, tuple[int, Source]]:
        return {source.id: (number, source) for number, source in enumerate(self.assessment.sources, start=1)}

    def heard(self) -> str:
        """Say how much was heard."""
        return self.words.say("heard", share=percent(self.assessment.completeness))

    def label(self, item: str) -> str:
        return self.guide.label(item) if item in self.guide.items else item

    def part(self, name: str) -> str:
        """Name a gate, an owner or a force as the report calls it: "kpi gate" is the primary measure gate."""
        gate, force, owner = name.removesuffix(" gate"), name.removesuffix(" force"), name.removesuffix(" owner")
        if gate in self.words.gates:
            return self.words.say("gate", name=self.words.gates[gate].title)
        if force != name and force in self.words.forces:
            return self.words.say("force", name=self.words.forces[force].title)
        if owner != name and owner in self.words.owners:
            return self.words.owners[owner]
        whole, colon, condition = name.partition(": ")
        if condition in self.words.conditions:
            return f"{self.words.names['part'].get(whole, whole)}{colon}{self.words.name('condition', condition)}"
        return self.words.names["part"].get(name, name)

    def reason(self, reason: str) -> tuple[str, str]:
        """Split a reason of the verdict into what it is about, as the report calls it, and the sentence; the first may be empty."""
        about, colon, rest = reason.partition(": ")
        named = self.part(about)
        titled = {part.title for part in self.words.gates.values()} | set(self.words.owners.values()) | set(self.words.names["part"].values())
        return (named, rest) if colon and (named != about or named in titled) else ("", reason)

    def grounds(self, *findings: Finding, silent: str = "nobody_yet", guidance_only: bool = False) -> Grounds:
        """Return the words said about the findings, or that there are none, then the guidance on them."""
        said = list(self._said([one for finding in findings for one in finding.evidence]))
        lines = [] if guidance_only and not said else said or [Ground(sort="note", text=self.words.sentences[silent])]
        passages = dict.fromkeys(id for finding in findings for id in finding.passages)
        return Grounds(lines=(*lines, *map(self._guidance, passages)))

    def _said(self, evidence: Sequence[Evidence]) -> Iterator[Ground]:
        quotes = list(dict.fromkeys((one.quote, one.speaker, one.turn) for one in evidence))
        for quote, speaker, turn in quotes[:QUOTES_SHOWN]:
            yield Ground(sort="said", label=self.words.labels["said"], text=quote, source=self.who(speaker, turn))
        if left := quotes[QUOTES_SHOWN:]:
            messages = self.words.join([str(turn) for turn in sorted({turn for _, _, turn in left})])
            yield Ground(sort="note", text=self.words.say("more_quotes", count=len(left), messages=messages))

    def who(self, speaker: str, turn: int) -> str:
        """Say who said something, as far as that is known, and in which message."""
        return self.words.say("message_of" if speaker.strip() else "message", speaker=speaker, turn=turn)

    def passages(self, finding: Finding) -> list[Source]:
        """Return the passages behind a finding that are in the list of sources."""
        return [self._sources[id][1] for id in finding.passages if id in self._sources]

    def _guidance(self, id: str) -> Ground:
        label = self.words.labels["guidance"]
        if id not in self._sources:
            return Ground(sort="guidance", label=label, text=self.words.say("unlisted", id=id))
        number, source = self._sources[id]
        return Ground(sort="guidance", label=label, text=first_words(source.text), source=f"[{number}]", passage=number)

    def numbers(self, finding: Finding) -> str:
        """Return the numbers of a finding's passages, with a space in front: ' [3] [4]', or nothing."""
        return "".join(f" [{self._sources[id][0]}]" if id in self._sources else f" ({self.words.say('unlisted', id=id)})" for id in finding.passages)

    def shared_grounds(self, findings: Sequence[Finding], names: Sequence[str], silences: Sequence[str] = ()) -> tuple[Block, ...]:
        """Return what findings stand on; neighbours that stand on the same words share one point."""
        told = silences or ["nobody_yet"] * len(findings)
        points = []
        for _, group in groupby(zip(names, findings, told, strict=True), key=lambda one: (one[1].evidence, one[1].passages, one[2])):
            ones = list(group)
            points.append(Point(label=", ".join(name for name, _, _ in ones), under=(self.grounds(ones[0][1], silent=ones[0][2]),)))
        return (Points(items=tuple(points)),) if points else ()

    def checks(self, results: Sequence[CheckResult]) -> Points:
        """Return a point for each check that was heard, and one for all those that nobody has spoken about."""
        points = [
            Point(label=capital(one.label), text=self.check_word(one), under=(self.grounds(one, silent="no_words"),))
            for one in results
            if one.status != "unasked"
        ]
        if unasked := [one for one in results if one.status == "unasked"]:
            listed = ", ".join(f"{one.label}{self.numbers(one)}" for one in unasked)
            guided = self.words.sentences["numbers_guide"] if any(one.passages for one in unasked) else ""
            points.append(Point(label=capital(self.words.name("check", "unasked")), text=f"{listed}. {self.words.sentences['nobody_yet']} {guided}"))
        return Points(items=tuple(points or [Point(text=self.words.nothing["checks"])]))

    def check_word(self, result: CheckResult) -> str:
        """Name the result of a check; one that is open only for want of an answer says so."""
        if result.status == "open" and result.item in asked_in_vain(self.assessment):
            return self.words.name("check", "differ" if quotes(result.evidence) > 1 else "not_known")
        return self.words.name("shadow" if result.item == "culture.shadow_ai" else "check", result.status)


def material(assessment: Assessment, guide: Guide, title: str, language: str = ENGLISH) -> Material:
    """Put together what a report is built from; a pilot without a name is called what the language calls one."""
    words, spoken = wording(language), in_language(guide, language)
    return Material(assessment if spoken is guide else translated(assessment, guide, spoken), spoken, title.strip() or words.labels["untitled"], words)


def quotes(evidence: Iterable[Evidence]) -> int:
    return len({(one.quote, one.turn) for one in evidence})


def first_words(text: str) -> str:
    """Return the first sentence of a passage, cut at a word where it is long."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    head = re.split(r"(?<=[.?!])\s", line, maxsplit=1)[0]
    if len(head) > FIRST_WORDS:
        head = head[:FIRST_WORDS].rsplit(" ", 1)[0]
    return head if head.endswith((".", "?", "!")) else f"{head.rstrip(',;: ')}…"
