"""Reading and writing files so that nothing is lost: bounded reads, and writes beside, fsynced, renamed."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from pipeline.errors import InputError, OutputError

MAX_BYTES = 512 * 1024 * 1024


def read_bytes(path: str | Path, *, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes ("-" is standard input). Raises InputError where it cannot be read or is over `limit` bytes."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=name) from error
    if len(data) > limit:
        raise InputError(f"is over {limit // 1024 // 1024} MB", where=name, hint="split it, or use palladius batch")
    return data


def same(one: str | Path, other: str | Path | None) -> bool:
    """Do two names stand for one file that is there (a link and what it leads to do)? "-" is no file."""
    if other is None or "-" in (str(one), str(other)):
        return False
    with contextlib.suppress(OSError):
        return Path(one).samefile(other)
    return False


def decode(data: bytes, name: str) -> str:
    """UTF-8 text, a byte order mark allowed. Raises InputError with the line of the first bad byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "convert it to UTF-8"
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            hint = "it looks like UTF-16: convert it to UTF-8"
        raise InputError(f"is not UTF-8 (byte 0x{data[error.start]:02x})", where=f"{name}:{line}", hint=hint) from error


def write_bytes(path: str | Path, data: bytes) -> None:
    """Writes beside, fsyncs, renames. Raises OutputError; what stood at `path` before is then intact."""
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    if target.exists() and not target.is_file():  # /dev/stdout, a pipe
        if target.is_dir():
            raise OutputError("is a directory", where=str(path))
        target.write_bytes(data)
        return
    temporary = ""
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)  # noqa: PTH101
        os.replace(temporary, target)  # noqa: PTH105
        temporary = ""
        _sync_folder(target.parent)
    except OSError as error:
        hint = "free some space; the old content is intact" if error.errno == 28 else "choose another place with -o"
        raise OutputError(f"cannot be written: {error.strerror or error}", where=str(path), hint=hint) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def write_text(path: str | Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
