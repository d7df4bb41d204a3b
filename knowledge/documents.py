"""A user's own policies and papers: a Markdown or text file split into passages; what stands in them is data, never an instruction."""

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import LibraryError
from knowledge.files import MAX_BYTES as FILE_BYTES
from knowledge.files.kinds import ENDINGS
from knowledge.guidance import Passage

SUFFIXES = (".md", ".txt")
MAX_BYTES = 2_000_000
MAX_PASSAGES = 3_000
MAX_WORDS = 120
# Languages without spaces, and tables of encoded data, have few words but many characters.
MAX_CHARACTERS = 1_000
ARTICLE = "own"
AUTHOR = "own document"

HEADING = re.compile(r" {0,3}#{1,6}\s")
FENCE = re.compile(r" {0,3}(```|~~~)")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Terminal escapes and the like; tab and newline stay.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read_document(path: Path) -> tuple[Passage, ...]:
    """Split a .md or .txt file into passages 'own/<file-stem>-<n>'; anything else raises LibraryError."""
    if path.suffix.lower() not in SUFFIXES:
        raise LibraryError(f"{path.name}: only .md and .txt files are read as they are. Save the document as plain text (UTF-8) and add that.")
    if not path.name.isprintable():
        raise LibraryError(f"{path.name!r}: the file name holds characters that cannot be shown. Rename the file and add it again.")
    sections = _sections(_text(path))
    texts = [(section, text) for section, body in sections for text in _pieces(body)]
    if not texts:
        raise LibraryError(f"{path.name}: the file holds no text. Check that the right file was saved and add it again.")
    if len(texts) > MAX_PASSAGES:
        raise LibraryError(f"{path.name}: the file gives {len(texts):,} passages; {MAX_PASSAGES:,} are the limit. Split it and add the parts that matter.")
    return tuple(
        Passage(
            id=f"{ARTICLE}/{path.stem}-{number}",
            article=ARTICLE,
            author=AUTHOR,
            title=_title(path),
            section=section or path.stem,
            heading=section or path.stem,
            kind="own",
            items=(),
            text=text,
        )
        for number, (section, text) in enumerate(texts, start=1)
    )


def _title(path: Path) -> str:
    """Return what a user calls the document: the text of policy.pdf is kept as policy.pdf.md."""
    converted = any(path.stem.lower().endswith(ending) for kind in ENDINGS.values() for ending in kind.endings)
    return path.stem if converted else path.name


def content_of(path: Path, limit: int = FILE_BYTES) -> bytes:
    """Return the bytes of a file, one more than the limit where it is larger; a missing or locked file raises LibraryError."""
    try:
        if not path.is_file():
            raise LibraryError(f"{path}: there is no such file. Check the path and add it again.")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise LibraryError(f"{path}: the file cannot be read ({error.strerror}). Check its permissions and add it again.") from error


def _text(path: Path) -> str:
    content = content_of(path, MAX_BYTES)
    if len(content) > MAX_BYTES:
        raise LibraryError(f"{path.name}: the file is larger than {MAX_BYTES / 1e6:.0f} MB. Split it and add the parts that matter.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LibraryError(f"{path.name}: the file is not UTF-8 text. Save it as plain text with the encoding UTF-8 and add it again.") from error
    if "\0" in text:
        raise LibraryError(f"{path.name}: the file is binary, not text. Save the document as plain text (UTF-8) and add that.")
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _sections(text: str) -> list[tuple[str, str]]:
    """Return (heading, body) pairs; what stands before the first heading has an empty one."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    fence = ""
    for line in text.split("\n"):
        if mark := FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        # A '#' within a code block is a comment, not a heading.
        if not fence and HEADING.match(line):
            words = line.lstrip(" #").split()
            if words and not words[-1].strip("#"):
                words.pop()
            sections.append((" ".join(words)[:200], []))
        else:
            sections[-1][1].append(line)
    return [(heading, "\n".join(lines)) for heading, lines in sections]


def _pieces(body: str) -> Iterator[str]:
    """Yield texts within the limits: whole paragraphs together while they fit, a long one by sentences, a long sentence by words."""
    paragraphs = (paragraph.strip() for paragraph in re.split(r"\n\s*\n", body))
    yield from _packed((piece for paragraph in paragraphs for piece in _cut(paragraph)), "\n\n")


def _cut(paragraph: str) -> Iterator[str]:
    if not paragraph:
        return
    if _fits(paragraph):
        yield paragraph
        return
    for sentence in _packed(SENTENCE_END.split(paragraph), " "):
        if _fits(sentence):
            yield sentence
        else:
            yield from _packed(re.findall(rf"\S{{1,{MAX_CHARACTERS}}}", sentence), " ")


def _packed(parts: Iterator[str] | list[str], separator: str) -> Iterator[str]:
    """Join neighbours as long as the result fits."""
    held = ""
    for part in parts:
        joined = f"{held}{separator}{part}" if held else part
        if held and not _fits(joined):
            yield held
            joined = part
        held = joined
    if held:
        yield held


def _fits(text: str) -> bool:
    return len(text) <= MAX_CHARACTERS and len(text.split()) <= MAX_WORDS
