"""The items in an assessment, called and asked as another language has them; sentences of the judging stay as they are, in English."""

from typing import Any

from pydantic import BaseModel

from agent.items import Guide
from agent.judging.assessment import Assessment


def translated(assessment: Assessment, guide: Guide) -> Assessment:
    """Return the assessment with labels and questions from a guide in the report's language."""
    found: Assessment = _translated(assessment, guide)
    return found


def _translated(value: Any, guide: Guide) -> Any:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        changed = {name: _translated(getattr(value, name), guide) for name in fields}
        item = guide.items.get(changed.get("item", ""))
        if item:
            changed |= {name: getattr(item, name) for name in ("label", "ask") if name in fields}
        return value.model_copy(update=changed)
    if isinstance(value, dict):
        return {key: _translated(one, guide) for key, one in value.items()}
    return tuple(_translated(one, guide) for one in value) if isinstance(value, tuple) else value
