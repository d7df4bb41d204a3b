"""The web page's server: its own folder, a clean environment, this computer only, and a cookie that says which conversations a browser may see."""

import asyncio
import contextlib
import importlib.metadata
import importlib.util
import json
import logging
import os
import re
import shutil
import socket
import tempfile
import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agent.errors import PilotcheckError, StorageError
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.interview import Interview

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HOST = "127.0.0.1"
NAMES = {"localhost", "127.0.0.1", "::1"}
COOKIE = "pilotcheck"
REMEMBERED = 20
A_YEAR = 365 * 24 * 3600
REPORTS = {"md": ("markdown", "text/markdown; charset=utf-8"), "json": ("json", "application/json")}

# What would switch something on inside Chainlit, by prefix; its settings are read by pydantic from variables as plain as PROJECT and UI.
COLLIDING = ("CHAINLIT_", "SLACK_", "DISCORD_", "TEAMS_", "OAUTH_", "LITERAL_", "APP_AWS_", "APP_GCS_", "APP_AZURE_", "DEV_AWS_", "TRACELOOP_")
COLLIDING_NAMES = {"DATABASE_URL", "BUCKET_NAME", "ROOT", "RUN", "FEATURES", "UI", "PROJECT", "CODE"}

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' ws://localhost:* ws://127.0.0.1:*; worker-src 'self' blob:; object-src 'none'; frame-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "x-frame-options": "DENY"}


def serve(settings: Settings, port: int, browser: bool) -> int:
    """Serve the page on this computer until it is stopped. Raises PilotcheckError when the port or the folder cannot be used."""
    listening = _listen(port)
    import uvicorn

    from agent.assembly import interview

    opened = interview(settings)
    port = listening.getsockname()[1]
    folder = _prepare(settings.home / "web")
    _clean(os.environ, folder)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("chainlit").setLevel(logging.ERROR)

    from ui.web import application

    welcome = f"Pilotcheck is ready: http://localhost:{port}\nOnly this computer can open it. What is said is kept in {settings.home}. Stop with Ctrl-C."
    guarded = Guard(application(opened, port=port, headless=not browser, welcome=welcome), opened)
    server = uvicorn.Server(uvicorn.Config(guarded, log_level="error", server_header=False, timeout_graceful_shutdown=3))
    server.run(sockets=[listening])
    return 0 if server.started else 1


def _listen(port: int) -> socket.socket:
    """Take the port before anything heavy is loaded, so that a port in use is said at once."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        if isinstance(error, (OverflowError, PermissionError)):
            raise PilotcheckError(f"Port {port} cannot be used here. Choose one between 1024 and 65535: `pilotcheck web --port 8000`.") from error
        raise PilotcheckError(
            f"Port {port} is in use. If that is Pilotcheck, it is at http://localhost:{port} already; otherwise take another: `pilotcheck web --port {port + 1}`."
        ) from error
    return listening


# The folder ------------------------------------------------------------------------------------------------------------------


def _prepare(folder: Path) -> Path:
    """Write what Chainlit reads: its settings, our stylesheet, its own page without the tags that fetch from elsewhere."""
    version = importlib.metadata.version("chainlit")
    try:
        (folder / ".chainlit" / "translations").mkdir(parents=True, exist_ok=True)
        page = _page(folder / f"page-{version}")
        _write(folder / ".chainlit" / "config.toml", _config(page, version))
        _write(folder / ".chainlit" / "translations" / "en-US.json", json.dumps(_wording(), indent=1))
        _write(folder / "chainlit.md", "")
        shutil.copytree(Path(__file__).parent / "public", folder / "public", dirs_exist_ok=True)
    except OSError as error:
        raise StorageError(f"The folder {folder} cannot be written ({error.strerror}). Free some space or set PILOTCHECK_HOME to a folder that can.") from error
    return folder


def _write(path: Path, text: str) -> None:
    """Replace a file in one step; another server of the same home may be reading it."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(text)
    os.replace(file.name, path)


def _chainlit() -> Path:
    found = importlib.util.find_spec("chainlit")
    if not found or not found.submodule_search_locations:
        raise PilotcheckError("The web page needs Chainlit, which is not installed: pip install --upgrade pilotcheck.")
    return Path(found.submodule_search_locations[0])


def _page(target: Path) -> Path:
    """Copy Chainlit's page, once a version, without the stylesheets and fonts it takes from public networks."""
    if (target / "index.html").exists():
        return target
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
        copy = Path(temporary) / "page"
        shutil.copytree(_chainlit() / "frontend" / "dist", copy, ignore=shutil.ignore_patterns("*.map"))
        index = copy / "index.html"
        index.write_text(without_foreign_tags(index.read_text(encoding="utf-8")), encoding="utf-8")
        with contextlib.suppress(OSError):  # another process was faster: its copy is the same
            copy.rename(target)
    return target


def without_foreign_tags(page: str) -> str:
    """Remove every tag of a page that loads something from another host."""
    return re.sub(r"""<link\b[^>]*\bhref=["']?(?:https?:)?//[^>]*>|<script\b[^>]*\bsrc=["']?(?:https?:)?//[^>]*>\s*</script>""", "", page)


def _config(page: Path, version: str) -> str:
    return f"""[project]
user_env = []
session_timeout = 600
cache = false
allow_origins = []
transports = ["websocket"]

[features]
unsafe_allow_html = false
latex = false
user_message_markdown = false
user_message_autoscroll = true
assistant_message_autoscroll = false
edit_message = false
allow_thread_sharing = false
favorites = false

[features.spontaneous_file_upload]
enabled = false
accept = []
max_files = 0
max_size_mb = 0

[features.audio]
enabled = false

[features.mcp]
enabled = false

[features.mcp.user_servers]
enabled = false
allowed_urls = []

[UI]
name = "Pilotcheck"
description = "Is your AI pilot ready to scale, and what has to change first?"
language = "en-US"
default_theme = "light"
cot = "hidden"
confirm_new_chat = true
custom_css = "/public/pilotcheck.css"
custom_js = "/public/pilotcheck.js"
custom_meta_url = "/"
custom_meta_image_url = "/public/favicon.svg"
custom_build = {json.dumps(str(page))}

[[UI.header_links]]
name = "Begin another conversation; this one is kept"
display_name = "New conversation"
icon_url = "/public/favicon.svg"
url = "/new"
target = "_self"

[meta]
generated_by = "{version}"
"""


def _wording() -> dict[str, Any]:
    wording: dict[str, Any] = json.loads((_chainlit() / "translations" / "en-US.json").read_text(encoding="utf-8"))
    wording["chat"]["watermark"] = "The verdict follows fixed rules from what you said."
    wording["chat"]["input"]["placeholder"] = "Answer in your own words …"
    return wording


def _clean(environment: MutableMapping[str, str], folder: Path) -> None:
    """Take out of this process's environment what Chainlit would act on, and point it to our folder and to no .env file."""
    for name in list(environment):
        if name.upper().startswith(COLLIDING) or name.upper() in COLLIDING_NAMES:
            del environment[name]
    environment.update(
        CHAINLIT_APP_ROOT=str(folder), CHAINLIT_ENV_FILE=str(folder / "no.env"), TRACELOOP_TELEMETRY="false", ANONYMIZED_TELEMETRY="false", DO_NOT_TRACK="1"
    )


# The guard -------------------------------------------------------------------------------------------------------------------


def conversations(cookie: str) -> tuple[str, ...]:
    """Return the conversations of a browser, the open one first, from its Cookie header."""
    try:
        kept = SimpleCookie(cookie).get(COOKIE)
    except CookieError:
        return ()
    ids = kept.value.split(".") if kept else []
    return tuple(dict.fromkeys(one for one in ids[:REMEMBERED] if re.fullmatch(r"[0-9a-f]{32}", one)))


class Guard:
    """Stands before Chainlit: refuses other sites, gives every browser its own conversations, and hands out their reports to nobody else."""

    def __init__(self, page: Application, interview: "Interview"):
        self.page, self.interview = page, interview

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.page(scope, receive, send)
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if not _from_here(headers):
            return await _refuse(scope, receive, send, 403, "Pilotcheck answers only to its own page on this computer.")
        if scope["type"] == "websocket":
            return await self.page(scope, receive, send)
        method, path = scope["method"], scope["path"]
        if method not in ("GET", "HEAD") and path not in ("/project/action", "/set-session-cookie", "/project/threads", "/logout"):
            return await _refuse(scope, receive, send, 405, "Not available.")
        mine = conversations(headers.get("cookie", ""))
        if path == "/new" or path.startswith(("/continue/", "/report/", "/guidance/")):
            return await self._ours(path, mine, headers, send)
        cookie = _cookie(mine or (uuid.uuid4().hex,)) if "text/html" in headers.get("accept", "") else None
        await self.page(scope, receive, _with_headers(send, path, cookie))

    async def _ours(self, path: str, mine: tuple[str, ...], headers: Mapping[str, str], send: Send) -> None:
        try:
            if path.startswith(("/report/", "/guidance/")):
                await self._document(path, mine, send)
            else:
                await self._switch(path, mine, headers, send)
        except PilotcheckError as error:
            await _answer(send, 404, str(error))
        except Exception:
            log.exception("%s could not be answered", path.split("/")[1])
            await _answer(send, 500, "Something went wrong on our side; your answers are kept. Try again.")

    async def _switch(self, path: str, mine: tuple[str, ...], headers: Mapping[str, str], send: Send) -> None:
        """Begin a conversation, or open an earlier one of this browser; never because another site sends the browser here."""
        wanted = path.removeprefix("/continue/")
        own = headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        if own and path == "/new":
            kept = [one for one in mine if await asyncio.to_thread(self.interview.storage.exists, one)]
            mine = (uuid.uuid4().hex, *kept)
        elif own and wanted in mine:
            mine = (wanted, *(one for one in mine if one != wanted))
        elif path != "/new" and own:
            return await _answer(send, 404, "This browser has no such conversation. `pilotcheck threads list` shows all of this computer.")
        await _answer(send, 303, "", {"location": "/", **({"set-cookie": _cookie(mine)} if mine else {})})

    async def _document(self, path: str, mine: tuple[str, ...], send: Send) -> None:
        """Hand out a report of this browser's conversations, or passages of the guidance."""
        _, kind, name = path.split("/", 2)
        plain = {"content-type": "text/plain; charset=utf-8"}
        if kind == "guidance" and mine:
            return await _answer(send, 200, await asyncio.to_thread(self._passages, name.split(",")), plain)
        thread, _, form = name.partition(".")
        if kind == "guidance" or thread not in mine or form not in (*REPORTS, "txt"):
            return await _answer(send, 404, "There is no such report in this browser.")
        if form == "txt":  # to read in the page
            return await _answer(send, 200, shown(await asyncio.to_thread(self._report, thread, "markdown")), plain)
        wanted, content_type = REPORTS[form]
        disposition = f'attachment; filename="pilotcheck-report.{form}"'
        await _answer(send, 200, await asyncio.to_thread(self._report, thread, wanted), {"content-type": content_type, "content-disposition": disposition})

    def _report(self, thread: str, form: str) -> str:
        from agent.reports import render

        conversation, assessment = self.interview.assessment(thread)
        return str(render(form, conversation, assessment, self.interview.guide))

    def _passages(self, ids: list[str]) -> str:
        found = [passage for passage in (self.interview.library().passage(one) for one in ids[:10]) if passage]
        return "\n\n---\n\n".join(shown(f"**{one.heading}**\n\n{one.text}\n\n*{one.author}, {one.title}, {one.section}*") for one in found) or "Nothing found."


def shown(text: str) -> str:
    """Escape what the page's Markdown would swallow: tags, images, directives such as “:kpi”, and a “~” meaning “about”."""
    return re.sub(r"(?<!\\)(?:<(?=[A-Za-z/!?])|(?<=!)\[|:(?=[A-Za-z])|~)", lambda found: "\\" + found.group(), text)


def _from_here(headers: Mapping[str, str]) -> bool:
    """Say whether a request is for this computer by name (no rebound DNS) and comes from our own page (no other site's script)."""
    host, origin = headers.get("host", ""), headers.get("origin")
    return urlsplit(f"//{host}").hostname in NAMES and (origin is None or urlsplit(origin).netloc == host)


def _cookie(ids: tuple[str, ...]) -> str:
    return f"{COOKIE}={'.'.join(ids[:REMEMBERED])}; Path=/; Max-Age={A_YEAR}; HttpOnly; SameSite=Lax"


def _with_headers(send: Send, path: str, cookie: str | None) -> Send:
    added = {**HEADERS, "cache-control": "public, max-age=31536000, immutable" if path.startswith("/assets/") else "no-store"}
    extra = [(key.encode(), value.encode()) for key, value in added.items()] + ([(b"set-cookie", cookie.encode())] if cookie else [])

    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            kept = [(key, value) for key, value in message.get("headers", []) if key.lower() != b"cache-control"]
            message = {**message, "headers": [*kept, *extra]}
        await send(message)

    return sending


async def _answer(send: Send, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
    body = text.encode()
    told = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), "cache-control": "no-store", **HEADERS, **(headers or {})}
    await send({"type": "http.response.start", "status": status, "headers": [(key.encode(), value.encode()) for key, value in told.items()]})
    await send({"type": "http.response.body", "body": body})


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        return await send({"type": "websocket.close", "code": 1008})
    await _answer(send, status, text)
