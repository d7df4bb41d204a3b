"""How people ask for what a passage says, in everyday words that it does not use: asked.yaml, searched beside the passages and never shown."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

import yaml

from knowledge.errors import LibraryError

ASKED = Path(__file__).with_name("asked.yaml")


@cache
def load_asked(path: Path = ASKED) -> dict[str, tuple[str, ...]]:
    """Load the phrases of each passage; what is no list of phrases raises LibraryError."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LibraryError(f"{path}: cannot be read: {error}") from error
    if not isinstance(data, dict) or not all(isinstance(phrases, list) and all(isinstance(one, str) for one in phrases) for phrases in data.values()):
        raise LibraryError(f"{path}: each passage has a list of phrases.")
    return {str(passage): tuple(phrases) for passage, phrases in data.items()}


def phrases(passages: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the phrases of the given passages; those of others are left out."""
    asked = load_asked()
    return {id: asked[id] for id in passages if id in asked}
