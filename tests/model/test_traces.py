"""Traces by the usual variables, over real HTTP to a collector on this machine: they arrive before the command ends, and hold no secret."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.doors.nursery import REPOSITORY

SECRETS = ("sk-stand-in-secret", "ls-secret-key", "otel-secret-header")
LANGSMITH_INFO = b"""{"batch_ingest_config": {"use_multipart_endpoint": true, "size_limit": 100, "size_limit_bytes": 20971520,
    "scale_up_qsize_trigger": 1000, "scale_up_nthreads_limit": 16, "scale_down_nempty_trigger": 4}}"""
SAID = "We have an AI pilot in the Quagga department."


@pytest.fixture
def collector():
    """Return (url, received): a collector that takes in whatever it is sent."""
    received: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *unused) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            self._answer(LANGSMITH_INFO)

        def do_POST(self) -> None:
            body = self._body()
            received.append((self.path, gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body))
            self._answer(b"{}")

        do_PATCH = do_POST  # noqa: N815

        def _body(self) -> bytes:
            if "Content-Length" in self.headers:
                return self.rfile.read(int(self.headers["Content-Length"]))
            whole = b""
            while size := int(self.rfile.readline(), 16):
                whole += self.rfile.read(size)
                self.rfile.readline()
            return whole

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", received
        server.shutdown()


def chat(warm_home, stand_in, **variables: str) -> dict:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PILOTCHECK_", "OPENAI_", "OTEL_", "LANGSMITH_", "LANGCHAIN_"))}
    environment = {**kept, **stand_in.environment, "PILOTCHECK_HOME": str(warm_home), "PYTHONPATH": str(REPOSITORY), **variables}
    command = [sys.executable, "-m", "ui", "chat", "--jsonl", "--thread", "traced", "--stats"]
    ran = subprocess.run(command, input=json.dumps({"say": SAID}) + "\n", env=environment, capture_output=True, text=True, timeout=120, check=True)
    assert "Language model: 1 calls" in ran.stderr, ran.stderr
    return json.loads(ran.stdout)


def test_open_telemetry_tells_time_and_tokens_only(serve, warm_home, collector) -> None:
    url, received = collector
    chat(warm_home, serve(), OTEL_EXPORTER_OTLP_ENDPOINT=url, OTEL_EXPORTER_OTLP_HEADERS="authorization=otel-secret-header")
    sent = b"".join(body for path, body in received if path == "/v1/traces")
    assert b"turn" in sent and b"chat gpt-4.1-mini" in sent and b"gen_ai.usage.input_tokens" in sent
    assert not [secret for secret in (*SECRETS, "Quagga") if secret.encode() in sent]


def test_server_that_repeats_the_key_is_not_repeated(serve, warm_home, collector) -> None:
    url, received = collector
    reply = chat(warm_home, serve(fault="denied"), OTEL_EXPORTER_OTLP_ENDPOINT=url)
    assert "turns us away" in reply["text"]
    sent = b"".join(body for _, body in received)
    assert b"turn" in sent and not [secret for secret in SECRETS if secret.encode() in sent]


def test_nothing_is_sent_unasked(serve, warm_home, collector) -> None:
    _, received = collector
    chat(warm_home, serve())
    assert not received


def test_lang_smith_gets_prompt_and_reply_without_the_keys(serve, warm_home, collector) -> None:
    url, received = collector
    chat(warm_home, serve(), LANGSMITH_TRACING="true", LANGSMITH_ENDPOINT=url, LANGSMITH_API_KEY="ls-secret-key")
    sent = b"".join(body for path, body in received if path.startswith("/runs"))
    assert b"Quagga" in sent and b"ChatOpenAI" in sent
    assert not [secret for secret in SECRETS if secret.encode() in sent]
