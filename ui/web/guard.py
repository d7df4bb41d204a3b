"""Stands before Chainlit: refuses other sites, gives every browser a name, and hands out reports to their owners alone."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from agent.errors import EXPECTED
from agent.storage import NOBODY
from ui.web.assets import FOR_EVER, Assets
from ui.web.people import owner_of, set_cookie
from ui.web.server import NAMES
from ui.web.showing import shown

if TYPE_CHECKING:
    from agent.interview import Interview

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

REPORTS = ("html", "pdf", "docx", "xlsx", "ics", "md", "json")

# Chainlit's routes that our page needs beside reading; what it can share, edit or serve beyond that is closed.
ALLOWED = {
    *(("POST", path) for path in ("/login", "/logout", "/auth/header", "/set-session-cookie", "/project/threads", "/project/file")),
    ("PUT", "/project/thread"), ("DELETE", "/project/thread"),
}  # fmt: skip
NEVER = ("/project/share/", "/copilot/")
LARGEST_UPLOAD = 21_000_000  # bytes, with the form around the file
LARGEST_FORM = 100_000  # bytes, of anything else: Chainlit reads it whole before it asks who sent it
NOT_HERE = "/?not-here"  # the start page, which then says so (ui/web/views/Page.jsx)
FILE_TOO_LARGE = "The file is larger than 20 MB. Send the part that matters, or paste it."
TOO_LARGE = "That is more than this page sends at once."

# 'unsafe-eval' because Chainlit compiles our JSX elements in the browser; no foreign text reaches a script, Markdown is escaped.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' ws://localhost:* ws://127.0.0.1:*; worker-src 'self' blob:; object-src 'none'; frame-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "x-frame-options": "DENY"}


class People(Protocol):
    """Who is behind a request, and whom the page lets in at once."""

    def person_at(self, headers: Mapping[str, str]) -> str | None: ...

    async def admit(self, headers: Mapping[str, str]) -> tuple[str, ...]: ...


class Guard:
    """Stands before Chainlit: refuses other sites, gives every browser a name, and hands out reports to their owners alone.

    `key` makes a browser this computer's own (empty where people log in); `here_only` answers to local names alone.
    """

    def __init__(self, page: Application, assets: Path, interview: "Interview", people: "People", *, key: str, here_only: bool):
        self.page, self.assets, self.interview, self.people, self.key, self.here_only = page, Assets(assets, HEADERS), interview, people, key, here_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.page(scope, receive, send)
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if not self._from_here(headers):
            return await _refuse(scope, receive, send, 403, "Pilotcheck answers only to its own page.")
        if scope["type"] == "websocket":
            return await self.page(scope, receive, send)
        method, path = scope["method"], scope["path"]
        if (method, path) not in ALLOWED and (method not in ("GET", "HEAD") or path.startswith(NEVER)):
            return await _answer(send, 405, "Not available.")
        largest, too_large = (LARGEST_UPLOAD, FILE_TOO_LARGE) if path == "/project/file" else (LARGEST_FORM, TOO_LARGE)
        if method not in ("GET", "HEAD") and _size(headers, path) > largest:
            return await _answer(send, 413, too_large)
        if self.assets.has(path, headers.get("accept-encoding", "")):
            return await self.assets(scope, receive, send)
        if path.startswith(("/mine/", "/report/", "/guidance/")):
            return await self._ours(path, headers, send)
        if "text/html" not in headers.get("accept", ""):
            return await self.page(scope, receive, _with_headers(send, path))
        if path.startswith("/thread/") and await asyncio.to_thread(self._not_here, path.removeprefix("/thread/"), headers):
            return await _answer(send, 303, "", {"location": NOT_HERE})
        await self.page(scope, receive, _with_headers(send, path, await self.people.admit(headers)))

    def _from_here(self, headers: Mapping[str, str]) -> bool:
        """Say whether a request comes from our own page (no other site's script) and, on this computer, for it by name (no rebound DNS)."""
        host, origin = headers.get("host", ""), headers.get("origin")
        named = not self.here_only or urlsplit(f"//{host}").hostname in NAMES
        return named and (origin is None or urlsplit(origin).netloc == host)

    def _not_here(self, thread: str, headers: Mapping[str, str]) -> bool:
        """Say whether a link leads to nothing of this person's, where Chainlit would wait for ever; who has yet to log in by hand is not told."""
        person = self.people.person_at(headers)
        if person is None:
            return bool(self.key)
        return self._owner(thread) != owner_of(person)

    async def _ours(self, path: str, headers: Mapping[str, str], send: Send) -> None:
        try:
            if path.startswith("/mine/"):
                await self._claim(path.removeprefix("/mine/"), send)
            else:
                await self._document(path, self.people.person_at(headers), send)
        except EXPECTED as error:
            await _answer(send, 404, str(error))
        except Exception:
            log.exception("%s could not be answered", path.split("/")[1])
            await _answer(send, 500, "Something went wrong on our side; your answers are kept. Try again.")

    async def _claim(self, key: str, send: Send) -> None:
        """Make this browser the one of whoever started the server, who may see what was said in this computer's terminal."""
        if not self.key or not hmac.compare_digest(key, self.key):
            return await _answer(send, 404, "This link is not, or no longer, valid. Open the page without it.")
        await _answer(send, 303, "", {"location": "/"}, cookies=(set_cookie(key),))

    async def _document(self, path: str, person: str | None, send: Send) -> None:
        """Hand out a report of this person's conversations, or passages of the guidance."""
        _, kind, name = path.split("/", 2)
        plain = {"content-type": "text/plain; charset=utf-8"}
        if person is None:
            return await _answer(send, 401, "Open the page and log in first.")
        if kind == "guidance":
            return await _answer(send, 200, await asyncio.to_thread(self._passages, name.split(",")), plain)
        thread, _, form = name.rpartition(".")
        if form not in (*REPORTS, "txt") or await asyncio.to_thread(self._owner, thread) not in (owner_of(person), NOBODY):
            return await _answer(send, 404, "There is no such report of yours.")
        if form == "txt":  # to read in the page
            return await _answer(send, 200, shown((await asyncio.to_thread(self._report, thread, "md"))[0].decode()), plain)
        content, content_type = await asyncio.to_thread(self._report, thread, form)
        disposition = f'attachment; filename="pilotcheck-report.{form}"'
        await _answer(send, 200, content, {"content-type": content_type, "content-disposition": disposition})

    def _owner(self, thread: str) -> str | None:
        return self.interview.storage.thread(thread).owner if self.interview.storage.exists(thread) else None

    def _report(self, thread: str, form: Any) -> tuple[bytes, str]:
        """Return a report and its media type."""
        from agent.reports import MEDIA_TYPES, render

        conversation, assessment = self.interview.assessment(thread)
        return render(form, conversation, assessment, self.interview.guide), MEDIA_TYPES[form]

    def _passages(self, ids: list[str]) -> str:
        found = [passage for passage in (self.interview.library().passage(one) for one in ids[:10]) if passage]
        return "\n\n---\n\n".join(shown(f"**{one.heading}**\n\n{one.text}\n\n*{one.author}, {one.title}, {one.section}*") for one in found) or "Nothing found."


def _kept_for(path: str) -> str:
    """Say how long a browser may keep an answer: Chainlit's files bear their hash in the name, ours are the same for a while, the rest is private."""
    if path.startswith("/assets/"):
        return FOR_EVER
    return "public, max-age=300" if path.startswith("/public/") else "no-store"


def _with_headers(send: Send, path: str, cookies: Sequence[str] = ()) -> Send:
    uploaded = {"content-disposition": "attachment", "content-security-policy": "sandbox"} if path.startswith("/project/file/") else {}
    added = {**HEADERS, **uploaded, "cache-control": _kept_for(path)}
    extra = [(key.encode(), value.encode()) for key, value in added.items()] + [(b"set-cookie", one.encode()) for one in cookies]

    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            kept = [(key, value) for key, value in message.get("headers", []) if key.lower() != b"cache-control"]
            message = {**message, "headers": [*kept, *extra]}
        await send(message)

    return sending


async def _answer(send: Send, status: int, content: str | bytes, headers: Mapping[str, str] | None = None, cookies: Sequence[str] = ()) -> None:
    body = content.encode() if isinstance(content, str) else content
    told = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), "cache-control": "no-store", **HEADERS, **(headers or {})}
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(key.encode(), value.encode()) for key, value in (*told.items(), *(("set-cookie", one) for one in cookies))],
        }
    )
    await send({"type": "http.response.body", "body": body})


def _size(headers: Mapping[str, str], path: str) -> int:
    """Return how large a body says it is; one that does not say so counts as too large, but that of a route that needs none."""
    said = headers.get("content-length", "")
    if said.isdecimal():
        return int(said)
    return 0 if path == "/logout" and "transfer-encoding" not in headers else LARGEST_UPLOAD + 1


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        return await send({"type": "websocket.close", "code": 1008})
    await _answer(send, status, text)
