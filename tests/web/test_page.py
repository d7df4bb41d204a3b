"""The web page in a real Chromium: what a person sees, what stays private, what leaves the machine (nothing)."""

import json
from pathlib import Path

from evals.stand_in import StandIn
from tests.model.saying import reads
from tests.web.browsing import OPENING, Server, chips, messages, press, said, say, told_that_it_is_not_here, until, visitor, write


def test_conversation_with_buttons(page) -> None:
    say(page, OPENING)
    assert chips(page).items() >= {"intended users": "50", "regular users": "40"}.items()
    press(page, "Why do you ask?")
    assert said(page)[-1] == "Why do you ask?"
    assert page.locator("blockquote").count() == 1
    choice = page.locator('button[id^="choice-"]:visible').last
    label = choice.inner_text()
    press(page, label)
    assert said(page) == [OPENING, "Why do you ask?", label]
    turns = {button.get_attribute("id").rsplit("-", 2)[1] for button in page.locator('button[id^="press-"]').all()}
    assert turns == {"3"}, "only the last question has buttons"


def test_the_first_visit_loads_the_page_once_and_a_click_is_answered_by_one_event(page) -> None:
    assert sum("/assets/index-" in url and url.endswith(".js") for url in page.requested) == 1
    say(page, OPENING)
    page.wait_for_function("document.querySelector('#chat-submit') && !document.querySelector('#stop-button')")
    page.received.clear()
    press(page, "Skip")
    assert [json.loads(frame[2:])[0] for frame in page.received if str(frame).startswith("42")] == ["new_message"]


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
    verdict = page.locator(".pc-result h2").inner_text()
    assert verdict
    with page.expect_download() as waiting:
        page.locator(".pc-files [data-form=md]").click()
    assert waiting.value.suggested_filename == "pilotcheck-report.md"
    report = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert report.startswith("# ")
    assert "gates" in report
    with page.expect_download() as waiting:
        page.locator(".pc-files [data-form=json]").click()
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
    assert page.locator(".prose :is(img, script, b, del), .message-content :is(img, script)").count() == 0


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
    other.get_by_role("button", name="Skip", exact=True).click()
    until(other, 3)
    assert said(other) == [OPENING, "Skip"], "the question was no longer open: the press is none"
    press(page, "Skip")
    write(other, "yes")
    other.get_by_text("went on in another window").wait_for()
    page.reload()
    until(page, 4)
    assert said(page) == [OPENING, "Skip", "Skip"], "an answer to a question that was no longer open is not counted"


def test_history_lists_renames_and_really_deletes(page, server: Server) -> None:
    opening = "Our hangar team runs a pilot: the AI sorts defect reports. 17 of 19 mechanics use it every week."
    say(page, opening)
    press(page, "Just the result")
    page.reload()
    mine = page.locator("li[id^='thread-']").first
    mine.wait_for()
    assert "Our hangar team" in mine.inner_text()
    thread = page.url.rsplit("/", 1)[1]
    listed = page.request.post(f"{server.address}project/threads", data={"pagination": {"first": 20}, "filter": {"search": "mechanics"}}).json()["data"]
    assert [one["id"] for one in listed] == [thread]
    assert listed[0]["name"].endswith("not proven yet"), "the verdict stands beside the name"
    assert not page.request.post(f"{server.address}project/threads", data={"pagination": {"first": 20}, "filter": {"search": "giraffes"}}).json()["data"]
    assert page.request.put(f"{server.address}project/thread", data={"threadId": thread, "name": "Claims replies"}).ok
    press(page, "Back")
    page.reload()
    page.get_by_text("Claims replies").first.wait_for()
    assert page.request.delete(f"{server.address}project/thread", data={"threadId": thread}).ok
    page.goto(f"{server.address}thread/{thread}")
    told_that_it_is_not_here(page)
    assert opening not in page.locator("body").inner_text()
    database = server.home / "pilotcheck.sqlite"
    assert not any(b"17 of 19 mechanics" in path.read_bytes() for path in server.home.glob(f"{database.name}*")), "not a word is left on the disk"


def test_strangers_see_nothing(page, browser, server: Server) -> None:
    say(page, OPENING)
    press(page, "Just the result")
    thread = page.url.rsplit("/", 1)[1]
    with visitor(browser, server) as stranger:
        assert said(stranger) == []
        for path in (f"report/{thread}.md", f"report/{thread}.json", f"report/{thread}.txt"):
            answer = stranger.request.get(server.address + path)
            assert answer.status == 404
            assert "claims" not in answer.text()
        stranger.goto(f"{server.address}thread/{thread}")
        told_that_it_is_not_here(stranger)
        assert "claims" not in stranger.locator("body").inner_text()
        say(stranger, "Our bakery tries an AI that plans the shifts.")
        assert thread not in stranger.url, "who was refused begins their own"
    assert server.get(f"/report/{thread}.md")[0] == 401
    assert server.get(f"/thread/{thread}", Accept="text/html")[0] == 303, "a browser that was never here, too"


def test_what_was_deleted_in_another_window_is_said_and_not_taken_up(page, server: Server) -> None:
    say(page, OPENING)
    thread = page.url.rsplit("/", 1)[1]
    other = page.context.new_page()
    other.goto(server.address)
    listed = other.locator(f"#thread-{thread} a")
    listed.wait_for()
    assert page.request.delete(f"{server.address}project/thread", data={"threadId": thread}).ok
    listed.click()
    told_that_it_is_not_here(other)
    other.get_by_text("Your diagnoses will stand here").wait_for()  # the list is fetched anew
    page.get_by_role("button", name="Skip", exact=True).click()
    page.get_by_text("was deleted in another window").wait_for()
    write(page, "It took 42 minutes before.")
    page.get_by_text("was deleted in another window").nth(1).wait_for()
    assert page.get_by_role("link", name="Begin another one").last.get_attribute("href") == "/"
    assert page.request.get(f"{server.address}report/{thread}.md").status == 404, "nothing of it came back"


def test_another_diagnosis_is_begun_and_the_first_one_taken_up_again(page) -> None:
    say(page, OPENING)
    first = page.url
    page.get_by_role("button", name="New diagnosis").click()
    page.get_by_role("button", name="Confirm").click()
    page.locator("#start-describe").wait_for()
    assert said(page) == []
    say(page, "Our bakery tries an AI that plans the shifts.")
    assert page.url != first
    page.locator(f"#thread-{first.rsplit('/', 1)[1]} a").click()
    page.wait_for_url(first)
    until(page, 2)
    assert said(page) == [OPENING]


def test_answer_of_a_model_is_written_out_as_it_comes(browser, tmp_path: Path) -> None:
    with StandIn(reads()) as stand_in:
        own = Server(tmp_path, **stand_in.environment)
        try:
            with visitor(browser, own) as page:
                say(page, OPENING)
                before = len(messages(page))
                say(page, "what counts as sustained?")
                page.locator('button[id$="-2-skip"]').wait_for()
                shown = messages(page)
                frames = [frame for frame in page.received if isinstance(frame, str)]
        finally:
            own.stop()
    sent = [json.loads(frame[frame.index("[") :]) for frame in frames if '"stream_start"' in frame or '"stream_token"' in frame]
    assert [name for name, _ in sent][:2] == ["stream_start", "stream_token"]
    written = "".join(told["output"] if name == "stream_start" else told["token"] for name, told in sent)
    assert shown[-1].startswith(written.strip()), "what was written out is the beginning of the reply"
    assert len(shown) == before + 2 and "[1]" in shown[-1], "the whole reply takes its place, and is there once"
