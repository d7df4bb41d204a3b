"""A report as blocks: what a reader sees and in which order, before anybody decides on a file format.

Every format renders these blocks and nothing else, so that none can drop what another one shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from agent.items import Frozen
from agent.reports.characters import visible
from agent.reports.charts.shapes import Shape

Text = Annotated[str, AfterValidator(visible)]
Tone = Literal["plain", "good", "bad", "open"]


class Heading(Frozen):
    """A heading inside a section; level 3 stands under the section's own."""

    kind: Literal["heading"] = "heading"
    text: Text
    level: Literal[3, 4] = 3


class Paragraph(Frozen):
    """One paragraph; a note is smaller, a strong one carries the message of its section."""

    kind: Literal["paragraph"] = "paragraph"
    text: Text
    weight: Literal["plain", "strong", "note"] = "plain"


class Callout(Frozen):
    """The one thing to take away: a line, and what it means."""

    kind: Literal["callout"] = "callout"
    title: Text
    text: Text
    tone: Tone = "plain"


class Point(Frozen):
    """One bullet: a name in bold, a text, what stands under it; any of them may be empty."""

    label: Text = ""
    text: Text = ""
    under: tuple[Block, ...] = ()


class Points(Frozen):
    """A list, numbered where the order counts."""

    kind: Literal["points"] = "points"
    items: tuple[Point, ...]
    numbered: bool = False


class Table(Frozen):
    """Rows under a head. `figures` are the columns that hold numbers; an empty cell is to be filled in by hand."""

    kind: Literal["table"] = "table"
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    figures: tuple[int, ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """Return how wide each column should be, as shares of one: by its longest word and by how much it has to say."""
        columns = list(zip(self.head, *self.rows, strict=True))
        wanted = [max(_longest_word(column) + 2, (sum(map(len, column)) / len(column)) ** 0.75 + 4) for column in columns]
        return tuple(round(one / sum(wanted), 4) for one in wanted)


def _longest_word(texts: tuple[str, ...]) -> int:
    return min(18, max((len(word) for text in texts for word in text.split()), default=1))


class Ground(Frozen):
    """One line of what a finding stands on: words that somebody said, a passage, or that there are none."""

    sort: Literal["said", "guidance", "note"]
    label: Text = ""
    text: Text
    source: Text = ""
    passage: int | None = None


class Grounds(Frozen):
    """What a finding stands on."""

    kind: Literal["grounds"] = "grounds"
    lines: tuple[Ground, ...]


class Passage(Frozen):
    """A passage of guidance in full, as the list of sources has it; lines that start with "- " are points of a list."""

    kind: Literal["passage"] = "passage"
    number: int
    about: Text
    lines: tuple[Text, ...]


class Chart(Frozen):
    """A picture and the table behind it. Where `table_in` names a section, the same figures stand there and are not printed twice."""

    kind: Literal["chart"] = "chart"
    title: Text
    description: Text
    shape: Shape
    table: Table
    table_in: str = ""


class Beside(Frozen):
    """Two stacks of blocks next to each other, where there is room."""

    kind: Literal["beside"] = "beside"
    left: tuple[Block, ...]
    right: tuple[Block, ...]


Block = Annotated[Heading | Paragraph | Callout | Points | Table | Grounds | Passage | Chart | Beside, Field(discriminator="kind")]


class Section(Frozen):
    """A part of the report with a heading of its own. `name` is its anchor; a new page starts before it where `starts_page`."""

    name: str
    title: Text
    blocks: tuple[Block, ...]
    starts_page: bool = False


class Document(Frozen):
    """The whole report. `labels` are the few words that a format adds by itself, such as those for a page or a contents list."""

    title: Text
    subtitle: Text
    language: str
    dated: str
    labels: dict[str, str]
    sections: tuple[Section, ...]


def charts(document: Document) -> Iterator[Chart]:
    """Yield every chart in the order of the report."""

    def inside(blocks: tuple[Block, ...]) -> Iterator[Chart]:
        for block in blocks:
            if isinstance(block, Chart):
                yield block
            elif isinstance(block, Beside):
                yield from inside((*block.left, *block.right))
            elif isinstance(block, Points):
                for point in block.items:
                    yield from inside(point.under)

    for section in document.sections:
        yield from inside(section.blocks)


for _model in (Point, Points, Beside, Section, Document):
    _model.model_rebuild()
