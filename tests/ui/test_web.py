"""The web page in a real Chromium: what a person sees, what stays private, what leaves the machine (nothing)."""

import http.client
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from agent.errors import PilotcheckError
from ui.serve_web import _clean, _listen, conversations, shown, without_foreign_tags

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("PILOTCHECK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 60_000
OPENING = "Our claims team runs a pilot: the AI drafts replies to customers. 40 of 50 clerks use it every week."
COMMAND = "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"


class Server:
    """`pilotcheck web` as a process of its own, in an empty working directory, with variables around it that Chainlit would fall over."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, _free_port()
        self.cwd, self.home = folder / "cwd", folder / "home"
        self.cwd.mkdir()
        (self.cwd / ".env").write_text("DATABASE_URL=postgresql://nobody@localhost:1/none\n")
        self.start()

    def start(self) -> None:
        colliding = {"DATABASE_URL": "postgresql://nobody@localhost:1/none", "SLACK_BOT_TOKEN": "x", "SLACK_WEBSOCKET_TOKEN": "y", "PROJECT": "z", "UI": "u"}
        environment = {**os.environ, **colliding, "PILOTCHECK_HOME": str(self.home), "PYTHONPATH": str(REPOSITORY)}
        self.log = (self.folder / "log.txt").open("ab")
        command = [sys.executable, "-c", COMMAND, "web", "--port", str(self.port), "--no-browser"]
        self.process = subprocess.Popen(command, cwd=self.cwd, env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        try:
            while not _open(self.port):
                assert self.process.poll() is None, (self.folder / "log.txt").read_text()
                time.sleep(0.1)
            self.get("/health")  # the port is open before the server is ready: this waits
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        self.log.close()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE / 1000)) as connection:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/"


def _open(port: int) -> bool:
    with closing(socket.socket()) as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not importlib.util.find_spec("chainlit"):  # importing it would write into the working directory
        pytest.skip("Chainlit is not installed")
    running = Server(tmp_path_factory.mktemp("web"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        pytest.skip("no Chromium found; install one or set PILOTCHECK_CHROMIUM to its path")
    api = pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def visitor(browser, server: Server):
    """Yield a page of a browser that has never been here; everything it asks of the network is in page.requested."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    requested: list[str] = []
    context.on("request", lambda request: requested.append(request.url))
    page = context.new_page()
    page.on("websocket", lambda opened: requested.append(opened.url))
    page.requested = requested
    page.goto(server.address)
    page.get_by_text("Tell me about the pilot in your own words").wait_for()
    yield page
    context.close()


@pytest.fixture
def page(browser, server: Server):
    with visitor(browser, server) as opened:
        yield opened


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
    return [text.strip() for text in page.locator(".message-content").all_inner_texts()]


def said(page) -> list[str]:
    return [text.strip() for text in page.locator('[data-step-type="user_message"]').all_inner_texts()]


def test_conversation_with_buttons(page) -> None:
    say(page, OPENING)
    assert "I heard" in messages(page)[-1]
    press(page, "Why do you ask?")
    assert said(page)[-1] == "Why do you ask?"
    assert page.locator("blockquote").count() == 1
    choice = page.locator('button[id^="choice-"]:visible').last
    label = choice.inner_text()
    press(page, label)
    assert said(page) == [OPENING, "Why do you ask?", label]
    turns = {button.get_attribute("id").rsplit("-", 2)[1] for button in page.locator('button[id^="press-"]').all()}
    assert turns == {"3"}, "only the last question has buttons"


def test_sources_on_demand(page) -> None:
    say(page, OPENING)
    assert page.locator("#side-view-content").count() == 0
    page.get_by_role("button", name="Sources", exact=True).click()
    page.locator("#side-view-content .italic").first.wait_for()
    assert len(page.locator("#side-view-content").inner_text()) > 100
    press(page, "Skip")
    assert page.locator("#side-view-content").count() == 0


def test_result_and_report(page, tmp_path: Path) -> None:
    say(page, OPENING)
    press(page, "Just the result")
    verdict = page.locator(".message-content .font-bold").last.inner_text()
    assert verdict
    with page.expect_download() as waiting:
        page.get_by_text("report.md").click()
    assert waiting.value.suggested_filename == "pilotcheck-report.md"
    report = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert report.startswith("# ")
    assert "gates" in report
    with page.expect_download() as waiting:
        page.get_by_text("report.json").click()
    assert json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))["assessment"]["verdict"]
    page.get_by_role("button", name="Read the full report").click()
    page.locator("#side-view-content h2").first.wait_for()
    press(page, "Back")
    assert page.locator('button[id^="press-"]:visible').count() >= 5, "after the result the conversation goes on"


def test_reload_continues(page) -> None:
    say(page, OPENING)
    press(page, "I don't know")
    before = messages(page)
    page.reload()
    until(page, 3)
    assert messages(page) == before
    press(page, "Where are we?")
    assert "on record" in messages(page)[-1]


def test_lost_connection_doubles_nothing(browser, tmp_path: Path) -> None:
    own = Server(tmp_path)
    try:
        with visitor(browser, own) as page:
            say(page, OPENING)
            press(page, "Skip")
            before, buttons = messages(page), page.locator('button[id^="press-"]').count()
            own.stop()
            connected = len(page.requested)
            own.start()
            while not any(url.startswith("ws:") for url in page.requested[connected:]):
                page.wait_for_timeout(200)
            page.wait_for_timeout(2000)
            press(page, "I don't know")
            assert messages(page)[: len(before)] == before
            assert len(messages(page)) == len(before) + 2
            assert page.locator('button[id^="press-"]').count() == buttons
    finally:
        own.stop()
    assert sorted(path.name for path in own.cwd.iterdir()) == [".env"], "nothing is written where the person happens to be"


def test_markup_is_shown_as_text_and_fetches_nothing(page) -> None:
    markup = "The use case is “<script>window.stolen=1</script><img src=x onerror=window.stolen=2> <b>claims</b> KPI:time ~4 to ~5 ![x](http://elsewhere.invalid/x.png)”."
    say(page, markup)
    press(page, "Where are we?")
    assert said(page)[0] == markup
    assert page.evaluate("window.stolen") is None
    assert page.locator(".message-content :is(img, script, b, del)").count() == 0


def test_nothing_leaves_the_machine(page, server: Server) -> None:
    say(page, OPENING)
    press(page, "Just the result")
    page.get_by_role("button", name="Read the full report").click()
    page.locator("#side-view-content h1").first.wait_for()
    outside = [url for url in page.requested if not url.startswith((f"http://localhost:{server.port}/", f"ws://localhost:{server.port}/", "data:", "blob:"))]
    assert len(page.requested) > 5
    assert not outside


def test_double_click_counts_once(page) -> None:
    say(page, OPENING)
    page.evaluate("""() => { const button = document.querySelector('button[id^="press-"][id$="-skip"]'); button.click(); button.click(); button.click(); }""")
    until(page, 3)
    page.wait_for_timeout(1000)
    assert said(page) == [OPENING, "Skip"]


def test_refused_message_is_said_plainly(page) -> None:
    say(page, OPENING)
    write(page, "x" * 50_001)
    page.get_by_text("Send it in parts").wait_for()
    press(page, "I don't know")


def test_other_window_is_brought_up_to_date(page) -> None:
    say(page, OPENING)
    other = page.context.new_page()
    other.goto(page.url)
    until(other, 2)
    press(page, "Skip")
    write(other, "yes")
    other.get_by_text("went on in another window").wait_for()
    assert "Skip" in said(other)
    page.reload()
    until(page, 3)
    assert said(page) == [OPENING, "Skip"], "an answer to a question that was no longer open is not counted"


def test_new_conversation_and_back_to_the_earlier(page) -> None:
    say(page, OPENING)
    page.get_by_text("New conversation").click()
    page.get_by_text("Or continue where you left off").wait_for()
    assert said(page) == []
    page.get_by_role("link", name="Our claims team").click()
    until(page, 2)
    assert said(page) == [OPENING]


def test_strangers_see_nothing(page, browser, server: Server) -> None:
    say(page, OPENING)
    press(page, "Just the result")
    thread = page.locator('button[id^="press-"]').first.get_attribute("id").split("-")[1]
    assert len(thread) == 32
    with visitor(browser, server) as stranger:
        assert said(stranger) == []
        for path in (f"report/{thread}.md", f"report/{thread}.json", f"report/{thread}.txt", f"continue/{thread}"):
            answer = stranger.request.get(server.address + path)
            assert answer.status == 404
            assert "claims" not in answer.text()
    assert server.get(f"/report/{thread}.md")[0] == 404


def test_other_sites_are_refused(server: Server) -> None:
    assert server.get("/", Accept="text/html")[0] == 200
    assert server.get("/", Host="rebound.example")[0] == 403
    assert server.get("/project/settings", Host=f"localhost:{server.port}", Origin="http://evil.example")[0] == 403
    assert server.get("/project/settings", Host=f"localhost:{server.port}", Origin="http://localhost:1")[0] == 403
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec_WebSocket_Version": "13"}
    assert server.get("/ws/socket.io/?EIO=4&transport=websocket", Host=f"localhost:{server.port}", Origin="http://evil.example", **upgrade)[0] == 403


def test_another_site_cannot_change_the_conversation(server: Server) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        kept = "pilotcheck=" + "a" * 32
        connection.request("GET", "/new", headers={"Cookie": kept, "Sec-Fetch-Site": "cross-site"})
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.headers["location"]) == (303, "/")
        assert answer.headers["set-cookie"].startswith(kept + ";")


def test_page_is_on_this_computer_only(server: Server) -> None:
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1", "127.0.1.1"}
    for address in addresses:
        with closing(socket.socket()) as tried:
            tried.settimeout(2)
            assert tried.connect_ex((address, server.port)) != 0


def test_port_in_use_says_what_to_do() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PilotcheckError, match=f"Port {port} is in use.*--port {port + 1}"):
            _listen(port)


def test_impossible_port_is_said_plainly() -> None:
    with pytest.raises(PilotcheckError, match="between 1024 and 65535"):
        _listen(70_000)


def test_environment_is_cleaned(tmp_path: Path) -> None:
    environment = {
        "DATABASE_URL": "x",
        "SLACK_BOT_TOKEN": "x",
        "Project": "x",
        "CHAINLIT_HOST": "0.0.0.0",
        "PILOTCHECK_HOME": "kept",
        "PATH": "kept",
        "OPENAI_API_KEY": "kept",
    }
    _clean(environment, tmp_path)
    assert {name for name, value in environment.items() if value == "kept"} == {"PILOTCHECK_HOME", "PATH", "OPENAI_API_KEY"}
    assert environment["CHAINLIT_APP_ROOT"] == str(tmp_path)
    assert not {"DATABASE_URL", "SLACK_BOT_TOKEN", "Project", "CHAINLIT_HOST"} & set(environment)


def test_only_well_formed_ids_are_taken_from_a_cookie() -> None:
    one, other = "a" * 32, "0" * 32
    assert conversations(f"x=1; pilotcheck={one}.{other}.{one}; y=2") == (one, other)
    assert conversations(f"pilotcheck=../../etc.{other}.short") == (other,)
    assert conversations("") == conversations("pilotcheck=") == ()


def test_foreign_tags_are_removed() -> None:
    page = '<link rel="preconnect" href="https://a.example" crossorigin />\n<link\n  href="//b.example/x.css"\n/><script src="https://c.example/x.js"></script><link href="/own.css"><script src="/own.js"></script>'
    assert without_foreign_tags(page).split() == ["<link", 'href="/own.css"><script', 'src="/own.js"></script>']


def test_what_markdown_would_swallow_is_escaped() -> None:
    assert shown("a <b> ![x](u) KPI:time ~4") == "a \\<b> !\\[x](u) KPI\\:time \\~4"
    assert shown("\\<b> \\~4") == "\\<b> \\~4", "what is escaped already stays as it is"
    assert shown("at 10:30, [a](https://b), 3 < 4") == "at 10:30, [a](https://b), 3 < 4"
