"""Serve translation over HTTP: LibreTranslate's API, with checks and enforcement."""

from __future__ import annotations

import contextlib
import os
import socket
from typing import Annotated, Any

import typer

from pipeline.cli import _common as common
from pipeline.errors import InputError, MissingExtra, OutputError, UsageError

app = typer.Typer(add_completion=False)
KEYS = "PALLADIUS_API_KEYS"
_LOOPBACK = ("127.", "localhost", "::1")


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 5000,
    engine: common.Engine = None,
    glossary: common.Glossaries = None,
    max_chars: Annotated[int, typer.Option("--max-chars", min=1, help="Characters of one request.")] = 20_000,
    per_minute: Annotated[
        int, typer.Option("--per-minute", min=0, help="Requests a minute of one key or address; 0 for no limit.")
    ] = 0,
    keys: Annotated[
        str | None, typer.Option("--keys", metavar="FILE", help=f"API keys, one a line; also {KEYS}=key,key.")
    ] = None,
    profile: common.Profile = None,
    assign: common.Assign = None,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Answers /translate, /languages, /detect and /health as LibreTranslate does, so that its clients work as they are.

    Also /check and /enforce, /metrics for Prometheus and /openapi.json. Without keys anybody who reaches the address
    may use it: the default is this machine alone. Stops at Ctrl-C or SIGTERM when what was asked is answered.
    """
    settings = common.settings(profile, assign, engine=engine, glossaries=glossary, offline=offline)
    allowed = read_keys(keys)
    try:
        import uvicorn

        from pipeline.jobs import server
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name not in ("fastapi", "uvicorn", "prometheus_client", "starlette"):
            raise
        raise MissingExtra("palladius serve", name.replace("_", "-"), "serve") from error
    from pipeline.jobs.translator import Translator

    limits = server.Limits(chars=max_chars, per_minute=per_minute, keys=allowed)
    made = server.create(Translator(settings), limits)
    listening = listen(host, port)
    config: Any = uvicorn.Config(made, log_level="warning", access_log=False, timeout_graceful_shutdown=30)
    shown = f"[{host}]" if ":" in host else host
    common.note(f"serving on http://{shown}:{listening.getsockname()[1]} (Ctrl-C stops)", quiet=quiet)
    if not host.startswith(_LOOPBACK) and not allowed:
        common.note(f"warning: open to the network without API keys; set {KEYS} or --keys", quiet=False)
    with contextlib.suppress(KeyboardInterrupt):  # raised anew once everything has been answered
        uvicorn.Server(config).run(sockets=[listening])


def read_keys(path: str | None) -> tuple[str, ...]:
    """Keys of the file and of the environment. Raises InputError for a file that holds none."""
    found = [key.strip() for key in os.environ.get(KEYS, "").split(",") if key.strip()]
    if path is not None:
        lines = common.files.decode(common.files.read_bytes(path), path).splitlines()
        own = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        if not own:
            raise InputError("holds no key", where=path, hint="one key a line")
        found += own
    return tuple(dict.fromkeys(found))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises UsageError for a host that does not exist, OutputError where the port is taken."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=1024)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms
        return listening
    except socket.gaierror as error:
        raise UsageError(f"--host {host}: no such address") from error
    except OSError as error:
        hint = "another server is running there? --port 0 takes a free one"
        raise OutputError(f"cannot listen: {error.strerror or error}", where=f"{host}:{port}", hint=hint) from error
