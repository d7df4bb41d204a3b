"""The shape of the house: the drawing of the graph, who may import whom, and what an import must not load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from agent.graph import build
from agent.items import STAGES, guide
from tests.doors.nursery import REPOSITORY

PACKAGES = ("agent", "knowledge", "ui", "evals")
MAY_IMPORT = {"agent": {"agent", "knowledge"}, "knowledge": {"knowledge"}, "ui": {"ui", "agent", "knowledge"}, "evals": {"evals", "agent", "knowledge"}}
PURE = ("agent/record.py", "agent/judging")
IMPURE = {
    "langgraph",
    "chromadb",
    "os",
    "time",
    "random",
    "socket",
    "http",
    "urllib",
    "requests",
    "httpx",
    "asyncio",
    "subprocess",
    "secrets",
    "uuid",
    "threading",
}
CLOCKS = {"today", "now", "utcnow", "time", "perf_counter"}
STARTS = {  # two commands, and nothing else, know the evaluation: one starts it, one writes a conversation down as a scenario for it
    "evals/bench_page.py": {"ui"},  # the barest page is served with the settings of ours
    "ui/commands/eval.py": {"evals"},
    "ui/commands/threads.py": {"evals"},
}
READS_ENVIRONMENT = {"agent/settings.py", "ui/web/server.py", "evals/bench.py", "evals/bench_page.py"}  # all but the first prepare it for another program
SOURCES = sorted(path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports anywhere, also inside functions."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def roots(path: Path) -> set[str]:
    return {module.partition(".")[0] for module in imports(path)}


def drawn() -> str:
    graph = build(guide(), lambda: None, lambda: None)  # type: ignore[arg-type, return-value]
    return graph.compile().get_graph().draw_mermaid().strip()


def test_readme_draws_the_graph_as_it_is() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    section = readme.partition("<!-- graph -->")[2].partition("<!-- /graph -->")[0].strip()
    assert section.removeprefix("```mermaid").removesuffix("```").strip() == drawn()


def test_graph_has_a_node_for_each_stage() -> None:
    graph = build(guide(), lambda: None, lambda: None).compile().get_graph()  # type: ignore[arg-type, return-value]
    assert set(graph.nodes) == {"__start__", "listen", *STAGES, "assessment", "__end__"}
    ways = {(edge.source, edge.target) for edge in graph.edges}
    assert ways == {("__start__", "listen")} | {way for stage in (*STAGES, "assessment") for way in (("listen", stage), (stage, "__end__"))}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_import_directions(path) -> None:
    ours = roots(path) & {*PACKAGES, "tests"}
    assert ours <= MAY_IMPORT[name(path).partition("/")[0]] | STARTS.get(name(path), set())


@pytest.mark.parametrize("path", [path for path in SOURCES if name(path).startswith(PURE)], ids=name)
def test_record_and_judging_are_pure(path) -> None:
    assert not roots(path) & IMPURE
    called = {node.func.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    assert not called & CLOCKS, "today's date is passed in"
    assert not {node.func.id for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)} & {"open", "print", "input"}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_environment_is_read_in_one_place(path) -> None:
    of_os = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"}
    reads = of_os & {"environ", "environb", "getenv", "getenvb", "putenv"} | imports(path) & {"os.environ", "os.getenv"}
    assert not reads or name(path) in READS_ENVIRONMENT


def test_one_file_imports_the_model_client() -> None:
    ours = [name(path) for path in SOURCES if "langchain_openai" in roots(path)]
    assert ours == ["agent/language_model.py", "evals/model_bench.py"], "the latter has the plain agent that we are measured against"


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("agent.interview", ["chromadb", "wordllama", "chainlit", "langchain_openai", "tokenizers"]),
        ("agent.record", ["langgraph", "chromadb", "wordllama", "numpy"]),
        ("agent.judging", ["langgraph", "chromadb", "wordllama", "numpy"]),
        ("ui.cli", ["langgraph", "chromadb", "wordllama", "chainlit", "numpy"]),
    ],
)
def test_import_loads_no_more_than_it_needs(module, unwanted) -> None:
    asked = f"import sys, {module}; print(*[name for name in {unwanted} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", asked], cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stderr, ran.stdout.split()) == (0, "", [])
