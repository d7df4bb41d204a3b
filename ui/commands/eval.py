"""`pilotcheck eval`: scripted people talk to the interview, and what was understood is scored."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands import command, reader

if TYPE_CHECKING:
    from rich.console import Console

    from agent.settings import Settings
    from evals.results import Results


def register(commands: Any) -> None:
    parser = command(
        commands,
        "eval",
        "let scripted people talk to the interview, and score what was understood",
        "pilotcheck eval\n  pilotcheck eval evals/scenarios/seed-returns.yaml -v\n  pilotcheck eval --typos --json typos.json --compare plain.json\n"
        "  pilotcheck eval evals/scenarios/seed-returns.yaml --person llm --reader builtin",
        run,
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="scenario files or folders (all that come with Pilotcheck)")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every miss")
    parser.add_argument(
        "--show-holdout", action="store_true", help="show the misses of holdout scenarios too; whoever has seen them cannot be measured on them"
    )
    parser.add_argument("--retrieval", action="store_true", help="measure instead how well the library finds the passages that answer labelled questions")
    parser.add_argument("--workers", type=_count, metavar="N", help="conversations at a time (one a core)")
    reader(parser, "who reads the person's words")
    _register_person(parser)
    _register_outputs(parser)
    _register_thresholds(parser)


def _register_person(parser: argparse.ArgumentParser) -> None:
    person = parser.add_argument_group("the scripted person")
    person.add_argument(
        "--person", choices=["script", "llm"], default="script", help="whose words they are: the script's, or a language model's that says the same (script)"
    )
    person.add_argument("--clicks", action="store_true", help="presses a button wherever one says what they mean")
    person.add_argument("--typos", type=_rate, nargs="?", const=0.05, default=0.0, metavar="RATE", help="mistypes this share of the words (0.05)")
    person.add_argument("--lowercase", action="store_true", help="writes everything in small letters")
    person.add_argument("--shuffle", action="store_true", help="says things in another order")
    person.add_argument("--seed", type=int, default=0, metavar="N", help="what the chance of typos and order follows from (0)")
    person.add_argument("--repeat", type=_count, default=1, metavar="K", help="holds each conversation K times, each with the next seed, and gives pass^k")


def _register_outputs(parser: argparse.ArgumentParser) -> None:
    outputs = parser.add_argument_group("results in files")
    outputs.add_argument("--json", type=Path, metavar="FILE", help="everything, for programs and --compare")
    outputs.add_argument("--html", type=Path, metavar="FILE", help="one page with totals, charts and every conversation")
    outputs.add_argument("--junit", type=Path, metavar="FILE", help="a test case a conversation, for CI")
    outputs.add_argument("--compare", type=Path, metavar="OLD.json", help="say what got better and worse since an earlier --json")


def _register_thresholds(parser: argparse.ArgumentParser) -> None:
    from evals.thresholds import LEAST, MOST

    group = parser.add_argument_group(
        "thresholds", "Exit code 1 if one is not reached, by the development scenarios or by the holdout. Shares are written as 0.9."
    )
    for figure in LEAST:
        group.add_argument(f"--min-{figure.replace('_', '-')}", type=float, metavar="SHARE", dest=f"least_{figure}")
    for figure in MOST:
        group.add_argument(f"--max-{figure.replace('_', '-')}", type=float, metavar="N", dest=f"most_{figure}")

    group.add_argument("--min-recall", type=float, metavar="SHARE", help="recall@3 of the library over the holdout questions; with --retrieval")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 <= rate <= 1:
        raise argparse.ArgumentTypeError("a share from 0 to 1, such as 0.05")
    return rate


def run(chosen: argparse.Namespace) -> int:
    from rich.console import Console

    from evals.comparing import compare
    from evals.reports.terminal import print_comparison, print_results
    from evals.results import read_results

    console = Console(highlight=False)
    if chosen.retrieval:
        return _retrieval(chosen, console)
    earlier = read_results(chosen.compare) if chosen.compare else None
    results = _evaluated(chosen, Console(stderr=True))
    print_results(console, results, verbose=chosen.verbose)
    console.print(f"\n{sum(len(group.lines) for group in results.groups)} conversations in {results.seconds:.0f} s", style="dim")
    if earlier:
        print_comparison(console, compare(earlier, results))
    _write(chosen, results)
    return _reached(chosen, results)


def _evaluated(chosen: argparse.Namespace, progress: "Console") -> "Results":
    """Hold every conversation, with a progress bar on standard error."""
    import time
    from datetime import UTC, datetime
    from importlib.metadata import version

    from rich.progress import track

    from agent.settings import settings
    from evals.many import Conditions, prepare, run_jobs, workers
    from evals.results import Results, grouped
    from evals.scenario import SCENARIOS, find

    given = settings().model_copy(update={"reader": chosen.reader})
    conditions = Conditions(
        person=chosen.person, clicks=chosen.clicks, typos=chosen.typos, lowercase=chosen.lowercase, shuffle=chosen.shuffle, seed=chosen.seed
    )
    if chosen.person == "llm":
        _can_speak(chosen, given)
    files = find(chosen.paths or [SCENARIOS])
    jobs, unreadable = prepare(files, conditions, chosen.repeat)
    started = time.perf_counter()
    coming = run_jobs(jobs, given, chosen.workers or workers())
    outcomes = [*unreadable, *track(coming, "Talking ...", total=len(jobs), console=progress, transient=True)]
    outcomes.sort(key=lambda outcome: (files.index(Path(outcome.file)), outcome.repeat))
    return Results(
        when=datetime.now(UTC).isoformat(timespec="seconds"), version=version("pilotcheck"), options={**conditions.model_dump(), "repeat": chosen.repeat},
        seconds=round(time.perf_counter() - started, 1), groups=grouped(outcomes, show_holdout=chosen.show_holdout),
    )  # fmt: skip


def _can_speak(chosen: argparse.Namespace, given: "Settings") -> None:
    """Refuse what a model cannot do as the person."""
    from agent.errors import PilotcheckError

    if not given.model.is_there:
        raise PilotcheckError("--person llm needs a language model: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own (docs/model.md).")
    if chosen.typos or chosen.lowercase:
        raise PilotcheckError("--person llm goes without --typos and --lowercase: a model writes the words anew and puts such things right.")


def _write(chosen: argparse.Namespace, results: "Results") -> None:
    from evals.reports.junit import junit
    from evals.reports.page import page

    renderings: list[tuple[Path | None, Callable[[], str]]] = [
        (chosen.json, lambda: results.model_dump_json(indent=1)),
        (chosen.html, lambda: page(results)),
        (chosen.junit, lambda: junit(results)),
    ]
    for path, rendered in renderings:
        if path:
            path.write_text(rendered(), encoding="utf-8")
            print(f"Written to {path}.", file=sys.stderr)


def _reached(chosen: argparse.Namespace, results: "Results") -> int:
    """Say on standard error what was not reached; a broken scenario or a crash is never a success."""
    from evals.thresholds import LEAST, MOST, Threshold, failures

    bounds = [*((figure, True) for figure in LEAST), *((figure, False) for figure in MOST)]
    given = [(figure, least, getattr(chosen, f"{'least' if least else 'most'}_{figure}")) for figure, least in bounds]
    thresholds = [Threshold(figure=figure, least=least, bound=bound) for figure, least, bound in given if bound is not None]
    failed = [f"{group.name}: {line}" for group in results.groups for line in failures(group.figures, thresholds)]
    for line in failed:
        print(f"not reached, {line}", file=sys.stderr)
    return int(bool(failed) or any(line.fault for group in results.groups for line in group.lines))


def _retrieval(chosen: argparse.Namespace, console: "Console") -> int:
    """Search for every labelled question in three ways, side by side."""
    from tempfile import TemporaryDirectory

    from evals.reports.terminal import print_retrieval
    from evals.retrieval.measuring import QUERIES, load_queries, measure
    from knowledge.library import Library

    with TemporaryDirectory(prefix="pilotcheck-eval-") as home:  # the guidance alone, without anybody's own documents
        library = Library.open(Path(home))
        queries = load_queries(QUERIES, [passage.id for passage in library.passages()])
        table = measure(library, queries)
        library.close()
    print_retrieval(console, table, verbose=chosen.verbose)
    reached = table.sets["holdout"]["library"].recall
    if chosen.min_recall is not None and reached < chosen.min_recall:
        print(f"not reached: recall@3 is {reached:.3f}, --min-recall {chosen.min_recall:g}", file=sys.stderr)
        return 1
    return 0
