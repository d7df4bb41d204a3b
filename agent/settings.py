"""Settings, read once from the environment."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from agent.errors import SettingsError
from agent.items import Frozen

Login = Literal["none", "password", "oauth", "header"]
TRACE_VARIABLES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")

ReaderChoice = Literal["auto", "builtin", "llm"]


class ModelSettings(Frozen):
    """Which language model reads, where it is, and how long we wait for it. The key is shown nowhere: it is a SecretStr from here on."""

    name: str = "gpt-4.1-mini"
    base_url: str = ""
    key: SecretStr | None = None
    timeout: float = Field(default=30.0, gt=0, description="seconds for one call; where a reply is streamed, for each piece of it")

    @property
    def host(self) -> str:
        """The server's name, without whatever else stands in the address."""
        return urlsplit(self.base_url).hostname or self.base_url if self.base_url else "api.openai.com"

    @property
    def is_there(self) -> bool:
        return bool(self.key or self.base_url)


class SlackSettings(Frozen):
    """How we are known to Slack. The tokens are shown nowhere; an address only where Slack's Web API is not at slack.com."""

    bot_token: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    api_url: str = ""


class Settings(Frozen):
    """Where things are kept and how much is taken in. Sizes are in characters, ceilings in tokens."""

    home: Path
    database_url: str | None = None
    chroma_url: str | None = None
    longest_message: int = 50_000
    login: Login = "none"
    passwords: Path | None = None
    login_header: str = ""
    auth_secret: SecretStr = SecretStr("")
    slack: SlackSettings = SlackSettings()
    reader: ReaderChoice = "auto"
    model: ModelSettings = ModelSettings()
    token_limit_interview: int | None = None
    token_limit_day: int | None = None
    traces: bool = False

    @property
    def with_model(self) -> bool:
        """Say whether a language model reads: chosen, or, left open, wherever one is set."""
        return self.reader == "llm" or (self.reader == "auto" and self.model.is_there)

    @property
    def reader_folders(self) -> tuple[Path, ...]:
        """Where what was learned from the examples is kept: beside the installation, so that every home shares it, else in the home."""
        return Path(sys.prefix) / "share" / "pilotcheck", self.home / "reader"


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the PILOTCHECK_ and OPENAI_ variables (docs/settings.md); by default everything is in the user's data directory, nobody logs in, no model reads."""
    env = os.environ if environment is None else environment
    home = env.get("PILOTCHECK_HOME")
    return Settings(
        home=Path(home).expanduser() if home else _default_home(),
        database_url=env.get("PILOTCHECK_DATABASE_URL") or None,
        chroma_url=env.get("PILOTCHECK_CHROMA_URL") or None,
        login=_login(env.get("PILOTCHECK_LOGIN") or "none"),
        passwords=Path(env["PILOTCHECK_PASSWORDS"]).expanduser() if env.get("PILOTCHECK_PASSWORDS") else None,
        login_header=env.get("PILOTCHECK_LOGIN_HEADER", ""),
        auth_secret=SecretStr(env.get("PILOTCHECK_AUTH_SECRET", "")),
        slack=_slack(env),
        model=_model(env),
        token_limit_interview=_tokens(env, "PILOTCHECK_TOKEN_LIMIT_INTERVIEW"),
        token_limit_day=_tokens(env, "PILOTCHECK_TOKEN_LIMIT_DAY"),
        traces=any(env.get(name) for name in TRACE_VARIABLES) and env.get("OTEL_SDK_DISABLED", "").lower() != "true",
    )


def _slack(env: Mapping[str, str]) -> SlackSettings:
    names = ("bot_token", "app_token", "signing_secret")
    return SlackSettings(
        **{name: SecretStr(env.get(f"PILOTCHECK_SLACK_{name.upper()}", "")) for name in names}, api_url=env.get("PILOTCHECK_SLACK_API_URL", "")
    )


def _login(chosen: str) -> Login:
    if chosen not in get_args(Login):
        raise SettingsError(f"PILOTCHECK_LOGIN is {chosen!r}; it can be {', '.join(get_args(Login))}.")
    return cast(Login, chosen)


def _model(env: Mapping[str, str]) -> ModelSettings:
    said = {
        "name": env.get("OPENAI_MODEL"),
        "base_url": env.get("OPENAI_BASE_URL"),
        "key": env.get("OPENAI_API_KEY"),
        "timeout": env.get("PILOTCHECK_MODEL_TIMEOUT"),
    }
    try:
        return ModelSettings.model_validate({name: value for name, value in said.items() if value})
    except ValueError as error:
        raise SettingsError(f"PILOTCHECK_MODEL_TIMEOUT is {said['timeout']!r}; write a number of seconds, such as 30.") from error


def _tokens(env: Mapping[str, str], name: str) -> int | None:
    said = env.get(name, "")
    if not said:
        return None
    if not said.isdecimal():
        raise SettingsError(f"{name} is {said!r}; write a whole number of tokens, such as 200000.")
    return int(said)


def _default_home() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("pilotcheck", appauthor=False))
