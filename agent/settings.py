"""Settings, read once from the environment."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from agent.items import Frozen


class Settings(Frozen):
    """Where things are kept and how much is taken in. Sizes are in characters."""

    home: Path
    database_url: str | None = None
    longest_message: int = 50_000
    user: str = ""

    @property
    def reader_folders(self) -> tuple[Path, ...]:
        """Where what was learned from the examples is kept: beside the installation, so that every home shares it, else in the home."""
        return Path(sys.prefix) / "share" / "pilotcheck", self.home / "reader"


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read PILOTCHECK_HOME and PILOTCHECK_DATABASE_URL; by default everything is in the user's data directory."""
    env = os.environ if environment is None else environment
    home = env.get("PILOTCHECK_HOME")
    return Settings(home=Path(home).expanduser() if home else _default_home(), database_url=env.get("PILOTCHECK_DATABASE_URL") or None)


def _default_home() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("pilotcheck", appauthor=False))
