"""Jobs through a chat server that is slow, refuses, breaks off or talks nonsense."""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.jobs.store import Store
from tests.unit.jobs.conftest import expected, job, written

Run = Callable[..., "subprocess.CompletedProcess[str]"]
OFF = ("--set", "enforce.enabled=false", "--set", "checks.enabled=false", "--set", "quality.enabled=false", "--quiet")
KEY = "sk-very-secret-0123456789"
FAULTS = ("slow", "429", "500", "garbage", "half", "cut", "other", "empty", "list")


class Server(ThreadingHTTPServer):
    """Answers Ж and the text; `fault` may say otherwise for the n-th request."""

    daemon_threads = True
    fault: Callable[[int], str] = staticmethod(lambda number: "")

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.count, self.seen, self.lock = 0, Counter[str](), threading.Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is no news."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            self.server.count += 1
            fault = self.server.fault(self.server.count)
            self.server.seen[fault] += 1
        text = body["messages"][-1]["content"]
        good = json.dumps({"choices": [{"message": {"content": "Ж" + text}}]}).encode()
        if fault == "slow":
            time.sleep(1.2)
        answers = {
            "429": (429, b"{}"), "500": (500, b"oops"), "401": (401, b"{}"), "garbage": (200, b"\xff\x00<html>"),
            "other": (200, b'{"choices": []}'), "empty": (200, b""), "list": (200, b"[]"),
        }  # fmt: skip
        status, data = answers.get(fault, (200, good))
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        if fault == "429":
            self.send_header("retry-after", "0.2")
        self.end_headers()
        if fault == "cut":
            self.connection.close()
        elif fault == "half":
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
        else:
            self.wfile.write(data)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    yield made
    made.shutdown()
    made.server_close()


def chat(server: Server, **more: object) -> tuple[str, ...]:
    options = {"url": f"http://127.0.0.1:{server.server_address[1]}/v1", "model": "m", "timeout": 0.8, "parallel": 8}
    given = [x for key, value in {**options, **more}.items() for x in ("--set", f"engines.chat.{key}={value}")]
    return ("--from", "zh", "--to", "ru", "--engine", "chat", *given, *OFF)


def nothing_told(tmp_path: Path, *said: str) -> None:
    """The key is in nothing that was written or said."""
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path
    assert not any(KEY in text for text in said)


def test_a_server_with_every_fault_now_and_then(inside: Run, tmp_path: Path, server: Server) -> None:
    rng = random.Random(3)
    server.fault = lambda number: rng.choice(FAULTS) if number > 1 and rng.random() < 0.3 else ""
    folder = job(tmp_path, 16)
    done = inside("batch", "run", folder, *chat(server, retries=3), "--log", "log", "-o", "out", "--json")
    assert done.returncode in (0, 3), done.stderr
    done = inside("batch", "resume", folder, "--retry", "--log", "log", "-o", "out", "--json", "--quiet")
    assert done.returncode == 0, done.stderr + done.stdout
    assert json.loads(done.stdout)["done"] == 16
    assert len(server.seen) > 5, "too few faults to prove anything"
    assert written(tmp_path / "out") == expected(folder)
    nothing_told(tmp_path, done.stdout, done.stderr)


@pytest.mark.parametrize(
    "fault",
    ["500", "401", "other", *(pytest.param(f, marks=pytest.mark.soak) for f in FAULTS if f not in ("500", "other"))],
)
def test_a_server_that_goes_down_stops_the_job_and_loses_nothing(
    inside: Run, tmp_path: Path, server: Server, fault: str
) -> None:
    server.fault = lambda number: fault if number > 20 else ""
    folder = job(tmp_path, 120)
    done = inside("batch", "run", folder, *chat(server, retries=0), "--log", "log", "--json")
    assert done.returncode == 3, done.stdout
    assert "chat server" in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr
    told = json.loads(inside("batch", "status", folder, "--json").stdout)
    assert told["left"] > 0 and told["failed"] == 0 and told["done"] + told["left"] == 120
    stop = json.loads((tmp_path / "log").read_text().splitlines()[-1])
    assert (stop["event"], stop["error"], stop["done"]) == ("stopped", "EngineError", told["done"])
    nothing_told(tmp_path, done.stdout, done.stderr)

    server.fault = lambda number: ""
    before = server.count
    done = inside("batch", "resume", folder, "-o", "out", "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    assert server.count - before == told["left"] + 1, "what was done is not asked for again; one request is the probe"
    assert written(tmp_path / "out") == expected(folder)
    with Store(tmp_path / "in.job") as store:
        store.verify()
