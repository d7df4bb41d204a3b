"""The sentences of the Slack door (wording.yaml) and the three questions from outside (voices.yaml)."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from agent.items import Frozen
from agent.yaml_file import YamlFile

HERE = Path(__file__).parent
LONGEST_NAME = 60


class Wording(Frozen):
    """The file as it stands."""

    naming: tuple[str, ...]
    nobody: tuple[str, ...]
    says: dict[str, str]
    ask: dict[str, str]
    voice: dict[str, str]


class Voice(Frozen):
    """One of the questions to people outside the pilot."""

    id: str
    force: Literal["capability", "culture", "infrastructure"]
    ask: str


@cache
def wording() -> Wording:
    source = YamlFile(HERE / "wording.yaml")
    return source.build(Wording, (), source.data)


@cache
def voices() -> tuple[Voice, ...]:
    return tuple(Voice.model_validate(entry) for entry in yaml.safe_load((HERE / "voices.yaml").read_text(encoding="utf-8")))


def says(which: str, /, **words: object) -> str:
    return wording().says[which].format(**words)


def somebody_named(text: str) -> str:
    """Return who is said to know: a name or a <@U…>, or nothing. Only a message that is nothing but this counts, so that an answer stays one."""
    plain = re.sub(r"\s+", " ", text).strip().rstrip(".!")
    for phrase in _naming():
        if (found := phrase.fullmatch(plain)) and found[1].lower() not in wording().nobody:
            return found[1].strip()
    return ""


@cache
def _naming() -> tuple[re.Pattern[str], ...]:
    name = rf"(<@\w+>|[^\s<>,;:?][^<>,;:?]{{0,{LONGEST_NAME}}}?)"
    return tuple(re.compile(re.escape(phrase).replace(r"\*", name).replace(r"\ ", " ").replace("'", "['’]"), re.IGNORECASE) for phrase in wording().naming)
