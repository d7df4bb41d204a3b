"""Settings, read once from the environment."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast, get_args

from agent.errors import PilotcheckError
from agent.items import Frozen

Login = Literal["none", "password", "oauth", "header"]


class Settings(Frozen):
    """Where things are kept and how much is taken in. Sizes are in characters."""

    home: Path
    database_url: str | None = None
    chroma_url: str | None = None
    longest_message: int = 50_000
    user: str = ""
    login: Login = "none"
    passwords: Path | None = None
    login_header: str = ""
    auth_secret: str = ""

    @property
    def reader_folders(self) -> tuple[Path, ...]:
        """Where what was learned from the examples is kept: beside the installation, so that every home shares it, else in the home."""
        return Path(sys.prefix) / "share" / "pilotcheck", self.home / "reader"


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the PILOTCHECK_ variables (docs/settings.md); by default everything is in the user's data directory, and nobody logs in."""
    env = os.environ if environment is None else environment
    home = env.get("PILOTCHECK_HOME")
    return Settings(
        home=Path(home).expanduser() if home else _default_home(),
        database_url=env.get("PILOTCHECK_DATABASE_URL") or None,
        chroma_url=env.get("PILOTCHECK_CHROMA_URL") or None,
        login=_login(env.get("PILOTCHECK_LOGIN") or "none"),
        passwords=Path(env["PILOTCHECK_PASSWORDS"]).expanduser() if env.get("PILOTCHECK_PASSWORDS") else None,
        login_header=env.get("PILOTCHECK_LOGIN_HEADER", ""),
        auth_secret=env.get("PILOTCHECK_AUTH_SECRET", ""),
    )


def _login(chosen: str) -> Login:
    if chosen not in get_args(Login):
        raise PilotcheckError(f"PILOTCHECK_LOGIN is {chosen!r}; it can be {', '.join(get_args(Login))}.")
    return cast(Login, chosen)


def _default_home() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("pilotcheck", appauthor=False))
