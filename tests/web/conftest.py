"""A running page and a browser, shared by all tests of the page."""

import importlib.util
from collections.abc import Iterator

import pytest

from tests.web.browsing import ARGUMENTS, CHROMIUM, Server, visitor


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not importlib.util.find_spec("chainlit"):  # importing it would write into the working directory
        pytest.skip("Chainlit is not installed")
    running = Server(tmp_path_factory.mktemp("web"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM:
        pytest.skip("no Chromium found; install one or set PILOTCHECK_CHROMIUM to its path")
    api = pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, server: Server):
    with visitor(browser, server) as opened:
        yield opened
