"""ZIP packages read with bounds, and written again with only the changed parts new."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from pipeline.errors import InputError

MAX_PARTS = 20_000
MAX_PART = 256 * 1024 * 1024  # bytes of one part, unpacked
MAX_TOTAL = 1024 * 1024 * 1024
MAX_RATIO = 500  # of unpacked to packed bytes, for parts over 10 MB: what office programs write stays under 100


def parts(data: bytes, name: str, wanted: tuple[str, ...] | None = None) -> dict[str, bytes]:
    """The parts by name, or those whose name starts with one of `wanted`.

    Raises InputError for what is no ZIP, is encrypted or damaged, unpacks to too much, or names a place outside.
    """
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _bounded(entries, name)
            for entry in entries:
                with package.open(entry) as part:  # all are read: a damaged part must be known before work begins
                    content = part.read(entry.file_size + 1)
                if len(content) != entry.file_size:
                    raise InputError("is larger than it says: refused", where=f"{name}/{entry.filename}")
                if not entry.is_dir() and (wanted is None or entry.filename.startswith(wanted)):
                    found[entry.filename] = content
    except InputError:
        raise
    # zipfile says NotImplementedError of a compression it does not know
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise InputError(f"is no ZIP package that can be read: {error}", where=name) from error
    except Exception as error:  # zlib.error, lzma.LZMAError and others that the decoders raise
        raise InputError(f"is damaged: {error}", where=name) from error
    return found


def _bounded(entries: list[zipfile.ZipInfo], name: str) -> None:
    hint = "a document of this kind is no document: do not open it"
    if len(entries) > MAX_PARTS:
        raise InputError(f"has {len(entries):,} parts: refused", where=name, hint=hint)
    seen: set[str] = set()
    total = 0
    for entry in entries:
        where = f"{name}/{entry.filename}"
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0] or "\0" in path:
            raise InputError("leads outside of the package: refused", where=where, hint=hint)
        if entry.filename in seen:
            raise InputError("stands in the package twice: refused", where=where)
        if entry.flag_bits & 1:
            raise InputError("is encrypted", where=where, hint="take the password off")
        seen.add(entry.filename)
        total += entry.file_size
        large = entry.file_size > 10 * 1024 * 1024 and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        if entry.file_size > MAX_PART or total > MAX_TOTAL or large:
            raise InputError(f"unpacks to {entry.file_size:,} bytes: refused", where=where, hint=hint)


def rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The package with new content in some parts; order, dates, compression and all other parts are those read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for entry in old.infolist():
            new.writestr(entry, changed[entry.filename] if entry.filename in changed else old.read(entry))
    return out.getvalue()
