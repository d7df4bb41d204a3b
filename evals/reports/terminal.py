"""The results in the terminal: a line a scenario, the totals, and the misses of scenarios that may be looked at."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from evals.comparing import Comparison
from evals.figures import Figures, Share
from evals.outcome import Outcome
from evals.results import Group, Line, Results

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from evals.retrieval.measuring import Measures

WIDE = 110
ROWS = (
    ("heard", "heard", "what a careful listener would have, on record at all"),
    ("right", "right", "of what was heard"),
    ("invented", "invented", "parties, dates and figures nobody said"),
    ("quotes", "quotes verbatim", "of all statements"),
    ("gates", "gates", ""),
    ("owners", "owners", ""),
    ("forces", "forces", ""),
    ("verdict", "verdict", ""),
    ("false_certainty", "false certainty", "known where the truth is “don't know”"),
    ("questions", "questions", "a conversation"),
    ("repeated", "repeated questions", "of all questions"),
    ("contradictions", "contradictions caught", ""),
    ("contradictions_imagined", "contradictions imagined", "asked about, but none was scripted"),
    ("finished", "finished", "came to a result"),
    ("product_errors", "errors of the product", ""),
    ("person_errors", "errors of the person", "or of the scenario; not scored"),
    ("turn_ms", "a turn", "ms, median"),
)


def print_results(console: "Console", results: Results, *, verbose: bool) -> None:
    """Print a line a conversation, its misses where wanted and not kept back, and the totals of each group side by side."""
    for group in results.groups:
        console.print(lines_table(group))
        console.print()
        for line in group.lines:
            if line.fault:
                console.print(f"{line.fault} error in {line.id}: {line.error}", markup=False, style="red", soft_wrap=True)
        for outcome in group.outcomes if verbose else ():
            for text in misses(outcome):
                console.print(text, markup=False, highlight=False, soft_wrap=True)
    console.print(totals_table({group.name: group.figures for group in results.groups}, notes=console.width >= WIDE))


def lines_table(group: Group) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    numbers = ("questions", "heard", "right", "gates")
    for name in (group.name, "voice", *numbers, "verdict"):
        table.add_column(name, justify="right" if name in numbers else "left", no_wrap=name != "verdict")
    for line in group.lines:
        name = line.id + (f" #{line.repeat + 1}" if line.repeat else "")
        if line.fault:
            table.add_row(name, line.voice, "", "", "", "", f"{line.fault} error", style="red")
            continue
        one = line.figures
        notes = [_verdict(line), *([f"invented {one.invented}"] if one.invented else []), *([] if one.finished.count else ["not finished"])]
        notes += [f"as scripted {sum(one.fallbacks.values())}/{one.own_words.of}"] if one.fallbacks else []
        cells = (line.voice, f"{one.questions:g}", str(one.heard), str(one.right), f"{one.gates.count}/{one.gates.of}", ", ".join(notes))
        table.add_row(name, *cells, style="" if line.passed else "yellow")
    return table


def _verdict(line: Line) -> str:
    if line.figures.verdict.rate == 1:
        return line.verdict or "right"
    return f"{line.verdict} instead of {line.verdict_gold}" if line.verdict_gold else "wrong"


def totals_table(groups: dict[str, Figures], *, notes: bool) -> "Table":
    """Put the figures of the groups side by side; `notes` adds what each counts, where the terminal is wide enough."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    for name, group in groups.items():
        table.add_column(f"{name} ({group.scenarios})", justify="right", no_wrap=True)
    table.add_column("", style="dim", no_wrap=True)
    for field, label, note in ROWS:
        table.add_row(label, *(cell(getattr(group, field)) for group in groups.values()), note if notes else "")
    for label in dict.fromkeys(label for group in groups.values() for label in group.of_model):
        table.add_row(label, *(group.of_model.get(label, "–") for group in groups.values()), "")
    for k in range(max((len(group.pass_k) for group in groups.values()), default=0)):
        rates = (f"{group.pass_k[k]:.1%}" if k < len(group.pass_k) else "–" for group in groups.values())
        table.add_row(f"pass^{k + 1}", *rates, "gates and verdict right, quotes exact, nothing invented" if notes else "")
    return table


def print_comparison(console: "Console", comparisons: Iterable[Comparison]) -> None:
    """Print what got worse and what got better, the worse first."""
    for one in comparisons:
        console.print(f"\n{one.name}, against the earlier run", style="bold")
        for name, changes in (("figures", one.figures), ("scenarios", one.scenarios), ("items", one.items)):
            for change in sorted(changes, key=lambda change: change.direction, reverse=True):
                text = f"  {change.direction:6} {change.what}: {change.before} → {change.now}"
                console.print(text, style="red" if change.direction == "worse" else "green", markup=False, soft_wrap=True)
            if not changes:
                console.print(f"  no change in {name}", style="dim")
        for label, names in (("only in the earlier run", one.only_before), ("only in this run", one.only_now)):
            if names:
                console.print(f"  {label}: {', '.join(names)}", markup=False)


def print_retrieval(console: "Console", measured: "Measures", *, verbose: bool) -> None:
    """Print each way to search over each set of questions; with `verbose` the development questions of which something was not found."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("questions", "", "recall@3", "hit@3", "MRR@10"):
        table.add_column(name, justify="right" if name[-1:].isdigit() else "left", no_wrap=True)
    for name, ways in measured.sets.items():
        for number, (way, one) in enumerate(ways.items()):
            label = "" if number else f"{name} ({one.queries})"
            table.add_row(label, way, f"{one.recall:.3f}", f"{one.hit:.3f}", f"{one.mrr:.3f}", style="" if number else "bold")
    console.print(table)
    for ask, passages in measured.missed.items() if verbose else ():
        console.print(f"  {ask} not among the first three: {', '.join(passages)}", markup=False, soft_wrap=True)


def misses(outcome: Outcome) -> Iterable[str]:
    """Say what was missed, wrong or invented, a line each."""
    wrong = [item for item in outcome.items if item.result != "right"]
    parts = [part for part in outcome.parts if not part.right]
    if wrong or parts or outcome.inventions or not outcome.verdict_right:
        yield f"\n{outcome.id}"
    for item in wrong:
        got = f"{item.value!r}" if item.state == "known" else item.state
        yield f"  {item.result:6} {item.item}: {got} instead of {item.gold!r}" + (f" from {item.quote!r}" if item.quote else "")
    for one in outcome.inventions:
        yield f"  invented ({one.why}) {one.item}: {one.value!r} from {one.quote!r}"
    for part in parts:
        yield f"  {part.part} {part.name}: {part.got} instead of {part.gold}"
    if not outcome.verdict_right:
        yield f"  verdict: {outcome.verdict} instead of {outcome.verdict_gold}"


def cell(value: Any) -> str:
    if isinstance(value, Share):
        return f"{value}" if value.rate is None else f"{value} ({value.count}/{value.of})"
    return f"{value:g}"
