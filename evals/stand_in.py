"""A stand-in for OpenAI's API: chat completions over real HTTP, with streaming, usage, JSON schemas, and every fault on command. Not a model.

As a person it says the script as it is. As a listener it answers from a scenario's truth: for each utterance of the scenario that stands in the
message, the gold values of its items, with that utterance as the quote. `python -m evals.stand_in SCENARIO` serves one, for trying the model reader without a key.
"""

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from agent.items import guide
from agent.reading.model import message_in
from evals.own_words import prompt as person_prompt
from evals.own_words import script_in
from evals.scenario import Scenario, load

FAULTS = (
    "slow", "closed", "reset", "busy", "failing", "denied", "no_schema", "refused", "truncated", "rubbish", "wrong_shape", "empty_choices",
    "null_choices", "empty_text", "html", "half_body", "broken_stream", "fenced",
)  # fmt: skip
GOLD_STATES = ("unknown", "absent", "nobody")
SENTENCES = ("What lasts is what counts, and four weeks are the least [1].", "A first wave of curiosity says little [2].")

Request = dict[str, Any]
Answerer = Callable[[Request], str]


@cache
def _tokenizer() -> Any:
    """A real tokenizer that comes with an installed package: Llama 2's, which counts a little more than OpenAI's do."""
    import wordllama  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(next((Path(wordllama.__file__).parent / "tokenizers").glob("*.json"))))


def count(text: str) -> int:
    return len(_tokenizer().encode(text).ids)


@dataclass
class Seen:
    """One request that came in: which sort, and how many tokens it had, by part."""

    sort: str
    prompt: int
    stable: int
    body: Request


class Listener:
    """Answers a reading request from the truth of scenarios; everything else with fixed sentences that cite the first passages."""

    def __init__(self, *scenarios: Scenario):
        self.scenarios = scenarios

    def __call__(self, request: Request) -> str:
        if sort_of(request) == "translating":
            return translated(request)
        if sort_of(request) == "person":
            return script_in(str(request["messages"][1]["content"]))
        if sort_of(request) != "reading":
            return " ".join(SENTENCES)
        message = message_of(request)
        claims = self._claims(message)
        return json.dumps(reading(claims, question="" if claims else _question(message)), ensure_ascii=False)

    def _claims(self, message: str) -> list[dict[str, Any]]:
        plain = " ".join(message.split())
        return [
            claim
            for scenario in self.scenarios
            for utterance in scenario.says
            if " ".join(utterance.text.split()) in plain
            for item in utterance.about
            if item in scenario.gold.items and (claim := _claim(item, scenario.gold.items[item], utterance.text))
        ]


def reading(statements: Sequence[dict[str, Any]], question: str = "", language: str = "en", acknowledgement: str = "Thank you, that helps.") -> dict[str, Any]:
    """Return a reply of the form that the reading prompt asks for."""
    return {
        "statements": list(statements),
        "intent": "question" if question else "answer",
        "about": question,
        "acknowledgement": acknowledgement,
        "language": language,
    }


def claim(item: str, value: str, quote: str, state: str = "known", corrects: bool = False) -> dict[str, Any]:
    return {"item": item, "state": state, "value": value, "quote": quote, "corrects": corrects}


def _claim(item: str, gold: Any, text: str) -> dict[str, Any] | None:
    quote = " ".join(text.split())
    if isinstance(gold, str) and gold in GOLD_STATES:
        return claim(item, "", quote, "absent" if gold == "nobody" else gold)
    if isinstance(gold, dict) and "any_of" in gold:
        said = [word for word in map(str, gold["any_of"]) if word.lower() in text.lower()]
        return claim(item, said[0], quote) if said else None
    return claim(item, _as_text(gold, guide().items[item].kind), quote)


def _as_text(gold: Any, kind: str) -> str:
    if isinstance(gold, list):
        return "; ".join(map(str, gold))
    if isinstance(gold, dict):
        return f"{gold.get('amount', gold.get('value'))} {gold.get('currency', gold.get('unit', ''))}".strip()
    return f"{gold} percent" if kind == "percent" else str(gold)


def _question(message: str) -> str:
    asked = re.search(r"(?:what|how|when|who|why)\b[^.!?]*\b(?:count|mean|is|are|do|does)\b[^.!?]*\?", message, re.IGNORECASE)
    return asked[0] if asked else ""


def sort_of(request: Request) -> str:
    """Say what a request wants: a reading, our words in another language, an answer from passages, a person's words, or, with tools, a step of an agent."""
    if request.get("tools"):
        return "agent"
    system = str(request["messages"][0]["content"])
    if system == person_prompt():
        return "person"
    return "reading" if "statements" in system else "translating" if "phrases" in system else "answering"


def foreign(text: str) -> str:
    """Return a phrase in a language that nobody speaks: every word backwards with a "u" behind it, what is filled in as it was."""
    return re.sub(r"\{\w*\}|\*\*|[^\W\d_]+", lambda word: word[0] if word[0][0] in "{*" else f"{word[0][::-1].lower()}u", text)


def translated(request: Request, say: Callable[[str], str] = foreign) -> str:
    """Answer a request for our words in another language, phrase by phrase."""
    lines = [line.partition(": ") for line in str(request["messages"][1]["content"]).splitlines()]
    return json.dumps({"phrases": [{"key": number, "text": say(json.loads(text))} for number, _, text in lines]}, ensure_ascii=False)


def message_of(request: Request) -> str:
    """Return the person's message in a reading request."""
    return message_in(str(request["messages"][1]["content"]))


@dataclass
class StandIn:
    """The server. `faults` says for a request, by its number from 0, what goes wrong with it; `seen` holds what came."""

    answer: Answerer
    faults: Callable[[int], str] = lambda number: ""
    slow_seconds: float = 30.0
    latency: float = 0.0
    seen: list[Seen] = field(default_factory=list)
    completion: int = 0

    def __enter__(self) -> "StandIn":
        self._enough = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *unused: object) -> None:
        self._enough.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def environment(self) -> dict[str, str]:
        return {"OPENAI_BASE_URL": self.url, "OPENAI_API_KEY": "sk-stand-in-secret", "OPENAI_MODEL": "gpt-4.1-mini"}

    def sorts(self) -> list[str]:
        return [one.sort for one in self.seen]

    def wait(self, seconds: float) -> None:
        """Sleep, but not longer than the server is open."""
        self._enough.wait(seconds)

    def take(self, request: Request) -> str:
        """Note a request and return the fault that it meets."""
        number = len(self.seen)
        parts = [str(message.get("content") or "") for message in request["messages"]]
        extra = json.dumps(request.get("response_format") or request.get("tools") or "")
        stable = count(parts[0]) + count(extra)
        self.seen.append(Seen(sort_of(request), stable + sum(count(part) for part in parts[1:]), stable, request))
        return self.faults(number)

    def usage(self, text: str) -> dict[str, Any]:
        last = self.seen[-1]
        earlier = any(one.body["messages"][0] == last.body["messages"][0] for one in self.seen[:-1])
        completion = count(text)
        self.completion += completion
        return {
            "prompt_tokens": last.prompt, "completion_tokens": completion, "total_tokens": last.prompt + completion,
            "prompt_tokens_details": {"cached_tokens": last.stable if earlier and last.stable >= 1024 else 0},
        }  # fmt: skip


def _handler(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *unused: Any) -> None:
            """Say nothing: a test's output is its own."""

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fault = stand_in.take(request)
            stand_in.wait(stand_in.slow_seconds if fault == "slow" else stand_in.latency)
            if fault in ("closed", "reset"):
                return self._drop(reset=fault == "reset")
            if fault in ("busy", "failing", "denied") or (fault == "no_schema" and ("response_format" in request or "temperature" in request)):
                return self._refuse(fault)
            text = _spoiled(fault, stand_in.answer(request))
            if request.get("stream"):
                return self._stream(text, fault)
            if fault == "html":
                return self._send(200, "<html><body>Bad gateway</body></html>", "text/html")
            self._send(200, json.dumps(_completion(request, text, fault, stand_in.usage(text))), half=fault == "half_body")

        def _drop(self, *, reset: bool) -> None:
            """Close without an answer; a reset says so to the other side."""
            if reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()

        def _refuse(self, fault: str) -> None:
            status = {"busy": 429, "failing": 500, "denied": 401, "no_schema": 400}[fault]
            secret = self.headers.get("Authorization", "")  # some servers repeat the key in their errors; nobody may see it
            self._send(status, json.dumps({"error": {"message": f"response_format refused, {fault}, {secret}", "type": fault, "code": fault, "param": None}}))

        def _send(self, status: int, body: str, kind: str = "application/json", *, half: bool = False) -> None:
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if half else data)
            if half:
                self._drop(reset=False)

        def _stream(self, text: str, fault: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            pieces = list(_pieces(text))
            for number, piece in enumerate(pieces):
                if fault in ("broken_stream", "half_body") and number >= len(pieces) * 2 // 3:
                    return self._drop(reset=True)
                self._event(_chunk({"content": piece}))
            self._event(_chunk({}, "length" if fault == "truncated" else "stop"))
            self._event({**_chunk({}), "choices": [], "usage": stand_in.usage(text)})
            self.wfile.write(b"data: [DONE]\n\n")
            self.close_connection = True

        def _event(self, data: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
            self.wfile.flush()

    return Handler


def _pieces(text: str) -> Iterator[str]:
    yield from re.findall(r"\s*\S+", text)


def _spoiled(fault: str, text: str) -> str:
    match fault:
        case "truncated":
            return text[: len(text) * 2 // 3]
        case "rubbish":
            return "I am afraid I would rather talk about the weather."
        case "wrong_shape":
            return json.dumps({"statements": "all of them", "intent": 7})
        case "fenced":
            return f"Here you are:\n```json\n{text}\n```\nAnything else?"
        case "empty_text":
            return ""
        case _:
            return text


def _completion(request: Request, text: str, fault: str, usage: dict[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
    if fault == "refused":
        message |= {"content": None, "refusal": "I can't help with that."}
    if sort_of(request) == "agent" and request["messages"][-1]["role"] == "user":
        call = {"id": "call_1", "type": "function", "function": {"name": request["tools"][0]["function"]["name"], "arguments": json.dumps({"query": text})}}
        message |= {"content": None, "tool_calls": [call]}
    choices: Any = [{"index": 0, "message": message, "finish_reason": "length" if fault == "truncated" else "stop", "logprobs": None}]
    if fault in ("empty_choices", "null_choices"):
        choices = [] if fault == "empty_choices" else None
    return {"id": "chatcmpl-1", "object": "chat.completion", "created": int(time.time()), "model": request["model"], "choices": choices, "usage": usage}


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": int(time.time()), "model": "stand-in",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}],
    }  # fmt: skip


def main(paths: list[str]) -> None:
    """Serve until it is stopped, and say with which variables it is used."""
    with StandIn(Listener(*(load(Path(path)) for path in paths))) as stand_in:
        print("\n".join(f"export {name}={value}" for name, value in stand_in.environment.items()), flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
