"""The board and what stands under a reply: facts are corrected, cleared, explained and taken back, by mouse, by keyboard, on a phone."""

import json

from agent.conversation import Conversation
from tests.judging.pilots import GUIDE, SCALES, UNKNOWN, Both, judged, minutes, record
from tests.web.browsing import OPENING, Server, board, chips, press, replies, said, say, until, visitor
from ui.web.canvas import MARK, canvas
from ui.web.clicks import before, meant


def drawn(items: dict) -> dict:
    return canvas(Conversation(record=record(items)), judged(items), GUIDE)


def test_the_board_holds_every_fact_with_its_words() -> None:
    found = drawn(SCALES)
    assert json.loads(json.dumps(found)) == found
    assert [gate["status"] for gate in found["gates"]] == ["pass"] * 4
    assert all(gate["share"] >= MARK for gate in found["gates"]), "a gate that is passed reaches its threshold"
    assert set(SCALES) <= set(found["facts"])
    assert found["facts"]["owners.business"]["quotes"] == [{"text": "as for the owners.business, Maria Lopez", "by": "Anna Berg"}]
    assert found["verdict"]["key"] == "scale"
    assert found["proof"]["due"].startswith("30 November 2026")


def test_what_is_not_known_stands_on_the_board_as_that() -> None:
    found = drawn({"gates.adoption": UNKNOWN, "charter.baseline": Both(minutes(42), minutes(48))})["facts"]
    assert (found["gates.adoption"]["state"], found["gates.adoption"]["value"]) == ("unknown", "not known")
    assert (found["charter.baseline"]["state"], len(found["charter.baseline"]["quotes"])) == ("conflicting", 2)
    assert found["owners.technical"]["state"] == "unasked"
    gates = {gate["key"]: gate["word"] for gate in drawn({"gates.adoption": UNKNOWN, "charter.baseline": minutes(42)})["gates"]}
    assert (gates["adoption"], gates["impact"], gates["readiness"]) == ("not proven yet", "not proven yet", "nothing heard yet")


def test_to_undo_is_to_say_what_stood_before_or_to_clear() -> None:
    first = record({"gates.adoption": 60})
    second = first.take(first.entries["gates.adoption"].standing[0].model_copy(update={"value": 80, "quote": "it is 80", "turn": 9}), corrects=True)
    assert before(first.entries["gates.adoption"]) is None
    assert meant({"name": "undo", "item": "gates.adoption"}, Conversation(record=first)).kind == "clear"
    undone = meant({"name": "undo", "item": "gates.adoption"}, Conversation(record=second))
    assert (undone.kind, undone.text) == ("correct", "as for the gates.adoption, 60")


def test_a_fact_is_corrected_cleared_and_taken_back_and_the_verdict_follows(page) -> None:
    say(page, OPENING)
    assert chips(page).items() >= {"intended users": "50", "regular users": "40"}.items()
    page.locator("[data-part=adoption] summary").click()
    page.locator("[data-item='gates.active_users']").click()
    assert "“40 of 50 clerks use it every week" in page.locator(".pc-card").inner_text()
    page.get_by_role("button", name="Explain").click()
    assert "Who could know" in page.locator(".pc-card").inner_text()
    put(page, "gates.active_users", "20 people")
    assert board(page, "adoption") == "failed", "20 of 50 is under the gate"
    assert "Repair" in page.locator(".pc-verdict").inner_text()
    before = replies(page)
    page.get_by_role("button", name="Undo: regular users").click()
    until(page, before + 1)
    assert board(page, "adoption") == "not proven yet", "what stood before counts again"
    before = replies(page)
    page.locator("[data-item='gates.active_users']").click()
    page.locator(".pc-card").get_by_role("button", name="Clear").click()
    until(page, before + 1)
    assert said(page)[-1] == "Cleared: regular users"
    page.reload()
    until(page, before + 1)
    assert said(page)[-1] == "Cleared: regular users"
    assert page.locator("[data-item='gates.active_users'] .pc-value").text_content() == "+ Tell"


def put(page, item: str, text: str) -> None:
    before = replies(page)
    correct = page.locator(".pc-card").get_by_role("button", name="Correct")
    if correct.count():
        correct.click()
    page.locator(f"#pc-put-{item.replace('.', chr(92) + '.')}").fill(text)
    page.keyboard.press("Enter")
    until(page, before + 1)


def test_the_board_keeps_what_is_open_while_the_conversation_goes_on(page) -> None:
    say(page, OPENING)
    page.locator("[data-part=adoption] summary").click()
    page.locator(".pc-board").evaluate("board => { board.kept = true; board.scrollTop = 60; }")
    press(page, "Skip")
    assert page.locator("[data-part=adoption]").evaluate("part => part.open")
    assert page.locator(".pc-board").evaluate("board => [board.kept, board.scrollTop]") == [True, 60], "the board is the same one, not made anew"


def test_the_whole_interview_by_keyboard_alone(page) -> None:
    reach(page, "#chat-profiles", "Shift+Tab")
    page.keyboard.press("Enter")
    in_focus(page, "[role=option]")  # the choice between the two takes the focus when it is open
    page.keyboard.press("ArrowDown")
    in_focus(page, "[role=option]:nth-of-type(2)")
    page.keyboard.press("Enter")
    page.locator("#chat-profiles", has_text="Quick check").wait_for()
    page.locator("#start-describe").wait_for()
    reach(page, "#start-describe")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "chat-input", "to describe is to type"
    page.keyboard.type(OPENING)
    page.keyboard.press("Enter")
    until(page, 2)
    reach(page, "[data-item='charter.started_on']", "Shift+Tab")  # a fact on the board
    page.keyboard.press("Enter")
    page.keyboard.type("2 September 2026")
    page.keyboard.press("Enter")
    until(page, 3)
    turn = 3
    while not page.locator(".pc-result").count():
        if page.locator(".pc-choices").count():
            reach(page, ".pc-choices button:last-child", "Tab" if page.evaluate("document.activeElement.closest('.pc-choices') !== null") else "Shift+Tab")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "one sees where one is"
        else:
            reach(page, "#chat-input")
            page.keyboard.type("I don't know")
        page.keyboard.press("Enter")
        turn += 1
        until(page, turn)
        assert turn < 40, "a quick check comes to an end"
    assert page.locator("[aria-live=polite]").first.inner_text().strip(), "a screen reader is told the reply"
    assert len(said(page)) == turn - 1
    reach(page, ".pc-files [data-form=md]", "Shift+Tab")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "pilotcheck-report.md"
    assert page.locator("[data-item='charter.started_on'] .pc-value").text_content() == "2026-09-02"


def in_focus(page, selector: str) -> None:
    page.wait_for_function("selector => document.activeElement?.matches(selector)", arg=selector)


def reach(page, selector: str, key: str = "Tab") -> None:
    """Go on from one thing to the next until this one is in focus."""
    for _ in range(150):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached by {key}")


def test_on_a_phone_the_board_is_a_drawer(browser, server: Server) -> None:
    with visitor(browser, server, width=390, height=844) as page:
        say(page, OPENING)
        page.reload()
        until(page, 2)
        assert said(page) == [OPENING], "the conversation has its address on a phone too"
        assert not page.locator(".pc-board").is_visible()
        handle = page.locator(".pc-board-button")
        handle.click()
        assert page.locator(".pc-board").is_visible()
        page.locator("[data-item='charter.started_on']").click()
        put(page, "charter.started_on", "2 September 2026")
        page.keyboard.press("Escape")
        assert not page.locator(".pc-board").is_visible()
        press(page, "Just the result")
        page.locator(".pc-result").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing is wider than the phone"
