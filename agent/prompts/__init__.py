"""The prompts, as files: what the language model is told."""

from functools import cache
from pathlib import Path


@cache
def prompt(name: str) -> str:
    """Return a prompt as it stands in its file."""
    return (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8").strip()
