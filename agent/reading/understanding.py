"""What the model returned, as far as it can be used: the JSON found in its text and validated, a reply that was cut short saved up to the cut."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import ConfigDict, Field, ValidationError

from agent.items import Frozen
from agent.record import Said

ModelIntent = Literal["answer", "question", "why", "skip", "back", "status", "finish", "help"]
STATES = get_args(Said)
LONGEST_FAULT = 200


class Claim(Frozen):
    """One statement as the model gives it; nothing in it has been checked."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    item: str
    state: Said
    value: str = ""
    quote: str
    corrects: bool = False


class Understood(Frozen):
    """The model's whole reply; unknown fields are left out, unlike in facts of our own."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    statements: tuple[Claim, ...] = ()
    intent: ModelIntent = "answer"
    about: str = ""
    acknowledgement: str = ""
    language: str = Field(default="", max_length=20)


class NotUnderstood(ValueError):
    """Say in a few words what is wrong with the reply, for the model to mend."""


def _text() -> dict[str, Any]:
    return {"type": "string"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


SCHEMA: Mapping[str, Any] = {
    "name": "reading",
    "strict": True,
    "schema": _object(
        statements={
            "type": "array",
            "items": _object(item=_text(), state={"type": "string", "enum": list(STATES)}, value=_text(), quote=_text(), corrects={"type": "boolean"}),
        },
        intent={"type": "string", "enum": list(get_args(ModelIntent))},
        about=_text(),
        acknowledgement=_text(),
        language=_text(),
    ),
}


def understand(text: str) -> Understood:
    """Read a reply: fences and chatter around the JSON are dropped, statements that are none are left out one by one. Raises NotUnderstood."""
    data = json_of(text)
    statements = data.get("statements")
    if not isinstance(statements, list):
        raise NotUnderstood("statements must be a list")
    good = [claim for one in statements if (claim := _claim(one))]
    if statements and not good:
        raise NotUnderstood("no statement has the fields item, state, value and quote")
    try:
        return Understood.model_validate({**{name: value for name, value in data.items() if value is not None}, "statements": good})
    except ValidationError as error:
        first = error.errors()[0]
        raise NotUnderstood(f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:LONGEST_FAULT]) from error


def _claim(one: Any) -> Claim | None:
    if isinstance(one, dict) and isinstance(one.get("value"), int | float | bool):
        one = {**one, "value": str(one["value"])}
    if isinstance(one, dict) and one.get("value") is None:
        one = {**one, "value": ""}
    try:
        return Claim.model_validate(one)
    except ValidationError:
        return None


def json_of(text: str) -> dict[str, Any]:
    """Return the JSON object in a reply, as far as it goes. Raises NotUnderstood."""
    text = re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL)
    start = text.find("{")
    if start < 0:
        raise NotUnderstood("there is no JSON object in it")
    try:
        data, _ = json.JSONDecoder(strict=False).raw_decode(text[start:])
    except (ValueError, RecursionError):
        data = _saved(text[start:])
    if not isinstance(data, dict):
        raise NotUnderstood("it is not a JSON object")
    return data


def _saved(text: str) -> dict[str, Any]:
    """Keep the whole statements of a reply that was cut short; the one that was cut is lost, and asked for again."""
    begun = re.search(r'"statements"\s*:\s*\[', text)
    if not begun:
        raise NotUnderstood("the JSON is not complete")
    decoder, place, found = json.JSONDecoder(strict=False), begun.end(), []
    while (opening := re.compile(r"\s*,?\s*(?=\{)").match(text, place)) is not None:
        try:
            one, place = decoder.raw_decode(text, opening.end())
        except (ValueError, RecursionError):
            break
        found.append(one)
    if not found:
        raise NotUnderstood("the JSON is not complete")
    return {"statements": found}
