"""The server as other tools' LibreTranslate connectors call it, and as a machine that reads its OpenAPI does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.unit.serve.test_serve import serving


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serving(keys=("ключ", "k")) as made:
        yield made


def test_as_weblate_calls_it(client: httpx.Client) -> None:
    """Weblate: the codes of /languages, then JSON with a list and the key, which is empty where none is set."""
    codes = [item["code"] for item in client.get("/languages").json()]
    assert {"zh-Hans", "ru", "en"} <= set(codes)  # zh_Hans with "_" made "-"
    body = {"api_key": "k", "q": ["会议 [X0X]", "文件"], "source": "zh-Hans", "target": "ru"}
    answer = client.post("/translate", json=body)
    assert answer.json() == {"translatedText": ["[ru] 会议 [X0X]", "[ru] 文件"]}
    refused = client.post("/translate", json={**body, "api_key": ""})
    assert refused.status_code == 403 and isinstance(refused.json()["error"], str)


def test_as_weblate_calls_a_server_without_keys() -> None:
    with serving() as client:
        body = {"api_key": "", "q": ["会议"], "source": "zh-Hans", "target": "en"}
        assert client.post("/translate", json=body).json() == {"translatedText": ["[ru] 会议"]}


def test_as_omegat_calls_it(client: httpx.Client) -> None:
    """OmegaT: one segment a request, JSON, its tags inside the text as <f0>, <b1/>; "format": "text"."""
    body = {"q": "<f0>会议</f0>通过<b1/>。", "source": "zh", "target": "ru", "format": "text", "api_key": "k"}
    answer = client.post("/translate", json=body, headers={"Accept": "application/json"})
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["translatedText"] == "[ru] <f0>会议</f0>通过<b1/>。"


def test_html_with_the_tags_of_a_cat_tool(client: httpx.Client) -> None:
    body = {
        "q": ["<g id='1'>会议</g>通过<x id='2'/>。"],
        "source": "zh",
        "target": "ru",
        "format": "html",
        "api_key": "k",
    }
    [text] = client.post("/translate", json=body).json()["translatedText"]
    assert re.findall(r"<[^>]*>", text) == ["<g id='1'>", "</g>", "<x id='2'/>"]


@pytest.mark.parametrize("many", [False, True])
def test_forms_of_both_kinds(client: httpx.Client, many: bool) -> None:
    fields: dict[str, Any] = {"q": ["会议 & +", "文件"] if many else "会议 & +", "source": "zh", "target": "ru"}
    wanted = ["[ru] 会议 & +", "[ru] 文件"] if many else "[ru] 会议 & +"
    plain = client.post("/translate", data={**fields, "api_key": "ключ"})
    assert plain.json() == {"translatedText": wanted}
    texts = fields.pop("q") if many else [fields.pop("q")]
    parts = [("q", (None, text)) for text in texts]
    parts += [(name, (None, value)) for name, value in {**fields, "api_key": "ключ"}.items()]
    in_parts = client.post("/translate", files=parts)
    assert in_parts.json() == {"translatedText": wanted}
    address = client.post("/translate?api_key=k&source=zh&target=ru", data={"q": texts[0]})
    assert address.json() == {"translatedText": "[ru] 会议 & +"}


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=q\r\n\r\n\xff\r\n--x--"]
)
def test_a_broken_form_in_parts_is_an_error_of_the_client(client: httpx.Client, body: bytes) -> None:
    answer = client.post(
        "/translate?api_key=k", content=body, headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 400 and answer.json()["error"]


def test_the_clients_own_first_questions(client: httpx.Client) -> None:
    told = client.get("/frontend/settings").json()
    assert {"apiKeys", "charLimit", "frontendTimeout", "keyRequired", "language", "suggestions"} <= told.keys()
    assert {"code", "name"} == told["language"]["source"].keys() == told["language"]["target"].keys()
    for item in client.get("/languages").json():
        assert item.keys() == {"code", "name", "targets"} and item["targets"]
    page = client.get("/")
    assert page.status_code == 200 and "/translate" in page.text
    assert client.options("/translate").status_code == 405


def test_a_client_from_the_package_index(client: httpx.Client) -> None:
    packaged = pytest.importorskip("libretranslatepy", reason="libretranslatepy is not installed")
    api = packaged.LibreTranslateAPI(str(client.base_url), api_key="k")
    assert api.translate("会议 & 文件", "zh", "ru") == "[ru] 会议 & 文件"
    assert api.detect("Заседание") == [{"confidence": 100.0, "language": "ru"}]
    assert [item["code"] for item in api.languages()] == ["zh", "ru", "en", "zh-Hans"]


def test_what_is_made_up_from_the_openapi_never_breaks_the_server() -> None:
    """Schemathesis: no answer of 500 and up, every answer as the description says; a fixed seed, some seconds."""
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    from hypothesis import HealthCheck, Phase, assume, given, seed, settings
    from hypothesis import strategies as st
    from schemathesis.specs.openapi.checks import negative_data_rejection  # in a form "3" is a number: we take it

    with serving(chars=2000) as client:
        schema = schemathesis.openapi.from_url(f"{client.base_url}/openapi.json")
        operations = [result.ok() for result in schema.get_all_operations()]
        assert {operation.path for operation in operations} == {
            "/translate", "/detect", "/check", "/enforce", "/languages", "/health", "/frontend/settings",
        }  # fmt: skip
        modes = list(schemathesis.GenerationMode)
        for operation in operations:
            strategy = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))

            @seed(7)
            @settings(
                max_examples=25 if operation.body else 2, deadline=None, database=None,
                suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate],
            )  # fmt: skip
            @given(case=strategy)
            def ask(case: Any) -> None:
                body = case.body if isinstance(case.body, dict) else {}
                source, target = str(body.get("source"))[:2], str(body.get("target"))[:2]
                assume(case.path not in ("/check", "/enforce") or source != target)  # no schema can say this
                case.call_and_validate(excluded_checks=[negative_data_rejection])

            ask()
