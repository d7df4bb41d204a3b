"""The projection: what is left of the pilot's headline at rollout, what it costs, and what the figures assume."""

from agent.judging.assessment import Projection, Swing
from agent.judging.figures import number
from agent.reports.charts.shapes import Step as Column
from agent.reports.charts.shapes import Steps, Swings
from agent.reports.charts.shapes import Swing as Reach
from agent.reports.content.trust import told
from agent.reports.document import Block, Chart, Heading, Paragraph, Section, Table
from agent.reports.material import Material
from agent.reports.wording import Wording, capital

EFFECT = "effect at rollout, %"


def section(material: Material) -> Section:
    """Return the effect step by step, requests, cost and waiting, and every assumption with what it moves."""
    words, found = material.words, material.assessment.projection
    blocks: list[Block] = [Paragraph(text=found.reason)]
    if found.confidence:
        blocks.append(Paragraph(text=told(material, found.confidence)))
    blocks += [waterfall(material).table] if found.steps else []
    blocks += [Heading(text=words.headings["load"]), *_figures(material)]
    blocks.append(Heading(text=words.headings["assumptions"]))
    blocks.append(_assumptions(words, found) if found.assumptions else Paragraph(text=words.nothing["assumptions"]))
    blocks += [chart for result, name in ((EFFECT, "sensitivity"), ("cost a month at rollout", "cost")) if (chart := tornado(material, result, name))]
    asked = any(one.origin != "default" for one in found.assumptions)
    blocks.append(material.grounds(found, silent="no_words" if asked else "nobody_yet"))
    return Section(name="projection", title=words.sections["projection"], blocks=tuple(blocks))


def _figures(material: Material) -> list[Block]:
    words, found = material.words, material.assessment.projection
    unknown = words.labels["not_known"]
    rows = [
        (words.labels["improvement"], words.percent(found.headline_percent), _spread(words, found)),
        (words.labels["requests"], words.figure(found.requests_today), words.figure(found.requests_at_rollout)),
        (words.labels["cost"], words.money(found.monthly_cost_today, found.currency), words.money(found.monthly_cost_at_rollout, found.currency)),
    ]
    known = tuple(row for row in rows if set(row[1:]) != {unknown})
    blocks: list[Block] = [Table(head=words.tables["projection"], rows=known, figures=(1, 2))] if known else []
    if found.budget_a_year is not None:
        low, high, budget = (words.money(one, found.currency) for one in (found.monthly_cost_low, found.monthly_cost_high, found.budget_a_year))
        blocks.append(Paragraph(text=words.say("budget", month=low if low == high else words.say("range", low=low, high=high), budget=budget)))
    if absent := [words.within(row[0]) for row in rows if row not in known]:
        blocks.append(Paragraph(text=words.say("not_computed", figures=", ".join(absent))))
    wait = words.say("peak", wait=found.peak_wait) if found.peak_wait else words.sentences["peak_unknown"]
    if found.peak:
        tested = words.labels["tested" if found.peak.tested else "untested"]
        seconds, bearable = number(found.peak.seconds), number(found.peak.bearable_seconds)
        wait = f"{wait} {capital(words.say('peak_figures', seconds=seconds, bearable=bearable, tested=tested))}"
    return [*blocks, Paragraph(text=wait)]


def _spread(words: Wording, found: Projection) -> str:
    low, high = found.low_percent, found.high_percent
    if low is None or high is None:
        return words.labels["not_known"]
    return words.percent(low) if low == high else words.say("range", low=number(low), high=words.percent(high))


def _assumptions(words: Wording, found: Projection) -> Table:
    rows = tuple(
        (capital(one.name), one.text, words.name("origin", one.origin), f"--assume {one.key}=" if one.key else "", _end(one.least), _end(one.most))
        for one in found.assumptions
    )
    return Table(head=words.tables["assumptions"], rows=rows, figures=(4, 5))


def _end(value: float | None) -> str:
    return "" if value is None else number(value)


def waterfall(material: Material) -> Chart:
    """Draw what is left of the headline after each step, as a range."""
    words, steps = material.words, material.assessment.projection.steps
    columns = [
        Column(label=one.name, low=one.low, high=one.high, text=_range(one.low, one.high, " %"), colour="plain" if place == 0 else "soft")
        for place, one in enumerate(steps)
    ]
    columns[-1] = columns[-1].model_copy(update={"colour": "good"})
    rows = tuple((capital(one.name), _range(one.factor_low, one.factor_high), _range(one.low, one.high, " %"), one.because) for one in steps)
    part = words.charts["steps"]
    return Chart(
        title=part.title,
        description=part.asks,
        shape=Steps(steps=tuple(columns), unit="%"),
        table=Table(head=words.tables["steps"], rows=rows, figures=(1, 2)),
        table_in="projection",
    )


def tornado(material: Material, result: str, name: str) -> Chart | None:
    """Draw how far each assumption moves a result; None where nothing moves it."""
    words = material.words
    swings = [one for one in material.assessment.projection.sensitivity if one.result == result]
    if not swings:
        return None
    unit = "%" if result == EFFECT else material.assessment.projection.currency or ""
    rows = tuple((capital(one.name), words.name("result", one.result), *_ends(one, unit)) for one in swings)
    middle = sum(one.result_low + one.result_high for one in swings) / len(swings) / 2
    reaches = tuple(
        Reach(
            label=capital(one.name),
            low=one.result_low,
            high=one.result_high,
            text=_range(min(one.result_low, one.result_high), max(one.result_low, one.result_high)),
        )
        for one in swings
    )
    part = words.charts[name]
    return Chart(
        title=part.title,
        description=part.asks,
        shape=Swings(swings=reaches, base=round(middle, 4), unit=unit),
        table=Table(head=words.tables["sensitivity"], rows=rows, figures=(2, 3, 4)),
    )


def _ends(one: Swing, unit: str) -> tuple[str, str, str]:
    return f"{number(one.result_low)} ({_input(one.low)})", f"{number(one.result_high)} ({_input(one.high)})", f"{number(one.swing)} {unit}".strip()


def _input(value: float) -> str:
    """Write what an assumption is set to; two small ones are not to look alike."""
    return number(value) if abs(value) >= 1 else f"{value:.3g}"


def _range(low: float, high: float, unit: str = "") -> str:
    ends = [number(round(end, 1) if unit else end) for end in (low, high)]
    return f"{ends[0]}{unit}" if low == high else f"{ends[0]} to {ends[1]}{unit}"
