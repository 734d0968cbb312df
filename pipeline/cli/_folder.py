"""A folder as input: its files as one document, and another folder with them, translated, as output."""

from __future__ import annotations

import io
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

    What cannot be read is told, is kept out of the result, and stands in `meta["failed"]` as (path, error). Raises
    InputError where nothing can be read, or more than one document should hold.
    """
    from pipeline.formats.zip import PLUGIN

    skipped: list[tuple[str, str]] = []
    failed: list[tuple[str, str]] = []
    try:
        package = _packed(Path(path), skipped, failed)
        document = PLUGIN.read_each(package, str(Path(path)), source, target, failed)
    finally:
        common.warn("\n".join(f"palladius: left out: {error}" for _, error in failed))
    skipped += [(str(Path(path, file)), "is left as it is") for file in document.meta["skipped"]]
    common.warn(told(skipped))
    meta = {**document.meta, "folder": path, "skipped": skipped, "failed": failed}
    return replace(document, format="zip", name=path, meta=meta)


def status(document: Document, otherwise: int) -> int:
    """The exit status of a run over a document: 3 where files of a folder could not be read."""
    return InputError.code if document.meta.get("failed") else otherwise


def told(skipped: Sequence[tuple[str, str]]) -> str:
    """What to tell of the (path, why) of a folder's files that are not translated; "" where there is none."""
    lines = [f"palladius: skipped: {path}: {why}" for path, why in skipped[:_TOLD]]
    if len(skipped) > _TOLD:
        lines.append(f"palladius: skipped: {len(skipped) - _TOLD} more (the JSON report names them all)")
    return "\n".join(lines)


def _packed(folder: Path, skipped: list[tuple[str, str]], failed: list[tuple[str, str]]) -> bytes:
    """The files as a package; links, pipes and the like are noted in `skipped`, what cannot be opened in `failed`."""
    from pipeline.formats._zip import MAX_PARTS
    from pipeline.jobs import inputs

    out, size, count = io.BytesIO(), 0, 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for file, why in inputs.walked(folder):
            if why:
                skipped.append((str(file), why))
                continue
            place = file.relative_to(folder).as_posix()
            try:
                content = files.read_bytes(file)
            except InputError as error:
                failed.append((place, str(error)))
                continue
            size, count = size + len(content), count + 1
            if size > files.MAX_BYTES or count > MAX_PARTS:
                raise InputError("holds too much for one run", where=str(folder), hint=_HINT)
            package.writestr(zipfile.ZipInfo(place, _DATE), content)
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
    from pipeline.jobs import inputs

    data = base.plugin(document.format).write(document)
    target = Path(output).absolute()
    temporary = ""
    try:
        temporary = tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            failed = {path for path, _ in document.meta["failed"]}
            for entry in package.infolist():  # named by ourselves, from a folder that was walked
                if entry.filename in failed:
                    continue
                place = Path(temporary, entry.filename)
                place.parent.mkdir(parents=True, exist_ok=True)
                files.write_bytes(place, package.read(entry))
        Path(temporary).chmod(0o755)
        if target.is_dir():
            target.rmdir()
        Path(temporary).rename(target)
        temporary = ""
        inputs.mark(document.meta["folder"], target)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror or error}", where=output) from error
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)
