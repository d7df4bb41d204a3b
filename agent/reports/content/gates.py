"""The four gates: what each asks, how far the pilot has come, and what to do before a re-run."""

from agent.judging.assessment import Gate, Level
from agent.judging.figures import apart, number
from agent.reports.charts.shapes import Bar, Bars, Colour
from agent.reports.document import Block, Chart, Heading, Paragraph, Point, Points, Section, Table
from agent.reports.lookups import asked_in_vain, behind
from agent.reports.material import Material

COLOURS: dict[str, Colour] = {"pass": "good", "fail": "bad", "unproven": "open"}
TOP = 150.0


def section(material: Material) -> Section:
    """Return the gates as a table, and each with its grounds."""
    assessment, words = material.assessment, material.words
    rows = tuple(
        (words.gates[name].title, words.name("gate", gate.status), _asks(material, name, gate), *_reached(material, gate), _figures(material, gate))
        for name, gate in assessment.gates.items()
    )
    blocks: list[Block] = [Paragraph(text=words.introductions["gates"]), Table(head=words.tables["gates"], rows=rows, figures=(3, 4))]
    for name, gate in assessment.gates.items():
        blocks += _gate(material, name, gate)
    return Section(name="gates", title=words.sections["gates"], blocks=tuple(blocks))


def _gate(material: Material, name: str, gate: Gate) -> list[Block]:
    words, sentences = material.words, material.words.sentences
    points = [Point(label=sentences["note"], text=note) for note in gate.notes]
    points += [Point(label=sentences["fix"], text=fix) for fix in gate.fix]
    points += [Point(label=words.labels["behind"], text=words.say("behind", title=one.title, place=place)) for place, one in behind(material.assessment, name)]
    if gate.missing:
        still = "; ".join(words.say("still", label=one.label, who=one.who) for one in gate.missing)
        points.append(Point(label=words.labels["still"], text=f"{still}."))
    asked = gate.status != "unproven" or {one.item for one in gate.missing} & asked_in_vain(material.assessment)
    return [
        Heading(text=f"{words.gates[name].title}: {words.name('gate', gate.status)}"),
        Paragraph(text=gate.reason),
        *([Points(items=tuple(points))] if points else []),
        material.grounds(gate, silent="no_words" if asked else "nobody_yet"),
    ]


def levels(material: Material) -> Chart:
    """Draw how far each gate has come, so that what it asks is the same line for all of them."""
    assessment, words = material.assessment, material.words
    bars, rows = [], []
    for name, gate in assessment.gates.items():
        level = gate.level
        share = None if level is None else level.reached / level.asked * 100 if level.asked else 100.0
        title, result = words.gates[name].title, words.name("gate", gate.status)
        bars.append(Bar(label=title, value=share, text=f"{_level(material, level)}, {result}" if level else result, colour=COLOURS[gate.status]))
        rows.append((title, *_reached(material, gate), result))
    part = words.charts["gates"]
    return Chart(
        title=part.title,
        description=part.asks,
        shape=Bars(bars=tuple(bars), top=TOP, marks=((100.0, words.labels["asked"]),)),
        table=Table(head=words.tables["levels"], rows=tuple(rows), figures=(1, 2)),
        table_in="gates",
    )


def _level(material: Material, level: Level) -> str:
    words = material.words
    sentence = {"percent": "level_percent", "percent of the way": "level_way", "reviews": "level_reviews"}[level.unit]
    return words.say(sentence, reached=_figure(level, level.reached), asked=number(level.asked))


def _reached(material: Material, gate: Gate) -> tuple[str, str]:
    """Return how far a gate has come and how far it asks to come."""
    if gate.level is None:
        return material.words.labels["not_known"], material.words.labels["not_known"]
    return _unit(gate.level, gate.level.reached), _unit(gate.level, gate.level.asked)


def _unit(level: Level, value: float) -> str:
    return number(value) if level.unit == "reviews" else f"{_figure(level, value)} %"


def _figure(level: Level, value: float) -> str:
    """Write a level with one decimal, or with as many as tell it from what is asked."""
    return apart(value, level.asked) if round(value, 1) == level.asked else number(round(value, 1))


def _asks(material: Material, name: str, gate: Gate) -> str:
    asks = material.words.gates[name].asks
    return material.words.say("gate_threshold", asks=asks, threshold=gate.figures["threshold"]) if "threshold" in gate.figures else asks


def _figures(material: Material, gate: Gate) -> str:
    return "; ".join(f"{label}: {text}" for label, text in gate.figures.items() if label != "threshold") or material.words.nothing["figures"]
