"""`pilotcheck web` as a process, a visitor's Chromium, and what a person does on the page."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.ports import free_port

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("PILOTCHECK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 60_000
OPENING = "Our claims team runs a pilot: the AI drafts replies to customers. 40 of 50 clerks use it every week."
COMMAND = "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"


class Server:
    """`pilotcheck web` as a process of its own, in an empty working directory, with variables around it that Chainlit would fall over."""

    def __init__(self, folder: Path, *options: str, **variables: str):
        self.folder, self.port, self.options, self.variables = folder, free_port(), options, variables
        self.cwd, self.home = folder / "cwd", folder / "home"
        self.cwd.mkdir()
        (self.cwd / ".env").write_text("DATABASE_URL=postgresql://nobody@localhost:1/none\n")
        self.start()

    def start(self) -> None:
        colliding = {"DATABASE_URL": "postgresql://nobody@localhost:1/none", "SLACK_BOT_TOKEN": "x", "SLACK_WEBSOCKET_TOKEN": "y", "PROJECT": "z", "UI": "u"}
        environment = {**os.environ, **colliding, "PILOTCHECK_HOME": str(self.home), "PYTHONPATH": str(REPOSITORY), **self.variables}
        self.log = (self.folder / "log.txt").open("ab")
        command = [sys.executable, "-c", COMMAND, "web", "--port", str(self.port), "--no-browser", *self.options]
        self.process = subprocess.Popen(command, cwd=self.cwd, env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        try:
            while not _open(self.port):
                assert self.process.poll() is None, self.log_text()
                time.sleep(0.1)
            self.get("/health")  # the port is open before the server is ready: this waits
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        self.log.close()

    def log_text(self) -> str:
        """Return what stands in the server's console."""
        return (self.folder / "log.txt").read_text(encoding="utf-8")

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        status, _, body = self.ask("GET", path, **headers)
        return status, body

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
        """Return the status, the headers in lower case and the body of an answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE / 1000)) as connection:
            connection.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode("utf-8", "replace")

    @property
    def key(self) -> str:
        """Return the key of this computer, as the browser that `pilotcheck web` opens brings it."""
        return (self.home / "web" / "key").read_text(encoding="ascii")

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/"


def _open(port: int) -> bool:
    with closing(socket.socket()) as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def visitor(browser, server: Server, login: Callable[[Any], None] | None = None, *, width: int = 1280, height: int = 900):
    """Yield a page of a browser that has never been here; everything it asks of the network is in page.requested, what came by socket in page.received."""
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    requested: list[str] = []
    context.on("request", lambda request: requested.append(request.url))
    page = context.new_page()
    received: list[str | bytes] = []
    page.on("websocket", lambda opened: (requested.append(opened.url), opened.on("framereceived", lambda frame: received.append(frame))))
    page.requested, page.received = requested, received
    page.goto(server.address)
    if login:
        login(page)
    page.get_by_text("Tell me about the pilot in your own words").wait_for()
    yield page
    context.close()


def with_password(name: str, password: str) -> Callable[[Any], None]:
    """Return how somebody logs in who has a password."""

    def login(page) -> None:
        page.locator("#email").fill(name)
        page.locator("#password").fill(password)
        page.get_by_role("button", name="Sign In").click()

    return login


def at_the_provider(name: str) -> Callable[[Any], None]:
    """Return how somebody logs in who has an account at the stand-in of an OpenID provider."""

    def login(page) -> None:
        page.get_by_role("button", name="Continue with").click()
        page.get_by_role("link", name=name).click()

    return login


def say(page, text: str) -> None:
    """Type a message and wait for the reply to it."""
    before = replies(page)
    write(page, text)
    until(page, before + 1)


def write(page, text: str) -> None:
    page.locator("#chat-input").fill(text)
    page.locator("#chat-submit:enabled").click()


def press(page, label: str) -> None:
    before = replies(page)
    page.get_by_role("button", name=label, exact=True).click()
    until(page, before + 1)


def replies(page) -> int:
    return int(page.locator('[data-step-type="assistant_message"] [id$="-reply"], [data-step-type="assistant_message"] [id$="-opening"]').count())


def until(page, count: int) -> None:
    page.wait_for_function(
        """count => document.querySelectorAll('[data-step-type="assistant_message"] [id$="-reply"], [data-step-type="assistant_message"] [id$="-opening"]').length >= count
                  && [...document.querySelectorAll('button[id^="press-"]')].some(one => one.offsetParent && !one.disabled)""",
        arg=count,
    )


def messages(page) -> list[str]:
    return [text.strip() for text in page.locator(".message-content > div:first-child").all_inner_texts()]


def said(page) -> list[str]:
    return [text.strip() for text in page.locator('[data-step-type="user_message"]').all_inner_texts()]


def chips(page) -> dict[str, str]:
    """Return what the page shows as heard in the last message."""
    page.locator(".pc-progress").wait_for()
    found = (chip.locator("span").inner_text() for chip in page.locator(".pc-chip").all())
    labels = [label.inner_text() for label in page.locator(".pc-chip b").all()]
    return {label: text.removeprefix(label).strip() for label, text in zip(labels, found, strict=True)}


def told_that_it_is_not_here(page) -> None:
    """Expect the page to say that a diagnosis cannot be opened, and a way to go on."""
    page.get_by_role("alert").filter(has_text="This diagnosis cannot be opened here").wait_for()
    assert page.locator("#chat-input").is_enabled()
    assert page.get_by_text("No connection").count() == page.get_by_text("Couldn't resume").count() == 0
    assert page.locator("#start-describe").is_visible()


def board(page, part: str) -> str:
    """Return the word that the board has for a gate, an owner or a force."""
    return str(page.locator(f"[data-part={part}] .pc-word").inner_text())
