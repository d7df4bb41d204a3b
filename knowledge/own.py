"""The folder of a user's own documents: copies, so that every rebuild of the index takes them in."""

import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from knowledge.documents import SUFFIXES, content_of, read_document
from knowledge.errors import LibraryError
from knowledge.guidance import Passage

log = logging.getLogger(__name__)


class OwnDocuments:
    """Documents addressed by their file stem."""

    def __init__(self, folder: Path):
        self.folder = folder

    def passages(self) -> tuple[Passage, ...]:
        """Read every document, by name; one that can no longer be read is left out with a warning."""
        passages: list[Passage] = []
        stems: set[str] = set()
        for path in self._files():
            if path.stem in stems:
                log.warning("An own document is left out. %s: another document has the same name but for its ending. Remove or rename one.", path)
                continue
            stems.add(path.stem)
            try:
                passages += read_document(path)
            except LibraryError as error:
                log.warning("An own document is left out. %s", error)
        return tuple(passages)

    def keep(self, path: Path) -> tuple[Passage, ...]:
        """Copy a document in, in place of one with the same stem, and return its passages; of a PDF, slides and the like its text is kept."""
        if path.suffix.lower() not in SUFFIXES:
            return self._keep_text_of(path)
        passages = read_document(path)
        kept = self.folder / path.name
        arriving = kept.with_name(f"{kept.name}.arriving")
        try:
            content = path.read_bytes()
            self.folder.mkdir(parents=True, exist_ok=True)
            arriving.write_bytes(content)
            os.replace(arriving, kept)
            for other in self._files(path.stem):
                if other.name != kept.name:
                    other.unlink()
        except OSError as error:
            with suppress(OSError):
                arriving.unlink()
            raise LibraryError(f"{path.name}: no copy can be kept in {self.folder} ({error.strerror}). Make room or allow writing there.") from error
        return passages

    def _keep_text_of(self, path: Path) -> tuple[Passage, ...]:
        """Keep a PDF, a Word document and the like as Markdown, one heading a page, so that it is converted once."""
        from knowledge.files import open_file

        pages = open_file(path.name, content_of(path))
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / f"{path.name}.md"
            text.write_text("\n\n".join(f"# {page.place or path.stem}\n\n{page.text}" for page in pages), encoding="utf-8")
            return self.keep(text)

    def remove(self, stem: str) -> None:
        """Delete the copy; the user's own file is not touched."""
        files = self._files(stem)
        if not files:
            raise LibraryError(f"{stem}: there is no such document in {self.folder}. It may have been removed already.")
        try:
            for file in files:
                file.unlink()
        except OSError as error:
            raise LibraryError(f"{stem}: the document cannot be removed from {self.folder} ({error.strerror}). Allow writing there.") from error

    def _files(self, stem: str | None = None) -> list[Path]:
        try:
            files = [path for path in self.folder.iterdir() if path.suffix.lower() in SUFFIXES]
        except OSError:
            return []
        return sorted(path for path in files if stem is None or path.stem == stem)
