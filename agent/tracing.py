"""Traces, for whoever asks for them by the usual variables: OpenTelemetry (OTEL_EXPORTER_OTLP_ENDPOINT) and LangSmith (LANGSMITH_TRACING).

Our OpenTelemetry spans say what took how long and how many tokens, never what was said. LangSmith's record prompts and replies, as LangChain sends them;
no key is in either.
"""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.settings import Settings

log = logging.getLogger(__name__)

FLUSH_MILLISECONDS = 5_000

_provider: Any = None


def begin(settings: "Settings") -> None:
    """Send spans from here on, if the settings say so; once a process. The exporter reads its own variables."""
    global _provider
    if not settings.traces or _provider is not None:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    _provider = TracerProvider(resource=Resource.create({"service.name": "pilotcheck"}))
    _provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))


@contextmanager
def span(name: str, **attributes: str | int) -> Iterator[dict[str, str | int]]:
    """Time a piece of work; what is put into the mapping it yields becomes attributes of the span."""
    found: dict[str, str | int] = {}
    if _provider is None:
        yield found
        return
    # Without the exceptions: what a server writes in its errors may repeat a key.
    tracer = _provider.get_tracer("pilotcheck")
    with tracer.start_as_current_span(name, attributes=attributes, record_exception=False, set_status_on_exception=False) as current:
        try:
            yield found
        finally:
            current.set_attributes(found)


def flush() -> None:
    """Send what is still waiting, within a time limit; a command calls this before it ends."""
    if _provider is not None:
        _provider.force_flush(FLUSH_MILLISECONDS)
    if "langchain_core.tracers.langchain" in sys.modules:  # only then can LangSmith have anything waiting
        from langchain_core.tracers.langchain import wait_for_all_tracers

        # In a thread that ends with the process: LangSmith waits for ever where its own thread has died.
        waiting = threading.Thread(target=wait_for_all_tracers, daemon=True)
        waiting.start()
        waiting.join(FLUSH_MILLISECONDS / 1000)
