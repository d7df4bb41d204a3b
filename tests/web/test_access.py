"""Everybody can read it: axe finds nothing serious at the start, in the middle, at the result and in the dark. The pictures of the docs are made here."""

import os
from pathlib import Path

from tests.web.browsing import OPENING, Server, press, say, visitor

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SERIOUS = ("serious", "critical")
# What is still fading in has too little contrast for a moment; what turns for ever is not waited for.
SETTLED = """() => Promise.all(document.getAnimations()
  .filter(one => one.effect.getComputedTiming().iterations !== Infinity).map(one => one.finished.catch(() => null)))"""


def checked(page, name: str) -> None:
    """Let axe look at the page; with UPDATE_PICTURES=1 keep what it saw."""
    from axe_playwright_python.sync_playwright import Axe

    page.locator("#pc-board").wait_for(state="attached")  # the board is drawn a moment after the greeting, and gives Chainlit's buttons their names
    page.locator("#chat-submit[aria-label]").wait_for(state="attached")
    page.evaluate(SETTLED)
    found = [one for one in Axe().run(page).response["violations"] if one["impact"] in SERIOUS]
    assert not found, "\n".join(f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"])
    if os.environ.get("UPDATE_PICTURES"):
        page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def test_start_and_middle_can_be_read_by_everybody(browser, server: Server) -> None:
    with visitor(browser, server, width=1200, height=800) as page:
        checked(page, "start")
        say(page, OPENING)
        page.locator("[data-part=adoption] summary").click()
        page.locator("[data-item='gates.active_users']").click()
        checked(page, "middle")


def test_result_and_dark_can_be_read_by_everybody(browser, server: Server) -> None:
    with visitor(browser, server, width=1200, height=800) as page:
        page.locator("#start-example").click()
        page.locator(".pc-result").wait_for()
        page.locator(".pc-result").evaluate("result => result.scrollIntoView()")
        checked(page, "result")
        page.emulate_media(color_scheme="dark")
        page.evaluate("() => document.documentElement.classList.replace('light', 'dark')")
        checked(page, "dark")


def test_phone_can_be_read_by_everybody(browser, server: Server) -> None:
    with visitor(browser, server, width=390, height=844) as page:
        say(page, OPENING)
        press(page, "Skip")
        checked(page, "phone")
        page.locator(".pc-board-button").click()
        checked(page, "phone-board")
