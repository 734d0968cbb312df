"""The chat engine against a real HTTP server on loopback."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from pipeline.engines.base import Request, Wish, make
from pipeline.engines.chat import Chat
from pipeline.errors import EngineError
from pipeline.model import Span


class Server:
    """Answers from a script of (status, body, headers, delay); after it, echoes the last user line."""

    def __init__(self) -> None:
        self.script: list[tuple[int, bytes, dict[str, str], float]] = []
        self.seen: list[dict[str, Any]] = []
        self.keys: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.seen.append(body)
                outer.keys.append(self.headers.get("authorization", ""))
                said = body["messages"][-1]["content"].rpartition("\n")[2]
                usage = {"prompt_tokens": 10, "completion_tokens": 5}
                full = {"choices": [{"message": {"content": f"[{said}]"}}], "usage": usage}
                status, data, headers, delay = 200, json.dumps(full).encode(), {}, 0.0
                if outer.script:
                    status, data, headers, delay = outer.script.pop(0)
                threading.Event().wait(delay)
                try:
                    self.send_response(status)
                    for key, value in headers.items():
                        self.send_header(key, value)
                    if "content-length" not in headers:
                        self.send_header("content-length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.sleep
    monkeypatch.setattr("pipeline.engines.chat.time.sleep", lambda seconds: real(min(seconds, 0.01)))


def engine(server: Server, **options: Any) -> Chat:
    made = make("chat", {"url": server.url, "model": "m", "timeout": 2.0, "retries": 2, **options})
    assert isinstance(made, Chat)
    return made


def test_terms_and_context_are_in_the_prompt(server: Server) -> None:
    chat = engine(server)
    request = Request("坚持两个市场", (Wish(Span(2, 6), "два рынка"),), "前一句。")
    [answer] = chat.translate([request], "zh", "ru")
    assert answer.text == "[坚持两个市场]"
    system, user = (message["content"] for message in server.seen[0]["messages"])
    assert "Chinese" in system and "Russian" in system and "两个市场 = два рынка" in system
    assert "前一句。" in user
    chat.close()


def test_order_is_kept_with_parallel_requests(server: Server) -> None:
    chat = engine(server, parallel=8)
    texts = [f"句子{i}" for i in range(40)]
    answers = chat.translate([Request(text) for text in texts], "zh", "ru")
    assert [answer.text for answer in answers] == [f"[{text}]" for text in texts]
    chat.close()


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_retries_with_backoff(server: Server, status: int) -> None:
    server.script = [(status, b"busy", {"retry-after": "1"}, 0)]
    chat = engine(server)
    assert chat.translate([Request("好")], "zh", "ru")[0].text == "[好]"
    assert chat.usage == {"requests": 2, "retries": 1, "prompt_tokens": 10, "answer_tokens": 5}
    chat.close()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ((500, b"", {}, 0), "status 500"),
        ((200, b"<html>garbage", {}, 0), "no JSON"),
        ((200, b"[1]", {}, 0), "no JSON object"),
        ((200, b'{"choices": [{"mess', {"content-length": "500"}, 0), "no connection"),
        ((200, b"{}", {}, 1.0), "no answer within"),
    ],
)
def test_gives_up_with_a_cause(server: Server, step: tuple[int, bytes, dict[str, str], float], words: str) -> None:
    server.script = [step] * 3
    chat = engine(server, timeout=0.3)
    with pytest.raises(EngineError, match=words):
        chat.translate([Request("好")], "zh", "ru")
    assert len(server.seen) == 3
    chat.close()


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_not_tried_again(server: Server, status: int) -> None:
    server.script = [(status, b"no", {}, 0)]
    chat = engine(server)
    with pytest.raises(EngineError, match=str(status)):
        chat.translate([Request("好")], "zh", "ru")
    assert len(server.seen) == 1
    chat.close()


def test_an_answer_without_text_is_an_error(server: Server) -> None:
    server.script = [(200, b'{"choices": []}', {}, 0)]
    chat = engine(server)
    with pytest.raises(EngineError, match="no text"):
        chat.translate([Request("好")], "zh", "ru")
    chat.close()


def test_the_key_comes_from_the_environment_and_stays_there(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "sk-very-secret")
    chat = engine(server, key_variable="SECRET_KEY")
    chat.translate([Request("好")], "zh", "ru")
    assert server.keys == ["Bearer sk-very-secret"]
    server.script = [(401, b"sk-very-secret", {}, 0)]
    with pytest.raises(EngineError) as failure:
        chat.translate([Request("好")], "zh", "ru")
    assert "sk-very-secret" not in str(failure.value) + repr(vars(chat))
    chat.close()


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ('"Да"', "Да"),
        ("<think>hm</think>Да", "Да"),
        ("```\nДа\n```", "Да"),
        ("«Да» и «нет»", "«Да» и «нет»"),
        (" Да\n", "Да"),
    ],
)
def test_wrapping_is_taken_off(server: Server, said: str, clean: str) -> None:
    body = json.dumps({"choices": [{"message": {"content": said}}]}).encode()
    server.script = [(200, body, {}, 0)]
    chat = engine(server)
    assert chat.translate([Request("是")], "zh", "ru")[0].text == clean
    chat.close()


def test_cost_is_counted(server: Server) -> None:
    chat = engine(server, price_in=1.0, price_out=2.0)
    chat.translate([Request("好"), Request("是")], "zh", "ru")
    assert chat.cost == pytest.approx((20 * 1.0 + 10 * 2.0) / 1e6)
    chat.close()


def test_loopback_counts_as_no_network() -> None:
    assert not make("chat", {"url": "http://127.0.0.1:1/v1", "model": "m"}).ability().network
    assert make("chat", {"url": "https://example.org/v1", "model": "m"}).ability().network


def test_a_missing_term_is_asked_for_in_a_second_turn(server: Server) -> None:
    first, second = Wish(Span(0, 2), "Чанчунь"), Wish(Span(2, 6), "деловая среда")
    request = Request("长春营商环境", (first, second))
    run = engine(server)
    plain = run.translate([request], "zh", "ru")[0]
    full = {"choices": [{"message": {"content": "Деловая среда Чанчуня"}}]}
    server.script = [(200, json.dumps(full).encode(), {}, 0.0)]
    made = run.insist(request, plain, [second], "zh", "ru")
    assert made is not None and made.text == "Деловая среда Чанчуня"
    roles = [message["role"] for message in server.seen[-1]["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    said = server.seen[-1]["messages"]
    assert said[2]["content"] == plain.text
    assert "营商环境 = деловая среда" in said[3]["content"] and "长春 = " not in said[3]["content"]
    server.script = [(200, json.dumps({"choices": [{"message": {"content": " "}}]}).encode(), {}, 0.0)]
    assert run.insist(request, plain, [second], "zh", "ru") is None
