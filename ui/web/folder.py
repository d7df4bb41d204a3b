"""The folder Chainlit reads: its settings, our stylesheet and elements, and its own page without the tags that fetch from elsewhere."""

import contextlib
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from agent.errors import PilotcheckError, StorageError
from ui.web.assets import compress

OURS = 2  # one more whenever something else is done to Chainlit's page

# What is fetched after Chainlit's scripts have run, fetched while they are loading.
AHEAD = """<link rel="preload" as="fetch" crossorigin href="/public/views.jsx"><link rel="preload" as="fetch" crossorigin="use-credentials" href="/public/elements/Page.jsx">"""


def prepare(folder: Path) -> Path:
    """Write what Chainlit reads: its settings, our stylesheet, its own page without the tags that fetch from elsewhere."""
    try:
        (folder / ".chainlit" / "translations").mkdir(parents=True, exist_ok=True)
        page = _page(page_in(folder))
        _write(folder / ".chainlit" / "config.toml", _config(page))
        _write(folder / ".chainlit" / "translations" / "en-US.json", json.dumps(_wording(), indent=1))
        _write(folder / "chainlit.md", "")
        shutil.copytree(Path(__file__).parent / "public", folder / "public", dirs_exist_ok=True)
        _write(folder / "public" / "views.jsx", _views())
    except OSError as error:
        raise StorageError(f"The folder {folder} cannot be written ({error.strerror}). Free some space or set PILOTCHECK_HOME to a folder that can.") from error
    return folder


def page_in(folder: Path) -> Path:
    """Return where Chainlit's page is kept, for its version and for what we do to it."""
    return folder / f"page-{importlib.metadata.version('chainlit')}-{OURS}"


def _views() -> str:
    """Join what is ours on the page: one file is fetched, and compiled in the browser once."""
    parts = (Path(__file__).parent / "views" / f"{name}.jsx" for name in ("Page", "Start", "Answer", "Board", "Result"))
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def _write(path: Path, text: str) -> None:
    """Replace a file in one step; another server of the same home may be reading it."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(text)
    os.replace(file.name, path)


def _chainlit() -> Path:
    found = importlib.util.find_spec("chainlit")
    if not found or not found.submodule_search_locations:
        raise PilotcheckError("The web page needs Chainlit, which is not installed: pip install --upgrade pilotcheck.")
    return Path(found.submodule_search_locations[0])


def _page(target: Path) -> Path:
    """Copy Chainlit's page, once a version, without the stylesheets and fonts it takes from public networks."""
    if (target / "index.html").exists():
        return target
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
        copy = Path(temporary) / "page"
        shutil.copytree(_chainlit() / "frontend" / "dist", copy, ignore=shutil.ignore_patterns("*.map"))
        index = copy / "index.html"
        index.write_text(without_foreign_tags(index.read_text(encoding="utf-8")).replace("<script", f"{AHEAD}<script", 1), encoding="utf-8")
        compress(copy / "assets")
        with contextlib.suppress(OSError):  # another process was faster: its copy is the same
            copy.rename(target)
    return target


def without_foreign_tags(page: str) -> str:
    """Remove every tag of a page that loads something from another host."""
    return re.sub(r"""<link\b[^>]*\bhref=["']?(?:https?:)?//[^>]*>|<script\b[^>]*\bsrc=["']?(?:https?:)?//[^>]*>\s*</script>""", "", page)


def _config(page: Path) -> str:
    """Fill in the template of Chainlit's settings."""
    template = (Path(__file__).parent / "chainlit.toml").read_text(encoding="utf-8")
    return template.replace("PAGE_FOLDER", json.dumps(str(page))).replace("CHAINLIT_VERSION", importlib.metadata.version("chainlit"))


def _wording() -> dict[str, Any]:
    wording: dict[str, Any] = json.loads((_chainlit() / "translations" / "en-US.json").read_text(encoding="utf-8"))
    wording["chat"]["watermark"] = "The verdict follows fixed rules from what you said."
    wording["chat"]["input"]["placeholder"] = "Answer in your own words …"
    wording["auth"]["login"]["errors"]["sessionRequired"] = "Your login has run out. Sign in again and you are back where you were; what was said is kept."
    wording["common"]["status"]["error"]["serverConnection"] = "No connection. What was said is kept; if it stays like this, reload the page."
    history, new = wording["threadHistory"], wording["navigation"]["newChat"]
    history["sidebar"] |= {"title": "Your diagnoses", "empty": "Your diagnoses will stand here"}
    actions = history["thread"]["actions"]
    actions["delete"]["description"] = "This deletes the diagnosis with everything that was said in it. It cannot be undone."
    actions["rename"] |= {"title": "Rename the diagnosis", "description": "Under which name should it stand in the list?", "success": "Renamed"}
    new |= {"button": "New diagnosis"}
    new["dialog"] |= {"title": "Begin another diagnosis", "description": "This one is kept; you find it at the side.", "tooltip": "New diagnosis"}
    return wording
