"""What kind of file it is: told by the content, never by the name alone, and refused where the two do not agree."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from knowledge.errors import LibraryError

PDF, ZIP, OLD_OFFICE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_UNPACKED = 200_000_000  # bytes; a "zip bomb" is small only while it is packed
MACROS = (".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".potm")


@dataclass(frozen=True)
class Kind:
    """How a kind of file is called and ends; `main_part` is the folder inside an Office file."""

    label: str
    endings: tuple[str, ...]
    main_part: str = ""


ENDINGS: dict[str, Kind] = {
    "pdf": Kind("a PDF", (".pdf",)),
    "docx": Kind("a Word document", (".docx",), "word/"),
    "pptx": Kind("slides", (".pptx",), "ppt/"),
    "xlsx": Kind("a sheet", (".xlsx",), "xl/"),
    "html": Kind("a web page", (".html", ".htm")),
    "md": Kind("Markdown", (".md", ".markdown")),
    "txt": Kind("plain text", (".txt", ".text")),
}
READABLE = "PDF, Word (.docx), slides (.pptx), sheets (.xlsx), web pages (.html), Markdown and plain text"


def kind_of(name: str, content: bytes) -> str:
    """Return the key into ENDINGS. A file that is not what its name says, has macros or a password, or is of no readable kind raises LibraryError."""
    ending = PurePath(name).suffix.lower()
    if ending in MACROS:
        raise LibraryError(f"{name}: the file can hold macros, and those are never opened here. Save it as {ending[:-1]}x and send that.")
    named = next((kind for kind, about in ENDINGS.items() if ending in about.endings), None)
    found = _by_content(name, content)
    if named is None:
        known = f" It looks like {ENDINGS[found].label}: rename it to end in {ENDINGS[found].endings[0]}." if found else ""
        raise LibraryError(f"{name}: this kind of file cannot be read; what can: {READABLE}.{known}")
    text = named in ("html", "md", "txt")
    if found != named and not (text and found is None):
        what = f"it is {ENDINGS[found].label}. Rename it to end in {ENDINGS[found].endings[0]}" if found else "its content is something else. Save it anew"
        raise LibraryError(f"{name}: the name says {ENDINGS[named].label}, but {what} and send it again.")
    return named


def _by_content(name: str, content: bytes) -> str | None:
    """Return the kind that the first bytes give away; text has none."""
    if PDF in content[:1024]:
        return "pdf"
    if content.startswith(OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise LibraryError(f"{name}: the file is protected by a password. Save it without one and send it again.")
        raise LibraryError(f"{name}: this is an old Office file. Save it as .docx, .xlsx or .pptx and send that.")
    return _office(name, content) if content.startswith(ZIP) else None


def _office(name: str, content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise LibraryError(f"{name}: the file is damaged. Save it anew, or paste the text that matters.") from None
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise LibraryError(f"{name}: unpacked, the file is larger than {MAX_UNPACKED / 1e6:.0f} MB. Send the part that matters, or paste it.")
    names = [entry.filename for entry in entries]
    if any(entry.lower().endswith("vbaproject.bin") for entry in names):
        raise LibraryError(f"{name}: the file holds macros, and those are never opened here. Save it without macros and send that.")
    return next((kind for kind, about in ENDINGS.items() if about.main_part and any(entry.startswith(about.main_part) for entry in names)), None)
