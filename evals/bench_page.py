"""The benchmark of the page: how soon it is ready and how long a click takes in a real Chromium, beside what the interview itself takes.

Run it on an idle machine: python -m evals.bench_page. It needs the development packages and a Chromium (PILOTCHECK_CHROMIUM names one).
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OPENING = "Our claims team runs a pilot: the AI drafts replies to customers. 40 of 50 clerks use it every week."
VISITS, CLICKS, PAUSE = 5, 12, 500  # and milliseconds before a click: nobody is faster
BARE = Path(__file__).parent / "bare_page.py"
GREETING = "Tell me about the pilot in your own words"
COMMAND = "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"


@contextmanager
def server(home: Path) -> Iterator[str]:
    """Yield the address of `pilotcheck web`, a process of its own with an empty home."""
    with running([sys.executable, "-c", COMMAND, "web", "--no-browser"], {"PILOTCHECK_HOME": str(home)}) as address:
        yield address


@contextmanager
def bare_server(folder: Path) -> Iterator[str]:
    """Yield the address of the barest page of the same Chainlit, with our settings and files but not our look."""
    from ui.web.folder import prepare

    prepare(folder)
    (folder / "public" / "pilotcheck.css").write_text("")
    command = [sys.executable, "-m", "chainlit", "run", str(BARE), "--headless"]
    with running(command, {"CHAINLIT_APP_ROOT": str(folder)}) as address:
        yield address


@contextmanager
def running(command: list[str], variables: dict[str, str]) -> Iterator[str]:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*command, "--port", str(port)], env={**os.environ, **variables}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            with suppress(OSError), urlopen(f"http://localhost:{port}/health"):  # the port is open before the server is ready
                break
            time.sleep(0.1)
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("PILOTCHECK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def visit(browser: "Browser", address: str, greeting: str = GREETING) -> tuple["Page", float]:
    """Return a page of a browser that has nothing in its cache, and the seconds until it can be typed into."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    began = time.perf_counter()
    page.goto(address)
    page.get_by_text(greeting).wait_for()
    page.locator("#chat-input").wait_for()
    return page, time.perf_counter() - began


def clicked(page: "Page", button: str, reply: str) -> float:
    """Return the milliseconds, on the page's own clock, from a click on a button to the reply with its buttons; both are named by selector."""
    page.wait_for_timeout(PAUSE)
    found: Any = page.evaluate(
        """([button, reply]) => new Promise(done => {
            const began = performance.now();
            const look = () => document.querySelector(reply) ? done(performance.now() - began) : requestAnimationFrame(look);
            document.querySelector(button).click();
            look();
        })""",
        [button, reply],
    )
    return float(found)


def ours(browser: "Browser", address: str) -> tuple[list[float], list[float]]:
    """Return the seconds of the visits and the milliseconds of the clicks on "Skip" on our page."""
    visits = [visit(browser, address)[1] for _ in range(VISITS)]
    page, _ = visit(browser, address)
    page.locator("#chat-input").fill(OPENING)
    page.locator("#chat-submit:enabled").click()
    page.locator('.pc-answer[data-turn="1"] .pc-commands').wait_for(timeout=120_000)  # the first turn of a new home builds the index
    return visits, [clicked(page, 'button[id^="press-"][id$="-skip"]', f'.pc-answer[data-turn="{turn}"] button[id$="-skip"]') for turn in range(2, CLICKS + 2)]


def bare(browser: "Browser", address: str) -> tuple[list[float], list[float]]:
    """Return the same of the barest page."""
    visits = [visit(browser, address, "Message 1")[1] for _ in range(VISITS)]
    page, _ = visit(browser, address, "Message 1")
    page.evaluate("""new MutationObserver(() => document.querySelectorAll('button').forEach(one => {
        if (/^Next \\d+$/.test(one.textContent)) one.dataset.next = one.textContent.slice(5);
    })).observe(document.body, { childList: true, subtree: true })""")
    page.get_by_role("button", name="Next 1").click()
    page.get_by_role("button", name="Next 2").wait_for()
    return visits, [clicked(page, f'[data-next="{number}"]', f'[data-next="{number + 1}"]') for number in range(2, CLICKS + 2)]


def turns_alone(home: Path) -> list[float]:
    """Return the milliseconds that the same turns take in the interview, without a page."""
    from agent.assembly import interview
    from agent.interview import new_thread_id
    from agent.settings import settings

    opened, thread = interview(settings({"PILOTCHECK_HOME": str(home)})), new_thread_id()
    opened.warm()
    opened.say(thread, OPENING)
    return [opened.press(thread, "skip").seconds * 1000 for _ in range(CLICKS)]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        with bare_server(Path(folder) / "bare") as address:
            _say("barest page of Chainlit", *bare(browser, address))
        with server(Path(folder) / "page") as address:
            _say("ours", *ours(browser, address))
        alone = turns_alone(Path(folder) / "alone")
    print(f"the same turns in the interview alone: median {statistics.median(alone):.0f} ms, slowest {max(alone):.0f} ms of {CLICKS}")
    return 0


def _say(name: str, visits: list[float], clicks: list[float]) -> None:
    print(f"{name}: page ready, nothing cached, first {visits[0]:.2f} s, then median {statistics.median(visits[1:]):.2f} s of {VISITS - 1}")
    print(f"{name}: click to reply with its buttons, median {statistics.median(clicks):.0f} ms, slowest {max(clicks):.0f} ms of {CLICKS}")


if __name__ == "__main__":
    sys.exit(main())
