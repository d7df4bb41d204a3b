"""The reference pages say what the code says."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.items import guide
from ui import reference
from ui.cli import parser

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES: dict[str, Callable[[], str]] = {"items.md": lambda: reference.items(guide()), "commands.md": lambda: reference.commands(parser())}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_what_the_code_says(page: str) -> None:
    written = PAGES[page]()
    if os.environ.get("UPDATE_DOCS"):
        (DOCS / page).write_text(written, encoding="utf-8")
    assert (DOCS / page).read_text(encoding="utf-8") == written, "UPDATE_DOCS=1 make test writes the page anew"


def test_every_setting_is_explained() -> None:
    code = (DOCS.parent / "agent" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"\b(?:PILOTCHECK|OPENAI|OTEL)_[A-Z_]*[A-Z]\b", code)) - {"PILOTCHECK_SLACK"}
    read |= {f"PILOTCHECK_SLACK_{name}" for name in ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET")}
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert len(read) > 15 and not {name for name in read if f"`{name}`" not in page}


def test_every_item_and_every_command_is_there() -> None:
    assert all(f"`{item}`" in reference.items(guide()) for item in guide().items)
    assert "## pilotcheck chat" in reference.commands(parser()) and "`--jsonl`" in reference.commands(parser())
