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
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OPENING = "Our claims team runs a pilot: the AI drafts replies to customers. 40 of 50 clerks use it every week."
VISITS, CLICKS = 5, 12
GREETING = "Tell me about the pilot in your own words"
COMMAND = "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"


@contextmanager
def server(home: Path) -> Iterator[str]:
    """Yield the address of `pilotcheck web`, a process of its own with an empty home."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", COMMAND, "web", "--port", str(port), "--no-browser"]
    running = subprocess.Popen(command, env={**os.environ, "PILOTCHECK_HOME": str(home)}, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout and running.stdout.readline(), "the server says when it is ready"
        yield f"http://localhost:{port}/"
    finally:
        running.terminate()
        running.wait(30)


@contextmanager
def chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("PILOTCHECK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def visit(browser: "Browser", address: str) -> tuple["Page", float]:
    """Return a page of a browser that has nothing in its cache, and the seconds until it can be typed into."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    began = time.perf_counter()
    page.goto(address)
    page.get_by_text(GREETING).wait_for()
    page.locator("#chat-input").wait_for()
    return page, time.perf_counter() - began


def clicked(page: "Page", turn: int) -> float:
    """Return the milliseconds, on the page's own clock, from a click on "Skip" to the reply with its buttons."""
    found: Any = page.evaluate(
        """turn => new Promise(done => {
            const began = performance.now();
            const look = () => {
                const answer = document.querySelector(`.pc-answer[data-turn="${turn}"] .pc-commands button`);
                answer ? done(performance.now() - began) : requestAnimationFrame(look);
            };
            document.querySelector('button[id^="press-"][id$="-skip"]').click();
            look();
        })""",
        turn,
    )
    return float(found)


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
    with tempfile.TemporaryDirectory() as folder:
        with server(Path(folder) / "page") as address, chromium() as browser:
            visits = [visit(browser, address)[1] for _ in range(VISITS)]
            page, _ = visit(browser, address)
            page.locator("#chat-input").fill(OPENING)
            page.locator("#chat-submit:enabled").click()
            page.locator('.pc-answer[data-turn="1"]').wait_for()
            clicks = [clicked(page, turn) for turn in range(2, CLICKS + 2)]
        alone = turns_alone(Path(folder) / "alone")
    print(f"page ready, nothing cached: first {visits[0]:.2f} s, then median {statistics.median(visits[1:]):.2f} s of {VISITS - 1}")
    print(f"click to reply with its buttons: median {statistics.median(clicks):.0f} ms, slowest {max(clicks):.0f} ms of {CLICKS}")
    print(f"the same turns in the interview alone: median {statistics.median(alone):.0f} ms, slowest {max(alone):.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
