"""The HTTP API: LibreTranslate's, plus /check and /enforce. Imported only by `palladius serve`."""

from __future__ import annotations

import hmac
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from fastapi import FastAPI, Request
from fastapi.exceptions import HTTPException
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from pydantic import BaseModel, Field, JsonValue, ValidationError
from starlette.exceptions import HTTPException as StarletteError

import pipeline
from pipeline.errors import PalladiusError, UsageError
from pipeline.formats import base as formats
from pipeline.jobs import markup
from pipeline.jobs.bodies import Refused, fields
from pipeline.jobs.collect import Busy, Collector
from pipeline.jobs.translator import NAMES, Translator, detect, language
from pipeline.model import LANGS, Lang, Segment

T = TypeVar("T", bound=BaseModel)
_CODES: list[JsonValue] = ["zh", "zh-Hans", "zh-CN", "ru", "en"]
_AUTO = Field("auto", json_schema_extra={"enum": ["auto", *_CODES]})
_CODE = Field(json_schema_extra={"enum": _CODES})  # others of the same languages are taken too (zh_CN, ru-RU)
_ERROR = {"application/json": {"schema": {"type": "object", "properties": {"error": {"type": "string"}}}}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"description": "Not a request that can be answered", "content": _ERROR},
    403: {"description": "No key, or a wrong one", "content": _ERROR},
    413: {"description": "Too long", "content": _ERROR},
    415: {"description": "Neither JSON nor a form", "content": _ERROR},
    429: {"description": "Too many requests; Retry-After says when", "content": _ERROR},
    500: {"description": "The engine failed", "content": _ERROR},
    503: {"description": "Too much waits; Retry-After says when", "content": _ERROR},
}


class Translate(BaseModel):
    """Body of /translate. source: a code or auto; format: text or html; alternatives: taken as LibreTranslate's clients
    send it, no engine here gives any."""

    q: str | list[str]
    source: str = _AUTO
    target: str = _CODE
    format: Literal["text", "html"] = "text"
    alternatives: int = 0
    api_key: str | None = None


class Detect(BaseModel):
    """Body of /detect."""

    q: str
    api_key: str | None = None


class Pair(BaseModel):
    """A segment with its translation."""

    id: str | int = ""
    source: str
    target: str


class Pairs(BaseModel):
    """Body of /check and /enforce."""

    source: str = _CODE
    target: str = _CODE
    segments: list[Pair] = Field(min_length=1)
    api_key: str | None = None


@dataclass(frozen=True)
class Limits:
    """chars: of one request; per_minute: requests of one key or address, 0 for no limit; keys: none for all comers."""

    chars: int = 20_000
    per_minute: int = 0
    keys: tuple[str, ...] = ()
    collect: float = 0.005  # seconds
    waiting: int = 20_000  # segments

    @property
    def body(self) -> int:
        """Bytes of one request: every character escaped as JSON does at worst, and room for the rest."""
        return 12 * self.chars + 65_536


class Rate:
    """A bucket of `per_minute` requests for each caller, refilled evenly."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, caller: str) -> float:
        """0, or the seconds to wait."""
        if not self.per_minute:
            return 0.0
        now = time.monotonic()
        if len(self._buckets) > 10_000:
            self._buckets = {k: v for k, v in self._buckets.items() if now - v[1] < 60}
        left, at = self._buckets.get(caller, (float(self.per_minute), now))
        left = min(float(self.per_minute), left + (now - at) * self.per_minute / 60)
        self._buckets[caller] = (max(0.0, left - 1), now) if left >= 1 else (left, now)
        return 0.0 if left >= 1 else (1 - left) * 60 / self.per_minute


class Figures:
    """What /metrics shows: no text, no key, no address."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        common: dict[str, Any] = {"registry": self.registry}
        self.requests = Counter("palladius_requests", "Requests", ["path", "status"], **common)
        self.seconds = Histogram("palladius_request_seconds", "Time to answer", ["path"], **common)
        self.characters = Counter("palladius_characters", "Characters translated", ["source", "target"], **common)
        self.batch = Histogram(
            "palladius_batch_requests", "Requests done together", buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256), **common
        )
        self.waiting = Gauge("palladius_waiting_segments", "Segments waiting or at work", **common)


def create(translator: Translator, limits: Limits) -> FastAPI:
    """The application; it needs its lifespan to be run."""
    collector = Collector(translator.work, wait=limits.collect, room=limits.waiting)
    figures, rate = Figures(), Rate(limits.per_minute)
    collector.on_batch = figures.batch.observe
    figures.waiting.set_function(lambda: collector.waiting)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        collector.start()
        yield
        await collector.close()

    app = FastAPI(title="Palladius", version=pipeline.__version__, docs_url=None, redoc_url=None, lifespan=lifespan)

    async def body(request: Request, kind: type[T]) -> T:
        """The checked body. Raises Refused for a wrong key, too much, too often, or what is no such body."""
        given = await fields(request, limits.body)
        _allow(request, given, limits, rate)
        try:
            return kind.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"][:1])
            raise Refused(400, f"Invalid request: {place}: {first['msg']}") from error

    def measure(texts: Sequence[str]) -> None:
        size = sum(map(len, texts))
        if size > limits.chars:
            raise Refused(400, f"Invalid request: request ({size}) exceeds text limit ({limits.chars})")

    @app.post("/translate", responses=_ERRORS, openapi_extra=_body(Translate))
    async def translate(request: Request) -> dict[str, Any]:
        """Translates q (a string or a list) and puts the official names right."""
        asked = await body(request, Translate)
        texts = asked.q if isinstance(asked.q, list) else [asked.q]
        measure(texts)
        target = language(asked.target)
        bare = [markup.words(text) for text in texts] if asked.format == "html" else texts
        seen = [detect(text) for text in bare] if asked.source == "auto" else []
        auto = asked.source == "auto"
        sources = [lang for lang, _ in seen] if auto else [language(asked.source)] * len(texts)
        made = await _translated(texts, sources, target, asked.format)
        for text, source in zip(texts, sources, strict=True):
            figures.characters.labels(source, target).inc(len(text))
        alone = not isinstance(asked.q, list)
        answer: dict[str, Any] = {"translatedText": made[0] if alone else made}
        if auto:
            said = [{"confidence": sure, "language": lang} for lang, sure in seen]
            answer["detectedLanguage"] = said[0] if alone else said
        if asked.alternatives > 0:
            answer["alternatives"] = [] if alone else [[] for _ in texts]
        return answer

    async def _translated(texts: Sequence[str], sources: Sequence[Lang], target: Lang, form: str) -> list[str]:
        pieces = [markup.cut(text) if form == "html" else _plain(text) for text in texts]
        for source in sorted(set(sources)):
            if source == target:
                continue
            translator.need(source, target)
            places = [
                (row, column)
                for row, lang in enumerate(sources)
                if lang == source
                for column, piece in enumerate(pieces[row])
                if isinstance(piece, Segment)
            ]
            todo = [replace(_segment(pieces[row][column]), id=str(n)) for n, (row, column) in enumerate(places)]
            done = await collector.ask(("translate", source, target), todo)
            for (row, column), segment in zip(places, done, strict=True):
                pieces[row][column] = segment
        show: Callable[[Segment], str] = markup.render if form == "html" else _shown
        return ["".join(piece if isinstance(piece, str) else show(piece) for piece in row) for row in pieces]

    @app.post("/detect", responses=_ERRORS, openapi_extra=_body(Detect))
    async def detect_language(request: Request) -> list[dict[str, Any]]:
        """The language of q by its script."""
        asked = await body(request, Detect)
        measure([asked.q])
        lang, sure = detect(asked.q)
        return [{"confidence": sure, "language": lang}]

    async def pairs(request: Request, what: str) -> dict[str, Any]:
        asked = await body(request, Pairs)
        measure([text for pair in asked.segments for text in (pair.source, pair.target)])
        source, target = language(asked.source), language(asked.target)
        if source == target:
            raise Refused(400, f"Invalid request: source and target are both {source}")
        taken = {str(pair.id) for pair in asked.segments}
        rows = [
            Segment(
                str(pair.id) or formats.key(number, taken, "segment"),
                pair.source,
                pair.target,
                meta={} if isinstance(pair.id, str) else {"id": pair.id},
            )
            for number, pair in enumerate(asked.segments, 1)
        ]
        done = await collector.ask((what, source, target, object()), rows)
        return {"segments": [segment.answer() for segment in done]}

    @app.post("/check", responses=_ERRORS, openapi_extra=_body(Pairs))
    async def check(request: Request) -> dict[str, Any]:
        """Flags, quality and post-edit risk of given translations, as `palladius check` answers them."""
        return await pairs(request, "check")

    @app.post("/enforce", responses=_ERRORS, openapi_extra=_body(Pairs))
    async def enforce(request: Request) -> dict[str, Any]:
        """Official names put right in given translations, as `palladius enforce` answers them."""
        return await pairs(request, "enforce")

    @app.get("/languages")
    async def languages() -> list[dict[str, Any]]:
        """Languages with their targets. Chinese stands there under both codes that clients look for."""
        codes: list[tuple[str, Lang]] = [*((lang, lang) for lang in LANGS), ("zh-Hans", "zh")]
        return [
            {
                "code": code,
                "name": NAMES[lang],
                "targets": [other for other, known in codes if (lang, known) in translator.directions],
            }
            for code, lang in codes
        ]

    @app.get("/", include_in_schema=False)
    async def front() -> Response:
        """For a person who opens the address in a browser."""
        paths = "POST /translate /detect /check /enforce, GET /languages /health /frontend/settings /metrics"
        return Response(f"Palladius {pipeline.__version__}: {paths} /openapi.json\n", media_type="text/plain")

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/frontend/settings")
    async def frontend() -> dict[str, Any]:
        """What LibreTranslate's own clients ask first."""
        auto, ru = {"code": "auto", "name": "Auto Detect"}, {"code": "ru", "name": NAMES["ru"]}
        return {
            "apiKeys": bool(limits.keys),
            "keyRequired": bool(limits.keys),
            "charLimit": limits.chars,
            "frontendTimeout": 500,
            "filesTranslation": False,
            "supportedFilesFormat": [],
            "suggestions": False,
            "language": {"source": auto, "target": ru},
        }

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(figures.registry), media_type=CONTENT_TYPE_LATEST)

    known = {
        "/",
        "/translate",
        "/detect",
        "/check",
        "/enforce",
        "/languages",
        "/health",
        "/frontend/settings",
        "/metrics",
    }

    @app.middleware("http")
    async def count(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        path = request.url.path if request.url.path in known else "other"
        started, status = time.perf_counter(), 500
        try:
            response = await call(request)
            status = response.status_code
            return response
        finally:
            figures.requests.labels(path, str(status)).inc()
            figures.seconds.labels(path).observe(time.perf_counter() - started)

    _errors(app)
    return app


def _errors(app: FastAPI) -> None:
    """Every error is {"error": one line}, as LibreTranslate's clients expect."""

    def said(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
        return JSONResponse({"error": message}, status, headers)

    @app.exception_handler(Refused)
    async def refused(_request: Request, error: Refused) -> Response:
        return said(error.status, error.message, {k.replace("_", "-"): v for k, v in error.headers.items()})

    @app.exception_handler(PalladiusError)
    async def failed(_request: Request, error: PalladiusError) -> Response:
        if isinstance(error, Busy):
            return said(503, str(error), {"Retry-After": "2"})
        return said(400 if isinstance(error, UsageError) else 500, str(error))

    @app.exception_handler(StarletteError)
    async def http(_request: Request, error: HTTPException) -> Response:
        return said(error.status_code, str(error.detail), dict(error.headers or {}))


def _allow(request: Request, given: dict[str, Any], limits: Limits, rate: Rate) -> None:
    header = request.headers.get("authorization", "")
    bearer = header[7:] if header.lower().startswith("bearer ") else ""
    key = str(given.get("api_key") or request.headers.get("x-api-key") or bearer)
    if limits.keys:
        raw = key.encode("utf-8", "replace")
        if not sum(hmac.compare_digest(raw, one.encode("utf-8")) for one in limits.keys):
            raise Refused(403, "Invalid API key" if key else "Please send an API key (api_key)")
    caller = key if limits.keys else request.client.host if request.client else ""
    if wait := rate.take(caller):
        message = f"Slowdown: {limits.per_minute} per 1 minute"
        raise Refused(429, message, Retry_After=str(max(1, round(wait))))


def _plain(text: str) -> list[str | Segment]:
    body = text.strip()
    if not body:
        return [text]
    at = text.index(body)
    return [text[:at], Segment("", body), text[at + len(body) :]]


def _segment(piece: str | Segment) -> Segment:
    assert isinstance(piece, Segment)
    return piece


def _shown(segment: Segment) -> str:
    return segment.source if segment.target is None else segment.target


def _body(kind: type[BaseModel]) -> dict[str, Any]:
    """The body in the OpenAPI description; references are written out, since they would point into the wrong place."""
    schema = kind.model_json_schema()
    parts = schema.pop("$defs", {})

    def whole(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return whole(parts[node["$ref"].rpartition("/")[2]])
            return {key: whole(value) for key, value in node.items()}
        return [whole(item) for item in node] if isinstance(node, list) else node

    return {"requestBody": {"required": True, "content": {"application/json": {"schema": whole(schema)}}}}
