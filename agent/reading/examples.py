"""The labelled examples the reader learns from: examples/*.yaml, one utterance with its item and label, values in [brackets]."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agent.items import Guide
from agent.items import guide as load_guide
from agent.yaml_file import YamlFile

EXAMPLES = Path(__file__).parent / "examples"
CHATTER = "chatter"
LABELS = {
    "answer": ("yes", "partly", "no", "unknown"),
    "party": ("value", "nobody", "unknown"),
    "list": ("value", "none", "unknown", "proven", "weak", "untested", "excluded"),
}
OTHER_LABELS = ("value", "none", "absent", "unknown")
SLOT = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Example:
    """One labelled utterance; `slots` are the places of the bracketed values in `text`."""

    item: str
    label: str
    text: str
    slots: tuple[tuple[int, int], ...]


@cache
def load_examples(folder: Path = EXAMPLES) -> tuple[Example, ...]:
    """Load every example; an unknown item, an unknown label or text that is no string raises GuideError with file and line."""
    guide = load_guide()
    found: list[Example] = []
    for path in sorted(folder.glob("*.yaml")):
        source = YamlFile(path)
        for item, labels in source.data.items():
            if item not in guide.items and item != CHATTER:
                raise source.mistake((item,), f"{item} is no item of the guide")
            for label, utterances in labels.items():
                if label not in _labels(guide, item):
                    raise source.mistake((item, label), f"{item} has no label {label}; it can have {', '.join(_labels(guide, item))}")
                for index, utterance in enumerate(utterances or []):
                    if not isinstance(utterance, str):
                        raise source.mistake((item, label, index), "an example must be text; put quotes around it")
                    found.append(_example(item, label, utterance))
    return tuple(found)


def _labels(guide: Guide, item: str) -> tuple[str, ...]:
    if item == CHATTER:
        return ("talk",)
    entry = guide.items[item]
    return (*entry.options, "unknown") if entry.kind == "choice" else LABELS.get(entry.kind, OTHER_LABELS)


def _example(item: str, label: str, marked: str) -> Example:
    text, slots, last = "", [], 0
    for match in SLOT.finditer(marked):
        text += marked[last : match.start()]
        slots.append((len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        last = match.end()
    return Example(item, label, text + marked[last:], tuple(slots))
