"""The results as one self-contained page: no script, no request to anywhere; every part can be reached by keyboard and read aloud."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from evals.figures import Cut
from evals.outcome import Exchange, Invention, ItemScore, Outcome
from evals.reports.charts import dots
from evals.reports.terminal import ROWS, cell
from evals.results import Group, Line, Results

CSS = Path(__file__).with_name("page.css")


def page(results: Results) -> str:
    """Render the results as HTML."""
    when = datetime.fromisoformat(results.when)
    title = f"Evaluation of {when.day} {when:%B %Y}, {when:%H:%M} UTC"
    talks = sum(len(group.lines) for group in results.groups)
    conditions = [name for name, value in results.options.items() if value and name not in ("seed", "repeat", "person")]
    conditions += ["in a language model's own words"] if results.options.get("person") == "llm" else []
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Pilotcheck: {escape(title)}</title>\n<style>\n{CSS.read_text(encoding='utf-8')}</style></head>\n<body>\n"
        f'<a class="skip" href="#scenarios">Skip to the scenarios</a>\n'
        f'<header><h1>{escape(title)}</h1><p class="soft">Pilotcheck {escape(results.version)}; {talks} conversations in {results.seconds:.0f} s; '
        f"the person talks {escape(', '.join(conditions) or 'as written')}.</p></header>\n<main>\n"
        f"<h2>Totals</h2>\n{_totals(results.groups)}\n{_charts(results.groups)}\n{_scenarios(results.groups)}\n</main>\n</body>\n</html>\n"
    )


def _totals(groups: Sequence[Group]) -> str:
    heads = "".join(f'<th scope="col" class="number">{group.name} ({group.figures.scenarios})</th>' for group in groups)
    rows = []
    for field, label, note in ROWS:
        cells = "".join(f'<td class="number">{escape(cell(getattr(group.figures, field)))}</td>' for group in groups)
        rows.append(f'<tr><th scope="row">{label}</th>{cells}<td class="note">{escape(note)}</td></tr>')
    for label in dict.fromkeys(label for group in groups for label in group.figures.of_model):
        cells = "".join(f'<td class="number">{escape(group.figures.of_model.get(label, "–"))}</td>' for group in groups)
        rows.append(f'<tr><th scope="row">{escape(label)}</th>{cells}<td class="note"></td></tr>')
    for k in range(max((len(group.figures.pass_k) for group in groups), default=0)):
        cells = "".join(f'<td class="number">{group.figures.pass_k[k]:.1%}</td>' if k < len(group.figures.pass_k) else "<td></td>" for group in groups)
        rows.append(f'<tr><th scope="row">pass^{k + 1}</th>{cells}<td class="note">gates and verdict right, quotes exact, nothing invented</td></tr>')
    body = "\n".join(rows)
    return f'<div class="scroll"><table><thead><tr><th scope="col">figure</th>{heads}<th scope="col" class="note">what it counts</th></tr></thead><tbody>\n{body}\n</tbody></table></div>'


def _charts(groups: Sequence[Group]) -> str:
    legend = '<p><span class="key heard"></span>heard, of what there was to hear &nbsp; <span class="key right"></span>right, of what was heard</p>'
    rows = []
    for group in groups:
        charts = "".join(_chart(group, name, cuts) for name, cuts in group.cuts.items() if cuts)
        rows.append(f'<h3>{group.name.capitalize()}</h3>\n<div class="charts">\n{charts}</div>')
    return f"<h2>Where it understands</h2>\n{legend}\n{''.join(rows)}"


def _chart(group: Group, name: str, cuts: dict[str, Cut]) -> str:
    title, id = f"By {name}", f"{group.name}-{name.replace(' ', '-')}"
    rows = "".join(
        f'<tr><th scope="row">{escape(one)}</th><td class="number">{cut.heard} ({cut.heard.count}/{cut.heard.of})</td>'
        f'<td class="number">{cut.right} ({cut.right.count}/{cut.right.of})</td></tr>'
        for one, cut in cuts.items()
    )
    head = f'<tr><th scope="col">{escape(name)}</th><th scope="col" class="number">heard</th><th scope="col" class="number">right</th></tr>'
    drawing = dots(f"{title}, {group.name}", cuts, id)
    return (
        f"<figure><h4>{escape(title)}</h4>{drawing}"
        f'<details><summary>As a table<span class="skip"> of {group.name} {escape(title)}</span></summary><div class="scroll"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div></details></figure>\n'
    )


def _scenarios(groups: Sequence[Group]) -> str:
    parts = [
        '<h2 id="scenarios">Scenarios</h2>\n<label class="filter"><input type="checkbox" id="only-misses"> Only those with something missed, wrong or invented</label>'
    ]
    for group in groups:
        outcomes = {(outcome.id, outcome.repeat): outcome for outcome in group.outcomes}
        kept_back = "" if outcomes else " What holdout conversations said and missed is kept back, so that nobody tunes on it."
        heads = "".join(f"<span>{head}</span>" for head in ("", "scenario", "voice", "heard", "right", "gates", "verdict"))
        parts.append(
            f'<h3>{group.name.capitalize()}</h3>\n<p class="soft">{len(group.lines)} conversations.{kept_back}</p>\n<div class="head" aria-hidden="true">{heads}</div>'
        )
        parts.extend(_scenario(line, outcomes.get((line.id, line.repeat)), f"{group.name}-{number}") for number, line in enumerate(group.lines))
    return "\n".join(parts)


def _scenario(line: Line, outcome: Outcome | None, id: str) -> str:
    figures = line.figures
    clean = line.passed and figures.heard.rate == figures.right.rate == 1
    name = f"{line.id} #{line.repeat + 1}" if line.repeat else line.id
    verdict = '<span class="bad">✗ ' + escape(f"{line.fault} error") if line.fault else _verdict(line)
    summary = (
        f"<span><strong>{escape(name)}</strong> {escape(line.title)}</span><span>{escape(line.voice)}</span>"
        f'<span><span class="skip">heard </span>{figures.heard}</span><span><span class="skip">right </span>{figures.right}</span>'
        f'<span><span class="skip">gates </span>{figures.gates.count}/{figures.gates.of}</span>{verdict}'
        f"{f' ⚠ invented {figures.invented}' if figures.invented else ''}</span>"
    )
    body = f"<p>{escape(line.error)}</p>" if line.fault else _body(outcome) if outcome else '<p class="soft">Kept back.</p>'
    return f'<details class="scenario{" clean" if clean else ""}" id="{id}"><summary>{summary}</summary><div class="body">{body}</div></details>'


def _verdict(line: Line) -> str:
    if line.figures.verdict.rate == 1:
        return f'<span class="ok">✓ {escape(line.verdict or "right")}'
    return f'<span class="bad">✗ {escape(f"{line.verdict} instead of {line.verdict_gold}" if line.verdict_gold else "wrong")}'


def _body(outcome: Outcome) -> str:
    return f"{_misses(outcome)}<h4>The conversation</h4><ol class='talk'>{''.join(_exchange(one, outcome) for one in outcome.exchanges)}</ol>"


def _misses(outcome: Outcome) -> str:
    rows = [_miss(item.item, item.result, _shown(item.value, item.state), _shown(item.gold), item.quote) for item in outcome.items if item.result != "right"]
    rows += [_miss(one.item, f"invented ({one.why})", _shown(one.value), "", one.quote) for one in outcome.inventions]
    rows += [_miss(f"{part.part} {part.name}", "wrong", part.got, part.gold, "") for part in outcome.parts if not part.right]
    if not outcome.verdict_right:
        rows.append(_miss("verdict", "wrong", outcome.verdict, outcome.verdict_gold or "", ""))
    if not rows:
        return '<p class="ok">✓ Everything was heard and right.</p>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("item", "result", "on record", "should be", "from the words"))
    return f'<h4>Missed, wrong or invented</h4><div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _miss(item: str, result: str, got: str, gold: str, quote: str) -> str:
    return f'<tr><th scope="row"><code>{escape(item)}</code></th><td class="bad">{escape(result)}</td><td>{escape(got)}</td><td>{escape(gold)}</td><td>{escape(quote)}</td></tr>'


def _exchange(exchange: Exchange, outcome: Outcome) -> str:
    scores, invented = {item.item: item for item in outcome.items}, {one.item: one for one in outcome.inventions}
    heard = [_heard(one.item, one.state, one.value, scores.get(one.item), invented.get(one.item)) for one in exchange.heard]
    missed = [item for item in exchange.about if item in scores and scores[item].result == "missed"]
    heard += [f'<li class="bad">○ missed <code>{escape(item)}</code>, should be {escape(_shown(scores[item].gold))}</li>' for item in missed]
    listed = f'<ul class="heard-list">{"".join(heard)}</ul>' if heard else '<p class="soft">nothing</p>'
    repeated = ' <span class="bad">asked before</span>' if exchange.repeated else ""
    return (
        f'<li><div class="said"><span class="who">Person{", by a button" if exchange.clicked else ""}</span>{_marked(exchange.said, [one.quote for one in exchange.heard])}{_worded(exchange)}</div>'
        f'<div><span class="who">heard</span>{listed}</div>'
        f'<div class="reply"><span class="who">Pilotcheck{repeated}</span>{escape(exchange.reply)}</div></li>'
    )


def _worded(exchange: Exchange) -> str:
    """Show the script beside what a model made of it, or what it offered and why that was not said."""
    if exchange.worded is None:
        return ""
    worded = exchange.worded
    if not worded.fallback:
        return f'<div class="soft">The script: {escape(worded.script)}</div>'
    offered = f": {escape(worded.offered)}" if worded.offered else ""
    return f'<div class="soft"><span class="bad">As scripted</span>, the model\'s words were not used ({escape(worded.fallback)}){offered}</div>'


def _heard(item: str, state: str, value: Any, score: ItemScore | None, invention: Invention | None) -> str:
    shown = f"<code>{escape(item)}</code>: {escape(_shown(value, state))}"
    if invention is not None and invention.value == value:
        return f'<li class="bad">⚠ invented {shown}</li>'
    if score is None:
        return f'<li><span aria-hidden="true">·</span> {shown} <span class="soft">not scored</span></li>'
    if (score.value, score.state) != (value, state):
        return f'<li><span aria-hidden="true">·</span> {shown} <span class="soft">changed later</span></li>'
    if score.result == "right":
        return f'<li><span class="ok">✓ right</span> {shown}</li>'
    return f'<li><span class="bad">✗ wrong</span> {shown}, should be {escape(_shown(score.gold))}</li>'


def _marked(text: str, quotes: Iterable[str]) -> str:
    """Mark the words that something was understood from; quotes that overlap are marked as one."""
    spans = sorted((text.find(quote), text.find(quote) + len(quote)) for quote in quotes if quote and quote in text)
    out, place = [], 0
    for start, end in spans:
        start = max(start, place)
        if end > start:
            out += [escape(text[place:start]), "<mark>", escape(text[start:end]), "</mark>"]
            place = end
    return "".join([*out, escape(text[place:])])


def _shown(value: Any, state: str = "known") -> str:
    """Show a value as a person would write it; any_of as its alternatives."""
    if state not in ("known", "") and value is None:
        return state
    if isinstance(value, dict):
        if "any_of" in value:
            return " or ".join(map(str, value["any_of"]))
        if "amount" in value:
            return f"{value['amount']:g} {value.get('currency', '')}".strip()
        if "value" in value:
            return f"{value['value']:g} {value.get('unit') or ''}".strip()
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "" if value is None else str(value)
