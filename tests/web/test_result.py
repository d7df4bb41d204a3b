"""The result in the page, and the worked example that shows one."""

import json

from agent.judging import assess_for_report
from tests.judging.pilots import GUIDE, SCALES, TODAY, minutes, record
from tests.web.browsing import Server, said, visitor
from ui.web.result import result


def drawn(items: dict) -> dict:
    return result(assess_for_report(record(items), GUIDE, TODAY), GUIDE, "a-thread")


def test_the_result_says_what_the_assessment_says() -> None:
    found = drawn({**SCALES, "gates.adoption": 40, "charter.case_coverage": 70})
    assert json.loads(json.dumps(found)) == found
    assert found["key"] == "rerun"
    assert [gate["word"] for gate in found["gates"]] == ["passed", "failed", "passed", "passed"]
    assert any(one["title"] == "Adoption" and one["becomes"] == "passed" for one in found["what_if"])
    bars = [*found["gates"], *found["forces"], *found["projection"]["rows"]]
    assert found["projection"]["rows"] and found["roadmap"]
    assert all(0 <= bar["share"] <= 100 for bar in bars)
    assert all(phase["left"] >= 0 and phase["left"] + phase["width"] <= 102 for phase in found["roadmap"])


def test_a_result_without_a_figure_has_no_bar() -> None:
    found = drawn({"charter.baseline": minutes(42)})
    assert [gate["share"] for gate in found["gates"]] == [0, 0, 0, 0]
    assert found["projection"]["rows"] == []


def test_the_example_shows_a_full_diagnosis_and_is_nobodys(browser, server: Server) -> None:
    with visitor(browser, server) as page:
        page.locator("#start-example").click()
        page.locator(".pc-result").wait_for()
        assert page.locator(".pc-example").is_visible()
        assert "organisation around it is not ready" in page.locator(".pc-result h2").inner_text()
        assert len(said(page)) > 10
        answer = page.request.get(server.address + page.locator(".pc-files a[data-form=md]").get_attribute("href").lstrip("/"))
        assert answer.ok and "warranty claim" in answer.text()
        listed = page.request.post(f"{server.address}project/threads", data={"pagination": {"first": 20}, "filter": {}}).json()["data"]
        assert listed == []
        page.get_by_role("link", name="Begin with my own pilot").click()
        page.locator("#start-example").wait_for()
        assert said(page) == []
