"""Any OpenAI-compatible chat server: terms and context in the prompt; retries, rate and cost counted."""

from __future__ import annotations

import functools
import json
import os
import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar
from urllib.parse import urlsplit

from pipeline.engines._careful import careful
from pipeline.engines.base import ALL, Ability, Engine, Request, Translation, Wish
from pipeline.errors import EngineError
from pipeline.languages.loops import looped
from pipeline.model import Lang

_NAMES: dict[str, str] = {"zh": "Chinese (Simplified)", "ru": "Russian", "en": "English"}
_RETRY = {408, 409, 425, 429, 500, 502, 503, 504}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_PROMPT = (
    "You translate official texts from {source} into {target}: news of state and Party bodies, speeches, documents. "
    "Keep every fact, number and name; use the established official form of offices, names and political formulas. "
    "Answer with the translation alone: no quotation marks around it, no notes, no alternatives."
)
_TERMS = (
    "These renderings are binding. They stand in their dictionary form: inflect them as the sentence demands, "
    "never replace them by other words:\n{terms}"
)
_MISSING = (
    "These binding renderings are not in your translation:\n{terms}\n"
    "Give the whole translation once more with them, inflected as the sentence demands, and change nothing else."
)


class Chat(Engine):
    options: ClassVar[dict[str, str]] = {
        "url": "base address, ending in /v1",
        "model": "model name",
        "key_variable": "environment variable that holds the key",
        "timeout": "seconds for one answer",
        "retries": "tries after the first one",
        "parallel": "requests at a time",
        "per_minute": "most requests a minute; 0 for no limit",
        "temperature": "sampling temperature",
        "price_in": "price of a million prompt tokens",
        "price_out": "price of a million answer tokens",
    }

    def __init__(
        self,
        url: str = "",
        model: str = "",
        key_variable: str = "OPENAI_API_KEY",
        timeout: float = 60.0,
        retries: int = 4,
        parallel: int = 4,
        per_minute: int = 0,
        temperature: float = 0.0,
        price_in: float = 0.0,
        price_out: float = 0.0,
    ) -> None:
        self.url, self.model, self.key_variable = url.rstrip("/"), model, key_variable
        self.timeout, self.retries, self.parallel, self.per_minute = timeout, retries, parallel, per_minute
        self.temperature, self.prices = temperature, (price_in, price_out)
        self.usage = {"requests": 0, "retries": 0, "prompt_tokens": 0, "answer_tokens": 0}
        self._lock = threading.Lock()
        self._next = 0.0

    def ability(self) -> Ability:
        missing = (
            ""
            if self.url and self.model
            else "set engines.chat.url and engines.chat.model in a profile (see configs/chat.toml)"
        )
        return Ability(
            directions=ALL,
            batch_size=self.parallel,
            terms=True,
            network=urlsplit(self.url).hostname not in _LOOPBACK,
            missing=missing,
            notes=f"{self.model} at {urlsplit(self.url).hostname}" if self.url else "",
        )

    @property
    def cost(self) -> float:
        """What the requests so far have cost, in the currency of the prices."""
        return (self.usage["prompt_tokens"] * self.prices[0] + self.usage["answer_tokens"] * self.prices[1]) / 1e6

    @functools.cached_property
    def _client(self) -> Any:
        import httpx

        key = os.environ.get(self.key_variable, "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=self.timeout, follow_redirects=False)

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        def decode(parts: Sequence[Request], strict: bool) -> list[Translation]:
            if len(parts) == 1:
                return [self._one(parts[0], source, target, strict)]
            with ThreadPoolExecutor(max_workers=max(1, self.parallel)) as pool:
                return list(pool.map(lambda part: self._one(part, source, target, strict), parts))

        return careful(decode, len, 6000, requests, target)

    def messages(self, request: Request, source: Lang, target: Lang, *, strict: bool = False) -> list[dict[str, str]]:
        """The prompt: role and direction, binding terms, what stands before, the text."""
        system = _PROMPT.format(source=_NAMES[source], target=_NAMES[target])
        if request.wishes:
            system += "\n" + _TERMS.format(terms=_listed(request, request.wishes))
        if strict:
            system += "\nDo not repeat yourself, and do not leave the answer empty."
        user = f"(Before it stands: {request.context})\n\n{request.text}" if request.context else request.text
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]

    def insist(
        self, request: Request, answer: Translation, wishes: Sequence[Wish], source: Lang, target: Lang
    ) -> Translation | None:
        if any(note.startswith("split") for note in answer.notes):
            return None
        again = _MISSING.format(terms=_listed(request, wishes))
        talk = [
            *self.messages(request, source, target),
            {"role": "assistant", "content": answer.text},
            {"role": "user", "content": again},
        ]
        made = self._said(talk, request, self.temperature)
        return made if made.text.strip() and not looped(made.text, request.text) else None

    def _one(self, request: Request, source: Lang, target: Lang, strict: bool) -> Translation:
        talk = self.messages(request, source, target, strict=strict)
        return self._said(talk, request, 0.4 if strict else self.temperature)

    def _said(self, talk: list[dict[str, str]], request: Request, temperature: float) -> Translation:
        answer = self._post({"model": self.model, "messages": talk, "temperature": temperature})
        try:
            text = answer["choices"][0]["message"]["content"]
            if not isinstance(text, str):
                raise TypeError
        except (KeyError, IndexError, TypeError) as error:
            raise EngineError("the chat server's answer holds no text", where=self.url) from error
        used = answer.get("usage") or {}
        with self._lock:
            self.usage["prompt_tokens"] += int(used.get("prompt_tokens") or 0)
            self.usage["answer_tokens"] += int(used.get("completion_tokens") or 0)
        return Translation(_clean(text, request.text), provenance=f"engine:chat:{self.model}")

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        """The server's answer. Raises EngineError when all tries failed; the key is in no message."""
        import httpx

        said = ""
        for attempt in range(self.retries + 1):
            self._wait_turn()
            delay = min(30.0, 0.5 * 2**attempt) * random.uniform(0.8, 1.2)
            with self._lock:
                self.usage["requests"] += 1
                self.usage["retries"] += attempt > 0
            try:
                response = self._client.post("/chat/completions", json=body)
            except httpx.TimeoutException:
                said = f"no answer within {self.timeout:g} s"
            except httpx.HTTPError as error:
                said = f"no connection ({type(error).__name__})"
            else:
                if response.status_code == 200:
                    try:
                        answer = response.json()
                    except (json.JSONDecodeError, UnicodeDecodeError):
                        said = "the answer is no JSON"
                    else:
                        if isinstance(answer, dict):
                            return answer
                        said = "the answer is no JSON object"
                else:
                    said = f"status {response.status_code}"
                    if response.status_code not in _RETRY:
                        hint = (
                            f"is the key in {self.key_variable}?"
                            if response.status_code in (401, 403)
                            else "check url and model"
                        )
                        raise EngineError(f"the chat server answered {said}", where=self.url, hint=hint)
                    delay = max(delay, _seconds(response.headers.get("retry-after")))
            if attempt < self.retries:
                time.sleep(min(delay, 60.0))
        raise EngineError(f"the chat server failed: {said}", where=self.url, hint=f"tried {self.retries + 1} times")

    def _wait_turn(self) -> None:
        if not self.per_minute:
            return
        with self._lock:
            now = time.monotonic()
            self._next = max(self._next, now) + 60 / self.per_minute
            wait = self._next - now - 60 / self.per_minute
        time.sleep(max(0.0, wait))

    def close(self) -> None:
        client = self.__dict__.pop("_client", None)
        if client is not None:
            client.close()


def _listed(request: Request, wishes: Sequence[Wish]) -> str:
    return "\n".join(dict.fromkeys(f"- {w.span.of(request.text)} = {w.lemma}" for w in wishes))


def _seconds(value: str | None) -> float:
    try:
        return max(0.0, float(value or 0))
    except ValueError:
        return 0.0


def _clean(text: str, source: str) -> str:
    """Without a reasoning block, a code fence, or quotation marks that the source does not have."""
    text = text.rpartition("</think>")[2].strip()
    if text.startswith("```") and text.endswith("```") and "```" not in source:
        text = text.strip("`").partition("\n")[2].strip() or text.strip("`")
    for left, right in (('"', '"'), ("«", "»"), ("“", "”")):
        inner = text[1:-1]
        if (
            len(text) > 2
            and text[0] == left
            and text[-1] == right
            and source[:1] not in '"«“「《'
            and right not in inner
            and left not in inner
        ):
            text = inner.strip()
    return " ".join(text.split()) if "\n" not in source else text


PLUGIN = Chat
