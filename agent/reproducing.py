"""An assessment that can be made again: with a manifest of what it was made from, and the check that it still holds."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agent.citing import Guidance, cite
from agent.conversation import Conversation
from agent.errors import InputRefused
from agent.items import Frozen, Guide
from agent.judging import Assessment, assess_for_report
from agent.judging.assessment import Manifest
from agent.record import Record

HERE = Path(__file__).parent
# What the judging is made of: its own rules, and the two rooms it reads values with.
RULES = (*sorted((HERE / "judging").glob("*.py")), HERE / "record.py", HERE / "same.py")
# What compares with something outside the record cannot be made again from it.
FROM_OUTSIDE = ("since_last_time", "scores")
NO_REPORT = "is no report that can be verified. `pilotcheck assess --thread ID --format json --output FILE` makes one."


class Verified(Frozen):
    """What came of making an assessment again: whether it holds, what was changed, and what is no longer as it was when it was made."""

    holds: bool
    verdict: str
    changed: tuple[str, ...]
    differs: tuple[str, ...]


def assess_to_keep(record: Record, guide: Guide, library: Guidance, today: date, assumptions: Mapping[str, float] | None = None) -> Assessment:
    """Judge for a report, cite the guidance, and write down what it was made from."""
    found = cite(assess_for_report(record, guide, today, assumptions=assumptions), library)
    return found.model_copy(update={"manifest": manifest(record, guide, library, assumptions)})


def manifest(record: Record, guide: Guide, library: Guidance, assumptions: Mapping[str, float] | None = None) -> Manifest:
    """Return the hashes of everything an assessment follows from; the order in which things were said does not matter."""
    return Manifest(
        version=version("pilotcheck"),
        record=_hash(record.model_dump(mode="json")),
        rules=_hash([[path.name, path.read_text(encoding="utf-8")] for path in RULES]),
        guide=_hash(guide.model_dump(mode="json")),
        library=_hash([passage.model_dump(mode="json") for passage in library.passages()]),
        assumptions=dict(assumptions or {}),
    )


def verify(document: Any, guide: Guide, library: Guidance) -> Verified:
    """Make the assessment of a JSON report again, without a model, and say whether it holds or which fields differ.

    A report whose record was changed together with everything that follows from it, hashes too, cannot be told from a true one:
    nothing in it is signed.
    """
    record, kept = _record(document), document["assessment"]
    made = Manifest.model_validate(kept["manifest"])
    again = assess_to_keep(record, guide, library, date.fromisoformat(kept["assessed_on"]), made.assumptions)
    now = again.manifest
    assert now is not None
    differs = tuple(
        f"{what} ({then[:12]} then, {today[:12]} now)"
        for what, then, today in (
            ("Pilotcheck's version", made.version, now.version),
            ("the rules", made.rules, now.rules),
            ("the guide", made.guide, now.guide),
            ("the library", made.library, now.library),
        )
        if then != today
    )
    changed = [*_changed_record(document, record, made, now), *_changed_assessment(kept, again, same_library=made.library == now.library)]
    return Verified(holds=not changed, verdict=again.verdict, changed=tuple(changed), differs=differs)


def read_report(document: Any) -> tuple[Assessment, Record]:
    """Return the assessment and the record of a JSON report, as they stand in it; raises InputRefused for anything else."""
    record = _record(document)
    try:
        return Assessment.model_validate(document["assessment"]), record
    except ValidationError as error:
        raise InputRefused(f"It {NO_REPORT} ({error.error_count()} fields are not as they should be)") from error


def _record(document: Any) -> Record:
    try:
        record = Record.model_validate({"entries": document["history"]})
        Manifest.model_validate(document["assessment"]["manifest"])
        date.fromisoformat(document["assessment"]["assessed_on"])
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise InputRefused(f"It {NO_REPORT} ({type(error).__name__}: {str(error).splitlines()[0]})") from error
    return record


def _changed_record(document: Any, record: Record, made: Manifest, now: Manifest) -> Iterator[str]:
    from agent.reports import record_fields

    if made.record != now.record:
        yield "history: it is not the record that the assessment was made from"
    yield from _differences("record", document.get("record"), json.loads(json.dumps(record_fields(Conversation(record=record)))))


def _changed_assessment(kept: dict[str, Any], again: Assessment, *, same_library: bool) -> Iterator[str]:
    """Compare field by field; what another library would cite is left out, and so is what the record alone cannot give."""
    right = again.model_dump(mode="json")
    left = dict(kept)
    for field in ("manifest", *FROM_OUTSIDE, *(() if same_library else ("sources",))):
        left.pop(field, None), right.pop(field, None)
    yield from _differences("assessment", left, right, skip=() if same_library else ("passages",))


def _differences(path: str, said: Any, right: Any, skip: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(said, dict) and isinstance(right, dict):
        for key in (*right, *(key for key in said if key not in right)):
            if key not in skip:
                yield from _differences(f"{path}.{key}", said.get(key, _Nothing), right.get(key, _Nothing), skip)
    elif isinstance(said, list) and isinstance(right, list) and len(said) == len(right):
        for place, (one, other) in enumerate(zip(said, right, strict=True)):
            yield from _differences(f"{path}[{place}]", one, other, skip)
    elif said != right:
        yield f"{path}: the file has {_short(said)}, the rules give {_short(right)}"


class _Nothing:
    """Stands where one side has no such field."""


def _short(value: Any) -> str:
    text = "nothing" if value is _Nothing else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 90 else f"{text[:87]}..."


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
