"""Bodies of requests as clients send them: JSON, a form, a form in parts; never more than a limit is kept."""

from __future__ import annotations

import email.policy
import json
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request

_DRAIN = 8 * 1024 * 1024


class Refused(Exception):
    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers


async def fields(request: Request, limit: int) -> dict[str, Any]:
    """Body (JSON or a form) over the query. No more than `limit` bytes are kept."""
    data, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            data += chunk
        elif size > limit + _DRAIN:
            break
    if size > limit:  # read on for a while, since a client that is still sending does not hear the answer
        raise Refused(413, f"Invalid request: over {limit} bytes", Connection="close")
    given: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            form = parse_qsl(data.decode("utf-8"), keep_blank_values=True)
            texts = [value for key, value in form if key == "q"]
            return {**given, **dict(form), **({"q": texts if len(texts) > 1 else texts[0]} if texts else {})}
        if kind == "multipart/form-data":
            return {**given, **_parts(request.headers["content-type"], bytes(data))}
        if kind in ("application/json", "text/json", "") or kind.endswith("+json"):
            loaded = json.loads(data) if data else {}
            json.dumps(loaded, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
            if isinstance(loaded, dict):
                return {**given, **loaded}
    except (ValueError, RecursionError) as error:
        raise Refused(400, "Invalid request: the body is not valid JSON") from error
    if kind not in ("application/json", ""):
        raise Refused(415, f"Unsupported content type {kind}: send JSON or a form")
    raise Refused(400, "Invalid request: the body is no JSON object")


def _parts(kind: str, data: bytes) -> dict[str, Any]:
    """The fields of a multipart form, as PHP and curl -F send them. Raises ValueError for what is no text."""
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1")
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + data)
    fields: dict[str, Any] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name, raw = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(raw, bytes):
            text = raw.decode("utf-8")
            known = fields.get(name)
            fields[name] = (
                text if known is None or name != "q" else [*(known if isinstance(known, list) else [known]), text]
            )
    return fields
