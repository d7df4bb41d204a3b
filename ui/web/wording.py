"""The words of the page, from wording.yaml."""

from functools import cache
from pathlib import Path

from agent.items import Frozen
from agent.yaml_file import YamlFile

WORDING = Path(__file__).parent / "wording.yaml"


class Profile(Frozen):
    """A depth of the interview that can be chosen before it begins."""

    name: str
    says: str


class PageWords(Frozen):
    """What stands on the page, by its parts."""

    canvas: dict[str, str]
    answer: dict[str, str]
    start: dict[str, str]
    profiles: dict[str, Profile]
    states: dict[str, str]
    result: dict[str, str]
    names: dict[str, str]


@cache
def page_words() -> PageWords:
    """Load the words; a mistake raises GuideError with file and line."""
    source = YamlFile(WORDING)
    return source.build(PageWords, (), source.data)
