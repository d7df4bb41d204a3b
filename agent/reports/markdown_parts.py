"""The pieces a Markdown report is made of: escaped text, tables, and the words and passages under a finding."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from agent.judging.assessment import Evidence, Finding, Source

QUOTES_SHOWN = 3
FIRST_WORDS = 120

NOBODY_YET = "Nobody has spoken about this yet."
NO_WORDS = "This was touched on, but no words about it are in the record."

_SPECIAL = re.compile(r"[\\`*_\[\]<|~$]|&(?=#?\w+;)|:(?=//)|(?<=www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_BLOCK_START = re.compile(r"^([#>=]|[+-](?=[\s+-]|$)|\d{1,9}(?=[.)](\s|$)))")
_POINT = re.compile(r"(-|\d{1,3}\.) +(?=\S)")
_DIRECTION = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def escape(text: str) -> str:
    """Return somebody's text as one line that Markdown shows as it is: no markup, no link, no new block, no hidden reordering."""
    visible = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text if sign not in _DIRECTION)
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(visible.split()))
    start = _BLOCK_START.match(line)
    if not start:
        return line
    return f"\\{line}" if not line[0].isdigit() else f"{start[0]}\\{line[start.end() :]}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table whose cells are plain text; an empty cell stays empty."""
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    return [*lines, *(f"| {' | '.join(escape(cell) for cell in row)} |" for row in rows), ""]


def quoted(text: str) -> list[str]:
    """Return a passage as a quotation that keeps its lines and its lists."""
    return [
        f"> {point[0] if point else ''}{escape(line[point.end() if point else 0 :])}".rstrip() for line in text.splitlines() for point in [_POINT.match(line)]
    ]


def indent(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" if line else line for line in lines]


class Grounds:
    """Writes what a finding stands on, with the numbers of the list of sources."""

    def __init__(self, sources: Sequence[Source]):
        self._sources = {source.id: (number, source) for number, source in enumerate(sources, start=1)}

    def under(self, *findings: Finding, silent: str = NOBODY_YET) -> list[str]:
        """Return bullets: the words said about the findings, or that there are none, then the guidance on them."""
        said = list(self._said([one for finding in findings for one in finding.evidence]))
        passages = dict.fromkeys(id for finding in findings for id in finding.passages)
        return [*(said or [f"- {silent}"]), *(f"- The guidance says: {self._first_words(id)} {self.number(id)}" for id in passages)]

    def numbers(self, finding: Finding) -> str:
        """Return the numbers of a finding's passages, with a space in front: ' [3] [4]', or nothing."""
        return "".join(f" {self.number(id)}" for id in finding.passages)

    def number(self, id: str) -> str:
        return f"[{self._sources[id][0]}]" if id in self._sources else f"(passage {escape(id)}, which is not in the list of sources)"

    def _first_words(self, id: str) -> str:
        return escape(first_words(self._sources[id][1].text)) if id in self._sources else ""

    @staticmethod
    def _said(evidence: Sequence[Evidence]) -> Iterator[str]:
        quotes = list(dict.fromkeys((one.quote, one.speaker, one.turn) for one in evidence))
        for quote, speaker, turn in quotes[:QUOTES_SHOWN]:
            yield f'- You said: "{escape(quote)}" ({f"{escape(speaker)}, " if speaker.strip() else ""}message {turn})'
        if len(quotes) > QUOTES_SHOWN:
            yield f"- and {len(quotes) - QUOTES_SHOWN} more in the record"


def first_words(text: str) -> str:
    """Return the first sentence of a passage, cut at a word where it is long."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    head = re.split(r"(?<=[.?!])\s", line, maxsplit=1)[0]
    if len(head) > FIRST_WORDS:
        head = head[:FIRST_WORDS].rsplit(" ", 1)[0]
    return head if head.endswith((".", "?", "!")) else f"{head.rstrip(',;: ')}…"
