"""A folder as input: its files as one document, and another folder with them, translated, as output."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import files
from pipeline.cli import _common as common
from pipeline.errors import InputError, OutputError, UsageError
from pipeline.model import Document, Lang

_DATE = (1980, 1, 1, 0, 0, 0)
_TOLD = 20  # skipped files named on the screen
_HINT = "use palladius batch for many or large files"


def is_folder(path: str) -> bool:
    return path != "-" and Path(path).is_dir()


def read(path: str, source: Lang | None, target: Lang | None) -> Document:
    """The files of known formats under a folder, as the package they make. Links are not followed.

    Raises InputError where nothing can be read, or more than one document should hold.
    """
    from pipeline.formats import base

    skipped: list[tuple[str, str]] = []
    document = base.plugin("zip").read(_packed(Path(path), skipped), path, source, target)
    skipped += [(str(Path(path, file)), "is left as it is") for file in document.meta.get("skipped", ())]
    common.warn(told(skipped))
    return replace(document, format="zip", name=path, meta={**document.meta, "folder": path, "skipped": skipped})


def told(skipped: Sequence[tuple[str, str]]) -> str:
    """What to tell of the (path, why) of a folder's files that are not translated; "" where there is none."""
    lines = [f"palladius: skipped: {path}: {why}" for path, why in skipped[:_TOLD]]
    if len(skipped) > _TOLD:
        lines.append(f"palladius: skipped: {len(skipped) - _TOLD} more (the JSON report names them all)")
    return "\n".join(lines)


def _packed(folder: Path, skipped: list[tuple[str, str]]) -> bytes:
    """The files as a package; links, pipes and the like are noted in `skipped`, but for hidden ones."""
    from pipeline.formats._zip import MAX_PARTS

    out, size, count = io.BytesIO(), 0, 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for place, folders, names in os.walk(folder):
            folders.sort()
            linked = [name for name in folders if Path(place, name).is_symlink()]
            for name in sorted([*names, *linked]):
                file = Path(place, name)
                if file.is_symlink() or not file.is_file():
                    why = "is a link, and left out" if file.is_symlink() else "is no file, and left out"
                    skipped += [(str(file), why)] if not name.startswith(".") else []
                    continue
                content = files.read_bytes(file)
                size, count = size + len(content), count + 1
                if size > files.MAX_BYTES or count > MAX_PARTS:
                    raise InputError("holds too much for one run", where=str(folder), hint=_HINT)
                package.writestr(zipfile.ZipInfo(file.relative_to(folder).as_posix(), _DATE), content)
    return out.getvalue()


def ready(path: str, output: str) -> None:
    """Raises UsageError where there is no new folder to write to: nothing that stands there is written over."""
    if output == "-":
        raise UsageError(f"{path}: is a folder", hint="name a new one for the results with -o")
    target = Path(output)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{output}: is there already", hint="name a new folder with -o")


def write(output: str, document: Document) -> None:
    """Writes the folder beside, then renames it. Raises OutputError; nothing is left behind then."""
    from pipeline.formats import base

    data = base.plugin(document.format).write(document)
    target = Path(output).absolute()
    temporary = ""
    try:
        temporary = tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for entry in package.infolist():  # named by ourselves, from a folder that was walked
                place = Path(temporary, entry.filename)
                place.parent.mkdir(parents=True, exist_ok=True)
                files.write_bytes(place, package.read(entry))
        Path(temporary).chmod(0o755)
        if target.is_dir():
            target.rmdir()
        Path(temporary).rename(target)
        temporary = ""
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", where=output) from error
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)
