"""What is missing or wrong is said before anything runs, by name, and with where to find the right one."""

import asyncio
import re
from collections.abc import Callable

import pytest
from pydantic import SecretStr

from agent.errors import PilotcheckError
from agent.settings import Settings, SlackSettings
from tests.slack.stand_in import APP_TOKEN, BOT_TOKEN
from ui.slack.server import check, run


@pytest.fixture
def settings(tmp_path) -> Callable[..., Settings]:
    def settings(address: str = "", **tokens: str) -> Settings:
        return Settings(home=tmp_path, slack=SlackSettings(api_url=address, **{name: SecretStr(token) for name, token in tokens.items()}))

    return settings


@pytest.mark.parametrize(("http", "tokens", "says"), [
    (False, {}, "PILOTCHECK_SLACK_BOT_TOKEN is not set"),
    (False, {"bot_token": APP_TOKEN}, "does not begin with xoxb-"),
    (False, {"bot_token": BOT_TOKEN}, "PILOTCHECK_SLACK_APP_TOKEN is not set"),
    (False, {"bot_token": BOT_TOKEN, "app_token": BOT_TOKEN}, "does not begin with xapp-"),
    (True, {"bot_token": BOT_TOKEN}, "PILOTCHECK_SLACK_SIGNING_SECRET is not set"),
])  # fmt: skip
def test_a_token_that_is_missing_or_of_another_kind_is_named(settings, http, tokens, says) -> None:
    with pytest.raises(PilotcheckError, match=re.escape(says)) as raised:
        check(settings(**tokens), http=http)
    assert not any(token in str(raised.value) for token in tokens.values())


def test_a_token_that_slack_does_not_take_is_one_line(settings, slack, interview) -> None:
    with pytest.raises(PilotcheckError, match=r"does not accept PILOTCHECK_SLACK_BOT_TOKEN \(invalid_auth\)"):
        asyncio.run(run(interview, settings(f"{slack.address}/api", bot_token="xoxb-old", app_token=APP_TOKEN), http=False, host="", port=0))


def test_an_app_token_that_slack_does_not_take_is_one_line(settings, slack, interview) -> None:
    with pytest.raises(PilotcheckError, match="Check PILOTCHECK_SLACK_APP_TOKEN"):
        asyncio.run(run(interview, settings(f"{slack.address}/api", bot_token=BOT_TOKEN, app_token="xapp-old"), http=False, host="", port=0))


def test_an_address_where_nobody_answers_is_one_line(settings, interview) -> None:
    nowhere = settings("http://127.0.0.1:9/api", bot_token=BOT_TOKEN, app_token=APP_TOKEN)
    with pytest.raises(PilotcheckError, match="PILOTCHECK_SLACK_API_URL"):
        asyncio.run(run(interview, nowhere, http=False, host="", port=0))
