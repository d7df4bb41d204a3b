"""Putting our own words into a language that does not come with us: once for a home, by the model, in batches, while the interview goes on in English."""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from agent.errors import PilotcheckError
from agent.items import Guide
from agent.language_model import LanguageModel, ModelFault
from agent.languages import names
from agent.languages.speaking import Phrases, comes_with_us, file_of, holding, made, phrases
from agent.prompts import prompt
from agent.reading.understanding import NotUnderstood, json_of
from agent.usage import Usage

LONGEST_BATCH = 2_000  # characters of English; what comes back must fit into one reply
HEAD = "# {language}, put together by {model}. Correct what reads badly; a line that you delete is made anew.\n"
SCHEMA: Mapping[str, Any] = {
    "name": "phrases",
    "strict": True,
    "schema": {
        "type": "object",
        "properties": {
            "phrases": {
                "type": "array",
                "items": {
                    "type": "object", "properties": {"key": {"type": "string"}, "text": {"type": "string"}}, "required": ["key", "text"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["phrases"],
        "additionalProperties": False,
    },
}  # fmt: skip

log = logging.getLogger(__name__)


class Learning:
    """The languages of one home. Safe to use from several threads; of several processes one works on a language at a time."""

    def __init__(self, guide: Guide, model: Callable[[], LanguageModel | None], may_spend: Callable[[], bool], spent: Callable[[int], None]):
        """Take what says whether tokens may be spent, and what counts them. What goes wrong here lets the model rest for no reading."""
        self.guide, self._model, self._may_spend, self._spent = guide, model, may_spend, spent
        self._at_work = threading.Lock()
        self._refused: dict[str, set[str]] = {}  # what the model could not say in a language; this process does not ask again
        self._worker: threading.Thread | None = None
        self._own: LanguageModel | None = None

    def begin(self, language: str, count: Callable[[Usage], None]) -> None:
        """Learn a language in the background, unless it is known, none, or another one is being learned; `count` hears of every call."""
        if not self._at_work.locked() and self.missing(language):
            self._worker = threading.Thread(target=self.learn, args=(language, count), daemon=True, name=f"learning {language}")
            self._worker.start()

    def wait(self) -> None:
        """Wait for what was begun in the background."""
        if self._worker:
            self._worker.join()

    def missing(self, language: str) -> Phrases:
        """Return the English phrases that are still to be put into a language; none for one that we speak, or that no model may be asked for."""
        if comes_with_us(language) or language not in names() or not file_of(self.guide, language):
            return {}
        there, refused = made(self.guide, language), self._refused.get(language, set())
        return {key: text for key, text in phrases(self.guide).items() if key not in there and key not in refused}

    def learn(self, language: str, count: Callable[[Usage], None] = lambda usage: None) -> None:
        """Ask for what is missing, batch by batch, and keep each; stop at a fault, at a ceiling, or where another process is at it."""
        from filelock import FileLock, Timeout

        path = file_of(self.guide, language)
        if path is None or not self._at_work.acquire(blocking=False):
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(path.with_suffix(".lock"), timeout=0):
                for batch in batches(self.missing(language)):
                    model = self._apart() if self._may_spend() else None
                    if model is None:
                        break
                    usage = self._take(model, batch, language, path)
                    self._spent(usage.tokens)
                    count(usage)
        except (Timeout, ModelFault, OSError, PilotcheckError) as error:
            log.info("The words of %s are not all there yet: %s", language, error)
        finally:
            self._at_work.release()

    def _apart(self) -> LanguageModel | None:
        """Return the model with a breaker of its own."""
        if self._own is None and (model := self._model()):
            self._own = LanguageModel(model.settings)
        return self._own

    def _take(self, model: LanguageModel, batch: Phrases, language: str, path: Path) -> Usage:
        """Put one batch into a language and keep what holds."""
        numbered = dict(enumerate(batch, start=1))
        told = "\n".join(f"{number}: {json.dumps(batch[key], ensure_ascii=False)}" for number, key in numbered.items())
        messages = [("system", prompt("translating").format(language=names()[language])), ("user", told)]
        try:
            said, usage = model.structured(messages, SCHEMA, said_in)
        except ModelFault as fault:
            if fault.fault != "rubbish":
                self._spent(fault.usage.tokens)
                raise
            said, usage = {}, fault.usage
        good = holding(batch, {key: said[str(number)] for number, key in numbered.items() if str(number) in said}, language)
        self._refused.setdefault(language, set()).update(set(batch) - set(good))
        if good:
            _write(path, {**made(self.guide, language), **good}, HEAD.format(language=names()[language], model=model.name))
        return usage


def batches(missing: Phrases) -> Iterator[Phrases]:
    """Yield what is missing in batches; phrases of one list or group stay together, so that they can be told apart."""
    batch: Phrases = {}
    for key, text in missing.items():
        group = key.rpartition(".")[0]
        together = batch and group.startswith("replies.") and next(reversed(batch)).startswith(f"{group}.")
        if batch and not together and sum(map(len, batch.values())) + len(text) > LONGEST_BATCH:
            yield batch
            batch = {}
        batch[key] = text
    if batch:
        yield batch


def said_in(text: str) -> dict[str, str]:
    """Read a reply: each phrase by its number. Raises NotUnderstood."""
    entries = json_of(text).get("phrases")
    if not isinstance(entries, list):
        raise NotUnderstood("phrases must be a list")
    return {str(one["key"]).strip(): one["text"].strip() for one in entries if isinstance(one, dict) and "key" in one and isinstance(one.get("text"), str)}


def _write(path: Path, words: Phrases, head: str) -> None:
    """Replace the file at once: another process may be reading it."""
    new = path.with_suffix(".new")
    new.write_text(head + yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=150), encoding="utf-8")
    new.replace(path)
