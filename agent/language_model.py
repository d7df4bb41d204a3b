"""The one seam to a language model: what is asked of it, what comes back, and every way in which that goes wrong."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from agent.breaker import Breaker
from agent.prompts import prompt
from agent.settings import ModelSettings
from agent.tracing import span
from agent.usage import NOTHING_USED, Usage, cost, roughly

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

Messages = list[tuple[str, str]]  # who says it ("system", "user", "assistant"), and what
Read = TypeVar("Read")

log = logging.getLogger(__name__)

Fault = Literal["slow", "down", "busy", "failing", "denied", "refused", "empty", "rubbish", "resting"]
LONGEST_REPLY = 2_000  # tokens
OWN_SERVER_FAULTS = ("slow", "down", "busy", "failing", "denied", "empty", "rubbish")  # what the breaker counts: a refusal is an answer


class ModelFault(Exception):
    """A call that came to nothing. It says only what kind of fault it was: what a server writes in its errors may hold anything."""

    def __init__(self, fault: Fault, usage: Usage = NOTHING_USED):
        super().__init__(fault)
        self.fault, self.usage = fault, usage


@dataclass(frozen=True)
class Spoken:
    """What the model said, and what that cost."""

    text: str
    usage: Usage
    cut_short: bool = False


class LanguageModel:
    """A model behind OpenAI's chat completions, on whichever server; made once a process, safe to use from several threads."""

    def __init__(self, settings: ModelSettings, clock: Callable[[], float] = time.monotonic, breaker: Breaker | None = None):
        self.settings = settings
        self.name = settings.name
        self._clock = clock
        self.breaker = breaker or Breaker(clock)
        self._client = _client(settings)
        self._plain = False  # the server refused what not every server knows

    def structured(self, messages: Messages, schema: Mapping[str, Any], read: Callable[[str], Read]) -> tuple[Read, Usage]:
        """Ask for a JSON object of a schema and read it; a reply that `read` refuses (ValueError) may be mended once. Raises ModelFault.

        The schema is sent, but `read` is what counts: not every server keeps to it.
        """
        spoken = self._asked(messages, schema, NOTHING_USED)
        try:
            return self._useful(read(spoken.text)), spoken.usage
        except ValueError as error:
            more = [*messages, ("assistant", spoken.text), ("user", prompt("repair").format(fault=error))]
            again = self._asked(more, schema, spoken.usage)
        try:
            return self._useful(read(again.text)), again.usage
        except ValueError:
            self.breaker.failed()
            raise ModelFault("rubbish", again.usage + Usage(faults=1)) from None

    def stream(self, messages: Messages, on_text: Callable[[str], None]) -> Spoken:
        """Ask for plain text and hand it on as it comes. Raises ModelFault; what was handed on by then stays said."""
        return self._useful(self._guarded(messages, lambda: self._streamed(messages, on_text), NOTHING_USED))

    def _asked(self, messages: Messages, schema: Mapping[str, Any], spent: Usage) -> Spoken:
        extras = {} if self._plain else {"response_format": {"type": "json_schema", "json_schema": dict(schema)}, "temperature": 0}
        return self._guarded(messages, lambda: self._invoke(messages, extras), spent)

    def _useful(self, what: Read) -> Read:
        self.breaker.succeeded()
        return what

    def _guarded(self, messages: Messages, call: Callable[[], "AIMessage"], spent: Usage) -> Spoken:
        """Make one call; what it used is added to what this message has spent already."""
        if not self.breaker.allows():
            raise ModelFault("resting", spent)
        started = self._clock()
        try:
            with span(f"chat {self.name}", **{"gen_ai.operation.name": "chat", "gen_ai.request.model": self.name}) as traced:
                spoken = self._spoken(call(), messages, self._clock() - started)
                traced |= {"gen_ai.usage.input_tokens": spoken.usage.prompt, "gen_ai.usage.output_tokens": spoken.usage.completion}
        except Exception as error:  # whatever a server sends or does not send, the turn goes on without it
            fault = error.fault if isinstance(error, ModelFault) else _kind(error)
            log.info("The language model did not answer: %s (%s)", fault, type(error).__name__)
            if fault in OWN_SERVER_FAULTS:
                self.breaker.failed()
            used = error.usage if isinstance(error, ModelFault) else NOTHING_USED
            raise ModelFault(fault, spent + used + Usage(calls=1, faults=1, seconds=round(self._clock() - started, 4))) from None
        return replace(spoken, usage=spent + spoken.usage)

    def _invoke(self, messages: Messages, extras: dict[str, Any]) -> "AIMessage":
        from langchain_core.messages import AIMessage
        from langchain_openai.chat_models.base import OpenAIInvalidRequestError
        from openai import LengthFinishReasonError

        try:
            return self._client.invoke(messages, **extras)
        except LengthFinishReasonError as error:  # what came until then is in there, and was paid for
            choice, counted = error.completion.choices[0], error.completion.usage
            usage: Any = counted and {"input_tokens": counted.prompt_tokens, "output_tokens": counted.completion_tokens, "total_tokens": counted.total_tokens}
            return AIMessage(choice.message.content or "", usage_metadata=usage, response_metadata={"finish_reason": "length"})
        except OpenAIInvalidRequestError:
            if not extras:
                raise
            # A server that does not know schemas or temperatures says so at once; from now on it is asked without them.
            answer = self._client.invoke(messages)
            self._plain = True
            return answer

    def _streamed(self, messages: Messages, on_text: Callable[[str], None]) -> "AIMessage":
        whole: Any = None
        for chunk in self._client.stream(messages):
            whole = chunk if whole is None else whole + chunk
            if isinstance(chunk.content, str) and chunk.content:
                on_text(chunk.content)
        if whole is None:
            raise ModelFault("empty")
        return whole  # type: ignore[no-any-return]

    def _spoken(self, message: "AIMessage", messages: Messages, seconds: float) -> Spoken:
        text = message.content if isinstance(message.content, str) else ""
        usage = _usage(message.usage_metadata, self.name, messages, text)
        if message.additional_kwargs.get("refusal"):
            raise ModelFault("refused", usage)
        if not text.strip():
            raise ModelFault("empty", usage)
        cut_short = message.response_metadata.get("finish_reason") == "length"
        return Spoken(text, usage.model_copy(update={"calls": 1, "seconds": round(seconds, 4)}), cut_short)


def _client(settings: ModelSettings) -> "ChatOpenAI":
    """Return the client: a time limit, no retries of its own, and an empty key for servers that want none."""
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    elsewhere = bool(settings.base_url)  # other servers know max_tokens only, OpenAI's own knows max_completion_tokens
    return ChatOpenAI(
        model=settings.name,
        base_url=settings.base_url or None,
        api_key=settings.key or SecretStr("none"),
        timeout=settings.timeout,
        max_retries=0,
        max_completion_tokens=None if elsewhere else LONGEST_REPLY,
        extra_body={"max_tokens": LONGEST_REPLY} if elsewhere else None,
        use_responses_api=False,
        stream_usage=True,
    )


def _usage(counted: Any, model: str, messages: Messages, text: str) -> Usage:
    """Return what the server counted; where it does not count, an estimate by length."""
    if counted:
        prompt, completion = int(counted["input_tokens"]), int(counted["output_tokens"])
        cached = int((counted.get("input_token_details") or {}).get("cache_read") or 0)
    else:
        prompt, cached, completion = sum(roughly(content) for _, content in messages), 0, roughly(text)
    return Usage(prompt=prompt, cached=cached, completion=completion, cost=cost(model, prompt, cached, completion))


def _kind(error: Exception) -> Fault:
    """Name a fault by what the client raised."""
    import httpx
    import openai

    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Fault], ...] = (
        ((openai.APITimeoutError, httpx.TimeoutException), "slow"),
        ((openai.APIConnectionError, httpx.TransportError), "down"),
        (openai.RateLimitError, "busy"),
        ((openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError), "denied"),
        (openai.ContentFilterFinishReasonError, "refused"),
        (openai.APIStatusError, "failing"),
        (IndexError, "empty"),
    )
    return next((name for kind, name in kinds if isinstance(error, kind)), "rubbish")
