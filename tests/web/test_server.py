"""The web page's server: who may ask, from where, and what it leaves of the environment."""

import re
import socket
from contextlib import closing
from pathlib import Path

import pytest

from agent.errors import PilotcheckError
from tests.web.browsing import Server
from ui.web.folder import without_foreign_tags
from ui.web.people import cookie_in
from ui.web.server import _listen, clean
from ui.web.showing import shown


def test_other_sites_are_refused(server: Server) -> None:
    assert server.get("/", Accept="text/html")[0] == 200
    assert server.get("/", Host="rebound.example")[0] == 403
    assert server.get("/project/settings", Host=f"localhost:{server.port}", Origin="http://evil.example")[0] == 403
    assert server.get("/project/settings", Host=f"localhost:{server.port}", Origin="http://localhost:1")[0] == 403
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec_WebSocket_Version": "13"}
    assert server.get("/ws/socket.io/?EIO=4&transport=websocket", Host=f"localhost:{server.port}", Origin="http://evil.example", **upgrade)[0] == 403


def test_the_key_of_this_computer_opens_what_was_said_in_its_terminal(server: Server) -> None:
    status, headers, _ = server.ask("GET", f"/mine/{server.key}")
    assert (status, headers["location"]) == (303, "/")
    assert server.ask("GET", "/mine/" + "0" * 32)[0] == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/project/thread/share"), ("PUT", "/project/element"), ("POST", "/mcp"), ("PUT", "/feedback"), ("GET", "/project/share/x"), ("DELETE", "/")],
)
def test_what_the_page_does_not_need_is_closed(server: Server, method: str, path: str) -> None:
    assert server.ask(method, path, Host=f"localhost:{server.port}")[0] == 405


def test_what_every_visit_loads_comes_compressed_and_stays_in_the_browser(server: Server) -> None:
    page = server.get("/", Host=f"localhost:{server.port}", Accept="text/html")[1]
    found = re.findall(r"/assets/index-[^\"]+", page)
    assert len(found) == 2, "a script and a stylesheet"
    for path in found:
        _, plain, _ = server.ask("GET", path, Host=f"localhost:{server.port}")
        status, headers, _ = server.ask("GET", path, Host=f"localhost:{server.port}", Accept_Encoding="gzip, br")
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert headers["content-type"].startswith("text/css" if path.endswith(".css") else "text/javascript")
        assert int(headers["content-length"]) < int(plain["content-length"]) / 3
        assert "immutable" in headers["cache-control"] and "default-src 'self'" in headers["content-security-policy"]


def test_who_need_not_log_in_by_hand_is_let_in_with_the_page(server: Server) -> None:
    here = {"Host": f"localhost:{server.port}"}
    first = server.ask("GET", "/", Accept="text/html", **here)[1]["set-cookie"]
    assert first.startswith("access_token=")
    assert "browser-" in server.ask("GET", "/user", Cookie=first.split(";")[0], **here)[2]
    mine = server.ask("GET", "/", Accept="text/html", Cookie=f"pilotcheck={server.key}; {first.split(';')[0]}", **here)[1]["set-cookie"]
    assert "this-computer" in server.ask("GET", "/user", Cookie=mine.split(";")[0], **here)[2], "a login that is somebody else's is replaced"
    assert "set-cookie" not in server.ask("GET", "/", Accept="text/html", Cookie=f"pilotcheck={server.key}; {mine.split(';')[0]}", **here)[1]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(server: Server) -> None:
    status, _, body = server.ask("POST", "/project/file", b"", Host=f"localhost:{server.port}", Content_Length="60000000")
    assert (status, "20 MB" in body) == (413, True)


def test_nothing_else_is_read_that_is_larger_than_a_form(server: Server) -> None:
    """Chainlit takes a body whole before it asks who sent it."""
    here = {"Host": f"localhost:{server.port}", "Content_Type": "application/json"}
    for size in ({"Content_Length": "200000"}, {"Transfer_Encoding": "chunked"}):
        assert server.ask("POST", "/project/threads", b"", **here, **size)[0] == 413


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
            _listen("localhost", port)


def test_impossible_port_is_said_plainly() -> None:
    with pytest.raises(PilotcheckError, match="between 1024 and 65535"):
        _listen("localhost", 70_000)


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
    clean(environment, tmp_path, "secret")
    assert {name for name, value in environment.items() if value == "kept"} == {"PILOTCHECK_HOME", "PATH", "OPENAI_API_KEY"}
    assert environment["CHAINLIT_APP_ROOT"] == str(tmp_path)
    assert environment["CHAINLIT_AUTH_SECRET"] == "secret"
    assert not {"DATABASE_URL", "SLACK_BOT_TOKEN", "Project", "CHAINLIT_HOST"} & set(environment)


def test_only_a_well_formed_cookie_is_taken() -> None:
    assert cookie_in(f"x=1; pilotcheck={'a' * 32}; y=2") == "a" * 32
    assert cookie_in("pilotcheck=../../etc") == cookie_in("") == cookie_in("pilotcheck=") == ""


def test_foreign_tags_are_removed() -> None:
    page = '<link rel="preconnect" href="https://a.example" crossorigin />\n<link\n  href="//b.example/x.css"\n/><script src="https://c.example/x.js"></script><link href="/own.css"><script src="/own.js"></script>'
    assert without_foreign_tags(page).split() == ["<link", 'href="/own.css"><script', 'src="/own.js"></script>']


def test_what_markdown_would_swallow_is_escaped() -> None:
    assert shown("a <b> ![x](u) KPI:time ~4") == "a \\<b> !\\[x](u) KPI\\:time \\~4"
    assert shown("\\<b> \\~4") == "\\<b> \\~4", "what is escaped already stays as it is"
    assert shown("at 10:30, [a](https://b), 3 < 4") == "at 10:30, [a](https://b), 3 < 4"
