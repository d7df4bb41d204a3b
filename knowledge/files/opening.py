"""Opening a file: sizes are checked, its kind is told by its content, and it is read in a process of its own with limits."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePath

from knowledge.errors import LibraryError
from knowledge.files.kinds import ENDINGS, kind_of

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 400_000
SECONDS = 40
MEMORY_BYTES = 2_000_000_000
FAILED = 3  # the exit code of a reader that says why in one line


@dataclass(frozen=True)
class Page:
    """A stretch of text and where it stands: "page 3", "slide 2", "sheet Budget"; empty where a file has no such parts."""

    place: str
    text: str


def open_file(name: str, content: bytes) -> tuple[Page, ...]:
    """Return the pages of a file that hold text. `name` is what the user calls it; anything that cannot be read raises LibraryError.

    A hostile or broken file can cost at most SECONDS and MEMORY_BYTES: it is read by a child process that has no other task.
    """
    name = PurePath(name.replace("\\", "/")).name
    if not name or not name.isprintable():
        raise LibraryError(f"{name!r}: the file name holds characters that cannot be shown. Rename the file and send it again.")
    if not content.strip():
        raise LibraryError(f"{name}: the file is empty. Check that the right file was saved and send it again.")
    if len(content) > MAX_BYTES:
        raise LibraryError(
            f"{name}: the file has {len(content) / 1e6:.0f} MB; {MAX_BYTES / 1e6:.0f} MB are the limit. Send the part that matters, or paste it."
        )
    kind = kind_of(name, content)
    try:
        child = subprocess.run([sys.executable, "-P", "-m", "knowledge.files.child", kind], input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise LibraryError(f"{name}: reading the file took longer than {SECONDS} seconds. Save it anew, or paste the text that matters.") from None
    if child.returncode == FAILED:
        raise LibraryError(f"{name}: {child.stdout.decode('utf-8', 'replace').strip()}")
    if child.returncode:
        raise LibraryError(f"{name}: the file is damaged and cannot be read as {ENDINGS[kind].label}. Save it anew, or paste the text that matters.")
    pages = tuple(Page(place, text) for place, text in json.loads(child.stdout) if text.strip())
    if not pages:
        raise LibraryError(f"{name}: there is no text in the file; perhaps it holds only pictures. Send one with text, or paste what matters.")
    if (size := sum(len(page.text) for page in pages)) > MAX_CHARACTERS:
        raise LibraryError(f"{name}: the file holds {size:,} characters of text; {MAX_CHARACTERS:,} are the limit. Send the part that matters, or paste it.")
    return pages
