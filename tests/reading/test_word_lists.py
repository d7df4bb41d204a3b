"""The word lists hold words: an unquoted yes or no in YAML is a truth value, and would never be heard."""

from pathlib import Path
from typing import Any

import pytest
import yaml

LISTS = sorted((Path(__file__).parents[2] / "agent" / "reading").glob("*.yaml"))


def truth_values(data: Any) -> list[bool]:
    if isinstance(data, dict):
        return [found for pair in data.items() for one in pair for found in truth_values(one)]
    return [found for one in data for found in truth_values(one)] if isinstance(data, list) else [data] * isinstance(data, bool)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_word_list_holds_no_truth_value(path: Path) -> None:
    assert truth_values(yaml.safe_load(path.read_text(encoding="utf-8"))) == []
