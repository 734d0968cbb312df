from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

pytest.importorskip("fastapi", reason="the extra palladius[serve] is not installed")
pytest.importorskip("uvicorn", reason="the extra palladius[serve] is not installed")
pytest.importorskip("prometheus_client", reason="the extra palladius[serve] is not installed")

import uvicorn

from pipeline import settings as profiles
from pipeline.cli.serve import listen, read_keys
from pipeline.errors import InputError, UsageError
from pipeline.jobs import server
from pipeline.jobs.translator import Translator, detect, language
from tests.conftest import ROOT

PLAIN = ["enforce.enabled=false", "checks.enabled=false", "quality.enabled=false", "glossaries=[]"]


@contextmanager
def serving(assign: list[str] | None = None, **limits: Any) -> Iterator[httpx.Client]:
    """A server on a free port of loopback, and a client for it."""
    chosen = profiles.load(
        None, ['engine="echo"', 'engines.echo.prefix="[ru] "', *(PLAIN if assign is None else assign)]
    )
    app = server.create(Translator(chosen), server.Limits(**limits))
    listening = listen("127.0.0.1", 0)
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        pool = httpx.Limits(max_connections=256)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=url, timeout=60, limits=pool, trust_env=False) as client:
            yield client
    finally:
        running.should_exit = True
        thread.join(30)
        listening.close()


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serving() as made:
        yield made


def ask(client: httpx.Client, **fields: Any) -> Any:
    answer = client.post("/translate", json={"source": "zh", "target": "ru", **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_one_text_a_list_and_nothing(client: httpx.Client) -> None:
    assert ask(client, q="会议") == {"translatedText": "[ru] 会议"}
    assert ask(client, q=["会议", "文件", ""]) == {"translatedText": ["[ru] 会议", "[ru] 文件", ""]}
    assert ask(client, q=[]) == {"translatedText": []}
    assert ask(client, q=[], source="auto") == {"translatedText": [], "detectedLanguage": []}
    assert ask(client, q=" \n会议\n ") == {"translatedText": " \n[ru] 会议\n "}
    assert ask(client, q="会议", alternatives=3)["alternatives"] == []


def test_source_auto(client: httpx.Client) -> None:
    answer = ask(client, q=["会议", "meeting", "заседание", "123"], source="auto")
    assert [item["language"] for item in answer["detectedLanguage"]] == ["zh", "en", "ru", "en"]
    assert answer["translatedText"] == ["[ru] 会议", "[ru] meeting", "заседание", "123"]
    assert ask(client, q="会议", source="auto")["detectedLanguage"] == {"confidence": 100.0, "language": "zh"}


@pytest.mark.parametrize("code", ["zh-Hans", "zh-CN", "zh_CN", "ZH", "zh-Hans-CN"])
def test_chinese_by_any_name(client: httpx.Client, code: str) -> None:
    assert ask(client, q="会议", source=code)["translatedText"] == "[ru] 会议"


def test_html_keeps_its_tags(client: httpx.Client) -> None:
    answer = ask(client, q="<p class='some-words'>会议</p>", format="html", source="auto")
    assert answer["detectedLanguage"] == {"confidence": 100.0, "language": "zh"}
    html = '<p>会议 <b class="x">通过</b></p><p><code>文件</code></p>'
    answer = ask(client, q=html, format="html")["translatedText"]
    assert re.sub(r"<[^>]*>", "", answer).startswith("[ru] 会议") and '<b class="x">' in answer
    assert answer.endswith("<p><code>文件</code></p>") and answer.count("<") == html.count("<")
    assert ask(client, q="会议 <b> 文件", format="text")["translatedText"] == "[ru] 会议 <b> 文件"


def test_a_form_is_as_good_as_json(client: httpx.Client) -> None:
    answer = client.post("/translate", data={"q": "会议 & 文件", "source": "zh", "target": "ru"})
    assert answer.json() == {"translatedText": "[ru] 会议 & 文件"}


def test_languages_detect_health_and_settings(client: httpx.Client) -> None:
    listed = {item["code"]: item for item in client.get("/languages").json()}
    assert listed.keys() == {"zh", "zh-Hans", "ru", "en"} and listed["zh-Hans"]["targets"] == ["ru", "en"]
    assert set(listed["ru"]["targets"]) == {"zh", "zh-Hans", "en"}
    assert client.post("/detect", json={"q": "Заседание СПЧ"}).json() == [{"confidence": 100.0, "language": "ru"}]
    assert client.get("/health").json() == {"status": "ok"}
    told = client.get("/frontend/settings").json()
    assert told["keyRequired"] is False and told["charLimit"] == 20_000 and told["language"]["target"]["code"] == "ru"


@pytest.mark.parametrize(
    ("path", "sent", "status", "message"),
    [
        ("/translate", {"json": {"q": "x", "source": "zh"}}, 400, "target"),
        ("/translate", {"json": {"q": "x", "source": "de", "target": "ru"}}, 400, "de is not supported"),
        ("/translate", {"json": {"q": "x", "source": "zh", "target": "ru", "format": "pdf"}}, 400, "format"),
        ("/translate", {"json": {"q": 5, "target": "ru"}}, 400, "q"),
        ("/translate", {"json": ["q"]}, 400, "no JSON object"),
        ("/translate", {"content": b"{", "headers": {"content-type": "application/json"}}, 400, "not valid JSON"),
        ("/translate", {"content": b'{"q": "\\ud800", "target": "ru"}'}, 400, "not valid JSON"),
        ("/translate", {"content": b"[" * 60_000}, 400, "not valid JSON"),
        ("/translate", {"content": b"a", "headers": {"content-type": "text/csv"}}, 415, "text/csv"),
        (
            "/translate",
            {"json": {"q": "会" * 20_001, "source": "zh", "target": "ru"}},
            400,
            "exceeds text limit (20000)",
        ),
        ("/translate", {"content": b"x" * 400_000}, 413, "over"),
        (
            "/check",
            {"json": {"source": "zh", "target": "zh", "segments": [{"source": "a", "target": "b"}]}},
            400,
            "both",
        ),
        ("/check", {"json": {"source": "zh", "target": "ru", "segments": []}}, 400, "segments"),
        ("/nothing", {}, 404, "Not Found"),
    ],
)
def test_errors_are_one_line_of_json(client: httpx.Client, path: str, sent: Any, status: int, message: str) -> None:
    answer = client.post(path, **sent)
    assert answer.status_code == status and message in answer.json()["error"]
    assert "\n" not in answer.json()["error"] and answer.json().keys() == {"error"}


def test_openapi_describes_every_body(client: httpx.Client) -> None:
    told = client.get("/openapi.json").json()
    for path in ("/translate", "/detect", "/check", "/enforce"):
        schema = told["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert schema["properties"] and "$ref" not in json.dumps(schema)


def test_check_and_enforce_answer_the_contract(tmp_path: Path) -> None:
    glossary = tmp_path / "g.tsv"
    glossary.write_text("id\tzh\tru\tru_forbidden\n1\t副市长\tвице-мэр\tзаместитель города\n", encoding="utf-8")
    rows = [
        {"id": 7, "source": "副市长参加。", "target": "Заместитель города участвовал."},
        {"source": "副市长参加。", "target": "Вице-мэр участвовал."},
    ]
    body = {"source": "zh-CN", "target": "ru", "segments": rows}
    with serving([f'glossaries=["{glossary}"]', "names=false"]) as client:
        one, two = client.post("/enforce", json=body).json()["segments"]
        assert one["id"] == 7 and one["target"] == "Вице-мэр участвовал." and two["edits"] == []
        assert 0 <= one["score"]["post_edit_risk"] <= 1 and 0 <= two["score"]["quality"] <= 1
        [edit] = one["edits"]
        assert {"start", "end", "before", "after", "term", "reason"} == edit.keys()
        one, two = client.post("/check", json=body).json()["segments"]
        assert {"check", "category", "severity", "start", "end", "message", "suggestion"} == one["findings"][0].keys()
        assert one["target"] == rows[0]["target"] and one["score"]["quality"] < two["score"]["quality"]


def together(client: httpx.Client, count: int) -> tuple[list[str], float]:
    started = time.perf_counter()
    with ThreadPoolExecutor(min(count, 64)) as pool:
        answers = list(pool.map(lambda n: ask(client, q=f"会议{n}")["translatedText"], range(count)))
    return answers, time.perf_counter() - started


def test_two_hundred_at_once_none_lost_or_mixed_and_batched() -> None:
    with serving([*PLAIN, "engines.echo.delay=0.05"]) as client:
        client.get("/health")
        started = time.perf_counter()
        for n in range(10):
            ask(client, q=f"会议{n}")
        alone = (time.perf_counter() - started) / 10
        answers, seconds = together(client, 200)
        assert answers == [f"[ru] 会议{n}" for n in range(200)]
        assert alone / (seconds / 200) > 3
        told = client.get("/metrics").text
        assert re.search(r'palladius_requests_total\{path="/translate",status="200"\} 210\.0', told)
        assert re.search(r'palladius_characters_total\{source="zh",target="ru"\} \d+', told)
        calls = re.search(r"palladius_batch_requests_count (\d+)", told)
        assert calls is not None and int(calls[1]) < 10 + 60
        assert "会议" not in told


def test_one_request_that_fails_does_not_fail_the_others() -> None:
    with serving([*PLAIN, "engines.echo.delay=0.02", 'engines.echo.fail_on="坏"']) as client:
        with ThreadPoolExecutor(32) as pool:
            send = lambda n: client.post(  # noqa: E731
                "/translate", json={"q": "坏" if n == 5 else f"会{n}", "source": "zh", "target": "ru"}
            )
            answers = list(pool.map(send, range(32)))
        assert [n for n, answer in enumerate(answers) if answer.status_code != 200] == [5]
        assert answers[5].status_code == 500 and "cannot translate" in answers[5].json()["error"]


def test_keys_and_rate() -> None:
    body = {"q": "会议", "source": "zh", "target": "ru"}
    with serving(keys=("one", "тайна"), per_minute=3) as client:
        assert client.post("/translate", json=body).status_code == 403
        wrong = client.post("/translate", json={**body, "api_key": "on"})
        assert (wrong.status_code, wrong.json()) == (403, {"error": "Invalid API key"})
        assert client.get("/languages").status_code == 200 and client.get("/frontend/settings").json()["keyRequired"]
        assert client.post("/translate", json={**body, "api_key": "тайна"}).status_code == 200
        assert client.post("/translate", json=body, headers={"Authorization": "Bearer one"}).status_code == 200
        assert client.post("/translate", json=body, headers={"X-API-Key": "one"}).status_code == 200
        assert client.post("/detect", json={"q": "x", "api_key": "one"}).status_code == 200
        slow = client.post("/translate", json={**body, "api_key": "one"})
        assert slow.status_code == 429 and 1 <= int(slow.headers["retry-after"]) <= 20
        assert client.post("/translate", json={**body, "api_key": "тайна"}).status_code == 200


def test_where_too_much_waits_the_answer_is_503() -> None:
    with serving([*PLAIN, "engines.echo.delay=0.3"], waiting=2) as client:
        with ThreadPoolExecutor(8) as pool:
            codes = list(
                pool.map(
                    lambda n: (
                        client.post("/translate", json={"q": f"会{n}", "source": "zh", "target": "ru"}).status_code
                    ),
                    range(8),
                )
            )
        assert sorted(set(codes)) == [200, 503]
        assert ask(client, q="会议")["translatedText"] == "[ru] 会议"


def test_the_rate_refills(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    rate = server.Rate(2)
    assert [rate.take("a") == 0 for _ in range(3)] == [True, True, False] and rate.take("b") == 0
    now[0] = 31.0
    assert rate.take("a") == 0 and rate.take("a") > 0


def test_language_codes_and_detection() -> None:
    assert language("zh_Hans") == "zh" and detect("会议 OK")[0] == "zh" and detect("...") == ("en", 0.0)
    with pytest.raises(UsageError, match="not supported"):
        language("zh-Hant")


def test_keys_from_file_and_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALLADIUS_API_KEYS", "a, b")
    file = tmp_path / "keys"
    file.write_text("# comment\nb\nc\n", encoding="utf-8")
    assert read_keys(str(file)) == ("a", "b", "c")
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no key"):
        read_keys(str(file))


def test_the_command_serves_and_stops_when_what_was_asked_is_answered(tmp_path: Path) -> None:
    arguments = ["serve", "--engine", "echo", "--port", "0", "--set", "engines.echo.delay=1.0"]
    for item in PLAIN:
        arguments += ["--set", item]
    child = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli.main", *arguments],
        stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PALLADIUS_API_KEYS": "k"},
    )  # fmt: skip
    try:
        assert child.stderr is not None
        place = re.search(r"http://127\.0\.0\.1:\d+", child.stderr.readline())
        assert place is not None
        url = place.group()
        taken = subprocess.run(
            [sys.executable, "-m", "pipeline.cli.main", *arguments, "--port", url.rpartition(":")[2]],
            capture_output=True, text=True, cwd=ROOT, timeout=60,
        )  # fmt: skip
        assert taken.returncode == 3 and "cannot listen" in taken.stderr and taken.stderr.count("\n") == 1
        with ThreadPoolExecutor(1) as pool, httpx.Client(timeout=60, trust_env=False) as client:
            body = {"q": "会议", "source": "zh", "target": "ru", "api_key": "k"}
            waiting = pool.submit(client.post, f"{url}/translate", json=body)
            time.sleep(0.5)
            child.send_signal(signal.SIGTERM)
            assert waiting.result().json() == {"translatedText": "会议"}
        assert child.wait(timeout=30) == 0 and child.stderr.read() == ""
    finally:
        child.kill()
        child.wait()
        assert child.stderr is not None
        child.stderr.close()
