"""Who is at the page, and what each of them may see."""

from pathlib import Path

import pytest

from agent.errors import PilotcheckError
from agent.settings import settings
from tests.web.browsing import OPENING, Server, at_the_provider, press, said, say, told_that_it_is_not_here, until, visitor, with_password
from tests.web.provider import Provider
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
    for name, password in (("with blank", "long enough it is"), ("a:b", "long enough it is"), ("eve", "short"), (THIS_COMPUTER, "long enough it is")):
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


def see_only_their_own(one, other, server: Server) -> None:
    """Have one talk, and the other try every way to what was said."""
    say(one, OPENING)
    thread = one.url.rsplit("/", 1)[1]
    assert one.request.get(f"{server.address}report/{thread}.md").status == 200
    assert other.request.get(f"{server.address}report/{thread}.md").status == 404
    assert other.request.get(f"{server.address}project/thread/{thread}").status == 401
    for method in ("put", "delete"):
        answer = getattr(other.request, method)(f"{server.address}project/thread", data={"threadId": thread, "name": "mine now"})
        assert answer.status == 401
    listed = other.request.post(f"{server.address}project/threads", data={"pagination": {"first": 20}, "filter": {}}).json()["data"]
    assert listed == []
    other.goto(f"{server.address}thread/{thread}")
    told_that_it_is_not_here(other)
    assert OPENING not in other.locator("body").inner_text()
    assert "ERROR" not in server.log_text(), "to follow a link is no error"
    one.reload()
    one.locator(".pc-chip").first.wait_for()
    assert said(one) == [OPENING]


def test_two_people_with_passwords_see_only_their_own(browser, tmp_path: Path) -> None:
    people = tmp_path / "people.txt"
    for name in ("maria", "tom"):
        add_person(people, name, f"the sentence of {name}")
    server = Server(tmp_path, PILOTCHECK_LOGIN="password", PILOTCHECK_PASSWORDS=str(people))
    try:
        with (
            visitor(browser, server, login=with_password("maria", "the sentence of maria")) as maria,
            visitor(browser, server, login=with_password("tom", "the sentence of tom")) as tom,
        ):
            see_only_their_own(maria, tom, server)
    finally:
        server.stop()


def test_two_people_from_a_provider_see_only_their_own(browser, tmp_path: Path) -> None:
    people = {name: {"email": f"{name.lower()}@example.org", "email_verified": True} for name in ("Ana", "Ben")}
    people |= {"Eve": {"email": "ana@example.org", "email_verified": False}, "Nobody": {}}
    with Provider(people) as provider:
        server = Server(tmp_path, PILOTCHECK_LOGIN="oauth", **provider.environment)
        provider.redirects.add(f"{server.address}auth/oauth/generic/callback")
        try:
            with visitor(browser, server, login=at_the_provider("Ana")) as ana, visitor(browser, server, login=at_the_provider("Ben")) as ben:
                see_only_their_own(ana, ben, server)
            assert provider.refused == [], "the page did nothing that a provider refuses"
            stranger = browser.new_page()
            for name in ("Refuse", "Eve", "Nobody"):  # who says no; who claims somebody else's address; who has none
                stranger.goto(server.address)
                at_the_provider(name)(stranger)
                stranger.get_by_text("Sign in failed").wait_for()
            code = f"?code={provider._code('Ana', server.address)}&state=guessed"
            assert stranger.request.get(f"{server.address}auth/oauth/generic/callback{code}").url.endswith("error=oauthSignin"), "a state of somebody else's"
            assert stranger.request.get(f"{server.address}user").status == 401
            stranger.context.close()
        finally:
            server.stop()


def test_a_login_that_runs_out_under_an_open_page_leads_back_and_loses_nothing(browser, tmp_path: Path) -> None:
    people = tmp_path / "people.txt"
    add_person(people, "maria", "the sentence of maria")
    server = Server(tmp_path, PILOTCHECK_LOGIN="password", PILOTCHECK_PASSWORDS=str(people))
    login = with_password("maria", "the sentence of maria")
    try:
        with visitor(browser, server, login=login) as page:
            say(page, OPENING)
            press(page, "Skip")
            thread = page.url.rsplit("/", 1)[1]
            page.context.clear_cookies(name="access_token")  # what a browser does when the time is over
            page.locator("[data-item='charter.started_on']").click()
            page.locator("#pc-put-charter\\.started_on").fill("2 September 2026")
            page.keyboard.press("Enter")  # what is said meanwhile is still taken: the conversation is open
            until(page, 4)
            page.get_by_role("button", name="Just the result").click()  # now the list is fetched anew, and the login is missed
            page.get_by_text("Your login has run out").wait_for()
            login(page)
            page.wait_for_url(f"**/thread/{thread}")
            page.locator(".pc-result").wait_for()
            assert said(page) == [OPENING, "Skip", "2 September 2026", "Just the result"]
            page.context.clear_cookies(name="access_token")
            page.reload()  # the same for who comes back later
            login(page)
            page.wait_for_url(f"**/thread/{thread}")
            page.locator(".pc-result").wait_for()
            page.get_by_role("button", name="You").click()
            page.get_by_role("menuitem", name="Logout").click()
            login(page)
            page.locator("#start-continue").wait_for()
            assert page.url == server.address, "nobody is led back who logged out"
    finally:
        server.stop()


def test_a_header_of_the_proxy_names_the_person(tmp_path: Path) -> None:
    server = Server(tmp_path, PILOTCHECK_LOGIN="header", PILOTCHECK_LOGIN_HEADER="X-Forwarded-User")
    try:
        here = {"Host": f"localhost:{server.port}"}
        assert server.ask("POST", "/auth/header", **here)[0] == 401
        assert server.ask("POST", "/auth/header", X_Forwarded_User="this-computer", **here)[0] == 401, "this name is the key's"
        status, headers, _ = server.ask("POST", "/auth/header", X_Forwarded_User="ana@example.org", **here)
        assert status == 200 and "access_token" in headers["set-cookie"]
        assert "ana@example.org" in server.ask("GET", "/user", Cookie=headers["set-cookie"].split(";")[0], **here)[2]
        page = server.ask("GET", "/", X_Forwarded_User="ana@example.org", Accept="text/html", **here)[1]
        assert "access_token" in page["set-cookie"], "who need not log in by hand is let in with the page"
        link = server.ask("GET", "/thread/nobody-s", X_Forwarded_User="ana@example.org", Accept="text/html", **here)
        assert (link[0], link[1]["location"]) == (303, "/?not-here")
    finally:
        server.stop()
