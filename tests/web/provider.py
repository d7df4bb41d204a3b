"""A stand-in for an OpenID provider: authorization code flow over HTTP, with a page to choose who one is, one-time codes and bearer tokens.

It checks what a true one checks (RFC 6749, OpenID Connect Core): client and redirect address, the code with its client, secret and address, the token.
"""

import html
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT, SECRET = "pilotcheck-test", "a secret between the provider and the page"


@dataclass
class Provider:
    """Its people are claims by name: what `userinfo` says of them. `refused` lists what a client did wrong."""

    people: dict[str, dict[str, Any]]
    redirects: set[str] = field(default_factory=set)  # the addresses that the client has registered
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)  # code: whose, and for which redirect address
    tokens: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __enter__(self) -> "Provider":
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                url = urlsplit(self.path)
                asked = {name: values[0] for name, values in parse_qs(url.query).items()}
                if url.path == "/authorize":
                    self._reply(*provider.authorize(asked))
                elif url.path == "/userinfo":
                    self._reply(*provider.userinfo(self.headers.get("Authorization", "")))
                else:
                    self._reply(404, "")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._reply(*provider.token({name: values[0] for name, values in parse_qs(body).items()}))

            def _reply(self, status: int, content: str | dict[str, Any]) -> None:
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", str(content))
                self.send_header("Content-Type", "application/json" if isinstance(content, dict) else "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write((json.dumps(content) if isinstance(content, dict) else content).encode())

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://localhost:{self._server.server_port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return how the page is told of this provider."""
        return {
            "OAUTH_GENERIC_CLIENT_ID": CLIENT, "OAUTH_GENERIC_CLIENT_SECRET": SECRET, "OAUTH_GENERIC_SCOPES": "openid profile email",
            "OAUTH_GENERIC_AUTH_URL": f"{self.address}/authorize", "OAUTH_GENERIC_TOKEN_URL": f"{self.address}/token",
            "OAUTH_GENERIC_USER_INFO_URL": f"{self.address}/userinfo",
        }  # fmt: skip

    # The endpoints ------------------------------------------------------------------------------------------------------

    def authorize(self, asked: dict[str, str]) -> tuple[int, str]:
        """Show a page with everybody there is, and with a way to refuse. Nobody is sent to an address that is not registered."""
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") not in self.redirects:
            return self._no("unknown client or redirect address")
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split() or not asked.get("state"):
            return self._no("not an OpenID code flow with a state")
        ways = {name: {"code": self._code(name, asked["redirect_uri"])} for name in self.people} | {"Refuse": {"error": "access_denied"}}
        links = (f"{asked['redirect_uri']}?{urlencode({**way, 'state': asked['state']})}" for way in ways.values())
        return 200, "<h1>Who are you?</h1>" + "".join(f'<p><a href="{html.escape(link)}">{name}</a></p>' for name, link in zip(ways, links, strict=True))

    def token(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Give a token for a code, once."""
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT, SECRET):
            return self._error(401, "invalid_client")
        name, address = self.codes.pop(asked.get("code", ""), ("", ""))
        if asked.get("grant_type") != "authorization_code" or not name or asked.get("redirect_uri") != address:
            return self._error(400, "invalid_grant")
        token = secrets.token_urlsafe(24)
        self.tokens[token] = name
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": self._id_token(name)}

    def userinfo(self, authorization: str) -> tuple[int, dict[str, Any]]:
        """Say who a token is for."""
        name = self.tokens.get(authorization.removeprefix("Bearer "))
        return (200, {"sub": name, **self.people[name]}) if name else self._error(401, "invalid_token")

    def _code(self, name: str, redirect: str) -> str:
        code = secrets.token_urlsafe(24)
        self.codes[code] = (name, redirect)
        return code

    def _id_token(self, name: str) -> str:
        import jwt

        now = int(time.time())
        return jwt.encode({"iss": self.address, "aud": CLIENT, "sub": name, "iat": now, "exp": now + 300}, SECRET, algorithm="HS256")

    def _no(self, why: str) -> tuple[int, str]:
        self.refused.append(why)
        return 400, why

    def _error(self, status: int, why: str) -> tuple[int, dict[str, Any]]:
        self.refused.append(why)
        return status, {"error": why}
