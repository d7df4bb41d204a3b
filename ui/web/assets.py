"""Chainlit's own files for the browser, compressed once when the page is prepared: to do it at every visit costs half a second each."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.web.guard import Receive, Scope, Send

FOR_EVER = "public, max-age=31536000, immutable"  # their names bear a hash of what is in them
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


def compress(folder: Path) -> None:
    """Write a compressed copy beside each file that every visit loads."""
    for path in folder.glob("index-*"):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


class Assets:
    """Hands out the compressed files of a folder, with these headers."""

    def __init__(self, folder: Path, headers: Mapping[str, str]):
        self.files = {f"/assets/{path.stem}": path for path in folder.glob("*.gz")}
        self.headers = {**headers, "content-encoding": "gzip", "vary": "accept-encoding", "cache-control": FOR_EVER}

    def has(self, path: str, accepted: str) -> bool:
        """Say whether there is such a file for a browser that takes these encodings."""
        return path in self.files and "gzip" in accepted

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        from starlette.responses import FileResponse

        file = self.files[scope["path"]]
        await FileResponse(file, headers=self.headers, media_type=TYPES[Path(file.stem).suffix])(scope, receive, send)
