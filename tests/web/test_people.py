"""Who is at the page, and what each of them may see."""

from pathlib import Path

import pytest

from agent.errors import PilotcheckError
from agent.settings import settings
from tests.web.browsing import OPENING, Server, said, say, visitor
from ui.web.people import THIS_COMPUTER, add_person, browser, kept_secret, lets_in, owner_of
from ui.web.server import _check_login


def test_a_browser_is_somebody_and_the_key_is_this_computer(tmp_path: Path) -> None:
    key = kept_secret(tmp_path / "key")
    assert kept_secret(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert browser(key, key) == THIS_COMPUTER
    assert owner_of(THIS_COMPUTER) == ""
    one, other = browser("a" * 32, key), browser("b" * 32, key)
    assert one != other and one and "a" * 32 not in one, "the name gives the cookie away to nobody"
    assert browser("", key) is None


def test_passwords_let_in_whom_they_name(tmp_path: Path) -> None:
    path = tmp_path / "people.txt"
    add_person(path, "maria", "a short sentence")
    add_person(path, "tom", "another sentence")
    add_person(path, "maria", "a new sentence")
    assert lets_in(path, "maria", "a new sentence")
    assert not lets_in(path, "maria", "a short sentence")
    assert not lets_in(path, "nobody", "a short sentence")
    assert "sentence" not in path.read_text()
    for name, password in (("with blank", "long enough it is"), ("a:b", "long enough it is"), ("eve", "short")):
        with pytest.raises(PilotcheckError):
            add_person(path, name, password)


@pytest.mark.parametrize(
    ("variables", "host", "says"),
    [
        ({}, "0.0.0.0", "without a login anybody"),
        ({"PILOTCHECK_LOGIN": "password"}, "localhost", "needs a file of passwords"),
        ({"PILOTCHECK_LOGIN": "header"}, "localhost", "needs the name of the header"),
    ],
)
def test_a_page_without_a_login_stays_on_this_computer(variables: dict[str, str], host: str, says: str) -> None:
    with pytest.raises(PilotcheckError, match=says):
        _check_login(settings(variables), host)


def test_an_unknown_login_is_said_plainly() -> None:
    with pytest.raises(PilotcheckError, match="it can be none, password"):
        settings({"PILOTCHECK_LOGIN": "ldap"})


def test_two_people_with_passwords_see_only_their_own(browser, tmp_path: Path) -> None:
    people = tmp_path / "people.txt"
    for name in ("maria", "tom"):
        add_person(people, name, f"the sentence of {name}")
    server = Server(tmp_path, PILOTCHECK_LOGIN="password", PILOTCHECK_PASSWORDS=str(people))
    try:
        with visitor(browser, server, login=("maria", "the sentence of maria")) as maria:
            say(maria, OPENING)
            thread = maria.url.rsplit("/", 1)[1]
            assert maria.request.get(f"{server.address}report/{thread}.md").status == 200
            with visitor(browser, server, login=("tom", "the sentence of tom")) as tom:
                assert tom.request.get(f"{server.address}report/{thread}.md").status == 404
                assert tom.request.get(f"{server.address}project/thread/{thread}").status == 401
                for method in ("put", "delete"):
                    answer = getattr(tom.request, method)(f"{server.address}project/thread", data={"threadId": thread, "name": "mine now"})
                    assert answer.status == 401
                tom.goto(f"{server.address}thread/{thread}")
                tom.wait_for_timeout(2000)
                assert OPENING not in tom.locator("body").inner_text()
            maria.reload()
            maria.locator(".pc-chip").first.wait_for()
            assert said(maria) == [OPENING]
    finally:
        server.stop()


def test_a_header_of_the_proxy_names_the_person(tmp_path: Path) -> None:
    server = Server(tmp_path, PILOTCHECK_LOGIN="header", PILOTCHECK_LOGIN_HEADER="X-Forwarded-User")
    try:
        here = {"Host": f"localhost:{server.port}"}
        assert server.ask("POST", "/auth/header", **here)[0] == 401
        status, headers, _ = server.ask("POST", "/auth/header", X_Forwarded_User="ana@example.org", **here)
        assert status == 200 and "access_token" in headers["set-cookie"]
        assert "ana@example.org" in server.ask("GET", "/user", Cookie=headers["set-cookie"].split(";")[0], **here)[2]
    finally:
        server.stop()
