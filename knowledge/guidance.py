"""Passages of guidance, loaded from guidance/*.md: front matter, then one `## slug: heading` a passage."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from knowledge.errors import LibraryError

GuidanceKind = Literal["figure", "instrument", "list", "warning"]
Kind = Literal["figure", "instrument", "list", "warning", "own"]

GUIDANCE = Path(__file__).parent / "guidance"

FRONT_MATTER = ("article", "author", "title")
FIELDS = ("section", "kind", "items")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ITEM = re.compile(r"[a-z_]+\.[a-z0-9_]+")
LIST_LINE = re.compile(r"\s*([-*]|\d+\.)\s")

Line = tuple[int, str]


class Passage(BaseModel):
    """A piece of guidance short enough to cite whole; `items` are the items of the interview it speaks to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    article: str
    author: str
    title: str
    section: str
    heading: str
    kind: Kind
    items: tuple[str, ...]
    text: str


def load_guidance(folder: Path = GUIDANCE) -> tuple[Passage, ...]:
    """Load every passage, in the order of the files; a mistake raises LibraryError with file and line."""
    passages: list[Passage] = []
    seen: set[str] = set()
    paths = sorted(folder.glob("*.md"))
    if not paths:
        raise LibraryError(f"{folder}: no guidance is here. Install Pilotcheck again, or point to the folder with the .md files.")
    for path in paths:
        for line, passage in _passages(path):
            if passage.id in seen:
                raise _mistake(path, line, f"the passage {passage.id} stands in the guidance twice")
            seen.add(passage.id)
            passages.append(passage)
    return tuple(passages)


def _passages(path: Path) -> Iterator[tuple[int, Passage]]:
    lines = _lines(path)
    article, body = _front_matter(path, lines)
    blocks: list[list[Line]] = []
    for number, text in body:
        if text.startswith("## "):
            blocks.append([(number, text)])
        elif blocks:
            blocks[-1].append((number, text))
        elif text.strip():
            raise _mistake(path, number, "text stands before the first passage; begin one with '## slug: heading'")
    if not blocks:
        raise _mistake(path, 1, "the file has no passage; begin one with '## slug: heading'")
    for block in blocks:
        yield block[0][0], _passage(path, article, block)


def _lines(path: Path) -> list[Line]:
    try:
        return list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    except UnicodeDecodeError as error:
        raise _mistake(path, 1, "the file is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise _mistake(path, 1, f"the file cannot be read ({error.strerror})") from error


def _front_matter(path: Path, lines: list[Line]) -> tuple[dict[str, str], list[Line]]:
    closing = next((index for index, (_, text) in enumerate(lines) if index and text.strip() == "---"), None)
    if closing is None or lines[0][1].strip() != "---":
        raise _mistake(path, 1, "the file must begin with front matter between two lines of '---'")
    return _fields(path, lines[1:closing], FRONT_MATTER, 1), lines[closing + 1 :]


def _passage(path: Path, article: dict[str, str], block: list[Line]) -> Passage:
    (number, title), rest = block[0], block[1:]
    slug, colon, heading = title.removeprefix("## ").partition(":")
    if not colon or not heading.strip() or not SLUG.fullmatch(slug):
        raise _mistake(path, number, "a passage begins with '## slug: heading', the slug in small letters, digits and hyphens")
    blank = next((index for index, (_, text) in enumerate(rest) if not text.strip()), len(rest))
    fields = _fields(path, rest[:blank], FIELDS, number)
    at = {text.partition(":")[0]: line for line, text in rest[:blank]}
    if fields["kind"] not in get_args(GuidanceKind):
        raise _mistake(path, at["kind"], f"the kind is {fields['kind']!r}; it must be one of {', '.join(get_args(GuidanceKind))}")
    items = tuple(item.strip() for item in fields["items"].split(","))
    wrong = next((item for item in items if not ITEM.fullmatch(item)), None)
    if wrong is not None:
        raise _mistake(path, at["items"], f"{wrong!r} is no item; an item is written section.name")
    text = _unwrapped([text for _, text in rest[blank:]])
    if not text:
        raise _mistake(path, number, f"the passage {slug} has no text")
    return Passage.model_validate({**article, **fields, "id": f"{article['article']}/{slug}", "heading": heading.strip(), "items": items, "text": text})


def _fields(path: Path, lines: list[Line], names: tuple[str, ...], number: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line, text in lines:
        name, colon, value = text.partition(":")
        if not colon or name not in names:
            raise _mistake(path, line, f"expected one of {', '.join(f'{known}:' for known in names)} here, and a blank line before the text")
        if name in fields:
            raise _mistake(path, line, f"{name} is given twice")
        if not value.strip(" ,"):
            raise _mistake(path, line, f"{name} is empty")
        fields[name] = value.strip()
    if missing := next((name for name in names if name not in fields), None):
        raise _mistake(path, number, f"{missing}: is missing")
    return fields


def _unwrapped(lines: list[str]) -> str:
    """Join the lines of a paragraph, which wrap for the editor only; list points keep their own lines."""
    joined: list[str] = []
    for line in lines:
        starts_new = not line.strip() or not joined or not joined[-1] or LIST_LINE.match(line)
        if starts_new:
            joined.append(line.strip())
        else:
            joined[-1] += " " + line.strip()
    return "\n".join(joined).strip()


def _mistake(path: Path, line: int, message: str) -> LibraryError:
    return LibraryError(f"{path}:{line}: {message}.")
