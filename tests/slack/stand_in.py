"""A stand-in for Slack's servers: the Web API with its limits and scopes, signed requests over HTTP, Socket Mode with envelopes and acknowledgements.

It speaks the true protocol over real sockets. Tests act as the people in a workspace: they write, press, submit, drop files, and read what came back.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml
from aiohttp import ClientSession, WSMsgType, web

from tests.slack.limits import canvas_faults, faults, sdk_faults, view_faults

TEAM, BOT, BOT_TOKEN, APP_TOKEN, SECRET = "T0TEAM", "U0BOT", "xoxb-stand-in", "xapp-stand-in", "stand-in-secret"
RETRY_AFTER = 2  # seconds
ACK_SECONDS = 3.0  # Slack's own rule; what is not acknowledged by then is sent again
MANIFEST = Path(__file__).resolve().parents[2] / "slack_manifest.yaml"
# One of these is needed for a method (docs.slack.dev/reference/methods); "" stands for none. By the kind of channel: C public, G private, D direct.
BY_CHANNEL = {
    "conversations.replies": {"C": "channels:history", "G": "groups:history", "D": "im:history"},
    "conversations.members": {"C": "channels:read", "G": "groups:read", "D": "im:read"},
}
SCOPES = {
    "auth.test": "", "chat.postMessage": "chat:write", "chat.update": "chat:write", "chat.postEphemeral": "chat:write", "chat.getPermalink": "",
    "conversations.open": "im:write", "users.info": "users:read", "views.open": "", "views.publish": "", "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write", "files.info": "files:read",
    "canvases.create": "canvases:write", "canvases.edit": "canvases:write", "canvases.access.set": "canvases:write", "assistant.threads.setSuggestedPrompts": "assistant:write",
}  # fmt: skip


class StandIn:
    """One workspace. Its server runs in a thread of its own; every method may be called from the tests' thread."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, Any]] = {}
        self.channels: dict[str, set[str]] = {}
        self.messages: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.views: list[dict[str, Any]] = []
        self.homes: dict[str, dict[str, Any]] = {}
        self.canvases: dict[str, dict[str, Any]] = {}
        self.whispers: list[dict[str, Any]] = []
        self.responses: list[dict[str, Any]] = []
        self.uploads: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self.unseen: set[str] = set()  # people whom Slack does not let the app see
        self.refused: list[str] = []  # what broke a limit: must stay empty
        self.acks: list[float] = []
        self.resent = 0
        self.hurried = 0  # calls that came although a 429 had asked to wait
        self.scopes = set(yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"])
        self.used_scopes: set[str] = set()
        self.http_address = ""
        self._too_early: dict[str, int] = defaultdict(int)
        self._closed_until: dict[str, float] = defaultdict(float)
        self._errors: dict[str, str] = {}
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._clock = itertools.count(int(time.time()) * 1_000_000)
        self._ids = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        self.person(BOT, "Pilotcheck", is_bot=True)

    # The workspace ------------------------------------------------------------------------------------------------------

    def person(self, id: str, name: str, is_bot: bool = False, email: str = "") -> str:
        self.people[id] = {"id": id, "name": name.lower(), "is_bot": is_bot, "profile": {"display_name": name, "real_name": name, "email": email}}
        return id

    def channel(self, id: str, *members: str) -> str:
        self.channels[id] = {*members, BOT}
        return id

    def thread(self, channel: str, ts: str) -> list[dict[str, Any]]:
        return [one for one in self.messages[channel] if one.get("thread_ts", one["ts"]) == ts]

    def ours(self, channel: str, ts: str = "") -> list[dict[str, Any]]:
        """Return what the app posted, in a channel or in one thread of it."""
        return [one for one in (self.thread(channel, ts) if ts else self.messages[channel]) if one.get("bot_id")]

    def wait(self, holds: Callable[[], Any], seconds: float = 90) -> Any:
        """Wait until something holds, and return it."""
        deadline = time.monotonic() + seconds
        while not (found := holds()):
            if time.monotonic() > deadline:
                raise AssertionError("this did not happen in the stand-in; the app posted: " + repr([one["text"][:80] for one in self.messages_of_all()][-6:]))
            threading.Event().wait(0.03)
        return found

    def messages_of_all(self) -> list[dict[str, Any]]:
        return [one for channel in list(self.messages) for one in self.ours(channel)]

    def next_after(self, channel: str, ts: str, count: int) -> dict[str, Any]:
        """Wait for one more message of the app in a thread than there were, and return the latest."""
        return self.wait(lambda: self.ours(channel, ts)[count:])[-1]

    # What people do -----------------------------------------------------------------------------------------------------

    def writes(
        self, user: str, channel: str, text: str, thread_ts: str = "", *, deliver: bool = True, files: tuple[dict[str, Any], ...] = (), **more: Any
    ) -> str:
        """Write a message, and return its ts. A mention in a channel is sent twice, as Slack does."""
        ts = self._ts()
        message = {"type": "message", "user": user, "text": text, "ts": ts, "team": TEAM, **({"thread_ts": thread_ts} if thread_ts else {}), **more}
        if files:
            message |= {"files": list(files), "subtype": "file_share"}
        self.messages[channel].append(message)
        if deliver:
            for event in self.events_of(channel, message):
                self.send(event)
        return ts

    def events_of(self, channel: str, message: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the bodies that Slack sends for a message."""
        kind = {"C": "channel", "G": "group", "D": "im"}[channel[0]]
        bodies = [self.event({**message, "channel": channel, "channel_type": kind})]
        if f"<@{BOT}>" in message["text"] and kind != "im":
            bodies.append(self.event({**message, "type": "app_mention", "channel": channel}))
        return bodies

    def event(self, event: dict[str, Any], team: str = TEAM) -> dict[str, Any]:
        return {
            "type": "event_callback",
            "team_id": team,
            "api_app_id": "A0",
            "event_id": f"Ev{next(self._ids)}",
            "event_time": int(time.time()),
            "event": event,
        }

    def edits(self, user: str, channel: str, ts: str, text: str) -> None:
        message = next(one for one in self.messages[channel] if one["ts"] == ts)
        old = dict(message)
        message.update(text=text, edited={"user": user, "ts": self._ts()})
        self.send(self.event({"type": "message", "subtype": "message_changed", "channel": channel, "channel_type": self._kind(channel), "message": dict(message), "previous_message": old, "ts": self._ts()}))  # fmt: skip

    def deletes(self, channel: str, ts: str) -> None:
        message = next(one for one in self.messages[channel] if one["ts"] == ts)
        self.messages[channel].remove(message)
        self.send(self.event({"type": "message", "subtype": "message_deleted", "channel": channel, "channel_type": self._kind(channel), "previous_message": message, "deleted_ts": ts, "ts": self._ts()}))  # fmt: skip

    def presses(self, user: str, channel: str, message: dict[str, Any], label: str, picked: Any = None, team: str = TEAM) -> None:
        """Press a button by its label, or pick from a list by its placeholder."""
        element = next(one for one in elements(message) if label_of(one) == label)
        action: dict[str, Any] = {"action_id": element["action_id"], "type": element["type"], "action_ts": self._ts()}
        if element["type"] == "button":
            action["value"] = element.get("value", "")
        elif element["type"] == "users_select":
            action["selected_user"] = picked
        else:
            action["selected_options"] = [one for one in element["options"] if one["value"] in picked]
        self.send({
            "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user, "team_id": team}, "trigger_id": f"trigger-{next(self._ids)}",
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel}, "channel": {"id": channel}, "message": message,
            "response_url": f"{self.address}/respond", "actions": [action],
        }, "interactive")  # fmt: skip

    def submits(self, user: str, view: dict[str, Any], **values: Any) -> None:
        """Send a form; a list of values is a pick of people."""
        filled: dict[str, Any] = {}
        for block in view["blocks"]:
            element, value = block["element"], values.get(block["block_id"])
            kind = {
                "plain_text_input": {"value": value},
                "static_select": {"selected_option": {"value": value}},
                "multi_users_select": {"selected_users": value},
            }
            filled[block["block_id"]] = {element["action_id"]: {"type": element["type"], **kind[element["type"]]}}
        body = {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "view": {**view, "state": {"values": filled}}}
        self.send(body, "interactive")

    def commands(self, user: str, channel: str, text: str = "") -> None:
        self.send({
            "command": "/pilotcheck", "text": text, "user_id": user, "channel_id": channel, "team_id": TEAM, "trigger_id": f"trigger-{next(self._ids)}",
            "response_url": f"{self.address}/respond", "api_app_id": "A0",
        }, "slash_commands")  # fmt: skip

    def file(self, name: str, content: bytes, size: int | None = None) -> dict[str, Any]:
        id = f"F{next(self._ids)}"
        self.uploads[id] = {"name": name, "content": content, "shared": True}
        url = f"{self.address}/files/{id}"
        return {"id": id, "name": name, "size": len(content) if size is None else size, "url_private": url, "url_private_download": url}

    # How it reaches the app -----------------------------------------------------------------------------------------------

    def send(self, body: dict[str, Any], kind: str = "events_api", wait: bool = False) -> None:
        """Deliver a body over the open socket or to the HTTP address; again until it is acknowledged."""
        done = asyncio.run_coroutine_threadsafe(self._deliver(body, kind), self._loop)
        if wait:
            done.result(60)

    async def _deliver(self, body: dict[str, Any], kind: str) -> None:
        for attempt in range(4):
            if await (self._post(body, kind, attempt) if self.http_address else self._envelope(body, kind, attempt)):
                return
            self.resent += 1
            await asyncio.sleep(0.2)

    async def _envelope(self, body: dict[str, Any], kind: str, attempt: int) -> bool:
        for _ in range(600):
            if live := [one for one in self._sockets if not one.closed]:
                break
            await asyncio.sleep(0.05)
        else:
            return False
        id = f"envelope-{next(self._ids)}"
        acknowledged = self._waiting[id] = self._loop.create_future()
        began = time.monotonic()
        try:
            await live[-1].send_json(
                {"type": kind, "envelope_id": id, "payload": body, "accepts_response_payload": kind != "events_api", "retry_attempt": attempt}
            )
            await asyncio.wait_for(acknowledged, ACK_SECONDS)
        except (TimeoutError, ConnectionError):
            return False
        self.acks.append(time.monotonic() - began)
        return True

    async def _post(self, body: dict[str, Any], kind: str, attempt: int) -> bool:
        if kind == "events_api":
            content, form = json.dumps(body).encode(), "application/json"
        else:
            content, form = urlencode(body if kind == "slash_commands" else {"payload": json.dumps(body)}).encode(), "application/x-www-form-urlencoded"
        retry = {"X-Slack-Retry-Num": str(attempt)} if attempt else {}
        began = time.monotonic()
        try:
            headers = {"Content-Type": form, **signed(content), **retry}
            async with ClientSession() as session, asyncio.timeout(ACK_SECONDS), session.post(self.http_address, data=content, headers=headers) as answer:
                self.acks.append(time.monotonic() - began)
                return answer.status == 200
        except (OSError, TimeoutError):
            return False

    # What goes wrong on command -------------------------------------------------------------------------------------------

    def too_early(self, method: str, times: int) -> None:
        """Answer 429 to the next calls of a method."""
        self._too_early[method] = times

    def breaks(self, method: str, error: str) -> None:
        """Refuse a method from now on; an empty error lets it work again."""
        self._errors[method] = error

    def drop_sockets(self) -> None:
        for one in self._sockets:
            asyncio.run_coroutine_threadsafe(one.close(), self._loop).result(5)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    # The server -------------------------------------------------------------------------------------------------------------

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        ready.set()
        self._loop.run_forever()

    async def _start(self) -> None:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/socket", self._socket)
        app.router.add_post("/upload/{id}", self._take_upload)
        app.router.add_get("/files/{id}", self._give_file)
        app.router.add_post("/respond", self._take_response)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.address = f"http://127.0.0.1:{port}"

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}})
        self._sockets.append(socket)
        async for message in socket:
            if message.type == WSMsgType.TEXT and (waiting := self._waiting.pop(json.loads(message.data)["envelope_id"], None)) and not waiting.done():
                waiting.set_result(None)
        return socket

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            given = await request.json()
        else:
            given = {**request.query, **(await request.post())}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or given.get("token", "")
        self.calls.append(method)
        if time.monotonic() < self._closed_until[method]:
            self.hurried += 1
        if self._too_early[method] > 0:
            self._too_early[method] -= 1
            self._closed_until[method] = time.monotonic() + RETRY_AFTER
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(RETRY_AFTER)})
        answer = self._refusal(method, given, token) or getattr(self, "_" + method.replace(".", "_"))(given)
        return web.json_response({"ok": "error" not in answer, **answer})

    def _refusal(self, method: str, given: dict[str, Any], token: str) -> dict[str, Any] | None:
        if self._errors.get(method):
            return {"error": self._errors[method]}
        if method == "apps.connections.open":
            return None if token == APP_TOKEN else {"error": "invalid_auth"}
        if token != BOT_TOKEN:
            return {"error": "invalid_auth"}
        if method not in SCOPES and method not in BY_CHANNEL:
            return {"error": "unknown_method"}
        needed = BY_CHANNEL[method][given["channel"][0]] if method in BY_CHANNEL else SCOPES[method]
        if needed and needed not in self.scopes:
            return {"error": "missing_scope", "needed": needed}
        self.used_scopes |= {needed} - {""}
        if (channel := given.get("channel")) and channel[0] != "D" and (channel not in self.channels or BOT not in self.channels[channel]):
            return {"error": "not_in_channel" if channel in self.channels else "channel_not_found"}
        return None

    def _auth_test(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"team": "Stand-in", "team_id": TEAM, "user": "pilotcheck", "user_id": BOT, "bot_id": "B0BOT", "url": "https://stand-in.slack.com/"}

    def _apps_connections_open(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"url": f"{self.address.replace('http', 'ws')}/socket"}

    def _chat_postMessage(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        blocks = _json(given.get("blocks")) or []
        if found := self._limits(given, blocks):
            return found
        channel, thread_ts = given["channel"], given.get("thread_ts")
        if thread_ts and channel[0] != "D" and all(one["ts"] != thread_ts for one in self.messages[channel]):
            return {"error": "thread_not_found"}
        message = {
            "type": "message", "bot_id": "B0BOT", "user": BOT, "text": given.get("text", ""), "blocks": blocks, "ts": self._ts(),
            **({"thread_ts": thread_ts} if thread_ts else {}), "metadata": _json(given.get("metadata")) or {},
        }  # fmt: skip
        self.messages[given["channel"]].append(message)
        return {"channel": given["channel"], "ts": message["ts"], "message": message}

    def _chat_update(self, given: dict[str, Any]) -> dict[str, Any]:
        blocks = _json(given.get("blocks")) or []
        if found := self._limits(given, blocks):
            return found
        message = next((one for one in self.messages[given["channel"]] if one["ts"] == given["ts"]), None)
        if message is None:
            return {"error": "message_not_found"}
        message.update(text=given.get("text", ""), blocks=blocks)
        return {"ts": message["ts"]}

    def _limits(self, given: dict[str, Any], blocks: list[dict[str, Any]]) -> dict[str, Any] | None:
        found = faults(blocks) + sdk_faults(blocks) + ([f"a text of {len(given['text'])} characters"] if len(given.get("text", "")) > 4_000 else [])
        if not blocks and not given.get("text"):
            return {"error": "no_text"}
        self.refused += found
        return {"error": "invalid_blocks", "response_metadata": {"messages": found}} if found else None

    def _chat_postEphemeral(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self.whispers.append(given)
        return {"message_ts": self._ts()}

    def _chat_getPermalink(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"permalink": f"https://stand-in.slack.com/archives/{given['channel']}/p{given['message_ts'].replace('.', '')}"}

    def _conversations_replies(self, given: dict[str, Any]) -> dict[str, Any]:
        found = self.thread(given["channel"], given["ts"])
        return {"messages": found} if found else {"error": "thread_not_found"}

    def _conversations_members(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"members": sorted(self.channels[given["channel"]]), "response_metadata": {"next_cursor": ""}}

    def _conversations_open(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["users"] in self.unseen:
            return {"error": "user_not_visible"}
        return {"channel": {"id": f"D-{given['users']}"}} if given["users"] in self.people else {"error": "user_not_found"}

    def _users_info(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"user": self.people[given["user"]]} if given["user"] in self.people else {"error": "user_not_found"}

    def _views_open(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._view(_json(given["view"]), lambda view: self.views.append(view))

    def _views_publish(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._view(_json(given["view"]), lambda view: self.homes.update({given["user_id"]: view}))

    def _view(self, view: dict[str, Any], keep: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        found = view_faults(view) + sdk_faults(view["blocks"])
        self.refused += found
        if found:
            return {"error": "invalid_arguments", "response_metadata": {"messages": found}}
        keep({**view, "id": f"V{next(self._ids)}"})
        return {"view": view}

    def _files_getUploadURLExternal(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        id = f"F{next(self._ids)}"
        self.uploads[id] = {"name": given["filename"], "length": int(given["length"]), "content": b"", "shared": False}
        return {"upload_url": f"{self.address}/upload/{id}", "file_id": id}

    def _files_completeUploadExternal(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        for one in _json(given["files"]):
            self.uploads[one["id"]] |= {"shared": True, "channel": given.get("channel_id"), "thread_ts": given.get("thread_ts")}
        return {"files": _json(given["files"])}

    def _canvases_create(self, given: dict[str, Any]) -> dict[str, Any]:
        if found := canvas_faults(given.get("document_content")):
            self.refused += found
            return {"error": "canvas_creation_failed", "detail": "; ".join(found)}
        id = f"F{next(self._ids)}"
        self.canvases[id] = {"title": given.get("title", ""), "text": given["document_content"]["markdown"], "readers": []}
        return {"canvas_id": id}

    def _canvases_edit(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["canvas_id"] not in self.canvases:
            return {"error": "canvas_not_found"}
        (change,) = given["changes"]  # one operation a call; "replace" without a section replaces all
        assert change["operation"] == "replace" and "section_id" not in change
        if found := canvas_faults(change.get("document_content")):
            self.refused += found
            return {"error": "canvas_editing_failed", "detail": "; ".join(found)}
        self.canvases[given["canvas_id"]]["text"] = change["document_content"]["markdown"]
        return {}

    def _canvases_access_set(self, given: dict[str, Any]) -> dict[str, Any]:
        channels, users = (_listed(given.get(name)) for name in ("channel_ids", "user_ids"))
        if given["canvas_id"] not in self.canvases:
            return {"error": "canvas_not_found"}
        if bool(channels) == bool(users) or given["access_level"] not in ("read", "write", "owner") or not 1 <= len(channels + users) <= 20:
            return {"error": "invalid_parameters"}
        if any(one[0] not in "CG" or one not in self.channels for one in channels):
            return {"error": "channel_not_found"}
        self.canvases[given["canvas_id"]]["readers"] += [(one, given["access_level"]) for one in channels + users]
        return {}

    def _files_info(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"file": {"id": given["file"], "permalink": f"https://stand-in.slack.com/docs/{TEAM}/{given['file']}"}}

    async def _take_upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["id"]]["content"] = await request.read()
        return web.Response(text="OK")

    async def _give_file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}" or "files:read" not in self.scopes:
            return web.Response(text="<!DOCTYPE html><html>Sign in</html>", content_type="text/html")
        self.used_scopes.add("files:read")
        return web.Response(body=self.uploads[request.match_info["id"]]["content"])

    async def _take_response(self, request: web.Request) -> web.Response:
        self.responses.append(await request.json())
        return web.Response(text="ok")

    def _ts(self) -> str:
        now = next(self._clock)
        return f"{now // 1_000_000}.{now % 1_000_000:06}"

    def _kind(self, channel: str) -> str:
        return {"C": "channel", "G": "group", "D": "im"}[channel[0]]


def signed(content: bytes, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """Return the headers by which Slack signs a request."""
    now = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), f"v0:{now}:".encode() + content, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={signature}"}


def elements(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what can be pressed or picked in a message."""
    blocks = message["blocks"]
    return [
        *(one for block in blocks if block["type"] == "actions" for one in block["elements"]),
        *(block["accessory"] for block in blocks if "accessory" in block),
    ]


def label_of(element: dict[str, Any]) -> str:
    return str((element.get("text") or element.get("placeholder"))["text"])


def shown(message: dict[str, Any]) -> str:
    """Return the text of a message as a person reads it."""

    def texts(block: Any) -> list[str]:
        if isinstance(block, dict):
            return [value for key, value in block.items() if key == "text" and isinstance(value, str)] + [
                one for value in block.values() for one in texts(value)
            ]
        return [one for part in block for one in texts(part)] if isinstance(block, list) else []

    return "\n".join(texts(message["blocks"])) or str(message["text"])


def _listed(value: Any) -> list[str]:
    """Read a list of ids, which a client may send as JSON or with commas."""
    if isinstance(value, str):
        return [str(one) for one in json.loads(value)] if value.startswith("[") else [one for one in value.split(",") if one]
    return list(value or ())


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
